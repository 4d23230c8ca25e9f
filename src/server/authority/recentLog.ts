import type { Head } from '../../shared/update'
import type { StoredUpdate } from '../storage/roomStore'

/**
 * The newest updates of a page in memory: what submissions are transformed over and what clients that are a
 * little behind are sent. Persistent: adding makes a new log, so that a batch can be given up.
 */
export class RecentLog {
  readonly #updates: readonly StoredUpdate[]
  /** UTF-16 units of each update's op. */
  readonly #lengths: readonly number[]
  /** Of all of them together. */
  readonly #length: number
  readonly #startHash: string
  readonly #start: number

  /** `start` is the head before the first of `updates`; `lengths` and `length` follow from them. */
  constructor(
    start: Head,
    updates: readonly StoredUpdate[],
    lengths = updates.map(({ update }) => JSON.stringify(update.op).length),
    length = lengths.reduce((sum, one) => sum + one, 0),
  ) {
    this.#start = start.version
    this.#startHash = start.hash
    this.#updates = updates
    this.#lengths = lengths
    this.#length = length
  }

  get start(): Head {
    return { version: this.#start, hash: this.#startHash }
  }

  get head(): Head {
    const last = this.#updates.at(-1)
    return last === undefined ? this.start : { version: last.version, hash: last.hash }
  }

  /** Hash at a version, undefined where the log does not reach. */
  hashAt(version: number): string | undefined {
    if (version === this.#start) return this.#startHash
    return this.#updates[version - this.#start - 1]?.hash
  }

  /** Updates after `version`, undefined where the log starts later. */
  after(version: number): readonly StoredUpdate[] | undefined {
    if (version < this.#start) return undefined
    return this.#updates.slice(version - this.#start)
  }

  /**
   * A log with `added` at its end. Older updates go when it holds over twice `keep`, down to `keep`, and when their ops
   * are over `maxLength` UTF-16 units together: a few large pastes must not fill the memory.
   */
  with(added: readonly StoredUpdate[], keep: number, maxLength: number): RecentLog {
    const all = [...this.#updates, ...added]
    const lengths = [...this.#lengths, ...added.map(({ update }) => JSON.stringify(update.op).length)]
    let length = lengths.slice(this.#lengths.length).reduce((sum, one) => sum + one, this.#length)
    let dropped = all.length > 2 * keep ? all.length - keep : 0
    for (let i = 0; i < dropped; i++) length -= lengths[i] ?? 0
    for (; length > maxLength && dropped < all.length; dropped++) length -= lengths[dropped] ?? 0
    const last = all[dropped - 1]
    const start = last === undefined ? this.start : { version: last.version, hash: last.hash }
    return new RecentLog(start, all.slice(dropped), lengths.slice(dropped), length)
  }
}
