import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { output, run } from './command.mjs'
import { withLock } from './lock.mjs'
import { NODE_PROGRAM } from './packages.mjs'
import { NODE_MODULES, cacheFolder, fingerprint, installedVersion } from './paths.mjs'
import { SetupError, say } from './report.mjs'
import { EDITS, applyEdits, sqliteDefines } from './sqlitePatch.mjs'

const PACKAGE = join(NODE_MODULES, 'better-sqlite3')
/** better-sqlite3 takes this file, if there is one, in place of the prebuilt one that comes with it. */
const INSTALLED = join(PACKAGE, 'build', 'Release', 'better_sqlite3.node')

const SQLITE_FLAGS = ['-std=c99', '-w', '-O3', '-fPIC', '-DNDEBUG']
const ADDON_FLAGS = [
  ...['-std=c++20', '-O3', '-fPIC', '-fno-rtti', '-fno-exceptions', '-pthread'],
  ...['-fvisibility=hidden', '-fvisibility-inlines-hidden', '-DNDEBUG', '-DNAPI_VERSION=9'],
  ...['-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
  ...['-DBUILDING_NODE_EXTENSION', '-DNODE_GYP_MODULE_NAME=better_sqlite3'],
]
const LINK_FLAGS = ['-shared', '-pthread', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL']

/**
 * The built module for Node-API 9 in the cache, whether it has been built or not.
 * @returns {string}
 */
function cachedModule() {
  const recipe = fingerprint([JSON.stringify([EDITS, SQLITE_FLAGS, ADDON_FLAGS, LINK_FLAGS])])
  const name = `better-sqlite3-${installedVersion('better-sqlite3')}-napi9-${process.arch}-${recipe}`
  return join(cacheFolder(), `${name}.node`)
}

/**
 * Whether the fallback runtime's module still has to be compiled, for which a C++ compiler is needed.
 * @returns {boolean}
 */
export function needsCompiler() {
  return !existsSync(cachedModule())
}

/**
 * Puts a better-sqlite3 that runs on Node-API 9 in place; it runs on everything newer, too.
 * @param {string} electron the program of the runtime it has to load in
 */
export async function ensureSqlite(electron) {
  const cached = cachedModule()
  if (!existsSync(cached)) {
    await withLock(`${cached}.lock`, async () => {
      if (existsSync(cached)) return
      say('compiling better-sqlite3 for Node-API 9 (about half a minute, once)')
      await compile(cached, electron)
    })
  }
  if (existsSync(INSTALLED) && readFileSync(INSTALLED).equals(readFileSync(cached))) return
  mkdirSync(dirname(INSTALLED), { recursive: true })
  const incoming = `${INSTALLED}.${process.pid}`
  copyFileSync(cached, incoming)
  renameSync(incoming, INSTALLED)
}

/**
 * @param {string} target where the module appears, complete and tried
 * @param {string} electron
 */
async function compile(target, electron) {
  const work = `${target}.building`
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work)
  try {
    for (const folder of ['src', 'deps'])
      cpSync(join(PACKAGE, folder), join(work, folder), { recursive: true })
    for (const [file, edits] of Object.entries(EDITS)) {
      const path = join(work, file)
      writeFileSync(path, applyEdits(file, readFileSync(path, 'utf8'), edits))
    }
    const built = join(work, 'better_sqlite3.node')
    await compileSources(work, built)
    tryModule(built, [process.execPath, NODE_PROGRAM, electron])
    renameSync(built, target)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * The two compilations and the link that better-sqlite3's binding.gyp describes. Calling the compiler directly needs
 * neither Python nor a download of Node's headers, as node-gyp would.
 * @param {string} work
 * @param {string} built
 */
async function compileSources(work, built) {
  const defines = sqliteDefines(readFileSync(join(work, 'deps', 'defines.gypi'), 'utf8'))
  const includes = [
    '-Ideps/sqlite3',
    `-I${join(NODE_MODULES, 'node-api-headers', 'include')}`,
    `-I${dirname(createRequire(join(PACKAGE, 'package.json')).resolve('node-addon-api'))}`,
  ]
  await Promise.all([
    run('gcc', ['-c', 'deps/sqlite3/sqlite3.c', ...SQLITE_FLAGS, ...defines.map((define) => `-D${define}`)], {
      cwd: work,
    }),
    run('g++', ['-c', 'src/better_sqlite3.cpp', ...ADDON_FLAGS, ...includes], { cwd: work }),
  ])
  await run('g++', [...LINK_FLAGS, 'better_sqlite3.o', 'sqlite3.o', '-ldl', '-o', built], { cwd: work })
}

/**
 * Loads the module and uses it once under each of the programs.
 * @param {string} file
 * @param {readonly string[]} programs
 */
function tryModule(file, programs) {
  const trial = `
    const Database = require(${JSON.stringify(PACKAGE)})
    const db = new Database(':memory:', { nativeBinding: ${JSON.stringify(file)} })
    db.exec('create table t (a, b)')
    db.prepare('insert into t values (:a, :b)').run({ a: 1, b: 'two' })
    if (db.prepare('select b from t where a = ?').get(1).b !== 'two') process.exit(1)
    try { db.exec('select nothing from nowhere') } catch (e) { process.stdout.write(e.code) }`
  for (const program of programs) {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
    if (output(program, ['-e', trial], { env }) !== 'SQLITE_ERROR') {
      throw new SetupError(`the better-sqlite3 just compiled does not work under ${program}`)
    }
  }
}
