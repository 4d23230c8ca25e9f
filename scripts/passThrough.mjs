import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * @typedef {object} PassThroughOptions
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {(chunk: Buffer) => void} [onStdout] gets what the program writes to stdout, which is then not shown
 * @property {boolean} [wholeGroup] the program leaves the programs it has started behind when it ends, so they and it
 *   are made one group and get the signals together; it cannot read the terminal then
 */

/**
 * Runs a program in the place of this one: same terminal, and the signals that ask this process to end go to it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {PassThroughOptions} [options]
 * @returns {Promise<number>} its exit code; 128 + N if signal N ended it
 */
export function passThrough(program, args, options = {}) {
  const { onStdout, wholeGroup = false, ...spawnOptions } = options
  const ownGroup = wholeGroup && process.platform !== 'win32'
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...spawnOptions,
      detached: ownGroup,
      stdio: [ownGroup ? 'ignore' : 'inherit', onStdout === undefined ? 'inherit' : 'pipe', 'inherit'],
    })
    if (onStdout !== undefined) child.stdout?.on('data', onStdout)
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      if (ownGroup && child.pid !== undefined) process.kill(-child.pid, signal)
      // Ctrl-C reaches every process of the terminal, so the child has it already; twice would mean "at once".
      else if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    for (const signal of SIGNALS) process.on(signal, forward)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      for (const each of SIGNALS) process.off(each, forward)
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}
