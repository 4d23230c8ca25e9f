import { existsSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { run } from './command.mjs'
import { withLock } from './lock.mjs'
import { NODE_MODULES, ROOT, readJson } from './paths.mjs'
import { say } from './report.mjs'

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 */

/** Node 24, which every script runs under once it is here. */
export const NODE_PROGRAM =
  process.platform === 'win32'
    ? join(NODE_MODULES, 'node', 'bin', 'node.exe')
    : join(NODE_MODULES, 'node', 'bin', 'node')

/**
 * Whether what npm says it installed is what the lockfile asks for. Optional packages may be missing: they are for
 * other platforms.
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile} installed node_modules/.package-lock.json, which npm writes when an installation is complete
 * @returns {boolean}
 */
export function isInstallationCurrent(wanted, installed) {
  const present = installed.packages ?? {}
  const asked = wanted.packages ?? {}
  for (const [path, entry] of Object.entries(asked)) {
    if (path === '') continue
    const found = present[path]
    if (found === undefined) {
      if (entry.optional || entry.devOptional) continue
      return false
    }
    if (found.version !== entry.version) return false
  }
  return Object.keys(present).every((path) => asked[path] !== undefined)
}

/**
 * The PATH without the checkout's own programs, so that installing does not run on files it replaces.
 * @param {string} path
 * @param {string} [nodeModules]
 * @returns {string}
 */
export function machinePath(path, nodeModules = NODE_MODULES) {
  const own = resolve(nodeModules)
  return path
    .split(delimiter)
    .filter((folder) => folder === '' || !resolve(folder).startsWith(own))
    .join(delimiter)
}

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error']

/**
 * Installs exactly the packages of a folder's lockfile, without running any of their scripts.
 * @param {string} folder
 * @returns {Promise<void>}
 */
export async function installLocked(folder) {
  await run('npm', ['ci', '--ignore-scripts', ...QUIET], installOptions(folder))
}

/** @param {string} cwd */
function installOptions(cwd) {
  return {
    cwd,
    env: { ...process.env, PATH: machinePath(process.env['PATH'] ?? '') },
    shell: process.platform === 'win32',
  }
}

/** Installs the packages of the lockfile, and Node 24 with them, unless they are all there. */
export async function ensurePackages() {
  if (!isComplete()) await installPackages()
  teachExec()
}

async function installPackages() {
  await withLock(join(ROOT, '.cache', 'packages.lock'), async () => {
    if (isComplete()) return
    say('installing the npm packages of package-lock.json (and Node 24 with them)')
    // Of all packages only `node` has something to do on installation. The others would at best do nothing:
    // better-sqlite3 would want Python and Node's headers to find out that it comes prebuilt.
    await installLocked(ROOT)
    await run('npm', ['rebuild', 'node', '--no-ignore-scripts', ...QUIET], installOptions(ROOT))
  })
}

/**
 * The scripts of package.json begin with `exec`, so that a signal sent to npm reaches the program and not only the
 * shell around it. The shell of Windows has no such command; this gives it one.
 */
function teachExec() {
  const file = join(NODE_MODULES, '.bin', 'exec.cmd')
  if (process.platform === 'win32' && !existsSync(file)) writeFileSync(file, '@%*\r\n')
}

/** @returns {boolean} */
function isComplete() {
  const installed = join(NODE_MODULES, '.package-lock.json')
  if (!existsSync(installed) || !existsSync(NODE_PROGRAM)) return false
  return isInstallationCurrent(
    /** @type {Lockfile} */ (readJson(join(ROOT, 'package-lock.json'))),
    /** @type {Lockfile} */ (readJson(installed)),
  )
}
