import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.mjs'
import { NODE_PROGRAM } from './packages.mjs'
import { NODE_MODULES, ROOT, cacheFolder, installedVersion } from './paths.mjs'
import { say } from './report.mjs'

/** A download that has not moved for this long is given up. */
const STALLED_MS = 10_000
/** After a failure the download is not tried again for this long, so that only one start a day waits for it. */
const RETRY_AFTER_MS = 24 * 60 * 60 * 1000

/**
 * Whether the Electron of package.json is unpacked and can be used as it is.
 * @param {string} [nodeModules]
 * @returns {boolean}
 */
export function hasOfficialElectron(nodeModules = NODE_MODULES) {
  const folder = join(nodeModules, 'electron')
  const versionFile = join(folder, 'dist', 'version')
  if (!existsSync(versionFile) || !existsSync(join(folder, 'path.txt'))) return false
  const unpacked = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
  return unpacked === installedVersion('electron')
}

/**
 * Downloads and unpacks the Electron of package.json.
 * @returns {Promise<boolean>} false if it cannot be downloaded here
 */
export async function downloadOfficialElectron() {
  const version = installedVersion('electron')
  const failure = join(cacheFolder(), `electron-${version}.unreachable`)
  if (failedRecently(failure, Date.now())) return false

  say(`downloading Electron ${version}`)
  if (await downloadWatched()) {
    await run(NODE_PROGRAM, [join(NODE_MODULES, 'electron', 'install.js')], { cwd: ROOT })
    rmSync(failure, { force: true })
    return hasOfficialElectron()
  }
  mkdirSync(cacheFolder(), { recursive: true })
  writeFileSync(
    failure,
    `Electron ${version} could not be downloaded; delete this file to try again at once.\n`,
  )
  return false
}

/**
 * @param {string} file
 * @param {number} now milliseconds since the epoch
 * @returns {boolean}
 */
export function failedRecently(file, now) {
  const failure = statSync(file, { throwIfNoEntry: false })
  return failure !== undefined && now - failure.mtimeMs < RETRY_AFTER_MS
}

/**
 * Fetches the archive into the download cache that electron's own installer looks into, in a process of its own
 * that is killed when nothing arrives any more.
 * @returns {Promise<boolean>}
 */
function downloadWatched() {
  return new Promise((resolve, reject) => {
    const child = spawn(NODE_PROGRAM, [join(ROOT, 'scripts', 'bootstrap', 'fetchElectron.mjs')], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 2],
    })
    const giveUp = () => {
      say(`nothing has arrived for ${STALLED_MS / 1000} s, giving up on the download`)
      child.kill('SIGKILL')
    }
    let timer = setTimeout(giveUp, STALLED_MS)
    child.stdout?.on('data', () => {
      clearTimeout(timer)
      timer = setTimeout(giveUp, STALLED_MS)
    })
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve(code === 0)
    })
  })
}
