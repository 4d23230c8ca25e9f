import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from './bootstrap/command.mjs'
import { fallbackExists, fallbackFolder } from './bootstrap/fallbackElectron.mjs'
import { hasOfficialElectron } from './bootstrap/officialElectron.mjs'
import { SetupError } from './bootstrap/report.mjs'
import { CHROMIUM_PROGRAMS } from './bootstrap/system.mjs'

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

/** @returns {boolean} */
export function isRoot() {
  return process.getuid?.() === 0
}

/** Switches of the Linux kernel that keep programs from making the namespaces Chromium's sandbox is made of. */
const NAMESPACE_SWITCHES = [
  // Ubuntu since 23.10
  { file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns', refusing: '1' },
  // Debian before 11
  { file: '/proc/sys/kernel/unprivileged_userns_clone', refusing: '0' },
]

/**
 * Whether Electron has to be started with `--no-sandbox`, since it would not start otherwise: as root, or under a
 * kernel that does not let an unpacked program have a sandbox. An installed app is not concerned.
 * @returns {boolean}
 */
export function isSandboxRefused() {
  if (isRoot()) return true
  return NAMESPACE_SWITCHES.some(
    ({ file, refusing }) => existsSync(file) && readFileSync(file, 'utf8').trim() === refusing,
  )
}

/**
 * Where a Chromium is that browser guests can be tested with.
 * @returns {string}
 */
export function chromiumProgram() {
  const program = findProgram(CHROMIUM_PROGRAMS)
  if (program === undefined)
    throw new SetupError('there is no Chromium: run `node scripts/bootstrap.mjs --test`')
  return program
}
