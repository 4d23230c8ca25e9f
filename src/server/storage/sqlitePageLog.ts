import type { Database } from 'better-sqlite3'
import type { Head } from '../../shared/update'
import { ForgottenHeads } from './forgottenHeads'
import { parseHash, parseRowId, parseUpdate, type PageRow } from './roomRows'
import type { StoredUpdate } from './roomStore'

/** The logs of pages in rooms.sqlite: the updates there are, and the heads of those that are forgotten. */
export class SqlitePageLog {
  readonly #sql
  readonly #forgotten: ForgottenHeads

  constructor(database: Database) {
    this.#forgotten = new ForgottenHeads(database)
    this.#sql = {
      insert: database.prepare('INSERT INTO updates (page, version, hash, body) VALUES (?, ?, ?, ?)'),
      updates: database.prepare(`
        SELECT version, hash, body FROM updates
        WHERE page = ? AND version > ? AND version <= ? ORDER BY version LIMIT ?`),
      hashAt: database.prepare('SELECT hash FROM updates WHERE page = ? AND version = ?').pluck(),
      hashesBefore: database
        .prepare('SELECT hash FROM updates WHERE page = ? AND version < ? ORDER BY version')
        .pluck(),
      length: database
        .prepare(
          'SELECT coalesce(sum(octet_length(body)), 0) FROM updates WHERE page = ? AND version > ? AND version <= ?',
        )
        .pluck(),
      delete: database.prepare('DELETE FROM updates WHERE page = ? AND version <= ?'),
      moveStart: database.prepare('UPDATE pages SET log_start = ?, log_start_hash = ? WHERE id = ?'),
    }
  }

  /** Lets the empty log of a page begin at a head. */
  startAt(page: number, { version, hash }: Head): void {
    this.#sql.moveStart.run(version, hash, page)
  }

  add(page: number, updates: readonly StoredUpdate[]): void {
    for (const { version, hash, update } of updates)
      this.#sql.insert.run(page, version, hash, JSON.stringify(update))
  }

  /** Updates with `from < version <= to`, at most `limit`, -1 for all. `where` names the page in errors. */
  read({ id }: PageRow, where: string, from: number, to: number, limit: number): StoredUpdate[] {
    return this.#sql.updates.all(id, from, to, limit).map((row) => parseUpdate(row, `update of ${where}`))
  }

  /** Bytes of the updates with `from < version <= to`. */
  length({ id }: PageRow, from: number, to: number): number {
    return parseRowId(this.#sql.length.get(id, from, to), 'length of a log')
  }

  hashAt({ id, logStart }: PageRow, version: number): string | undefined {
    if (version === logStart.version) return logStart.hash
    const hash: unknown = this.#sql.hashAt.get(id, version)
    return typeof hash === 'string' ? hash : undefined
  }

  isHead(page: PageRow, head: Head): boolean {
    if (head.version < page.logStart.version) return this.#forgotten.has(page.id, head)
    return this.hashAt(page, head.version) === head.hash
  }

  /** Forgets the updates up to a version; their heads stay. Does nothing where that is not in the log. */
  forgetUpTo(page: PageRow, where: string, version: number): void {
    const { id, logStart } = page
    const hash = this.hashAt(page, version)
    if (hash === undefined || version <= logStart.version) return
    const older = this.#sql.hashesBefore
      .all(id, version)
      .map((row) => parseHash(row, `hash of an update of ${where}`))
    if (logStart.hash === undefined) this.#forgotten.keep(id, logStart.version + 1, older)
    else this.#forgotten.keep(id, logStart.version, [logStart.hash, ...older])
    this.#sql.delete.run(id, version)
    this.#sql.moveStart.run(version, hash, id)
  }

  /** Forgets heads of forgotten updates before a version, perhaps not the last of them. */
  forgetHeads({ id }: PageRow, before: number): void {
    this.#forgotten.forget(id, before)
  }
}
