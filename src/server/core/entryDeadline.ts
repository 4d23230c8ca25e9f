import type { Clock } from '../../shared/clock'
import { InkroomError } from '../../shared/protocol/errors'
import type { ServerLimits } from './serverLimits'

export interface EntryDeadlineOptions {
  readonly clock: Clock
  readonly limits: Pick<ServerLimits, 'loginTimeoutMs' | 'joinTimeoutMs' | 'waitTimeoutMs'>
  /** A time is over: the connection is to be ended. */
  readonly expired: (reason: InkroomError) => void
}

/**
 * How long a connection may take from being greeted to being in a room. A time begins with a login or with leaving a
 * room, and only being in a room ends it: nothing else that a client sends, or has refused, gives it more.
 */
export class EntryDeadline {
  readonly #options: EntryDeadlineOptions
  #cancels: (() => void)[] = []
  /** At the door of a room, where somebody has to let it in. */
  #isWaiting = false
  /** The time to join is over; the connection goes on only because it waits. */
  #isOverdue = false

  constructor(options: EntryDeadlineOptions) {
    this.#options = options
    const { loginTimeoutMs } = options.limits
    this.#after(loginTimeoutMs, () => this.#expire('login-timeout', `no login within ${loginTimeoutMs} ms`))
  }

  /** Logged in, or no longer in a room. */
  outside(): void {
    this.end()
    const { joinTimeoutMs, waitTimeoutMs } = this.#options.limits
    this.#after(joinTimeoutMs, () => {
      this.#isOverdue = true
      this.#expireUnlessWaiting()
    })
    this.#after(waitTimeoutMs, () => {
      if (this.#isWaiting) this.#expire('not-answered', `nobody has answered within ${waitTimeoutMs} ms`)
    })
  }

  waiting(): void {
    this.#isWaiting = true
  }

  /** Has left the door of a room, or was sent away from it. */
  turnedAway(): void {
    this.#isWaiting = false
    // Not at once: it is still to be told that it has left, or why it was sent away.
    if (this.#isOverdue) this.#after(0, () => this.#expireUnlessWaiting())
  }

  /** In a room, or gone: there is nothing to wait for. */
  end(): void {
    for (const cancel of this.#cancels) cancel()
    this.#cancels = []
    this.#isWaiting = false
    this.#isOverdue = false
  }

  #after(ms: number, run: () => void): void {
    this.#cancels.push(this.#options.clock.after(ms, run))
  }

  #expireUnlessWaiting(): void {
    if (this.#isWaiting) return
    this.#expire('join-timeout', `in no room for ${this.#options.limits.joinTimeoutMs} ms`)
  }

  #expire(code: 'login-timeout' | 'join-timeout' | 'not-answered', detail: string): void {
    this.#options.expired(new InkroomError(code, detail))
  }
}
