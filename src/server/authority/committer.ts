import type { Clock } from '../../shared/clock'
import type { RoomStore } from '../storage/roomStore'
import type { PageAuthority, PreparedBatch } from './pageAuthority'

export interface CommitterOptions {
  readonly store: Pick<RoomStore, 'append'>
  readonly clock: Clock
  /** Runs a task after what has already arrived: `setImmediate` in a server, a queue in tests. */
  readonly defer: (task: () => void) => void
  readonly onError: (error: unknown) => void
}

/**
 * Stores what the pages of a server have queued: everything that arrived together, of all pages, is one
 * transaction, and while it is being stored the next one gathers. At rest an update is stored at once; a page with
 * many receivers waits up to its join window after the last commit, so that frames grow instead of multiply.
 */
export class Committer {
  readonly #options: CommitterOptions
  readonly #waiting = new Set<PageAuthority>()
  readonly #lastCommit = new WeakMap<PageAuthority, number>()
  readonly #timers = new Map<PageAuthority, () => void>()
  #running: Promise<void> | undefined
  #scheduled = false

  constructor(options: CommitterOptions) {
    this.#options = options
  }

  /** Something is queued at this authority. `joinWindow`: milliseconds for which its updates are joined, 0 for none. */
  wake(authority: PageAuthority, joinWindow: number): void {
    if (this.#waiting.has(authority) || this.#timers.has(authority)) return
    const { clock } = this.#options
    const due = (this.#lastCommit.get(authority) ?? 0) + joinWindow
    // The clock may have been set back since.
    const delay = Math.min(joinWindow, due - clock.now())
    if (delay > 0) {
      this.#timers.set(
        authority,
        clock.after(delay, () => this.#ready(authority)),
      )
    } else {
      this.#ready(authority)
    }
  }

  /** Commits everything queued, join windows notwithstanding. */
  async flush(): Promise<void> {
    for (;;) {
      for (const [authority, cancel] of [...this.#timers]) {
        cancel()
        this.#ready(authority)
      }
      if (this.#running !== undefined) await this.#running
      else if (this.#waiting.size > 0) await this.#start()
      else return
    }
  }

  #ready(authority: PageAuthority): void {
    this.#timers.delete(authority)
    this.#waiting.add(authority)
    if (this.#scheduled || this.#running !== undefined) return
    this.#scheduled = true
    this.#options.defer(() => {
      this.#scheduled = false
      if (this.#running === undefined) void this.#start()
    })
  }

  #start(): Promise<void> {
    this.#running = this.#run().finally(() => {
      this.#running = undefined
      // Something may have come between the end of the loop and here.
      if (this.#waiting.size > 0) void this.#start()
    })
    return this.#running
  }

  async #run(): Promise<void> {
    while (this.#waiting.size > 0) {
      const authorities = [...this.#waiting]
      this.#waiting.clear()
      await this.#commit(authorities)
    }
  }

  async #commit(authorities: readonly PageAuthority[]): Promise<void> {
    const { store, clock, onError } = this.#options
    const batches: [PageAuthority, PreparedBatch][] = authorities.map((authority) => [
      authority,
      authority.prepare(),
    ])
    const appends = batches.flatMap(([, { append }]) => (append === undefined ? [] : [append]))
    try {
      if (appends.length > 0) await store.append(appends)
    } catch (error) {
      onError(error)
      // One page's trouble must not hold up the others, and no error says for sure whose it is: each goes on its own. On
      // a full disk that is one more failed transaction for each page.
      for (const [authority, batch] of batches) {
        if (batches.length === 1) this.#failed(authority, batch)
        else await this.#commitAlone(authority, batch)
      }
      return
    }
    for (const [authority, batch] of batches) this.#done(authority, batch, clock.now())
  }

  async #commitAlone(authority: PageAuthority, batch: PreparedBatch): Promise<void> {
    try {
      if (batch.append !== undefined) await this.#options.store.append([batch.append])
    } catch (error) {
      this.#options.onError(error)
      this.#failed(authority, batch)
      return
    }
    this.#done(authority, batch, this.#options.clock.now())
  }

  #failed(authority: PageAuthority, batch: PreparedBatch): void {
    this.#resume(authority, batch)
    authority.failed(batch)
  }

  #done(authority: PageAuthority, batch: PreparedBatch, now: number): void {
    if (batch.append !== undefined) this.#lastCommit.set(authority, now)
    this.#resume(authority, batch)
    authority.committed(batch)
  }

  /** What is left of a queue that was too much work for one turn follows in another, when others had theirs. */
  #resume(authority: PageAuthority, { isPart }: PreparedBatch): void {
    if (!isPart || this.#waiting.has(authority) || this.#timers.has(authority)) return
    this.#timers.set(
      authority,
      this.#options.clock.after(1, () => this.#ready(authority)),
    )
  }
}
