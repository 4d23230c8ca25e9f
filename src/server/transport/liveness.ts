import type { Clock } from '../../shared/clock'

export interface LivenessOptions {
  readonly clock: Clock
  readonly pingEveryMs: number
  readonly deadAfterMs: number
  /** Asks the peer for a sign of life. */
  readonly ping: () => void
  /** The peer is gone. Called once. */
  readonly dead: () => void
}

/**
 * A timer that is further off than this, milliseconds, was held up (the process stood still, the machine slept) or the
 * clock was set. Answers may lie unread in the socket then, because timers run first, so nobody is declared gone for it.
 */
const HELD_UP_MS = 1_000

/** Notices that a peer is gone although its connection was never closed (Wi-Fi lost, lid shut, cable pulled). */
export class Liveness {
  private readonly options: LivenessOptions
  private heardAt: number
  private pingAt: number
  private cancel: () => void = () => undefined

  constructor(options: LivenessOptions) {
    this.options = options
    this.heardAt = options.clock.now()
    this.pingAt = this.heardAt + options.pingEveryMs
    this.sleep()
  }

  /** Bytes came from the peer. */
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
    const { clock, pingEveryMs, deadAfterMs, ping, dead } = this.options
    const now = clock.now()
    if (Math.abs(now - expected) > HELD_UP_MS) {
      this.heardAt = now
      this.pingAt = now
    }
    if (now - this.heardAt >= deadAfterMs) return dead()
    if (now >= this.pingAt) {
      this.pingAt = now + pingEveryMs
      ping()
    }
    this.sleep()
  }
}
