import { fork, type ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { outcomeSchema, type Order, type Outcome } from './messages'

const WORKER = fileURLToPath(new URL('./simulationWorker.ts', import.meta.url))
/** Milliseconds after which a run counts as hanging. An ordinary one takes 20. */
const RUN_LIMIT_MS = 60_000

export interface SimulationRuns {
  readonly firstSeed: number
  readonly runs: number
  /** Actions of each run. */
  readonly steps: number
  /** What the page is on which people work. */
  readonly kind: Order['kind']
}

/** Makes simulated runs in as many processes as there are cores. `report` is called once for each run. */
export async function simulate(
  { firstSeed, runs, steps, kind }: SimulationRuns,
  report: (outcome: Outcome) => void,
): Promise<void> {
  let next = firstSeed
  const takeOrder = (): Order | undefined =>
    next < firstSeed + runs ? { seed: next++, steps, kind } : undefined
  const processes = Math.min(availableParallelism(), runs)
  await Promise.all(Array.from({ length: processes }, () => work(takeOrder, report)))
}

/** Works off orders with one process at a time: one that crashes or hangs is replaced. */
async function work(takeOrder: () => Order | undefined, report: (outcome: Outcome) => void): Promise<void> {
  let worker: ChildProcess | undefined
  for (let order = takeOrder(); order !== undefined; order = takeOrder()) {
    worker ??= fork(WORKER, { execArgv: process.execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    const outcome = await runIn(worker, order)
    if (worker.exitCode !== null || worker.signalCode !== null || !worker.connected) worker = undefined
    report(outcome)
  }
  worker?.disconnect()
}

function runIn(worker: ChildProcess, order: Order): Promise<Outcome> {
  return new Promise((resolve) => {
    let errors = ''
    const end = (outcome: Outcome): void => {
      clearTimeout(timer)
      worker.off('message', answered).off('close', ended)
      worker.stderr?.off('data', complained)
      resolve(outcome)
    }
    const failed = (message: string): Outcome => ({ result: 'failed', seed: order.seed, message })
    const answered = (message: unknown): void => end(outcomeSchema.parse(message))
    const complained = (text: Buffer): void => {
      errors += text.toString()
    }
    const ended = (code: number | null, signal: string | null): void =>
      end(failed(`the process ended with ${code ?? signal}\n${errors}`))
    const timer = setTimeout(() => {
      worker.off('close', ended)
      worker.once('close', () => end(failed(`the run did not end within ${RUN_LIMIT_MS} ms`)))
      worker.kill('SIGKILL')
    }, RUN_LIMIT_MS)
    worker.on('message', answered).on('close', ended)
    worker.stderr?.on('data', complained)
    worker.send(order)
  })
}
