import type { Database } from 'better-sqlite3'
import path from 'node:path'
import { openDatabase } from '../../server/storage/sqlite/openDatabase'
import { MAX_CACHED_ASSET_BYTES } from '../../shared/cache/assetCache'
import type { CacheError, ReplicaCache } from '../../shared/cache/replicaCache'
import { naming } from './cacheFailure'
import { Claims } from './claims'
import { REPLICA_DATABASE } from './replicaMigrations'
import { prepareReplicaStatements } from './replicaStatements'
import { SpaceReturn } from './spaceReturn'
import { prepareAssetStatements } from './sqliteAssetCache'
import { SqliteReplicaCache, type ReplicaDatabaseParts } from './sqliteReplicaCache'

const SHRINK_DELAY_MS = 5_000

/** The database inside the app's user data. */
export const REPLICA_DATABASE_FILE = 'replicas.sqlite'

export interface ReplicaDatabaseOptions {
  /** Told of each row that does not parse and was therefore left out of a list. */
  readonly report: (error: CacheError) => void
  /** Milliseconds from freeing space in the file to giving it back to the disk. 5 s: until a burst of writing is over. */
  readonly shrinkDelayMs?: number
  /** How long to wait for another process to let go of the file, milliseconds. */
  readonly lockTimeoutMs?: number
  /** Bytes of pictures that are kept. */
  readonly maxAssetBytes?: number
}

/**
 * Opens the replicas under the app's user data. Throws CacheError `database-locked` where another process has them
 * open, `database-corrupt` and `database-too-new` (the file is left as it was), or `storage-failed`.
 */
export function openReplicaDatabase(userData: string, options: ReplicaDatabaseOptions): ReplicaDatabase {
  const file = path.join(userData, REPLICA_DATABASE_FILE)
  return naming('open', () => {
    return new ReplicaDatabase(openDatabase(file, REPLICA_DATABASE, options.lockTimeoutMs), options)
  })
}

/** The device's replicas, opened once per process; each window has a {@link ReplicaCache} of its own over it. */
export class ReplicaDatabase {
  readonly #parts: ReplicaDatabaseParts
  readonly #space: SpaceReturn

  /** Takes over an open database. */
  constructor(database: Database, options: ReplicaDatabaseOptions) {
    const { report, shrinkDelayMs = SHRINK_DELAY_MS, maxAssetBytes = MAX_CACHED_ASSET_BYTES } = options
    this.#space = new SpaceReturn(database, shrinkDelayMs, report)
    const freed = (): void => this.#space.later()
    const sql = prepareReplicaStatements(database)
    const assetSql = prepareAssetStatements(database)
    this.#parts = { database, sql, assetSql, claims: new Claims(), report, freed, maxAssetBytes }
  }

  /** The cache of the window `ownerId`. Closing it ends the window's claims: main does so for one that crashed. */
  cacheFor(ownerId: string): ReplicaCache {
    return new SqliteReplicaCache(this.#parts, ownerId)
  }

  /** Ends all use. */
  async close(): Promise<void> {
    this.#space.stop()
    naming('close', () => this.#parts.database.close())
  }
}
