import { SqliteError } from 'better-sqlite3'

export type DatabaseErrorCode = 'storage-failed' | 'database-corrupt' | 'database-too-new' | 'database-locked'

/** A database file that cannot be used, or a call on it that failed. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  constructor(
    readonly code: DatabaseErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** What an error thrown by better-sqlite3 means to us. */
export function databaseErrorCode(error: unknown): DatabaseErrorCode {
  const code = error instanceof SqliteError ? error.code : ''
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'database-corrupt'
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'database-locked'
  return 'storage-failed'
}

/** Any error as a {@link DatabaseError}. `what` says what was being done. */
export function toDatabaseError(error: unknown, what: string): DatabaseError {
  if (error instanceof DatabaseError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new DatabaseError(databaseErrorCode(error), `${what}: ${message}`, { cause: error })
}
