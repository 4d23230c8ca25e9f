import type { BundleJob } from '../../server/bundle/bundleJob'
import type { Clock } from '../../shared/clock'
import type { FromServer } from './messages'

/** How often main is told how far something is, ms. More often nobody sees. */
const PROGRESS_MS = 100

interface LongCall {
  readonly controller: AbortController
  readonly ended: Promise<void>
}

export interface LongCallsOptions {
  readonly reply: (message: FromServer) => void
  readonly clock: Clock
}

/** Calls of main that take long, in the room server's process: main is told how far they are, and may cancel them. */
export class LongCalls {
  readonly #calls = new Map<number, LongCall>()

  constructor(private readonly options: LongCallsOptions) {}

  /** Begins one. `work` answers main, whatever comes of it. */
  run(callId: number, work: (job: BundleJob) => Promise<void>): void {
    const controller = new AbortController()
    const { signal } = controller
    const ended = work({ signal, onProgress: this.#teller(callId) }).finally(() => this.#calls.delete(callId))
    this.#calls.set(callId, { controller, ended })
  }

  cancel(callId: number): void {
    this.#calls.get(callId)?.controller.abort()
  }

  /** Cancels all and resolves when they have ended. */
  async end(): Promise<void> {
    const calls = [...this.#calls.values()]
    for (const { controller } of calls) controller.abort()
    await Promise.all(calls.map(({ ended }) => ended))
  }

  #teller(callId: number): (done: number) => void {
    const { reply, clock } = this.options
    let toldAt = -Infinity
    return (done) => {
      if (clock.now() - toldAt < PROGRESS_MS) return
      toldAt = clock.now()
      reply({ type: 'progress', callId, done })
    }
  }
}
