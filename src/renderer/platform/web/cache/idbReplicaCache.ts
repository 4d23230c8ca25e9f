import { parseEach } from '../../../../shared/cache/parseStored'
import {
  CacheError,
  type CachedRoom,
  type Draft,
  type ReplicaCache,
  type ReplicaStore,
} from '../../../../shared/cache/replicaCache'
import type { CacheDatabase } from './cacheDatabase'
import { deleteReplica, IdbReplicaStore } from './idbReplicaStore'
import { parseDraft, parseReplica, parseRoom, type ReplicaRow } from './idbRows'
import type { OwnerLease } from './ownerLease'
import { read, together, write, type WriteTransaction } from './transact'

export interface IdbReplicaCacheParts {
  readonly database: CacheDatabase
  readonly lease: OwnerLease
  /** Unique ids for new replicas. */
  readonly newId: () => string
  /** Told of each row that does not parse and was therefore left out of a list. */
  readonly report: (error: CacheError) => void
}

/** The {@link ReplicaCache} of one tab, over the browser's database of this origin. Made by openWebCache. */
export class IdbReplicaCache implements ReplicaCache {
  readonly #parts: IdbReplicaCacheParts
  #ended: CacheError | undefined

  constructor(parts: IdbReplicaCacheParts) {
    this.#parts = parts
  }

  claim(roomId: string, pageId: string): Promise<ReplicaStore> {
    return this.#write(async (tx) => {
      const free = (await this.#freeReplicas(tx, roomId)).filter((row) => row.pageId === pageId)
      const chosen = free.find((row) => row.unsent.length > 0) ?? free[0]
      return this.#take(
        tx,
        chosen ?? { replicaId: this.#parts.newId(), roomId, pageId, fence: 0, next: 0, unsent: [] },
      )
    })
  }

  claimOrphans(roomId: string): Promise<{ pageId: string; store: ReplicaStore }[]> {
    return this.#write(async (tx) => {
      const orphans = (await this.#freeReplicas(tx, roomId)).filter((row) => row.unsent.length > 0)
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
    await this.#parts.lease.end()
    this.#parts.database.close()
  }

  /** The database is gone: every further use throws `reason`. */
  end(reason: CacheError): void {
    this.#ended ??= reason
    this.#parts.lease.abandon()
  }

  readonly #database = (): CacheDatabase => {
    if (this.#ended !== undefined) throw this.#ended
    return this.#parts.database
  }

  async #write<T>(task: (tx: WriteTransaction) => Promise<T>): Promise<T> {
    return write(this.#database(), 'relaxed', task)
  }

  async #freeReplicas(tx: WriteTransaction, roomId: string): Promise<ReplicaRow[]> {
    const alive = await this.#parts.lease.othersAlive(tx)
    const rows = await tx.objectStore('replicas').index('room').getAll(roomId)
    const taken = (owner: string): boolean => owner === this.#parts.lease.ownerId || alive.has(owner)
    return parseEach(rows, parseReplica, this.#parts.report).filter(
      ({ owner }) => owner === undefined || !taken(owner),
    )
  }

  async #take(tx: WriteTransaction, row: ReplicaRow): Promise<ReplicaStore> {
    const { lease } = this.#parts
    const claimed: ReplicaRow = { ...row, owner: lease.ownerId, fence: row.fence + 1 }
    await together([() => tx.objectStore('replicas').put(claimed), () => lease.renew(tx)])
    return new IdbReplicaStore(this.#database, claimed, lease.ownerId)
  }
}
