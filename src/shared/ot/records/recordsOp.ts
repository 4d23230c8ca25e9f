/**
 * Ops on a map of records: one change for each record they touch, keyed by id.
 *
 *     op = { id: change }      ids rise; {} does nothing
 *
 * Example: `{"n1":{"set":{"x":4},"texts":{"label":[3,"!"]}},"n2":{"put":{"kind":"note"}}}`
 */
import type { Side } from '../otType'
import { changeWeight, composeChanges, parseChange, transformChange, type RecordChange } from './change'
import { JsonReader, own, tableOf, unionKeys, type Table } from './json'

export type RecordsOp = Table<RecordChange>

/** Parses an op from outside into canonical form. Throws `op-malformed`. */
export function parseRecordsOp(value: unknown): RecordsOp {
  const reader = new JsonReader('op-malformed')
  const op = reader.table(value, 'op')
  return tableOf(Object.keys(op).sort(), (id) => parseChange(op[id], `op.${id}`, reader)) ?? {}
}

/** One op with the effect of `first`, then `second`. */
export function composeRecords(first: RecordsOp, second: RecordsOp): RecordsOp {
  const composed = tableOf(unionKeys(first, second), (id) => {
    const a = own(first, id)
    const b = own(second, id)
    return a === undefined || b === undefined ? (a ?? b) : composeChanges(id, a, b)
  })
  return composed ?? {}
}

/** `op` as it has to be applied after the concurrent `other`. */
export function transformRecords(op: RecordsOp, other: RecordsOp, side: Side): RecordsOp {
  const transformed = tableOf(Object.keys(op), (id) => {
    const change = op[id] as RecordChange
    const concurrent = own(other, id)
    return concurrent === undefined ? change : transformChange(id, change, concurrent, side)
  })
  return transformed ?? {}
}

/** Weights of ops, which are values that never change. */
const weights = new WeakMap<RecordsOp, number>()

/** See {@link OtType.opWeight}. */
export function recordsOpWeight(op: RecordsOp): number {
  const known = weights.get(op)
  if (known !== undefined) return known
  const weight = Object.values(op).reduce((sum, change) => sum + changeWeight(change), 0)
  weights.set(op, weight)
  return weight
}

/** Length of an op's JSON text in UTF-16 units. */
export function recordsOpLength(op: RecordsOp): number {
  return JSON.stringify(op).length
}
