import path from 'node:path'
import { MemoryDisk } from '../../../src/client/cache/memoryDisk'
import { LEASE_MS } from '../../../src/renderer/platform/web/cache/ownerLease'
import { MemoryReplicaCache } from '../../../src/client/cache/memoryReplicaCache'
import { ReplicaDatabase } from '../../../src/main/cache/replicaDatabase'
import { REPLICA_DATABASE } from '../../../src/main/cache/replicaMigrations'
import { openDatabase } from '../../../src/server/storage/sqlite/openDatabase'
import { CacheError } from '../../../src/shared/cache/replicaCache'
import { CONTRACT_ASSET_BYTES, describeAssetCache } from './assetCacheContract'
import { Browser } from './idbGround'
import { describeReplicaCache } from './replicaCacheContract'
import type { ReplicaGround } from './replicaGround'
import { describeReplicaStore } from './replicaStoreContract'
import { tempFolder } from './tempFolder'

async function startMemory(): Promise<ReplicaGround> {
  const disk = new MemoryDisk()
  const caches = new Map<string, MemoryReplicaCache>()
  let full = false
  return {
    async open(ownerId) {
      const beforeWrite = (): void => {
        if (full) throw new CacheError('storage-failed', 'the disk is full')
      }
      const cache = new MemoryReplicaCache(disk, ownerId, { beforeWrite }, CONTRACT_ASSET_BYTES)
      caches.set(ownerId, cache)
      return cache
    },
    kill: async (ownerId) => caches.get(ownerId)?.kill(),
    freeze: async (ownerId) => disk.voidClaims(ownerId),
    fill: (on) => (full = on),
    remove: async () => undefined,
  }
}

async function startSqlite(): Promise<ReplicaGround> {
  const { folder, remove } = tempFolder()
  const database = openDatabase(path.join(folder, 'replicas.sqlite'), REPLICA_DATABASE)
  const report = (error: CacheError): void => {
    throw error
  }
  const replicas = new ReplicaDatabase(database, { report, maxAssetBytes: CONTRACT_ASSET_BYTES })
  // Main knows at once that a window is gone; it closes the window's cache for it.
  const kill = (ownerId: string): Promise<void> => replicas.cacheFor(ownerId).close()
  return {
    open: async (ownerId) => replicas.cacheFor(ownerId),
    kill,
    freeze: kill,
    fill: (on) => void database.pragma(`query_only = ${on ? 1 : 0}`),
    async remove() {
      await replicas.close()
      remove()
    },
  }
}

async function startIdb(): Promise<ReplicaGround> {
  const browser = new Browser(CONTRACT_ASSET_BYTES)
  const put = IDBObjectStore.prototype.put
  return {
    open: async (ownerId) => (await browser.openTab(ownerId)).cache,
    async kill(ownerId) {
      browser.stopTab(ownerId)
      browser.time.advance(2 * LEASE_MS)
    },
    async freeze(ownerId) {
      browser.stopTab(ownerId)
      browser.time.advance(2 * LEASE_MS)
      browser.resumeTab(ownerId)
    },
    fill(on) {
      IDBObjectStore.prototype.put = on
        ? () => {
            throw new DOMException('the disk is full', 'QuotaExceededError')
          }
        : put
    },
    remove: () => browser.remove(),
  }
}

for (const [name, start] of [
  ['MemoryReplicaCache', startMemory],
  ['SqliteReplicaCache', startSqlite],
  ['IdbReplicaCache', startIdb],
] as const) {
  describeReplicaStore(name, start)
  describeReplicaCache(name, start)
  describeAssetCache(name, start)
}
