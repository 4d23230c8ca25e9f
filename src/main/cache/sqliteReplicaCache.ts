import type { Database } from 'better-sqlite3'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { draftSchema } from '../../shared/cache/cacheSchemas'
import type { AssetCache } from '../../shared/cache/assetCache'
import { parseEach, parseStored, parseStoredJson } from '../../shared/cache/parseStored'
import {
  CacheError,
  type CachedRoom,
  type Draft,
  type ReplicaCache,
  type ReplicaStore,
} from '../../shared/cache/replicaCache'
import { naming } from './cacheFailure'
import type { Claims } from './claims'
import { parseReplicaRow, parseRoomRow, type ReplicaRow } from './replicaRows'
import type { ReplicaStatements } from './replicaStatements'
import { SqliteAssetCache, type AssetStatements } from './sqliteAssetCache'
import { SqliteReplicaStore } from './sqliteReplicaStore'

/** What the caches of all windows share. */
export interface ReplicaDatabaseParts {
  readonly database: Database
  readonly sql: ReplicaStatements
  readonly claims: Claims
  readonly report: (error: CacheError) => void
  /** Something was deleted: the file may become smaller. */
  readonly freed: () => void
  readonly assetSql: AssetStatements
  /** Bytes of pictures that are kept. */
  readonly maxAssetBytes: number
}

const draftRowSchema = z.object({ draft_id: z.string(), draft: z.string() })

/** The {@link ReplicaCache} of one window. Made by ReplicaDatabase. */
export class SqliteReplicaCache implements ReplicaCache {
  readonly #parts: ReplicaDatabaseParts
  readonly #ownerId: string
  readonly assets: AssetCache
  #closed = false

  constructor(parts: ReplicaDatabaseParts, ownerId: string) {
    this.#parts = parts
    this.#ownerId = ownerId
    const { database, assetSql, maxAssetBytes } = parts
    this.assets = new SqliteAssetCache(database, assetSql, maxAssetBytes, (what, task) =>
      this.#run(what, task),
    )
  }

  async claim(roomId: string, pageId: string): Promise<ReplicaStore> {
    return this.#run('claim', () => {
      const free = this.#freeReplicas(roomId).filter((row) => row.pageId === pageId)
      return this.#take(free.find((row) => row.unsent.size > 0) ?? free[0] ?? this.#create(roomId, pageId))
    })
  }

  async claimOrphans(roomId: string): Promise<{ pageId: string; store: ReplicaStore }[]> {
    return this.#run('claimOrphans', () => {
      const replicas = this.#replicas(roomId)
      const isFree = ({ replicaId }: ReplicaRow): boolean => this.#parts.claims.isFree(replicaId)
      const openPages = new Set(replicas.flatMap((row) => (isFree(row) ? [] : [row.pageId])))
      return replicas
        .filter(isFree)
        .filter((row) => row.unsent.size > 0 || openPages.has(row.pageId))
        .map((row) => ({ pageId: row.pageId, store: this.#take(row) }))
    })
  }

  async listRooms(): Promise<CachedRoom[]> {
    return this.#run('listRooms', () =>
      parseEach(this.#parts.sql.listRooms.all(), parseRoomRow, this.#parts.report),
    )
  }

  async putRoom({ roomId, title, link, hosted, lastUsed }: CachedRoom): Promise<void> {
    this.#run('putRoom', () => this.#parts.sql.putRoom.run(roomId, title, link, Number(hosted), lastUsed))
  }

  async forgetRoom(roomId: string): Promise<void> {
    const { database, sql, assetSql, claims, freed } = this.#parts
    this.#run('forgetRoom', () => {
      const rows = sql.replicasOfRoom.all(roomId)
      database
        .transaction(() => {
          sql.deleteRoom.run(roomId)
          sql.deleteReplicasOfRoom.run(roomId)
          sql.deleteDraftsOfRoom.run(roomId)
          assetSql.leaveRoom.run(roomId)
          assetSql.deleteRoomless.run()
        })
        .immediate()
      for (const { replicaId } of parseEach(rows, parseReplicaRow, this.#parts.report))
        claims.forget(replicaId)
      freed()
    })
  }

  async listDrafts(roomId: string): Promise<Draft[]> {
    return this.#run('listDrafts', () =>
      parseEach(this.#parts.sql.draftsOfRoom.all(roomId), parseDraftRow, this.#parts.report).sort(
        (a, b) => a.time - b.time || (a.draftId < b.draftId ? -1 : 1),
      ),
    )
  }

  async deleteDraft(draftId: string): Promise<void> {
    this.#run('deleteDraft', () => this.#parts.sql.deleteDraft.run(draftId))
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#parts.claims.endOwner(this.#ownerId)
  }

  #run<T>(what: string, task: () => T): T {
    if (this.#closed) throw new CacheError('storage-failed', `${what}: the cache is closed`)
    return naming(what, task)
  }

  #replicas(roomId: string): ReplicaRow[] {
    return parseEach(this.#parts.sql.replicasOfRoom.all(roomId), parseReplicaRow, this.#parts.report)
  }

  #freeReplicas(roomId: string): ReplicaRow[] {
    return this.#replicas(roomId).filter(({ replicaId }) => this.#parts.claims.isFree(replicaId))
  }

  #create(roomId: string, pageId: string): ReplicaRow {
    const replicaId = randomUUID()
    const { lastInsertRowid } = this.#parts.sql.insertReplica.run(replicaId, roomId, pageId)
    return { id: Number(lastInsertRowid), replicaId, pageId, unsent: new Map() }
  }

  #take(row: ReplicaRow): ReplicaStore {
    const { claims } = this.#parts
    return new SqliteReplicaStore(this.#parts, row, claims.claim(row.replicaId, this.#ownerId))
  }
}

function parseDraftRow(row: unknown): Draft {
  const { draft_id, draft } = parseStored(draftRowSchema, row, 'a draft')
  return parseStoredJson(draftSchema, draft, `draft ${draft_id}`)
}
