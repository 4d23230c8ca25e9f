import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { SetupError } from './report.mjs'

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [shell]
 */

/**
 * Runs a program to its end, showing what it prints on stderr, and fails if it fails.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<void>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 2, 2] })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (code === 0) resolve()
      else reject(new SetupError(`${program} ${args.join(' ')} ended with ${signal ?? `code ${code}`}`))
    })
  })
}

/**
 * Runs a quick program and returns what it wrote to stdout; undefined if it is not there or failed.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {string | undefined}
 */
export function output(program, args, options = {}) {
  const result = spawnSync(program, args, {
    ...options,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
  })
  return result.error === undefined && result.status === 0 ? result.stdout : undefined
}

/**
 * The first of these programs that is on the PATH.
 * @param {readonly string[]} names
 * @param {string} [path]
 * @returns {string | undefined}
 */
export function findProgram(names, path = process.env['PATH'] ?? '') {
  for (const name of names) {
    for (const folder of path.split(delimiter)) {
      if (folder === '') continue
      const file = join(folder, name)
      if (existsSync(file)) return file
    }
  }
  return undefined
}
