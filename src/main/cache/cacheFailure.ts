import { DatabaseError, toDatabaseError } from '../../server/storage/sqlite/databaseError'
import { CacheError } from '../../shared/cache/replicaCache'

/** Runs `task`; what SQLite throws becomes a {@link CacheError}. A RangeError is the caller's fault and stays one. */
export function naming<T>(what: string, task: () => T): T {
  try {
    return task()
  } catch (error) {
    if (error instanceof CacheError || error instanceof RangeError) throw error
    const { code, message } = toDatabaseError(error, what)
    throw new CacheError(code, message, { cause: error instanceof DatabaseError ? error.cause : error })
  }
}
