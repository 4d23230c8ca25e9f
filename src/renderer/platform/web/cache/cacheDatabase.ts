import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { CacheError } from '../../../../shared/cache/replicaCache'
import type { Clock } from '../../../../shared/clock'

export const CACHE_DATABASE = 'inkroom'
export const CACHE_VERSION = 2

/** How long a tab with an older version may take to let go of the database, milliseconds. */
const BLOCKED_TIMEOUT_MS = 5000

/** Object stores. Values are `unknown` until they are parsed (idbRows.ts says what they are). */
export interface CacheStores extends DBSchema {
  rooms: { key: string; value: unknown }
  replicas: { key: string; value: unknown; indexes: { room: string } }
  /** Tabs that live, each with the time its lease ends. */
  owners: { key: string; value: unknown }
  checkpoints: { key: string; value: unknown }
  /**
   * Key: replica and position, which counts the journal's entries here and in `log` together. Journal entries of any
   * kind but 'updates'.
   */
  steps: { key: [string, number]; value: unknown }
  /** Key: replica and position. 'updates' entries; those from before the checkpoint are kept history. */
  log: { key: [string, number]; value: unknown }
  drafts: { key: string; value: unknown; indexes: { room: string } }
  assets: { key: string; value: unknown }
  /** Key: id of the picture. Uint8Arrays. */
  assetBytes: { key: string; value: unknown }
}

export type CacheDatabase = IDBPDatabase<CacheStores>

/**
 * Opens the browser's database of this origin. `ended` is called once when it can no longer be used: a newer version
 * of the app opened it, or the browser took it away. Throws CacheError `database-too-new`, `database-locked` (a tab
 * with an older version does not let go), or whatever the browser says.
 */
export async function openCacheDatabase(
  clock: Clock,
  ended: (reason: CacheError) => void,
): Promise<CacheDatabase> {
  let cancel: (() => void) | undefined
  const opening = new Promise<CacheDatabase>((resolve, reject) => {
    const giveUp = (): void => {
      reject(new CacheError('database-locked', 'another tab keeps an older version of the database open'))
      // It may open after all, when nobody waits for it any more.
      opened.then((database) => database.close()).catch(reject)
    }
    const opened = openDB<CacheStores>(CACHE_DATABASE, CACHE_VERSION, {
      upgrade: createStores,
      blocked() {
        cancel = clock.after(BLOCKED_TIMEOUT_MS, giveUp)
      },
      blocking(_version, _next, event) {
        closeOn(event)
        ended(new CacheError('database-too-new', 'a newer version of the app opened the database'))
      },
      terminated() {
        ended(new CacheError('storage-failed', 'the browser closed the database'))
      },
    })
    opened.then(resolve, reject)
  })
  try {
    return await opening
  } catch (error) {
    if (error instanceof DOMException && error.name === 'VersionError') {
      throw new CacheError('database-too-new', 'the database is of a newer version', { cause: error })
    }
    throw error
  } finally {
    cancel?.()
  }
}

function closeOn(event: IDBVersionChangeEvent): void {
  if (event.target instanceof IDBDatabase) event.target.close()
}

function createStores(database: CacheDatabase, oldVersion: number): void {
  if (oldVersion < 1) createFirstStores(database)
  if (oldVersion < 2) {
    database.createObjectStore('assets', { keyPath: 'assetId' })
    database.createObjectStore('assetBytes')
  }
}

function createFirstStores(database: CacheDatabase): void {
  database.createObjectStore('rooms', { keyPath: 'roomId' })
  database.createObjectStore('replicas', { keyPath: 'replicaId' }).createIndex('room', 'roomId')
  database.createObjectStore('owners', { keyPath: 'ownerId' })
  database.createObjectStore('checkpoints', { keyPath: 'replicaId' })
  database.createObjectStore('steps')
  database.createObjectStore('log')
  database.createObjectStore('drafts', { keyPath: 'draftId' }).createIndex('room', 'roomId')
}
