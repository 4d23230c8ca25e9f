import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { run } from './bootstrap/command.mjs'
import { withLock } from './bootstrap/lock.mjs'
import { NODE_PROGRAM } from './bootstrap/packages.mjs'
import { NODE_MODULES, ROOT } from './bootstrap/paths.mjs'
import { say } from './bootstrap/report.mjs'

/** Everything the build reads. */
const SOURCES = [
  'src',
  'resources',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'vite.server.config.ts',
]
/** What a build leaves behind; if one is missing the build is not complete. */
const RESULTS = [
  'main/index.js',
  'preload/index.cjs',
  'renderer/index.html',
  'renderer/licences.txt',
  'server/cli.js',
]

const OUT = join(ROOT, 'out')
/** Packages of fonts, which the page's styles name; their licence asks to go with them. */
const FONTS = join(NODE_MODULES, '@fontsource-variable')
/** Holds the digest of the sources that `out` was built from. */
const STAMP = join(OUT, 'sources.sha256')

/** Builds the app, the browser client and the headless server. */
export async function build() {
  await withLock(join(ROOT, '.cache', 'build.lock'), buildNow)
}

/** Builds unless `out` holds the build of exactly these sources. */
export async function buildIfStale() {
  if (isFresh()) return
  await withLock(join(ROOT, '.cache', 'build.lock'), async () => {
    if (!isFresh()) await buildNow()
  })
}

/** Says that `out` no longer holds a build for use, because something else is going to write into it. */
export function markStale() {
  rmSync(STAMP, { force: true })
}

async function buildNow() {
  say('building')
  markStale()
  // Taken before building: what is saved meanwhile makes the build stale again.
  const digest = sourceDigest(ROOT)
  const bin = (/** @type {string} */ path) => join(NODE_MODULES, path)
  await Promise.all([
    run(NODE_PROGRAM, [bin('electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'], {
      cwd: ROOT,
    }),
    run(
      NODE_PROGRAM,
      [bin('vite/bin/vite.js'), 'build', '--config', 'vite.server.config.ts', '--logLevel', 'warn'],
      { cwd: ROOT },
    ),
  ])
  addFontLicences(join(OUT, 'renderer', 'licences.txt'))
  mkdirSync(OUT, { recursive: true })
  writeFileSync(STAMP, digest)
}

/** @param {string} file what the bundler wrote about the packages whose code it took */
function addFontLicences(file) {
  for (const name of readdirSync(FONTS)) {
    const licence = readFileSync(join(FONTS, name, 'LICENSE'), 'utf8')
    appendFileSync(file, `\n## @fontsource-variable/${name}\n\n${licence}`)
  }
}

/** @returns {boolean} */
function isFresh() {
  if (!RESULTS.every((file) => existsSync(join(OUT, file))) || !existsSync(STAMP)) return false
  return readFileSync(STAMP, 'utf8') === sourceDigest(ROOT)
}

/**
 * A digest of the names and contents of all sources. Contents, because Git sets the times of files as it likes.
 * @param {string} root
 * @param {readonly string[]} [besides] files and folders that count, too
 * @returns {string}
 */
export function sourceDigest(root, besides = []) {
  const hash = createHash('sha256')
  for (const source of [...SOURCES, ...besides]) {
    for (const name of filesIn(root, source)) {
      hash
        .update(name)
        .update('\0')
        .update(readFileSync(join(root, name)))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} path a file or a folder in it, or nothing
 * @returns {string[]} the files it stands for, in an order that does not depend on the file system
 */
function filesIn(root, path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  if (found === undefined) return []
  if (!found.isDirectory()) return [path]
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}
