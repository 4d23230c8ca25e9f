import {
  cachedRoomSchema,
  checkpointSchema,
  draftSchema,
  journalEntrySchema,
} from '../../shared/cache/cacheSchemas'
import { unsentAfter, unsentOf } from '../../shared/cache/unsentEdits'
import { MemoryAssetCache, withoutRoom } from './memoryAssetCache'
import { MemoryDisk, type MemoryReplica } from './memoryDisk'
import { MemoryReplicaStore } from './memoryReplicaStore'
import { parseStoredJson } from '../../shared/cache/parseStored'
import { CacheError, type CachedRoom, type Draft, type ReplicaCache, type ReplicaStore } from './replicaCache'

/** Where a test may let a write fail, wait, or kill the client. `what` names the call, `replicaId` what it is made on. */
export interface MemoryCacheHooks {
  /** Runs before each write. Where it throws, nothing is written and the call throws that. */
  beforeWrite?(what: string, replicaId?: string): void | Promise<void>
  /** Runs after each write, before the call returns. */
  afterWrite?(what: string, replicaId?: string): void | Promise<void>
}

/**
 * A ReplicaCache of one owner (a window, a tab) over a disk in memory: for tests, and for browsers that refuse to
 * store anything.
 */
export class MemoryReplicaCache implements ReplicaCache {
  readonly #disk: MemoryDisk
  readonly #ownerId: string
  readonly #hooks: MemoryCacheHooks
  readonly assets: MemoryAssetCache
  #ended = false

  constructor(
    disk: MemoryDisk = new MemoryDisk(),
    ownerId = 'owner',
    hooks: MemoryCacheHooks = {},
    maxAssetBytes?: number,
  ) {
    this.#disk = disk
    this.#ownerId = ownerId
    this.#hooks = hooks
    this.assets = new MemoryAssetCache(disk, maxAssetBytes, (what, task) => this.#run(what, task))
  }

  async claim(roomId: string, pageId: string): Promise<ReplicaStore> {
    let claimed: ReplicaStore | undefined
    await this.#run('claim', () => {
      const free = this.#free((replica) => replica.roomId === roomId && replica.pageId === pageId)
      const found = free.find((replica) => hasUnsent(replica)) ?? free[0]
      claimed = this.#take(found ?? this.#create(roomId, pageId))
    })
    if (claimed === undefined) throw new CacheError('storage-failed', 'the claim was not carried out')
    return claimed
  }

  async claimOrphans(roomId: string): Promise<{ pageId: string; store: ReplicaStore }[]> {
    const orphans: { pageId: string; store: ReplicaStore }[] = []
    await this.#run('claimOrphans', () => {
      const replicas = [...this.#disk.image.replicas.values()].filter((replica) => replica.roomId === roomId)
      const open = replicas.filter(({ replicaId }) => this.#disk.isClaimed(replicaId))
      const openPages = new Set(open.map(({ pageId }) => pageId))
      const found = replicas.filter(
        (replica) => !open.includes(replica) && (hasUnsent(replica) || openPages.has(replica.pageId)),
      )
      for (const replica of found) orphans.push({ pageId: replica.pageId, store: this.#take(replica) })
    })
    return orphans
  }

  async listRooms(): Promise<CachedRoom[]> {
    this.#live()
    return [...this.#disk.image.rooms]
      .map(([roomId, text]) => parseStoredJson(cachedRoomSchema, text, `room ${roomId}`))
      .sort((a, b) => b.lastUsed - a.lastUsed || (a.roomId < b.roomId ? -1 : 1))
  }

  putRoom(room: CachedRoom): Promise<void> {
    const text = JSON.stringify(room)
    return this.#run('putRoom', () => {
      this.#disk.write({ rooms: new Map(this.#disk.image.rooms).set(room.roomId, text) })
    })
  }

  forgetRoom(roomId: string): Promise<void> {
    return this.#run('forgetRoom', () => {
      const { replicas, rooms, drafts, assets } = this.#disk.image
      const ofRoom = new Set(this.#drafts(roomId).map((draft) => draft.draftId))
      this.#disk.write({
        rooms: new Map([...rooms].filter(([id]) => id !== roomId)),
        replicas: new Map([...replicas].filter(([, replica]) => replica.roomId !== roomId)),
        drafts: new Map([...drafts].filter(([id]) => !ofRoom.has(id))),
        assets: withoutRoom(assets, roomId),
      })
    })
  }

  async listDrafts(roomId: string): Promise<Draft[]> {
    this.#live()
    return this.#drafts(roomId).sort((a, b) => a.time - b.time || (a.draftId < b.draftId ? -1 : 1))
  }

  deleteDraft(draftId: string): Promise<void> {
    return this.#run('deleteDraft', () => {
      this.#disk.write({ drafts: new Map([...this.#disk.image.drafts].filter(([id]) => id !== draftId)) })
    })
  }

  async close(): Promise<void> {
    this.kill()
  }

  /** Ends the process that owns this cache: what is not written by now never is, and others may claim at once. */
  kill(): void {
    this.cutOff()
    this.#disk.voidClaims(this.#ownerId)
  }

  /** As {@link kill}, but the claims stand until MemoryDisk.voidClaims, as leases in a browser do for their time. */
  cutOff(): void {
    this.#ended = true
  }

  readonly #run = async (what: string, task: () => void, replicaId?: string): Promise<void> => {
    this.#live()
    await this.#hooks.beforeWrite?.(what, replicaId)
    this.#live()
    task()
    await this.#hooks.afterWrite?.(what, replicaId)
  }

  #live(): void {
    if (this.#ended) throw new CacheError('storage-failed', 'the cache is closed')
  }

  #free(wanted: (replica: MemoryReplica) => boolean): MemoryReplica[] {
    return [...this.#disk.image.replicas.values()].filter(
      (replica) => wanted(replica) && !this.#disk.isClaimed(replica.replicaId),
    )
  }

  #create(roomId: string, pageId: string): MemoryReplica {
    const replicaId = this.#disk.newReplicaId()
    const replica = { replicaId, roomId, pageId, checkpoint: undefined, journal: [], log: [] }
    this.#disk.write({ replicas: new Map(this.#disk.image.replicas).set(replicaId, replica) })
    return replica
  }

  #take({ replicaId }: MemoryReplica): ReplicaStore {
    return new MemoryReplicaStore(
      this.#disk,
      replicaId,
      this.#disk.claim(replicaId, this.#ownerId),
      this.#run,
    )
  }

  #drafts(roomId: string): Draft[] {
    return [...this.#disk.image.drafts]
      .map(([draftId, text]) => parseStoredJson(draftSchema, text, `draft ${draftId}`))
      .filter((draft) => draft.roomId === roomId)
  }
}

/** True where the replica holds edits that no server has committed. */
export function hasUnsent({ replicaId, checkpoint, journal }: MemoryReplica): boolean {
  if (checkpoint === undefined) return false
  const entries = journal.map((text) => parseStoredJson(journalEntrySchema, text, `journal of ${replicaId}`))
  const start = unsentOf(parseStoredJson(checkpointSchema, checkpoint, `checkpoint of ${replicaId}`))
  return unsentAfter(start, entries).size > 0
}
