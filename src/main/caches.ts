import type { Logger } from '../server/logger'
import { CacheError } from '../shared/cache/replicaCache'
import { openReplicaDatabase, type ReplicaDatabase } from './cache/replicaDatabase'

/** The windows' replica caches, one over one database each. */
export type Caches = Pick<ReplicaDatabase, 'cacheFor' | 'close'>

/**
 * Opens the windows' replica cache. Where that fails, the app still starts, and every use of the cache says why.
 */
export function openCaches(userData: string, log: Logger): Caches {
  try {
    return openReplicaDatabase(userData, {
      report: (error) =>
        log.error({ err: error }, 'a row of the cache was left out, or its space not given back'),
    })
  } catch (error) {
    log.error({ err: error }, 'cannot open the cache')
    const failure =
      error instanceof CacheError
        ? error
        : new CacheError('storage-failed', 'the cache cannot be opened', { cause: error })
    return {
      cacheFor: () => {
        throw failure
      },
      close: () => Promise.resolve(),
    }
  }
}
