/** A frame that comes later than this after it was asked for is late, in ms: one of 60 Hz was left out. */
const LATE_MS = 20
/** A frame in time gives so much of the budget back, a late one takes half: at the whole budget one in fifty is late by it. */
const GAIN = 0.01
/** Never less, so that what a zoom comes to is painted at last. */
const LEAST = 0.1
/** Budgets that a frame may owe at most: one tile that took very long is soon forgotten. */
const MOST_OWED = 4
/** Above this frames are so well in time that they can be smooth as well. */
const EASY = 0.75

/**
 * How much of a frame may go into sharp tiles and smooth edges while the zoom changes, where nothing must be late and
 * what is painted is seen for a moment only. It finds what the machine has time for as TCP finds the rate of a network:
 * additive increase, multiplicative decrease (Chiu and Jain, 1989).
 */
export class ZoomPace {
  #askedAt: number | undefined
  /** Part of the whole budget that a frame may use on the average, 0 to 1. */
  #share = 1
  /** Milliseconds that may be used now; below 0 where a tile took longer than there was. */
  #credit = 0

  /** `budgetMs`: milliseconds of a frame where there is time enough. */
  constructor(private readonly budgetMs: number) {}

  /** True where there is time for smooth edges. */
  get isEasy(): boolean {
    return this.#share > EASY
  }

  /** Milliseconds that this frame may paint tiles for. */
  get allowedMs(): number {
    return Math.max(0, this.#credit)
  }

  /** A frame was asked for. */
  asked(time: number): void {
    this.#askedAt ??= time
  }

  /** It comes now. */
  came(time: number): void {
    if (this.#askedAt === undefined) return
    const isLate = time - this.#askedAt > LATE_MS
    this.#askedAt = undefined
    this.#share = isLate ? Math.max(LEAST, this.#share / 2) : Math.min(1, this.#share + GAIN)
    this.#credit = Math.min(this.budgetMs, this.#credit + this.budgetMs * this.#share)
  }

  /** Tiles were painted in this frame. */
  used(ms: number): void {
    this.#credit = Math.max(-MOST_OWED * this.budgetMs, this.#credit - ms)
  }
}
