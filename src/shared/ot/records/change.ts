/**
 * Changes: what an op does to one record, or to the place of one.
 *
 *     change = { put }             creates a record that is not there
 *            | { purge }           forgets a record that is there, and its content
 *            | { purge, put }      both: another record takes the place of the one that is there
 *            | edit                changes a record that is there, removed or not; see RecordEdit
 */
import { OtError, type Side } from '../otType'
import {
  applyEdit,
  composeEdits,
  diffRecords,
  EDIT_PARTS,
  editWeight,
  invertEdit,
  parseEdit,
  transformEdit,
  type RecordEdit,
} from './edit'
import type { JsonReader } from './json'
import { parseRecord, recordLength, recordsEqual, type RecordValue } from './record'

export type RecordChange =
  | Replacement
  | (RecordEdit & { readonly purge?: undefined; readonly put?: undefined })

/** A change that does not depend on what the record held. In canonical form `purge` is before `put`. */
export interface Replacement {
  readonly purge?: true
  readonly put?: RecordValue
}

export function isEdit(change: RecordChange): change is RecordEdit {
  return change.put === undefined && change.purge === undefined
}

/** True where `change` is for a record that exists. */
export function needsRecord(change: RecordChange): boolean {
  return isEdit(change) || change.purge === true
}

/** Parses a change from outside into canonical form; undefined if it does nothing. */
export function parseChange(value: unknown, where: string, reader: JsonReader): RecordChange | undefined {
  const table = reader.fields(value, [...EDIT_PARTS, 'purge', 'put'], where)
  const { purge, put } = table
  const edit = parseEdit(table, where, reader)
  if (purge === undefined && put === undefined) return edit
  if (edit !== undefined) return reader.fail(where, 'edits do not go together with put or purge')
  if (purge !== undefined && purge !== true) return reader.fail(where, '"purge" has to be true')
  return replacement(purge === true, put === undefined ? undefined : parseRecord(put, `${where}.put`, reader))
}

function replacement(purge: boolean, put: RecordValue | undefined): Replacement {
  return { ...(purge ? { purge } : {}), ...(put === undefined ? {} : { put }) }
}

/** The record after `change`, undefined for none. Throws `op-unfit`. */
export function applyChange(
  id: string,
  record: RecordValue | undefined,
  change: RecordChange,
): RecordValue | undefined {
  checkPresence(id, record, change)
  return isEdit(change) && record !== undefined ? applyEdit(record, change) : change.put
}

/** Throws `op-unfit` if there is a record where `change` needs none, or the other way round. */
export function checkPresence(id: string, record: RecordValue | undefined, change: RecordChange): void {
  if (needsRecord(change) === (record !== undefined)) return
  throw new OtError(
    'op-unfit',
    record === undefined
      ? `there is no record ${id}; only a put makes one`
      : `there is a record ${id} already; a put is for a new one`,
  )
}

/** One change with the effect of both; undefined if they do nothing together. */
export function composeChanges(
  id: string,
  first: RecordChange,
  second: RecordChange,
): RecordChange | undefined {
  if (isEdit(first)) {
    if (isEdit(second)) return composeEdits(first, second)
    if (second.purge === true) return second
  } else {
    const purge = first.purge === true
    if (first.put !== undefined && needsRecord(second)) {
      const put = isEdit(second) ? applyEdit(first.put, second) : second.put
      return purge || put !== undefined ? replacement(purge, put) : undefined
    }
    if (first.put === undefined && !needsRecord(second)) return replacement(purge, second.put)
  }
  throw new OtError('op-unfit', `the changes of record ${id} do not follow each other`)
}

/** `change` as it has to be applied after the concurrent `other`; undefined if nothing is left. */
export function transformChange(
  id: string,
  change: RecordChange,
  other: RecordChange,
  side: Side,
): RecordChange | undefined {
  if (needsRecord(change) !== needsRecord(other)) {
    throw new OtError('op-unfit', `the changes of record ${id} do not start at one snapshot`)
  }
  if (isEdit(other)) return isEdit(change) ? transformEdit(change, other, side) : change
  // The record that edits and purges were for is gone. A put is left, for it brings a record of its own.
  if (isEdit(change) || change.put === undefined) return undefined
  if (other.put === undefined) return { put: change.put }
  if (side === 'earlier' || recordsEqual(change.put, other.put)) return undefined
  return { purge: true, put: change.put }
}

/** What a change costs for being there, as measured: looking it up and making its place in the result. */
const RECORD_WEIGHT = 8
/** UTF-16 units of a record that are compared in the time of one part. */
const UNITS_PER_WEIGHT = 32

/** What going through a change costs, in parts of a text op. */
export function changeWeight(change: RecordChange): number {
  if (isEdit(change)) return RECORD_WEIGHT + editWeight(change)
  return (
    RECORD_WEIGHT + (change.put === undefined ? 0 : Math.ceil(recordLength(change.put) / UNITS_PER_WEIGHT))
  )
}

/**
 * The change that takes `change` back; undefined if there is nothing to take back. What was put is removed, not
 * purged: others may have edited it meanwhile, and putting it back must bring their edits back too.
 */
export function invertChange(
  change: RecordChange,
  before: RecordValue | undefined,
): RecordChange | undefined {
  if (before === undefined)
    return change.put === undefined || change.put.deleted ? undefined : { deleted: true }
  if (isEdit(change)) return invertEdit(change, before)
  return replacement(change.put !== undefined, before)
}

/** The change that leads from one record, or none, to another or none; undefined if they are equal. */
export function diffChange(
  before: RecordValue | undefined,
  after: RecordValue | undefined,
): RecordChange | undefined {
  if (before === undefined) return after === undefined ? undefined : { put: after }
  if (after === undefined) return { purge: true }
  return before.kind === after.kind ? diffRecords(before, after) : { purge: true, put: after }
}
