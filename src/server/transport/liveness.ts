import type { Clock } from '../../shared/clock'

export interface LivenessOptions {
  readonly clock: Clock
  readonly pingEveryMs: number
  readonly deadAfterMs: number
  /** Asks the peer for a sign of life. */
  readonly ping: () => void
  /** The peer is gone. Called once. */
  readonly dead: () => void
  /** Bytes waiting to be sent, and bytes the system has taken so far. */
  readonly outgoing: () => { waiting: number; taken: number }
}

/**
 * A timer that is further off than this, milliseconds, was held up (the process stood still, the machine slept) or the
 * clock was set. Answers may lie unread in the socket then, because timers run first, so nobody is declared gone for it.
 */
const HELD_UP_MS = 1_000

/**
 * Notices that a peer is gone although its connection was never closed (Wi-Fi lost, lid shut, cable pulled).
 *
 * Signs of life are bytes from the peer and, where bytes to it had piled up, that they go on draining: a ping
 * waits behind them, so a slow peer that takes a large frame cannot answer yet.
 */
export class Liveness {
  private readonly options: LivenessOptions
  private heardAt: number
  private pingAt: number
  private wasWaiting = 0
  private wasTaken = 0
  private cancel: () => void = () => undefined

  constructor(options: LivenessOptions) {
    this.options = options
    this.heardAt = options.clock.now()
    this.pingAt = this.heardAt + options.pingEveryMs
    this.sleep()
  }

  /** Something came from the peer. */
  heard(): void {
    this.heardAt = this.options.clock.now()
  }

  stop(): void {
    this.cancel()
  }

  private sleep(): void {
    const { clock, deadAfterMs } = this.options
    const wakeAt = Math.min(this.pingAt, this.heardAt + deadAfterMs)
    this.cancel = clock.after(Math.max(1, wakeAt - clock.now()), () => this.wake(wakeAt))
  }

  private wake(expected: number): void {
    const { clock, pingEveryMs, deadAfterMs, ping, dead, outgoing } = this.options
    const now = clock.now()
    const { waiting, taken } = outgoing()
    const heldUp = Math.abs(now - expected) > HELD_UP_MS
    const draining = this.wasWaiting > 0 && taken > this.wasTaken
    if (heldUp || draining) this.heardAt = now
    if (heldUp) this.pingAt = now
    this.wasWaiting = waiting
    this.wasTaken = taken
    if (now - this.heardAt >= deadAfterMs) return dead()
    if (now >= this.pingAt) {
      this.pingAt = now + pingEveryMs
      ping()
    }
    this.sleep()
  }
}
