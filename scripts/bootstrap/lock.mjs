import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { say } from './report.mjs'

const POLL_MS = 250
/** A lock without a readable owner is being written right now, or was left by a crash in that very moment. */
const OWNERLESS_MS = 10_000

/**
 * Does `work` while no other process does work under the same lock file. A lock whose process is gone is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true })
  let told = false
  while (!tryTake(file)) {
    if (clearAbandoned(file)) continue
    if (!told) say(`another process is at it (${file}), waiting for it`)
    told = true
    await delay(POLL_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

/**
 * @param {string} file
 * @returns {boolean}
 */
function tryTake(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * Removes a lock whose process is gone.
 * @param {string} file
 * @returns {boolean} whether it was such a one
 */
function clearAbandoned(file) {
  try {
    const owner = readFileSync(file, 'utf8')
    if (owner === '' ? Date.now() - statSync(file).mtimeMs < OWNERLESS_MS : isRunning(Number(owner)))
      return false
    // Somebody else may have cleared it and taken the lock since it was read. So it is moved away first, and put back if
    // it turns out to be a new one.
    const aside = `${file}.${process.pid}`
    renameSync(file, aside)
    if (readFileSync(aside, 'utf8') !== owner) linkSync(aside, file)
    rmSync(aside)
    return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true
    throw error
  }
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/**
 * @param {unknown} error
 * @returns {string | undefined}
 */
function errorCode(error) {
  return error instanceof Error ? /** @type {NodeJS.ErrnoException} */ (error).code : undefined
}
