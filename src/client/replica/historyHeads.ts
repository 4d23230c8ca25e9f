import type { Head } from '../../shared/update'
import { MAX_KNOWN_HEADS } from '../../shared/protocol/clientMessages'

/** Most heads remembered: as many as the log that is kept for handing back has entries at the most. */
const MAX_HEADS = 2_000

/** Heads that a replica's own log passes through, so that a server can find the newest one that both know. */
export class HistoryHeads {
  /** Oldest first. */
  #heads: Head[] = []

  /** The history starts anew here: nothing before joins on. */
  restart(head: Head): void {
    this.#heads = [head]
  }

  add(head: Head): void {
    this.#heads.push(head)
    if (this.#heads.length > 2 * MAX_HEADS) this.#heads = this.#heads.slice(-MAX_HEADS)
  }

  /** Newest first, thinning out: the newest, then 1, 2, 4, 8, ... back, and the oldest. */
  sample(): Head[] {
    const sampled: Head[] = []
    const last = this.#heads.length - 1
    for (
      let back = 0;
      back <= last && sampled.length < MAX_KNOWN_HEADS - 1;
      back = back === 0 ? 1 : back * 2
    ) {
      const head = this.#heads[last - back]
      if (head !== undefined) sampled.push(head)
    }
    const oldest = this.#heads[0]
    if (oldest !== undefined && sampled.at(-1) !== oldest) sampled.push(oldest)
    return sampled
  }
}
