import { recordsType, type RecordsOp, type RecordsSnapshot } from '../ot/records'
import { readShape } from './readShape'

/**
 * Tells which deleted records of a board are to be purged. Records hold no times, so whoever keeps the board notes
 * when they were deleted: from the log where there is one, otherwise from when the board was loaded, which only keeps
 * them longer. Times are milliseconds since 1970.
 */
export class Tombstones {
  /** When each deleted record was. In the order noted. */
  readonly #since = new Map<string, number>()

  /** Notes all deleted records of a board that is loaded at `time`. */
  noteAll(snapshot: RecordsSnapshot, time: number): void {
    for (const [id, record] of snapshot.records.entries())
      if (record.deleted === true && !this.#since.has(id)) this.#since.set(id, time)
  }

  /** Notes what an update committed at `time` has deleted and restored; `after` is the content after it. */
  note(op: RecordsOp, after: RecordsSnapshot, time: number): void {
    for (const id of Object.keys(op)) {
      const isDeleted = after.records.get(id)?.deleted === true
      if (!isDeleted) this.#since.delete(id)
      else if (!this.#since.has(id)) this.#since.set(id, time)
    }
  }

  /**
   * Purges what was deleted before `time`. The op goes through the log like any other, so that every replica forgets
   * the same; undefined where there is nothing to forget. An edit or a restore that meets it is transformed to
   * nothing. At most `limit` records at a time.
   */
  purgeOp(snapshot: RecordsSnapshot, time: number, limit = 10_000): RecordsOp | undefined {
    const op: Record<string, unknown> = {}
    let count = 0
    for (const [id, since] of this.#since) {
      if (count >= limit) break
      if (since >= time || snapshot.records.get(id)?.deleted !== true) continue
      op[id] = { purge: true }
      count++
    }
    return count === 0 ? undefined : recordsType.parseOp(op)
  }
}

/** Length of what is deleted, in UTF-16 units of the snapshot's text: what purging all of it would save. */
export function deletedLength(snapshot: RecordsSnapshot): number {
  let length = 0
  for (const [id, record] of snapshot.records.entries())
    if (record.deleted === true) length += id.length + 4 + JSON.stringify(record).length
  return length
}

/** Content that the pictures on a board name, deleted ones too: they may come back. */
export function assetsOf(snapshot: RecordsSnapshot): Set<string> {
  const assets = new Set<string>()
  for (const [id, record] of snapshot.records.entries()) {
    const shape = readShape(id, record)
    if (shape?.type === 'image' && shape.assetId !== undefined) assets.add(shape.assetId)
  }
  return assets
}
