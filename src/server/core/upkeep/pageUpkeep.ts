import { Tombstones } from '../../../shared/board/tombstones'
import { createId } from '../../../shared/identity/keys'
import type { RecordsOp, RecordsSnapshot } from '../../../shared/ot/records'
import type { Outcome } from '../../authority/ladder'
import type { PageAuthority } from '../../authority/pageAuthority'
import type { StoredSnapshot, StoredUpdate } from '../../storage/roomStore'
import type { Environment } from '../environment'
import { deletionsOf, isMostlyDeleted } from './deletions'
import { keepDeletedFor } from './keepTimes'
import { trimLog } from './trimLog'

/**
 * Keeps a loaded page small: purges what was deleted long enough ago, stores snapshots, forgets old updates. Purges are
 * updates of a client of the room's own, submitted like anybody's; their author is the room's id, which no device has.
 */
export class PageUpkeep {
  readonly #roomId: string
  readonly #authority: PageAuthority
  readonly #environment: Environment
  /** Oldest version that somebody is still to be sent the next of, Infinity for none. */
  readonly #oldestSent: () => number
  /** Of a board; other pages keep what was deleted. */
  readonly #tombstones: Tombstones | undefined
  /** Version of the newest snapshot that is stored. */
  #stored: number
  /** Version of the newest purge of most of a board. */
  #emptied = 0
  #client: { readonly clientId: string; seq: number } | undefined
  #running: Promise<void> | undefined
  #ended = false
  /** True while times of deletions are noted that no update tells: they are to be stored. */
  #hasNewTimes = false

  constructor(
    roomId: string,
    authority: PageAuthority,
    environment: Environment,
    snapshot: StoredSnapshot | undefined,
    oldestSent: () => number,
  ) {
    this.#roomId = roomId
    this.#authority = authority
    this.#environment = environment
    this.#oldestSent = oldestSent
    this.#stored = snapshot?.version ?? 0
    if (authority.kind !== 'board') return
    this.#tombstones = new Tombstones()
    for (const { update } of authority.state.recent.after(this.#stored) ?? [])
      this.#tombstones.note(update.op as RecordsOp, this.#content, update.time)
    const known = snapshot?.deletions?.times
    this.#hasNewTimes = this.#tombstones.noteAll(this.#content, environment.clock.now(), known)
  }

  /** Notes what updates have deleted that were committed now, whenever they were made; the page holds them already. */
  note(updates: readonly StoredUpdate[]): void {
    const now = this.#environment.clock.now()
    for (const { update } of updates) this.#tombstones?.note(update.op as RecordsOp, this.#content, now)
  }

  /** Does what is due. Throws StoreError. Called again meanwhile, it is the same run. */
  run(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** The page is unloaded: nothing more is purged. */
  end(): void {
    this.#ended = true
  }

  /** Stores a snapshot where at least `minUpdates` updates came since the last, or times of deletions are new. Throws StoreError. */
  async saveSnapshot(minUpdates: number): Promise<void> {
    const { pageId } = this.#authority
    const snapshot = this.#authority.takeSnapshot(this.#hasNewTimes ? 0 : minUpdates)
    if (snapshot === undefined) return
    this.#hasNewTimes = false
    const { limits } = this.#environment
    const deletions = this.#tombstones && deletionsOf(this.#tombstones, this.#content, limits)
    await this.#environment.store.saveSnapshot(this.#roomId, pageId, {
      ...snapshot,
      ...(deletions !== undefined && { deletions }),
    })
    this.#stored = Math.max(this.#stored, snapshot.version)
  }

  get #content(): RecordsSnapshot {
    return this.#authority.state.snapshot as RecordsSnapshot
  }

  async #run(): Promise<void> {
    const purged = await this.#purge()
    const { pageId, state } = this.#authority
    const { head } = state
    const start = await this.#environment.store.logStart(this.#roomId, pageId)
    // Without a snapshot nothing of the log may go; a purge is only worth something once one is stored.
    if (purged || this.#hasNewTimes || this.#stored <= start) await this.saveSnapshot(1)
    const limit = Math.min(this.#stored, this.#oldestSent())
    await trimLog(
      { roomId: this.#roomId, pageId, head: head.version, limit, least: this.#emptied },
      this.#environment,
    )
  }

  /** True where something was purged. */
  async #purge(): Promise<boolean> {
    const { clock, limits } = this.#environment
    if (this.#tombstones === undefined || this.#tombstones.size === 0) return false
    const isMost = isMostlyDeleted(this.#tombstones, this.#content, limits)
    const before = clock.now() - keepDeletedFor(limits, isMost)
    let purged = false
    while (!this.#ended) {
      const op = this.#tombstones.purgeOp(this.#content, before, limits.purgeRecords)
      if (op === undefined) break
      const outcome = await this.#submit(op)
      if (outcome.result !== 'committed') {
        this.#environment.logger.warn(
          { pageId: this.#authority.pageId, outcome },
          'a purge was not committed',
        )
        break
      }
      purged = true
      if (isMost) this.#emptied = outcome.version
      await new Promise<void>((resolve) => clock.after(limits.purgePauseMs, resolve))
    }
    return purged
  }

  /** As a client new in each use of the page: a server restored from a backup must not give a number twice. */
  #submit(op: RecordsOp): Promise<Outcome> {
    this.#client ??= { clientId: createId(this.#environment.randomBytes), seq: 0 }
    const { clientId, seq } = this.#client
    const { version, hash } = this.#authority.state.head
    const edit = { clientId, after: seq, seq: seq + 1 }
    this.#client.seq += 1
    return new Promise((resolve) => {
      this.#authority.submit(
        { ...edit, version, hash, op, author: this.#roomId, isAllowed: true, spares: true },
        (outcome) => {
          if (outcome.result !== 'committed') this.#client = undefined
          resolve(outcome)
        },
      )
    })
  }
}
