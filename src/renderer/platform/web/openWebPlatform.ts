import { CacheError, type ReplicaCache } from '../../../shared/cache/replicaCache'
import type { Clock } from '../../../shared/clock'
import { createId, type RandomBytes } from '../../../shared/identity/keys'
import type { Platform } from '../platform'
import { openWebCache } from './cache/openWebCache'
import { unusableCache } from './unusableCache'
import { createWebPlatform } from './webPlatform'

/** The platform of a guest's browser, with the cache that it allows. */
export async function openWebPlatform(clock: Clock, randomBytes: RandomBytes): Promise<Platform> {
  return createWebPlatform(await openCache(clock, randomBytes), randomBytes)
}

async function openCache(clock: Clock, randomBytes: RandomBytes): Promise<ReplicaCache> {
  try {
    const { cache } = await openWebCache({
      clock,
      newId: () => createId(randomBytes),
      page: window,
      // To the browser's console, as for an error that nobody caught.
      report: (error) => reportError(error),
    })
    return cache
  } catch (error) {
    if (error instanceof CacheError) return unusableCache(error)
    throw error
  }
}
