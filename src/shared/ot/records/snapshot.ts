import { OtError } from '../otType'
import { applyChange, checkPresence, diffChange, invertChange, isEdit, type RecordChange } from './change'
import { checkEdit } from './edit'
import { JsonReader, tableOf } from './json'
import { parseRecord, recordLength, type RecordValue } from './record'
import type { RecordsOp } from './recordsOp'
import { SortedMap, type Change } from './sortedMap'

/** A map of records: a value that never changes. */
export interface RecordsSnapshot {
  /** All records, also removed ones, by id. */
  readonly records: SortedMap<RecordValue>
  /** Length of the snapshot's JSON text in UTF-16 units, or one above. */
  readonly length: number
}

export const EMPTY_SNAPSHOT: RecordsSnapshot = { records: SortedMap.empty(), length: 2 }

/** The snapshot with records replaced, added and (undefined) left out. Ids must rise. */
function withRecords(snapshot: RecordsSnapshot, changes: readonly Change<RecordValue>[]): RecordsSnapshot {
  let { length } = snapshot
  for (const [id, record] of changes)
    length += entryLength(id, record) - entryLength(id, snapshot.records.get(id))
  return { records: snapshot.records.with(changes), length }
}

/** Length of `"id":{...},` or of nothing. */
function entryLength(id: string, record: RecordValue | undefined): number {
  return record === undefined ? 0 : id.length + 4 + recordLength(record)
}

/** Throws `op-unfit` unless `op` can be applied to `snapshot`. */
export function checkRecords(snapshot: RecordsSnapshot, op: RecordsOp): void {
  for (const [id, change] of Object.entries(op)) {
    const record = snapshot.records.get(id)
    checkPresence(id, record, change)
    if (record !== undefined && isEdit(change)) checkEdit(record, change)
  }
}

/** The snapshot after `op`. Throws `op-unfit`. */
export function applyRecords(snapshot: RecordsSnapshot, op: RecordsOp): RecordsSnapshot {
  const changes = Object.entries(op).map(([id, change]): Change<RecordValue> => [
    id,
    applyChange(id, snapshot.records.get(id), change),
  ])
  return withRecords(snapshot, changes)
}

/** The op that takes `op` back; see {@link invertChange} for what that means for a put. */
export function invertRecords(op: RecordsOp, before: RecordsSnapshot): RecordsOp {
  return tableOf(Object.keys(op), (id) => invertChange(op[id] as RecordChange, before.records.get(id))) ?? {}
}

/** An op from one snapshot to the other. Looks only at the chunks of records that the two do not share. */
export function diffSnapshots(before: RecordsSnapshot, after: RecordsSnapshot): RecordsOp {
  const op: Record<string, RecordChange> = {}
  before.records.forEachDifference(after.records, (id, mine, theirs) => {
    const change = diffChange(mine, theirs)
    if (change !== undefined) op[id] = change
  })
  return op
}

/** Canonical JSON: equal snapshots have equal texts. */
export function serialiseRecords(snapshot: RecordsSnapshot): string {
  const entries: string[] = []
  for (const [id, record] of snapshot.records.entries()) entries.push(`"${id}":${JSON.stringify(record)}`)
  return `{${entries.join(',')}}`
}

/** Parses the text of a snapshot. Throws `snapshot-malformed`. */
export function parseRecordsSnapshot(text: string): RecordsSnapshot {
  const reader = new JsonReader('snapshot-malformed')
  const table = reader.table(parseJson(text), 'snapshot')
  const records = Object.keys(table)
    .sort()
    .map((id): Change<RecordValue> => [id, parseRecord(table[id], id, reader)])
  return { records: SortedMap.empty<RecordValue>().with(records), length: text.length }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new OtError('snapshot-malformed', `a snapshot of records is JSON: ${String(error)}`)
  }
}
