import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { findProgram } from '../bootstrap/command.mjs'
import { buildIfStale } from '../building.mjs'

/** As much of a screen as the largest test needs. */
const SCREEN = '1600x1000x24'

/**
 * How many end-to-end tests run side by side. The apps of each need a display of their own: on a shared one they would
 * take the focus and the clipboard from each other.
 * @returns {number}
 */
export function lanes() {
  return findProgram(['Xvfb']) === undefined ? 1 : 2
}

/**
 * The environment variable that names the display of a lane beside the first, which has the one the tests were
 * started on.
 * @param {number} lane
 */
export const displayVariable = (lane) => `INKROOM_TEST_DISPLAY_${lane}`

/**
 * Playwright's global setup: the tests run what the sources say now, also when called by themselves.
 * @param {{ workers: number }} config
 * @returns {Promise<() => void>} ends what it has started
 */
export default async function setUp({ workers }) {
  await buildIfStale()
  const displays = await Promise.all(Array.from({ length: workers - 1 }, startDisplay))
  for (const [index, { name }] of displays.entries()) process.env[displayVariable(index + 1)] = name
  return () => {
    for (const { server } of displays) server.kill()
  }
}

/** Starts an X server without a screen, under a name that is free. */
async function startDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const numbers = server.stdio[3]
  if (numbers === null || numbers === undefined) throw new Error('Xvfb has no way to tell its number')
  const [number] = await Promise.race([once(numbers, 'data'), once(server, 'exit').then(() => [undefined])])
  if (number === undefined) throw new Error('Xvfb does not start')
  return { server, name: `:${String(number).trim()}` }
}
