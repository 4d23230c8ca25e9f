import { StoreError } from './roomStore'
import { toDatabaseError } from './sqlite/databaseError'

/** Runs `task`; what SQLite throws becomes a {@link StoreError}. A RangeError is the caller's fault and stays one. */
export function naming<T>(what: string, task: () => T): T {
  try {
    return task()
  } catch (error) {
    if (error instanceof StoreError || error instanceof RangeError) throw error
    const { code, message } = toDatabaseError(error, what)
    throw new StoreError(code, message, { cause: error })
  }
}
