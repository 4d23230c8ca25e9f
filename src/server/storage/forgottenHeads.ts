import type { Database } from 'better-sqlite3'
import type { Head } from '../../shared/update'

/**
 * Bytes kept of the hash of a forgotten update. 8: two histories that meet in one by chance are one in 2^64, and there is
 * nothing to be had by making one up.
 */
const MARK_BYTES = 8

/**
 * Which heads a page has passed through, of updates that are forgotten: 8 bytes for each, in stretches as they were
 * forgotten.
 */
export class ForgottenHeads {
  readonly #sql

  constructor(database: Database) {
    this.#sql = {
      insert: database.prepare('INSERT INTO forgotten_heads (page, first, marks) VALUES (?, ?, ?)'),
      mark: database
        .prepare(
          `SELECT substr(marks, (@version - first) * ${MARK_BYTES} + 1, ${MARK_BYTES}) FROM forgotten_heads
           WHERE page = @page AND first <= @version ORDER BY first DESC LIMIT 1`,
        )
        .pluck(),
      delete: database.prepare(
        `DELETE FROM forgotten_heads WHERE page = ? AND first + length(marks) / ${MARK_BYTES} <= ?`,
      ),
    }
  }

  /** Remembers the hashes of versions from `first` on. */
  keep(page: number, first: number, hashes: readonly string[]): void {
    if (hashes.length === 0) return
    this.#sql.insert.run(page, first, Buffer.concat(hashes.map(markOf)))
  }

  has(page: number, { version, hash }: Head): boolean {
    const mark: unknown = this.#sql.mark.get({ page, version })
    return Buffer.isBuffer(mark) && mark.equals(markOf(hash))
  }

  /** Forgets the stretches that end before a version. */
  forget(page: number, before: number): void {
    this.#sql.delete.run(page, before)
  }
}

function markOf(hash: string): Buffer {
  return Buffer.from(hash.slice(0, 2 * MARK_BYTES), 'hex')
}
