import { existsSync } from 'node:fs'
import { findProgram, output, run } from './command.mjs'
import { SetupError, say } from './report.mjs'

/**
 * Something the operating system has to provide.
 * @typedef {object} Need
 * @property {string} what what it is, for people
 * @property {readonly string[]} packages its names in Debian and Ubuntu; the first that exists there is installed
 * @property {(libraries: string | undefined) => boolean} isThere is given the libraries that the linker knows
 */

/** Where Debian's ldconfig is; not on everybody's PATH. */
const LDCONFIG = ['/sbin/ldconfig', '/usr/sbin/ldconfig']
/** Where Debian keeps what root uses; not on everybody's PATH. */
const NETWORK_TOOLS = ['/sbin/ip', '/usr/sbin/ip']
/**
 * Chromium without the browser around its pages, which for each guest takes six times the processor time of the page: a
 * test run with it is minutes shorter.
 */
const HEADLESS_CHROMIUM = 'chromium-headless-shell'
const WHOLE_CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
/** Programs that browser guests can be tested with, the best first. */
export const CHROMIUM_PROGRAMS = [HEADLESS_CHROMIUM, ...WHOLE_CHROMIUM]

/** Sonames that the .deb depends on besides those, and the packages they are in. */
const PACKAGE_LIBRARIES = {
  'libsecret-1.so.0': ['libsecret-1-0'],
  'libatspi.so.0': ['libatspi2.0-0t64', 'libatspi2.0-0'],
  'libdrm.so.2': ['libdrm2'],
  'libxcb-dri3.so.0': ['libxcb-dri3-0'],
}

/** Sonames that Electron loads, and the packages they are in (Ubuntu renamed some of them in 2024). */
const ELECTRON_LIBRARIES = {
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnss3.so': ['libnss3'],
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libgbm.so.1': ['libgbm1'],
  'libXss.so.1': ['libxss1'],
  'libnotify.so.4': ['libnotify4'],
  'libXtst.so.6': ['libxtst6'],
}

/** @returns {Need[]} what Electron needs to open a window */
export function electronNeeds() {
  return libraryNeeds(ELECTRON_LIBRARIES)
}

/**
 * @param {Readonly<Record<string, readonly string[]>>} libraries packages by soname
 * @returns {Need[]}
 */
function libraryNeeds(libraries) {
  return Object.entries(libraries).map(([soname, packages]) => ({
    what: `the library ${soname}`,
    packages,
    isThere: (known) => known === undefined || known.includes(`${soname} `),
  }))
}

/**
 * The libraries that the dynamic linker knows at this moment, one a line.
 * @returns {string | undefined} undefined where there is no telling (not a glibc distribution of the usual kind):
 *   then Electron itself will say what it misses
 */
function knownLibraries() {
  const ldconfig = LDCONFIG.find((file) => existsSync(file))
  return ldconfig === undefined ? undefined : output(ldconfig, ['-p'])
}

/** @returns {Need[]} what compiling better-sqlite3 needs */
export function compilerNeeds() {
  return [
    { what: 'a C compiler', packages: ['gcc'], isThere: () => findProgram(['gcc']) !== undefined },
    { what: 'a C++ compiler', packages: ['g++'], isThere: () => findProgram(['g++']) !== undefined },
  ]
}

/** @returns {Need[]} what packaging with the fallback runtime needs */
export function packagingNeeds() {
  return [
    { what: '7za, for .tar.gz', packages: ['p7zip-full'], isThere: () => findProgram(['7za']) !== undefined },
    {
      what: 'dpkg-deb, for .deb',
      packages: ['dpkg'],
      isThere: () => findProgram(['dpkg-deb']) !== undefined,
    },
  ]
}

/** @returns {Need[]} what installing the .deb with dpkg needs, which fetches nothing by itself */
export function installingNeeds() {
  return [
    ...libraryNeeds(PACKAGE_LIBRARIES),
    { what: 'xdg-open', packages: ['xdg-utils'], isThere: () => findProgram(['xdg-open']) !== undefined },
    { what: 'gio', packages: ['libglib2.0-bin'], isThere: () => findProgram(['gio']) !== undefined },
  ]
}

/** @returns {Need[]} what the end-to-end tests need besides Electron */
export function testNeeds() {
  return [
    { what: 'Xvfb', packages: ['xvfb'], isThere: () => findProgram(['xvfb-run']) !== undefined },
    {
      what: 'ip, for tests on networks of their own',
      packages: ['iproute2'],
      isThere: () => findProgram(['ip']) !== undefined || NETWORK_TOOLS.some((file) => existsSync(file)),
    },
    { what: 'xauth', packages: ['xauth'], isThere: () => findProgram(['xauth']) !== undefined },
    {
      what: 'Chromium, for browser guests',
      packages: [HEADLESS_CHROMIUM, 'chromium', 'chromium-browser'],
      isThere: hasChromium,
    },
    {
      what: 'a font with Chinese characters, for screenshots',
      packages: ['fonts-noto-cjk'],
      isThere: () =>
        output('fc-list', [':lang=zh', 'family'])?.trim() !== '' && findProgram(['fc-list']) !== undefined,
    },
  ]
}

/** @returns {boolean} whether a Chromium is there that cannot be had any better here */
function hasChromium() {
  if (findProgram([HEADLESS_CHROMIUM]) !== undefined) return true
  return findProgram(WHOLE_CHROMIUM) !== undefined && !(canInstall() && isInArchive(HEADLESS_CHROMIUM))
}

/**
 * Installs what is missing as root on Debian or Ubuntu; elsewhere fails with the list of it.
 * @param {readonly Need[]} needs
 */
export async function ensureSystem(needs) {
  const missing = missingOf(needs)
  if (missing.length === 0) return
  if (!canInstall()) throw new SetupError(describeMissing(missing))
  const apt = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::http::Timeout=20', '-o', 'Dpkg::Use-Pty=0']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  say(`installing with apt-get: ${missing.map((need) => need.what).join(', ')}`)
  await run('apt-get', [...apt, '-qq', 'update'], { env })
  const packages = missing.map((need) => choosePackage(need.packages, isInArchive))
  await run('apt-get', [...apt, '-qq', 'install', '-y', '--no-install-recommends', ...packages], { env })
  const still = missingOf(needs)
  if (still.length > 0) throw new SetupError(describeMissing(still))
}

/**
 * @param {readonly Need[]} needs
 * @returns {Need[]}
 */
function missingOf(needs) {
  const libraries = knownLibraries()
  return needs.filter((need) => !need.isThere(libraries))
}

/** @returns {boolean} whether this process may install packages of the system */
export function canInstall() {
  return process.getuid?.() === 0 && isDebian() && findProgram(['apt-get']) !== undefined
}

/** @returns {boolean} whether packages are installed with dpkg here */
export function isDebian() {
  return existsSync('/etc/debian_version')
}

/**
 * @param {string} name
 * @returns {boolean}
 */
function isInArchive(name) {
  return (output('apt-cache', ['show', '--no-all-versions', name]) ?? '').includes('Package:')
}

/**
 * @param {readonly string[]} candidates
 * @param {(name: string) => boolean} exists
 * @returns {string}
 */
export function choosePackage(candidates, exists) {
  return candidates.find((name) => exists(name)) ?? candidates[candidates.length - 1] ?? ''
}

/**
 * @param {readonly Need[]} missing
 * @returns {string}
 */
export function describeMissing(missing) {
  const lines = missing.map((need) => `  - ${need.what} (Debian/Ubuntu: ${need.packages.join(' or ')})`)
  const names = missing.map((need) => need.packages[need.packages.length - 1]).join(' ')
  return [
    'this machine lacks something that cannot be installed from here:',
    ...lines,
    'Install it and run the command again. On Debian or Ubuntu:',
    `  sudo apt-get install ${names}`,
  ].join('\n')
}
