import { MemoryReplicaCache } from '../../../../client/cache/memoryReplicaCache'
import { MAX_CACHED_ASSET_BYTES } from '../../../../shared/cache/assetCache'
import { CacheError, type ReplicaCache } from '../../../../shared/cache/replicaCache'
import type { Clock } from '../../../../shared/clock'
import { openCacheDatabase } from './cacheDatabase'
import { IdbReplicaCache } from './idbReplicaCache'
import { LEASE_MS, OwnerLease, type PageEvents } from './ownerLease'
import { ROLL_CALL_CHANNEL, RollCall, type TabChannel } from './rollCall'

export interface WebCacheOptions {
  readonly clock: Clock
  /** Unique ids: one for this load of the page, and one for each new replica. */
  readonly newId: () => string
  /** Tells when the page goes away and comes back: the window. */
  readonly page: PageEvents
  /** Told of rows that do not parse, and of a lease that could not be renewed. */
  readonly report: (error: CacheError) => void
  /** Opens the channel between the tabs of this origin; undefined where the browser has none. */
  readonly openChannel?: () => TabChannel | undefined
  /** How long the claims of a tab that fell silent stand, milliseconds. */
  readonly leaseMs?: number
  /** Bytes of pictures that are kept. */
  readonly maxAssetBytes?: number
}

/** `kept` false: this browser stores nothing (a private window, say), and edits live as long as the tab. */
export type WebCache =
  | { readonly cache: ReplicaCache; readonly kept: true }
  | { readonly cache: ReplicaCache; readonly kept: false; readonly reason: CacheError }

/**
 * The replica cache of this tab. Needs nothing that browsers keep for secure contexts. Throws CacheError
 * `database-too-new` where a newer version of the app has been here, `database-locked` where a tab with an older
 * one does not let go.
 */
export async function openWebCache(options: WebCacheOptions): Promise<WebCache> {
  const { clock, newId, page, report, openChannel = openTabChannel, leaseMs = LEASE_MS } = options
  const { maxAssetBytes = MAX_CACHED_ASSET_BYTES } = options
  const opened: { cache?: IdbReplicaCache } = {}
  try {
    if (typeof indexedDB === 'undefined')
      throw new CacheError('storage-failed', 'this browser has no IndexedDB')
    const database = await openCacheDatabase(clock, (reason) => opened.cache?.end(reason))
    const ownerId = newId()
    const failed = (error: unknown): void => report(asCacheError(error))
    const lease = new OwnerLease(database, { ownerId, clock, page, leaseMs, failed })
    const rollCall = new RollCall(openChannel(), ownerId, clock)
    opened.cache = new IdbReplicaCache({ database, lease, rollCall, newId, report, maxAssetBytes })
    return { cache: opened.cache, kept: true }
  } catch (error) {
    const reason = asCacheError(error)
    if (reason.code !== 'storage-failed') throw reason
    return { cache: new MemoryReplicaCache(), kept: false, reason }
  }
}

function openTabChannel(): TabChannel | undefined {
  return typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(ROLL_CALL_CHANNEL)
}

function asCacheError(error: unknown): CacheError {
  if (error instanceof CacheError) return error
  const message = error instanceof Error || error instanceof DOMException ? error.message : String(error)
  return new CacheError('storage-failed', message, { cause: error })
}
