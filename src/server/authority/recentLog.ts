import type { Head } from '../../shared/update'
import type { StoredUpdate } from '../storage/roomStore'

/**
 * The newest updates of a page in memory: what submissions are transformed over and what clients that are a
 * little behind are sent. Persistent: adding makes a new log, so that a batch can be given up.
 */
export class RecentLog {
  readonly #updates: readonly StoredUpdate[]
  readonly #startHash: string
  readonly #start: number

  /** `start` is the head before the first of `updates`. */
  constructor(start: Head, updates: readonly StoredUpdate[]) {
    this.#start = start.version
    this.#startHash = start.hash
    this.#updates = updates
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

  /** A log with `added` at its end. Older updates go when it holds over twice `keep`, down to `keep`. */
  with(added: readonly StoredUpdate[], keep: number): RecentLog {
    const all = [...this.#updates, ...added]
    if (all.length <= 2 * keep) return new RecentLog(this.start, all)
    const dropped = all.length - keep
    const last = all[dropped - 1]
    return last === undefined ? new RecentLog(this.start, all) : new RecentLog(last, all.slice(dropped))
  }
}
