import process from 'node:process'
import { parseArgs } from 'node:util'
import { SIMULATED_KINDS } from '../../../tests/lib/simulation/runSimulation'
import { createProgress } from '../progress'
import { orderSchema } from './messages'
import { simulate } from './simulationRuns'
import { wholeNumber } from './wholeNumber'

/** Actions of a run, as in the tests. */
const DEFAULT_STEPS = 250

/**
 * Drives the sync engine through random failures. Prints each failing seed with the command that repeats it, and ends
 * with one JSON line. Returns the exit code.
 */
export async function fuzzSimulation(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      steps: { type: 'string', default: String(DEFAULT_STEPS) },
      kind: { type: 'string', default: 'text' },
    },
  })
  const runs = wholeNumber('--runs', values.runs, 1)
  const firstSeed = wholeNumber('--seed', values.seed, 0)
  const steps = wholeNumber('--steps', values.steps, 1)
  const kind = orderSchema.shape.kind.safeParse(values.kind)
  if (!kind.success) throw new RangeError(`--kind is one of ${SIMULATED_KINDS.join(', ')}`)

  const progress = createProgress(process.stderr)
  const failures: number[] = []
  const actions = new Map<string, number>()
  let done = 0
  let edits = 0
  let drafts = 0
  const start = performance.now()
  await simulate({ firstSeed, runs, steps, kind: kind.data }, (outcome) => {
    done += 1
    if (outcome.result === 'failed') {
      failures.push(outcome.seed)
      progress.end()
      const command = `npm run fuzz -- --kind ${kind.data} --runs 1 --seed ${outcome.seed} --steps ${steps}`
      process.stdout.write(`seed ${outcome.seed} fails; repeat with: ${command}\n${outcome.message}\n\n`)
    } else {
      edits += outcome.edits
      drafts += outcome.drafts
      for (const [name, count] of Object.entries(outcome.actions)) {
        actions.set(name, (actions.get(name) ?? 0) + count)
      }
    }
    progress.show(done, runs, failures.length === 0 ? 'runs' : `runs, ${failures.length} failed`)
  })
  progress.end()
  failures.sort((a, b) => a - b)
  const ms = Math.round(performance.now() - start)
  const summary = { kind: kind.data, runs, failures, edits, drafts, actions: Object.fromEntries(actions), ms }
  process.stdout.write(`${JSON.stringify(summary)}\n`)
  return failures.length === 0 ? 0 : 1
}
