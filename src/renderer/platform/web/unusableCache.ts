import { MemoryAssetCache } from '../../../client/cache/memoryAssetCache'
import type { CacheError, ReplicaCache } from '../../../shared/cache/replicaCache'

/** Stands for a cache that cannot be opened: the app starts, and every use says why. */
export function unusableCache(reason: CacheError): ReplicaCache {
  const refuse = (): Promise<never> => Promise.reject(reason)
  return {
    // Pictures live as long as the tab.
    assets: new MemoryAssetCache(),
    claim: refuse,
    claimOrphans: refuse,
    listRooms: refuse,
    putRoom: refuse,
    forgetRoom: refuse,
    listDrafts: refuse,
    deleteDraft: refuse,
    close: () => Promise.resolve(),
  }
}
