/**
 * `npm run fuzz -- --runs N --seed S [--steps K]`: random rooms on the simulated network, seeds S to S + N - 1. Progress
 * goes to stderr, a failure with the command that repeats it too; the last line of stdout is one JSON line; the exit
 * code is 1 where a run failed.
 */
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createProgress } from './lib/progress'
import { isShareReport, type ShareReport } from './lib/fuzz/share'

/** Runs a worker does between two reports. */
const SHARE = 25
const DEFAULTS = { runs: '1000', seed: '1', steps: '250' }

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: DEFAULTS.runs },
    seed: { type: 'string', default: DEFAULTS.seed },
    steps: { type: 'string', default: DEFAULTS.steps },
  },
})
const [runs, seed, steps] = [values.runs, values.seed, values.steps].map(Number) as [number, number, number]
if (![runs, seed, steps].every((value) => Number.isSafeInteger(value) && value > 0)) {
  process.stderr.write(
    'usage: npm run fuzz -- --runs N --seed S [--steps K], all of them whole numbers above 0\n',
  )
  process.exitCode = 2
} else {
  process.exitCode = await fuzz()
}

async function fuzz(): Promise<number> {
  const started = performance.now()
  const progress = createProgress(process.stderr)
  const total = { edits: 0, drafts: 0, actions: {} as Record<string, number>, failures: [] as number[] }
  let next = seed
  let done = 0
  const work = async (): Promise<void> => {
    while (next < seed + runs) {
      const from = next
      const count = Math.min(SHARE, seed + runs - from)
      next += count
      const report = await runShare(from, count)
      done += count
      total.edits += report.edits
      total.drafts += report.drafts
      for (const [name, count] of Object.entries(report.actions)) {
        total.actions[name] = (total.actions[name] ?? 0) + count
      }
      for (const failure of report.failures) {
        total.failures.push(failure.seed)
        progress.end()
        process.stderr.write(`${failure.message}\n`)
        process.stderr.write(`again: npm run fuzz -- --runs 1 --seed ${failure.seed} --steps ${steps}\n`)
      }
      progress.show(done, runs, `runs, ${total.failures.length} failed`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  progress.end()
  const ms = Math.round(performance.now() - started)
  process.stdout.write(`${JSON.stringify({ runs, seed, steps, ...total, ms })}\n`)
  return total.failures.length === 0 ? 0 : 1
}

/** Runs `count` seeds in a process of its own: a run that hangs or exhausts its memory takes nothing else down. */
function runShare(from: number, count: number): Promise<ShareReport> {
  return new Promise((resolve, reject) => {
    const file = fileURLToPath(new URL('./lib/fuzz/shareWorker.ts', import.meta.url))
    const worker = fork(file, [from, count, steps].map(String), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    let report: ShareReport | undefined
    worker.on('message', (message) => {
      if (isShareReport(message)) report = message
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      if (report !== undefined) resolve(report)
      else
        reject(new Error(`the worker for seeds from ${from} ended with code ${code ?? 'none'} and no report`))
    })
  })
}
