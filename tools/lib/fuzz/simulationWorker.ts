/** A process that makes simulated runs, one for each message it gets. Started by simulationRuns.ts. */
import process from 'node:process'
import { runSimulation } from '../../../tests/lib/simulation/runSimulation'
import { orderSchema, type Order, type Outcome } from './messages'

process.on('message', (message) => {
  run(orderSchema.parse(message)).then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => {
      throw error
    },
  )
})

async function run({ seed, steps, kind }: Order): Promise<Outcome> {
  try {
    const { edits, drafts, actions } = await runSimulation(seed, steps, kind)
    return { result: 'passed', seed, edits, drafts, actions: { ...actions } }
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { result: 'failed', seed, message }
  }
}
