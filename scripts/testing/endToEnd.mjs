import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { findProgram } from '../bootstrap/command.mjs'
import { buildIfStale } from '../building.mjs'

/** As much of a screen as the largest test needs. */
const SCREEN = '1600x1000x24'

/** Files of tests that take long. They begin first, so that no lane is left alone with one in the end. */
export const LONG_FILES = ['board', 'boardBench', 'boardPreview', 'desktopLife', 'three'].map(
  (name) => `tests/e2e/${name}.test.ts`,
)

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
 * @param {string} lane
 */
const displayVariable = (lane) => `INKROOM_TEST_DISPLAY_${lane}`

/**
 * In a process that runs tests: lets everything it starts use the display of its lane.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function useDisplayOfLane(env = process.env) {
  const lane = env['TEST_PARALLEL_INDEX']
  const display = lane === undefined ? undefined : env[displayVariable(lane)]
  if (display !== undefined) env['DISPLAY'] = display
}

/**
 * In a process that runs tests: where the hosts of its lane begin to look for a free port. A host that was killed finds its
 * own port free again then, whatever the tests beside it host meanwhile.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {number} TCP
 */
export function portOfLane(env = process.env) {
  return 4_660 + 1_000 * Number(env['TEST_PARALLEL_INDEX'] ?? 0)
}

/**
 * Playwright's global setup: the tests run what the sources say now, also when called by themselves.
 * @param {{ workers: number }} config
 * @returns {Promise<() => void>} ends what it has started
 */
export default async function setUp({ workers }) {
  await buildIfStale()
  const displays = await Promise.all(Array.from({ length: workers - 1 }, startDisplay))
  for (const [index, { name }] of displays.entries()) process.env[displayVariable(String(index + 1))] = name
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
