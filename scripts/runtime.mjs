import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fallbackExists, fallbackFolder } from './bootstrap/fallbackElectron.mjs'
import { hasOfficialElectron } from './bootstrap/officialElectron.mjs'
import { SetupError } from './bootstrap/report.mjs'

/**
 * The environment variables under which the `electron` package, electron-vite and Playwright find the Electron
 * runtime that the bootstrap has put in place. None are needed for the official one.
 * @returns {Record<string, string>}
 */
export function electronEnvironment() {
  const chosen = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (chosen) return pointTo(chosen)
  if (hasOfficialElectron()) return {}
  if (fallbackExists() && existsSync(fallbackFolder())) {
    return pointTo(fallbackFolder())
  }
  throw new SetupError('there is no Electron runtime yet: run `node scripts/bootstrap.mjs --test`')
}

/** Where the program is in an unpacked Electron. */
const PROGRAM = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/**
 * @param {string} folder
 * @returns {Record<string, string>}
 */
function pointTo(folder) {
  const platform = process.platform
  const program = platform === 'darwin' || platform === 'win32' ? PROGRAM[platform] : 'electron'
  // The first is read by the electron package and Playwright, the second by electron-vite.
  return { ELECTRON_OVERRIDE_DIST_PATH: folder, ELECTRON_EXEC_PATH: join(folder, program) }
}

/**
 * Whether a window can be opened from this process.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {boolean}
 */
export function hasDisplay(env = process.env, platform = process.platform) {
  if (platform === 'darwin' || platform === 'win32') return true
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/**
 * Chromium's sandbox refuses to run as root.
 * @returns {boolean}
 */
export function isRoot() {
  return process.getuid?.() === 0
}
