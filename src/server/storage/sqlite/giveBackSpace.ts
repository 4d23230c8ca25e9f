import type { Database } from 'better-sqlite3'

/** Free database pages below which the file keeps its size: writing goes on and would only have it grow again. */
const KEEP_FREE = 64
/** Database pages of 4 KiB given back at a time: 2 MiB, some milliseconds. */
const SLICE = 512

/**
 * Makes the file smaller by a slice of what is free in it; when the last one is given back, the write-ahead log is emptied
 * too. True while there is more to give back. Only a file made with `auto_vacuum = INCREMENTAL` becomes smaller.
 */
export function giveBackSpace(database: Database): boolean {
  const before = freePages(database)
  if (before <= KEEP_FREE) return false
  database.pragma(`incremental_vacuum(${SLICE})`)
  const after = freePages(database)
  if (after > KEEP_FREE && after < before) return true
  database.pragma('wal_checkpoint(TRUNCATE)')
  return false
}

function freePages(database: Database): number {
  return Number(database.pragma('freelist_count', { simple: true }))
}
