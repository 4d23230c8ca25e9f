import type { Clock } from '../../shared/clock'

export interface BucketSize {
  /** Tokens that come back each second. */
  readonly perSecond: number
  /** Tokens that may be taken at once after a rest. */
  readonly burst: number
}

/**
 * Measures a rate: tokens are taken for what happens and come back with time. More may be taken than there are; what is
 * owed then says how long to wait.
 */
export class TokenBucket {
  #tokens: number
  #filledAt: number

  constructor(
    private readonly clock: Clock,
    private readonly size: BucketSize,
  ) {
    this.#tokens = size.burst
    this.#filledAt = clock.now()
  }

  /** Takes tokens, and returns the milliseconds until nothing is owed any more. */
  take(count: number): number {
    const { perSecond, burst } = this.size
    const now = this.clock.now()
    // A clock that was set back gives nothing and takes nothing.
    const gained = (Math.max(0, now - this.#filledAt) * perSecond) / 1_000
    this.#filledAt = now
    this.#tokens = Math.min(burst, this.#tokens + gained) - count
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens * 1_000) / perSecond)
  }
}
