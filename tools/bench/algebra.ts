/**
 * The text algebra and its peers, in turns on the same machine: `npm run bench -- algebra [--runs N]`.
 *
 * - replay: the 137,993 edits of the recording seph-blog1, made into ops, checked and applied one by one
 * - offline: 50,000 edits of a text of 100,000 units against 50,000 others: both composed, both transformed, both
 *   sides applied (CRDTs: both updates encoded, both taken in), both texts made
 *
 * Every figure is from a process of its own. "cold" is the first run in it, "warm" the median of the runs after it
 * (only for engines that take less than 700 ms); of several processes the median is shown, the least in brackets.
 * An engine that takes more than 5 s is measured once.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Measured, TaskName } from './algebraWorker'
import { ENGINES } from './lib/engines'
import { median, table } from './lib/statistics'

const WORKER = fileURLToPath(new URL('./algebraWorker.ts', import.meta.url))
const TASKS: readonly TaskName[] = ['replay', 'offline']

/** An engine that takes longer than this is measured once. */
const ONCE_ABOVE_MS = 5000

interface Figures {
  readonly cold: number
  readonly coldLeast: number
  readonly warm: number | null
  readonly ok: boolean
}

export async function benchAlgebra(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { runs: { type: 'string', default: '5' } } })
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs has to be a whole number of at least 1')

  const results: Record<string, Record<string, Figures>> = {}
  for (const task of TASKS) {
    const measured = new Map<string, Measured[]>()
    for (let run = 0; run < runs; run++) {
      for (const engine of Object.keys(ENGINES)) {
        const before = measured.get(engine) ?? []
        if (before.some(({ cold }) => cold > ONCE_ABOVE_MS)) continue
        measured.set(engine, [...before, measure(engine, task)])
      }
    }
    const figures = Object.fromEntries([...measured].map(([engine, each]) => [engine, summarise(each)]))
    results[task] = figures
    process.stdout.write(`${show(task, figures)}\n\n`)
  }
  process.stdout.write(`${JSON.stringify({ bench: 'algebra', node: process.version, runs, ...results })}\n`)
  const allRight = Object.values(results).every((each) => Object.values(each).every(({ ok }) => ok))
  if (!allRight) process.exitCode = 1
}

function measure(engine: string, task: TaskName): Measured {
  const child = spawnSync(process.execPath, [...process.execArgv, WORKER, engine, task], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 20,
  })
  if (child.status !== 0) throw new Error(`measuring ${engine} (${task}) failed with status ${child.status}`)
  return JSON.parse(child.stdout) as Measured
}

function summarise(measured: readonly Measured[]): Figures {
  const cold = measured.map((each) => each.cold)
  const warm = measured.flatMap((each) => (each.warm.length === 0 ? [] : [median(each.warm)]))
  return {
    cold: round(median(cold)),
    coldLeast: round(Math.min(...cold)),
    warm: warm.length === 0 ? null : round(median(warm)),
    ok: measured.every((each) => each.ok),
  }
}

const round = (milliseconds: number): number => Math.round(milliseconds * 10) / 10

function show(task: TaskName, figures: Readonly<Record<string, Figures>>): string {
  const rows = Object.entries(figures).map(([engine, { cold, coldLeast, warm, ok }]) => [
    engine,
    `${Math.round(cold)} (${Math.round(coldLeast)})`,
    warm === null ? '-' : `${Math.round(warm)}`,
    ok ? 'yes' : 'NO',
  ])
  return table([[task, 'cold ms', 'warm ms', 'right'], ...rows])
}
