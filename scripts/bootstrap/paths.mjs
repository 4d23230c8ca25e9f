import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the checkout. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

export const NODE_MODULES = join(ROOT, 'node_modules')

/**
 * The folder for what takes long to make and is the same for every checkout of this user.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {string}
 */
export function cacheFolder(env = process.env, platform = process.platform) {
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'inkroom')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'inkroom')
  if (platform === 'win32' && env['LOCALAPPDATA']) return join(env['LOCALAPPDATA'], 'inkroom', 'Cache')
  return join(homedir(), '.cache', 'inkroom')
}

/**
 * A short name for exactly this content; part of the names in the cache, so that a changed recipe is built anew.
 * @param {readonly (string | Buffer)[]} contents
 * @returns {string}
 */
export function fingerprint(contents) {
  const hash = createHash('sha256')
  for (const content of contents) hash.update(content).update('\0')
  return hash.digest('hex').slice(0, 10)
}

/**
 * @param {string} file
 * @returns {unknown}
 */
export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/**
 * The exact version of a package that the lockfile of this checkout installs.
 * @param {string} name
 * @returns {string}
 */
export function installedVersion(name) {
  const manifest = /** @type {{ version: string }} */ (readJson(join(NODE_MODULES, name, 'package.json')))
  return manifest.version
}
