import { parseEach } from '../../../../shared/cache/parseStored'
import type { Clock } from '../../../../shared/clock'
import type { CacheDatabase } from './cacheDatabase'
import { parseOwner, type OwnerRow } from './idbRows'
import { together, write, type ReadTransaction, type WriteTransaction } from './transact'

/**
 * Lease time, milliseconds. A hidden tab's timers may run once a minute only, so a shorter lease would take replicas
 * from tabs that live. A tab that closes or reloads gives its lease up at once; see RollCall for one that was killed.
 */
export const LEASE_MS = 75_000

/** A lease that ends later than this many lease times from now was written by a clock that has been set back since. */
const MAX_LEASES_AHEAD = 4

/** Where page life cycle events come from: the window. */
export type PageEvents = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>

export interface LeaseOptions {
  /** Unique to this load of this page. */
  readonly ownerId: string
  readonly clock: Clock
  readonly page: PageEvents
  readonly leaseMs: number
  /** Told when the lease could not be renewed, and of owner rows that do not parse. */
  readonly failed: (error: unknown) => void
}

/** That this tab lives, as the others see it: one row for all its claims, renewed while the page runs. */
export class OwnerLease {
  readonly #database: CacheDatabase
  readonly #options: LeaseOptions
  #cancel: () => void = () => undefined

  constructor(database: CacheDatabase, options: LeaseOptions) {
    this.#database = database
    this.#options = options
    options.page.addEventListener('pagehide', this.#hidden)
    options.page.addEventListener('pageshow', this.#shown)
    this.#cancel = this.#schedule()
  }

  get ownerId(): string {
    return this.#options.ownerId
  }

  /** Renews the lease in a transaction. */
  async renew(tx: WriteTransaction): Promise<void> {
    const { ownerId, clock, leaseMs } = this.#options
    await tx.objectStore('owners').put({ ownerId, until: clock.now() + leaseMs } satisfies OwnerRow)
  }

  /** Ids of the other owners whose lease runs. */
  async othersAlive(tx: ReadTransaction): Promise<Set<string>> {
    const rows = parseEach(await tx.objectStore('owners').getAll(), parseOwner, this.#options.failed)
    const alive = rows.filter((row) => row.ownerId !== this.ownerId && this.#isCurrent(row))
    return new Set(alive.map(({ ownerId }) => ownerId))
  }

  /** Removes the rows of all other owners but those who live. */
  async removeOthers(tx: WriteTransaction, alive: ReadonlySet<string>): Promise<void> {
    const owners = tx.objectStore('owners')
    const keys = await owners.getAllKeys()
    const dead = keys.filter((ownerId) => ownerId !== this.ownerId && !alive.has(ownerId))
    await together(dead.map((ownerId) => () => owners.delete(ownerId)))
  }

  /** Ends the lease: what this tab has claimed is free. */
  async end(): Promise<void> {
    this.#stop()
    await write(this.#database, 'relaxed', (tx) => tx.objectStore('owners').delete(this.ownerId), ['owners'])
  }

  /** Stops renewing, without the database. */
  abandon(): void {
    this.#stop()
  }

  #stop(): void {
    this.#cancel()
    this.#options.page.removeEventListener('pagehide', this.#hidden)
    this.#options.page.removeEventListener('pageshow', this.#shown)
  }

  #isCurrent({ until }: OwnerRow): boolean {
    const { clock, leaseMs } = this.#options
    const left = until - clock.now()
    return left > 0 && left <= MAX_LEASES_AHEAD * leaseMs
  }

  #schedule(): () => void {
    return this.#options.clock.after(this.#options.leaseMs / 3, () => {
      this.#beat()
      this.#cancel = this.#schedule()
    })
  }

  #beat(): void {
    write(this.#database, 'relaxed', (tx) => this.renew(tx), ['owners']).catch(this.#options.failed)
  }

  /** The page goes away, and no code of it runs again after this: one request, committed without waiting. */
  readonly #hidden = (): void => {
    this.#cancel()
    const giveUp = async (tx: WriteTransaction): Promise<void> => {
      const deleted = tx.objectStore('owners').delete(this.ownerId)
      tx.commit()
      await deleted
    }
    write(this.#database, 'relaxed', giveUp, ['owners']).catch(this.#options.failed)
  }

  /** The page comes back out of the browser's memory (also fires on load). */
  readonly #shown = (): void => {
    this.#cancel()
    this.#beat()
    this.#cancel = this.#schedule()
  }
}
