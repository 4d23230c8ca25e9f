/** Bounds of what may wait. */
export interface QueueLimits {
  readonly maxQueuedMessages: number
  /** UTF-16 units, of what waits and of what is being handled. */
  readonly maxQueuedLength: number
}

/** Frames of one connection, handled one after another: those that arrive while one waits for something wait too. */
export class FrameQueue {
  readonly #handle: (frame: string) => Promise<void> | undefined
  readonly #limits: QueueLimits
  readonly #waiting: string[] = []
  #length = 0
  #busy = false
  #ended = false

  /** `handle` throws nothing. */
  constructor(limits: QueueLimits, handle: (frame: string) => Promise<void> | undefined) {
    this.#limits = limits
    this.#handle = handle
  }

  /** False where too much waits. */
  add(frame: string): boolean {
    this.#length += frame.length
    const { maxQueuedMessages, maxQueuedLength } = this.#limits
    if (this.#waiting.length >= maxQueuedMessages || this.#length > maxQueuedLength) return false
    this.#waiting.push(frame)
    if (!this.#busy) void this.#handleWaiting()
    return true
  }

  /** What waits is not handled any more. */
  end(): void {
    this.#ended = true
  }

  async #handleWaiting(): Promise<void> {
    this.#busy = true
    for (let frame = this.#waiting.shift(); frame !== undefined; frame = this.#waiting.shift()) {
      if (this.#ended) break
      const handled = this.#handle(frame)
      if (handled !== undefined) await handled
      this.#length -= frame.length
    }
    this.#busy = false
  }
}
