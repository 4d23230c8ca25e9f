import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a program in the place of this one: same terminal, and the signals that ask this process to end go to it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, onStdout?: (chunk: Buffer) => void }} [options] with `onStdout`,
 *   what the program writes to stdout is given to it and not shown
 * @returns {Promise<number>} its exit code; 128 + N if signal N ended it
 */
export function passThrough(program, args, options = {}) {
  const { onStdout, ...spawnOptions } = options
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...spawnOptions,
      stdio: ['inherit', onStdout === undefined ? 'inherit' : 'pipe', 'inherit'],
    })
    if (onStdout !== undefined) child.stdout?.on('data', onStdout)
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // Ctrl-C reaches every process of the terminal, so the child has it already; twice would mean "at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    for (const signal of SIGNALS) process.on(signal, forward)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      for (const each of SIGNALS) process.off(each, forward)
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}
