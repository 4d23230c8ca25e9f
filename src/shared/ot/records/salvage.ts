import { isEdit } from './change'
import { own } from './json'
import { makeRecord, type RecordValue } from './record'
import type { RecordsOp } from './recordsOp'
import { applyRecords, EMPTY_SNAPSHOT, type RecordsSnapshot } from './snapshot'

/**
 * The records that `other` purges although somebody has put something into them, as they are in `content`: a purge
 * leaves no trace of what meets it, and words must not vanish so. `ops` are that person's, and are in `content`; `other`
 * is as it applies to it. Moving or colouring a record puts nothing into it. Undefined where there are none.
 */
export function salvageRecords(
  content: RecordsSnapshot,
  ops: readonly RecordsOp[],
  other: RecordsOp,
): RecordsSnapshot | undefined {
  const saved: Record<string, { readonly put: RecordValue }> = {}
  for (const id of Object.keys(other)) {
    const record = content.records.get(id)
    if (own(other, id)?.purge !== true || record === undefined) continue
    if (!ops.some((op) => putsSomethingIn(own(op, id)))) continue
    const { kind, points, props, texts } = record
    saved[id] = { put: makeRecord(kind, false, points, props, texts) }
  }
  return Object.keys(saved).length === 0 ? undefined : applyRecords(EMPTY_SNAPSHOT, saved)
}

/** Inserting in a text or a list of numbers, making the record, and taking its removal back. */
function putsSomethingIn(change: RecordsOp[string] | undefined): boolean {
  if (change === undefined) return false
  if (!isEdit(change)) return change.put !== undefined
  const { deleted, points, texts } = change
  const isInsertion = (part: unknown): boolean => typeof part === 'string' || Array.isArray(part)
  const ops: readonly (readonly unknown[])[] = [...Object.values(points ?? {}), ...Object.values(texts ?? {})]
  return deleted === false || ops.some((op) => op.some(isInsertion))
}
