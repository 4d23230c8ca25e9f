/** Makes the ops that tools need, in canonical form. Each throws `op-malformed` for what no op may hold. */
import { textType } from '../text'
import { diffLabels } from './label'
import { pointsOf, textOf, type RecordValue } from './record'
import type { RecordEdit } from './edit'
import { parseRecordsOp, type RecordsOp } from './recordsOp'

/** Creates record `id`. */
export function putRecord(id: string, record: RecordValue): RecordsOp {
  return parseRecordsOp({ [id]: { put: record } })
}

/** Changes record `id`. */
export function editRecord(id: string, edit: RecordEdit): RecordsOp {
  return parseRecordsOp({ [id]: edit })
}

/** Removes record `id`, so that it can be restored with what others did to it meanwhile. */
export function removeRecord(id: string): RecordsOp {
  return parseRecordsOp({ [id]: { deleted: true } })
}

export function restoreRecord(id: string): RecordsOp {
  return parseRecordsOp({ [id]: { deleted: false } })
}

/** Forgets record `id` and its content for good. */
export function purgeRecord(id: string): RecordsOp {
  return parseRecordsOp({ [id]: { purge: true } })
}

/**
 * Makes text `key` of record `id` read `text`, by the smallest text op found. `seen` is the text it was made from,
 * where that may no longer be the record's: what was done to that since stays.
 */
export function rewriteText(
  id: string,
  record: RecordValue,
  key: string,
  text: string,
  seen = textOf(record, key),
): RecordsOp {
  const mine = diffLabels(seen, text)
  const since = diffLabels(seen, textOf(record, key))
  const op = mine && since ? textType.transform(mine, since, 'later') : mine
  return op === undefined ? {} : parseRecordsOp({ [id]: { texts: { [key]: op } } })
}

/** Adds numbers at the end of list `key` of record `id`. */
export function appendPoints(
  id: string,
  record: RecordValue,
  key: string,
  numbers: readonly number[],
): RecordsOp {
  const { length } = pointsOf(record, key)
  return parseRecordsOp({ [id]: { points: { [key]: length === 0 ? [numbers] : [length, numbers] } } })
}
