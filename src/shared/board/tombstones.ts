import { own, recordLength, recordsType, type RecordsOp, type RecordsSnapshot } from '../ot/records'

/**
 * Tells which deleted records of a board are to be purged. Records hold no times, since a client's clock could not be
 * trusted with them, so whoever keeps the board notes when they were deleted. Times are milliseconds since 1970.
 */
export class Tombstones {
  /** Since when each deleted record has rested. */
  readonly #since = new Map<string, number>()

  /**
   * Notes all deleted records of a board that is loaded at `time`; `known` are {@link times} noted before. True where
   * something was deleted that nobody had noted: it rests from now on.
   */
  noteAll(snapshot: RecordsSnapshot, time: number, known: Readonly<Record<string, number>> = {}): boolean {
    let isNew = false
    for (const [id, record] of snapshot.records.entries()) {
      if (record.deleted !== true) continue
      const noted = later(this.#since.get(id), own(known, id))
      isNew ||= noted === undefined
      // A time in the future was noted by a clock that has been set back since.
      this.#since.set(id, Math.min(noted ?? time, time))
    }
    return isNew
  }

  /**
   * Notes what an update committed at `time` has deleted and restored; `after` is the content after it. A deleted
   * record that is edited, by somebody who was offline, rests from then on: there is something new in it. An update of
   * a time before that, which was handed back, changes nothing.
   */
  note(op: RecordsOp, after: RecordsSnapshot, time: number): void {
    for (const id of Object.keys(op)) {
      if (after.records.get(id)?.deleted === true)
        this.#since.set(id, later(this.#since.get(id), time) ?? time)
      else this.#since.delete(id)
    }
  }

  /** Since when each deleted record has rested, by id. */
  get times(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#since)
  }

  /** Number of deleted records. */
  get size(): number {
    return this.#since.size
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

function later(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other)
}

/** Length of what is deleted, in UTF-16 units of the snapshot's text: what purging all of it would save. */
export function deletedLength(snapshot: RecordsSnapshot): number {
  let length = 0
  for (const [id, record] of snapshot.records.entries())
    if (record.deleted === true) length += id.length + 4 + recordLength(record)
  return length
}
