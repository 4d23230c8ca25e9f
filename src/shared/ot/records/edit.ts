/**
 * Edits: what may be done to a record that exists. The parts of an edit touch different parts of the record, so
 * each is composed and transformed by itself.
 */
import type { Side } from '../otType'
import { textType, type TextOp } from '../text'
import { jsonEqual, mapTable, own, tableOf, unionKeys, type Json, type JsonReader, type Table } from './json'
import { applyLabel, checkLabel, diffLabels, invertLabel } from './label'
import {
  applyPoints,
  checkPoints,
  composePoints,
  diffPoints,
  invertPoints,
  parsePointsOp,
  transformPoints,
  type PointsOp,
} from './pointsOp'
import { makeRecord, noteAppended, pointsOf, propOf, textOf, type RecordValue } from './record'

/** In canonical form keys rise and nothing is empty. */
export interface RecordEdit {
  /** True removes the record, false restores it. */
  readonly deleted?: boolean
  readonly points?: Table<PointsOp>
  /** New values of properties; null means absent. */
  readonly set?: Table<Json>
  readonly texts?: Table<TextOp>
}

/** Names of the parts an edit can have. */
export const EDIT_PARTS = ['deleted', 'points', 'set', 'texts'] as const

/** The edit of these parts; undefined if there is none. */
export function makeEdit(
  deleted: RecordEdit['deleted'],
  points: RecordEdit['points'],
  set: RecordEdit['set'],
  texts: RecordEdit['texts'],
): RecordEdit | undefined {
  if (deleted === undefined && points === undefined && set === undefined && texts === undefined)
    return undefined
  return {
    ...(deleted === undefined ? {} : { deleted }),
    ...(points === undefined ? {} : { points }),
    ...(set === undefined ? {} : { set }),
    ...(texts === undefined ? {} : { texts }),
  }
}

/** Parses the parts of an edit from outside into canonical form; undefined if they do nothing. */
export function parseEdit(table: Table<unknown>, where: string, reader: JsonReader): RecordEdit | undefined {
  const deleted = table['deleted']
  if (deleted !== undefined && typeof deleted !== 'boolean') {
    return reader.fail(where, '"deleted" has to be true or false')
  }
  return makeEdit(
    deleted,
    reader.parts(table['points'], `${where}.points`, (op, at) => parsePointsOp(op, at, reader)),
    reader.parts(table['set'], `${where}.set`, (value, at) => reader.prop(value, at)),
    reader.parts(table['texts'], `${where}.texts`, (op) => notEmpty(textType.parseOp(op))),
  )
}

/** Throws `op-unfit` unless `edit` can be applied to `record`. */
export function checkEdit(record: RecordValue, edit: RecordEdit): void {
  for (const [key, op] of Object.entries(edit.points ?? {})) checkPoints(pointsOf(record, key).length, op)
  for (const [key, op] of Object.entries(edit.texts ?? {})) checkLabel(textOf(record, key), op)
}

/** The record after `edit`. Throws `op-unfit`. */
export function applyEdit(record: RecordValue, edit: RecordEdit): RecordValue {
  return makeRecord(
    record.kind,
    edit.deleted ?? record.deleted ?? false,
    change(record.points, edit.points, (op, key) => {
      const before = pointsOf(record, key)
      const after = applyPoints(before, op)
      noteAppended(before, op, after)
      return notEmpty(after)
    }),
    change(record.props, edit.set, (value) => value ?? undefined),
    change(record.texts, edit.texts, (op, key) => applyLabel(textOf(record, key), op) || undefined),
  )
}

/** `table` with the value of each key in `edits` replaced; the same table if there are none. */
function change<V, E>(
  table: Table<V> | undefined,
  edits: Table<E> | undefined,
  after: (edit: E, key: string) => V | undefined,
): Table<V> | undefined {
  if (edits === undefined) return table
  return tableOf(unionKeys(table, edits), (key) => {
    const edit = own(edits, key)
    return edit === undefined ? own(table, key) : after(edit, key)
  })
}

/** One edit with the effect of both; undefined if it does nothing. */
export function composeEdits(first: RecordEdit, second: RecordEdit): RecordEdit | undefined {
  return makeEdit(
    second.deleted ?? first.deleted,
    merge(first.points, second.points, (a, b) => notEmpty(composePoints(a, b))),
    merge(first.set, second.set, (_, b) => b),
    merge(first.texts, second.texts, (a, b) => notEmpty(textType.compose(a, b))),
  )
}

/** Both tables in one, with `both` deciding about keys in both. */
function merge<V>(
  first: Table<V> | undefined,
  second: Table<V> | undefined,
  both: (a: V, b: V) => V | undefined,
): Table<V> | undefined {
  if (first === undefined || second === undefined) return first ?? second
  return tableOf(unionKeys(first, second), (key) => {
    const a = own(first, key)
    const b = own(second, key)
    if (a === undefined) return b
    return b === undefined ? a : both(a, b) // not a ?? b: null is a value, it deletes a property
  })
}

/** `edit` as it has to be applied after the concurrent `other`; undefined if nothing is left. */
export function transformEdit(edit: RecordEdit, other: RecordEdit, side: Side): RecordEdit | undefined {
  /** Of two writes the later counts: the earlier, coming after it, must not write again. */
  const isOverwritten = (written: unknown): boolean => side === 'earlier' && written !== undefined
  return makeEdit(
    isOverwritten(other.deleted) ? undefined : edit.deleted,
    adapt(edit.points, other.points, (a, b) => notEmpty(transformPoints(a, b, side))),
    adapt(edit.set, other.set, (a, b) => (isOverwritten(b) ? undefined : a)),
    adapt(edit.texts, other.texts, (a, b) => notEmpty(textType.transform(a, b, side))),
  )
}

/** `edits` with those that meet one of `others` put through `both`. */
function adapt<V>(
  edits: Table<V> | undefined,
  others: Table<V> | undefined,
  both: (edit: V, other: V) => V | undefined,
): Table<V> | undefined {
  if (edits === undefined || others === undefined) return edits
  return tableOf(Object.keys(edits), (key) => {
    const edit = own(edits, key)
    const other = own(others, key)
    return edit === undefined || other === undefined ? edit : both(edit, other)
  })
}

/** What a part of a points op costs as against one of a text op, as measured. */
const POINTS_WEIGHT = 6
/** What a property, a text or a list of numbers costs besides. */
const KEY_WEIGHT = 2

/** What going through an edit costs, in parts of a text op. */
export function editWeight({ points = {}, set = {}, texts = {} }: RecordEdit): number {
  const ops: readonly (readonly [Table<readonly unknown[]>, number])[] = [
    [points, POINTS_WEIGHT],
    [texts, 1],
  ]
  let weight = KEY_WEIGHT * Object.keys(set).length
  for (const [table, partWeight] of ops)
    for (const op of Object.values(table)) weight += KEY_WEIGHT + partWeight * op.length
  return weight
}

/** The edit that takes `edit` back. `before` is the record it was applied to. */
export function invertEdit(edit: RecordEdit, before: RecordValue): RecordEdit | undefined {
  return makeEdit(
    edit.deleted === undefined ? undefined : (before.deleted ?? false),
    mapTable(edit.points, (op, key) => invertPoints(op, pointsOf(before, key))),
    mapTable(edit.set, (_, key) => propOf(before, key)),
    mapTable(edit.texts, (op, key) => invertLabel(op, textOf(before, key))),
  )
}

/** An edit from one record to another of the same kind; undefined if they are equal. */
export function diffRecords(before: RecordValue, after: RecordValue): RecordEdit | undefined {
  const keys = (part: 'points' | 'props' | 'texts'): string[] => unionKeys(before[part], after[part])
  return makeEdit(
    before.deleted === after.deleted ? undefined : (after.deleted ?? false),
    tableOf(keys('points'), (key) => notEmpty(diffPoints(pointsOf(before, key), pointsOf(after, key)))),
    tableOf(keys('props'), (key) => {
      const value = propOf(after, key)
      return jsonEqual(propOf(before, key), value) ? undefined : value
    }),
    tableOf(keys('texts'), (key) => diffLabels(textOf(before, key), textOf(after, key))),
  )
}

function notEmpty<V extends readonly unknown[]>(op: V): V | undefined {
  return op.length === 0 ? undefined : op
}
