import { z } from 'zod'
import type { Clock } from '../../../../shared/clock'

/** What {@link RollCall} needs of a BroadcastChannel. */
export type TabChannel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>

export const ROLL_CALL_CHANNEL = 'inkroom.rollCall'

/** How long to wait for answers before asking again, milliseconds. */
const ROUND_MS = 500
/** Several rounds, each with a timer of its own, so that a tab that was busy itself does not take the others for dead. */
const ROUNDS = 4

const messageSchema = z.union([z.object({ ask: z.array(z.string()) }), z.object({ here: z.string() })])

/**
 * Which tabs of this origin live. A tab that was killed leaves its lease behind; asking the tabs tells at once what
 * the lease's end would tell later. Messages reach hidden tabs too. A frozen tab does not answer and counts as dead,
 * which the check before each write makes safe.
 */
export class RollCall {
  readonly #channel: TabChannel | undefined
  readonly #ownerId: string
  readonly #clock: Clock
  readonly #answered = new Set<(ownerId: string) => void>()

  /** Without a channel (old browsers) nobody is ever found dead. */
  constructor(channel: TabChannel | undefined, ownerId: string, clock: Clock) {
    this.#channel = channel
    this.#ownerId = ownerId
    this.#clock = clock
    channel?.addEventListener('message', (event) => this.#received(event.data))
  }

  /** Those of the owners that do not answer. */
  async absent(owners: Iterable<string>): Promise<Set<string>> {
    const waiting = new Set(owners)
    if (this.#channel === undefined) return new Set()
    for (let round = 0; round < ROUNDS && waiting.size > 0; round += 1)
      await this.#ask(this.#channel, waiting)
    return waiting
  }

  close(): void {
    this.#channel?.close()
  }

  /** One round: ends when all have answered or its time is over. Who answers is taken out of `waiting`. */
  #ask(channel: TabChannel, waiting: Set<string>): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel()
        this.#answered.delete(answered)
        resolve()
      }
      const answered = (ownerId: string): void => {
        waiting.delete(ownerId)
        if (waiting.size === 0) end()
      }
      const cancel = this.#clock.after(ROUND_MS, end)
      this.#answered.add(answered)
      channel.postMessage({ ask: [...waiting] })
    })
  }

  #received(data: unknown): void {
    const { success, data: message } = messageSchema.safeParse(data)
    if (!success) return
    if ('here' in message) for (const answered of this.#answered) answered(message.here)
    else if (message.ask.includes(this.#ownerId)) this.#channel?.postMessage({ here: this.#ownerId })
  }
}
