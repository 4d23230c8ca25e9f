import Database from 'better-sqlite3'
import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import path from 'node:path'
import { DatabaseError, toDatabaseError } from './databaseError'

/** A kind of database file of this app. */
export interface DatabaseKind {
  /** Written into the file's header (`PRAGMA application_id`): tells our files from others. */
  readonly applicationId: number
  /** SQL that leads from one version to the next; a file's version (`PRAGMA user_version`) counts those it has had. */
  readonly migrations: readonly string[]
  /** `FULL`: a commit survives a power cut. `NORMAL`: it survives the end of the process. */
  readonly synchronous: 'FULL' | 'NORMAL'
}

/** How long to wait for another process to let go of the file, milliseconds: a predecessor that is just ending. */
const LOCK_TIMEOUT_MS = 1000
/** A large snapshot may blow up the WAL; afterwards it shrinks to this many bytes. */
const WAL_SIZE_LIMIT = 16 * 1024 * 1024

/**
 * Opens a database file, making or migrating it where needed, for this process alone: the file stays locked until
 * it is closed or the process ends, however it ends. Throws {@link DatabaseError}; a file that is corrupt, from a
 * newer version or somebody else's is left exactly as it was.
 */
export function openDatabase(
  file: string,
  kind: DatabaseKind,
  lockTimeoutMs: number = LOCK_TIMEOUT_MS,
): Database.Database {
  try {
    prepareFile(file)
    if (statSync(file).size > 0) inspect(file, kind, lockTimeoutMs)
    return openForUse(file, kind, lockTimeoutMs)
  } catch (error) {
    throw toDatabaseError(error, file)
  }
}

/** An empty file readable by its owner alone, where there is none: rooms keep private keys in it. */
function prepareFile(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  closeSync(openSync(file, 'a', 0o600))
  const wal = `${file}-wal`
  // SQLite would take an empty file for a new database and drop the log beside it, which may hold everything.
  if (statSync(file).size === 0 && existsSync(wal) && statSync(wal).size > 0) {
    throw new DatabaseError('database-corrupt', `${file} is empty, but its write-ahead log is not`)
  }
}

/** Looks at the file through a read-only connection, which neither writes to it nor to its write-ahead log. */
function inspect(file: string, kind: DatabaseKind, lockTimeoutMs: number): void {
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: lockTimeoutMs })
  try {
    checkVersion(database, file, kind)
    const found: unknown = database.pragma('quick_check(1)', { simple: true })
    if (found !== 'ok') throw new DatabaseError('database-corrupt', `${file}: ${String(found)}`)
  } finally {
    database.close()
  }
}

/** The file's version, 0 where it is empty. Throws where the file is not one we can use. */
function checkVersion(database: Database.Database, file: string, kind: DatabaseKind): number {
  const applicationId = Number(database.pragma('application_id', { simple: true }))
  const version = Number(database.pragma('user_version', { simple: true }))
  const tables = Number(database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get())
  if (version === 0 && tables === 0) return 0
  if (applicationId !== kind.applicationId || version < 1) {
    throw new DatabaseError('database-corrupt', `${file} is a database, but not of this kind`)
  }
  if (version > kind.migrations.length) {
    throw new DatabaseError(
      'database-too-new',
      `${file} has version ${version}; this program knows versions up to ${kind.migrations.length}`,
    )
  }
  return version
}

function openForUse(file: string, kind: DatabaseKind, lockTimeoutMs: number): Database.Database {
  const database = new Database(file, { fileMustExist: true, timeout: lockTimeoutMs })
  try {
    // Only a file that is still empty takes it: what is deleted can then be given back to the disk.
    database.pragma('auto_vacuum = INCREMENTAL')
    // Set before anything is read: the lock on the file is then taken with the first access and kept.
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('journal_mode = WAL')
    database.pragma(`synchronous = ${kind.synchronous}`)
    database.pragma(`journal_size_limit = ${WAL_SIZE_LIMIT}`)
    database.pragma('foreign_keys = ON')
    migrate(database, file, kind)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** All missing migrations in one transaction, which also takes the write lock where there is none to do. */
function migrate(database: Database.Database, file: string, kind: DatabaseKind): void {
  database
    .transaction(() => {
      const version = checkVersion(database, file, kind)
      for (const sql of kind.migrations.slice(version)) database.exec(sql)
      if (version === kind.migrations.length) return
      database.pragma(`application_id = ${kind.applicationId}`)
      database.pragma(`user_version = ${kind.migrations.length}`)
    })
    .immediate()
}
