import process from 'node:process'
import { runSimulation } from '../../../tests/lib/simulation/runSimulation'
import type { ShareReport } from './share'

/** `shareWorker.ts FROM COUNT STEPS`: runs simulated rooms and sends its parent one {@link ShareReport}. */
const [from = 1, count = 0, steps = 0] = process.argv.slice(2).map(Number)
const actions: Record<string, number> = {}
const failures: { seed: number; message: string }[] = []
let edits = 0
let drafts = 0
for (let seed = from; seed < from + count; seed++) {
  try {
    const run = await runSimulation(seed, steps)
    edits += run.edits
    drafts += run.drafts
    for (const [name, times] of Object.entries(run.actions)) actions[name] = (actions[name] ?? 0) + times
  } catch (error) {
    failures.push({ seed, message: error instanceof Error ? error.message : String(error) })
  }
}
const report: ShareReport = { edits, drafts, actions, failures }
process.send?.(report)
process.disconnect()
