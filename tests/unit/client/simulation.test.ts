import { describe, expect, it } from 'vitest'
import { runSimulation, type RunReport, type SimulatedKind } from '../../lib/simulation/runSimulation'

const RUNS = Number(process.env['SIMULATION_RUNS'] ?? 1000)
const FIRST_SEED = Number(process.env['SIMULATION_SEED'] ?? 1)
const STEPS = 250

/** As many as fit into some 15 seconds. */
const BOARD_RUNS = Number(process.env['SIMULATION_RUNS'] ?? 300)

/** As many as fit into some 10 seconds. */
const ROLE_RUNS = Number(process.env['SIMULATION_RUNS'] ?? 300)

/** Seeds that found a fault once, and what it was. */
const MENDED: readonly (readonly [kind: SimulatedKind, seed: number, fault: string])[] = [
  ['text', 202_312, 'a replica that was about to be deleted counted as one that holds what it had'],
  ['board', 5, 'history could not be read from a full disk, and the page waited for it for good'],
  ['board', 58, 'a draft that could not be stored on a full disk was lost'],
  ['board', 696, 'a record that was never committed was told to be deleted instead of gone'],
  ['board', 66, 'a replica whose edits were sent stayed, as the disk was full'],
  ['restores', 1470, 'words that a restored server had lost were gone once it had cut its log'],
  [
    'roles',
    118,
    'a reader whose return in several pieces was refused for each never followed the page again',
  ],
]

/** As many as fit into some 10 seconds. */
const RESTORE_RUNS = Number(process.env['SIMULATION_RUNS'] ?? 200)

async function run(kind: SimulatedKind, runs: number): Promise<{ edits: number; refusals: number }> {
  const reports: RunReport[] = []
  for (let seed = FIRST_SEED; seed < FIRST_SEED + runs; seed++)
    reports.push(await runSimulation(seed, STEPS, kind))
  const sumOf = (what: 'edits' | 'refusals'): number => reports.reduce((sum, report) => sum + report[what], 0)
  return { edits: sumOf('edits'), refusals: sumOf('refusals') }
}

describe('the sync engine on a network stepped by hand', () => {
  it(
    `C11: ends equal with nothing lost or doubled, whatever fails (${RUNS} runs from seed ${FIRST_SEED})`,
    { timeout: 600_000 },
    async () => {
      expect((await run('text', RUNS)).edits).toBeGreaterThan(RUNS * 20)
    },
  )

  it(
    `X17: so do people at a board, undo and redo included (${BOARD_RUNS} runs from seed ${FIRST_SEED})`,
    { timeout: 600_000 },
    async () => {
      const { edits, refusals } = await run('board', BOARD_RUNS)
      expect(edits).toBeGreaterThan(BOARD_RUNS * 20)
      expect(refusals).toBeGreaterThan(BOARD_RUNS)
    },
  )

  it(
    `I8: so do people whose owner changes who may write (${ROLE_RUNS} runs from seed ${FIRST_SEED})`,
    { timeout: 600_000 },
    async () => {
      expect((await run('roles', ROLE_RUNS)).edits).toBeGreaterThan(ROLE_RUNS * 20)
    },
  )

  it(
    `D9: so do people whose server is restored and forgets (${RESTORE_RUNS} runs from seed ${FIRST_SEED})`,
    { timeout: 600_000 },
    async () => {
      expect((await run('restores', RESTORE_RUNS)).edits).toBeGreaterThan(RESTORE_RUNS * 20)
    },
  )

  it.each(MENDED)('C11: a %s with seed %i ends equal, in which %s', async (kind, seed) => {
    await runSimulation(seed, STEPS, kind)
  })
})
