import type { AssetCache } from '../../../../shared/cache/assetCache'
import { parseEach } from '../../../../shared/cache/parseStored'
import {
  CacheError,
  type CachedRoom,
  type Draft,
  type ReplicaCache,
  type ReplicaStore,
} from '../../../../shared/cache/replicaCache'
import type { CacheDatabase } from './cacheDatabase'
import { IdbAssetCache, leaveRoom } from './idbAssetCache'
import { deleteReplica, IdbReplicaStore } from './idbReplicaStore'
import { parseDraft, parseReplica, parseRoom, type ReplicaRow } from './idbRows'
import type { OwnerLease } from './ownerLease'
import type { RollCall } from './rollCall'
import { read, together, write, type ReadTransaction, type WriteTransaction } from './transact'

export interface IdbReplicaCacheParts {
  readonly database: CacheDatabase
  readonly lease: OwnerLease
  readonly rollCall: RollCall
  /** Unique ids for new replicas. */
  readonly newId: () => string
  /** Told of each row that does not parse and was therefore left out of a list. */
  readonly report: (error: CacheError) => void
  /** Bytes of pictures that are kept. */
  readonly maxAssetBytes: number
}

/** Positions in a new replica. */
const NO_ENTRIES = { logFrom: 0, from: 0, next: 0 }

/** The {@link ReplicaCache} of one tab, over the browser's database of this origin. Made by openWebCache. */
export class IdbReplicaCache implements ReplicaCache {
  readonly #parts: IdbReplicaCacheParts
  readonly assets: AssetCache
  #ended: CacheError | undefined

  constructor(parts: IdbReplicaCacheParts) {
    this.#parts = parts
    this.assets = new IdbAssetCache(() => this.#database(), parts.maxAssetBytes)
  }

  async claim(roomId: string, pageId: string): Promise<ReplicaStore> {
    const dead = await this.#deadOwners(roomId, (row) => row.pageId === pageId)
    return this.#write(async (tx) => {
      const free = (await this.#freeReplicas(tx, roomId, dead)).filter((row) => row.pageId === pageId)
      const created = { replicaId: this.#parts.newId(), roomId, pageId, fence: 0, ...NO_ENTRIES, unsent: [] }
      return this.#take(tx, free.find(hasUnsent) ?? free[0] ?? created)
    })
  }

  async claimOrphans(roomId: string): Promise<{ pageId: string; store: ReplicaStore }[]> {
    const dead = await this.#deadOwners(roomId, () => true)
    return this.#write(async (tx) => {
      const free = await this.#freeReplicas(tx, roomId, dead)
      const freeIds = new Set(free.map(({ replicaId }) => replicaId))
      const all = parseEach(await this.#rowsOf(tx, roomId), parseReplica, () => undefined)
      const openPages = new Set(all.flatMap((row) => (freeIds.has(row.replicaId) ? [] : [row.pageId])))
      const orphans = free.filter((row) => hasUnsent(row) || openPages.has(row.pageId))
      return Promise.all(
        orphans.map(async (row) => ({ pageId: row.pageId, store: await this.#take(tx, row) })),
      )
    })
  }

  async listRooms(): Promise<CachedRoom[]> {
    const rows = await read(this.#database(), (tx) => tx.objectStore('rooms').getAll())
    return parseEach(rows, parseRoom, this.#parts.report).sort(
      (a, b) => b.lastUsed - a.lastUsed || (a.roomId < b.roomId ? -1 : 1),
    )
  }

  putRoom(room: CachedRoom): Promise<void> {
    return this.#write(async (tx) => {
      await tx.objectStore('rooms').put(room)
    })
  }

  forgetRoom(roomId: string): Promise<void> {
    return this.#write(async (tx) => {
      const replicas = await tx.objectStore('replicas').index('room').getAllKeys(roomId)
      const drafts = await tx.objectStore('drafts').index('room').getAllKeys(roomId)
      await together([
        () => tx.objectStore('rooms').delete(roomId),
        ...replicas.map((replicaId) => () => deleteReplica(tx, replicaId)),
        ...drafts.map((draftId) => () => tx.objectStore('drafts').delete(draftId)),
      ])
      await leaveRoom(tx, roomId)
    })
  }

  async listDrafts(roomId: string): Promise<Draft[]> {
    const rows = await read(this.#database(), (tx) => tx.objectStore('drafts').index('room').getAll(roomId))
    return parseEach(rows, parseDraft, this.#parts.report).sort(
      (a, b) => a.time - b.time || (a.draftId < b.draftId ? -1 : 1),
    )
  }

  deleteDraft(draftId: string): Promise<void> {
    return this.#write(async (tx) => {
      await tx.objectStore('drafts').delete(draftId)
    })
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return
    this.#ended = new CacheError('storage-failed', 'the cache is closed')
    this.#parts.rollCall.close()
    await this.#parts.lease.end()
    this.#parts.database.close()
  }

  /** The database is gone: every further use throws `reason`. */
  end(reason: CacheError): void {
    this.#ended ??= reason
    this.#parts.rollCall.close()
    this.#parts.lease.abandon()
  }

  readonly #database = (): CacheDatabase => {
    if (this.#ended !== undefined) throw this.#ended
    return this.#parts.database
  }

  async #write<T>(task: (tx: WriteTransaction) => Promise<T>): Promise<T> {
    return write(this.#database(), 'relaxed', task)
  }

  /**
   * Owners whose lease runs and who hold unsent edits of the room, but do not answer. Only where there is something
   * to win is anybody asked: waiting for an answer that does not come takes a while.
   */
  async #deadOwners(roomId: string, wanted: (row: ReplicaRow) => boolean): Promise<ReadonlySet<string>> {
    const holders = await read(this.#database(), async (tx) => {
      const rows = parseEach(await this.#rowsOf(tx, roomId), parseReplica, this.#parts.report)
      const owners = new Set(rows.filter((row) => wanted(row) && hasUnsent(row)).map(({ owner }) => owner))
      return [...(await this.#parts.lease.othersAlive(tx))].filter((ownerId) => owners.has(ownerId))
    })
    return this.#parts.rollCall.absent(holders)
  }

  async #freeReplicas(
    tx: WriteTransaction,
    roomId: string,
    dead: ReadonlySet<string>,
  ): Promise<ReplicaRow[]> {
    const { lease } = this.#parts
    const alive = new Set([...(await lease.othersAlive(tx))].filter((ownerId) => !dead.has(ownerId)))
    await lease.removeOthers(tx, alive)
    // Rows that do not parse were reported by deadOwners just before.
    const rows = parseEach(await this.#rowsOf(tx, roomId), parseReplica, () => undefined)
    return rows.filter(({ owner }) => owner === undefined || (owner !== lease.ownerId && !alive.has(owner)))
  }

  #rowsOf(tx: ReadTransaction, roomId: string): Promise<unknown[]> {
    return tx.objectStore('replicas').index('room').getAll(roomId)
  }

  async #take(tx: WriteTransaction, row: ReplicaRow): Promise<ReplicaStore> {
    const { lease } = this.#parts
    const claimed: ReplicaRow = { ...row, owner: lease.ownerId, fence: row.fence + 1 }
    await together([() => tx.objectStore('replicas').put(claimed), () => lease.renew(tx)])
    return new IdbReplicaStore(this.#database, claimed, lease.ownerId)
  }
}

function hasUnsent(row: ReplicaRow): boolean {
  return row.unsent.length > 0
}
