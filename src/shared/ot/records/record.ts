/**
 * A record: a thing on a board, a page of a list.
 *
 * In canonical form, which is also its JSON: keys rise, and what is empty is left out (`deleted: false`, a property
 * of null, a text of no letters, a list of no points). A missing part and an empty one are the same.
 */
import { parseLabel } from './label'
import { own, type Json, type JsonReader, type Table } from './json'
import { appendedBy, numberLength, type PointsOp } from './pointsOp'

export interface RecordValue {
  /** Present on a removed record, which goes on receiving edits so that restoring it loses nobody's. */
  readonly deleted?: true
  /** What the record is. Set when it is put, fixed from then on. */
  readonly kind: string
  /** Lists of numbers, changed by points ops only. */
  readonly points?: Table<readonly number[]>
  /** Values that are replaced whole; the later write wins. */
  readonly props?: Table<Json>
  /** Texts, changed by text ops only. */
  readonly texts?: Table<string>
}

/** Property `key`, null if it is absent. */
export function propOf(record: RecordValue, key: string): Json {
  return own(record.props, key) ?? null
}

/** Text `key`, empty if it is absent. */
export function textOf(record: RecordValue, key: string): string {
  return own(record.texts, key) ?? ''
}

const NO_POINTS: readonly number[] = []

/** Points `key`, none if they are absent. */
export function pointsOf(record: RecordValue, key: string): readonly number[] {
  return own(record.points, key) ?? NO_POINTS
}

/** The record of these parts, in canonical form if they are. */
export function makeRecord(
  kind: string,
  deleted: boolean,
  points: RecordValue['points'],
  props: RecordValue['props'],
  texts: RecordValue['texts'],
): RecordValue {
  const record: { -readonly [Key in keyof RecordValue]: RecordValue[Key] } = deleted
    ? { deleted: true, kind }
    : { kind }
  if (points !== undefined) record.points = points
  if (props !== undefined) record.props = props
  if (texts !== undefined) record.texts = texts
  return record
}

/** Parses a record from outside into canonical form. */
export function parseRecord(value: unknown, where: string, reader: JsonReader): RecordValue {
  const table = reader.fields(value, ['deleted', 'kind', 'points', 'props', 'texts'], where)
  const { deleted = false } = table
  if (typeof deleted !== 'boolean') return reader.fail(where, '"deleted" has to be true or false')
  return makeRecord(
    reader.name(table['kind'], `${where}.kind`),
    deleted,
    reader.parts(table['points'], `${where}.points`, (list, at) => {
      if (!Array.isArray(list)) return reader.fail(at, 'has to be an array of numbers')
      return list.length === 0 ? undefined : reader.numbers(list, at)
    }),
    reader.parts(table['props'], `${where}.props`, (prop, at) => reader.prop(prop, at) ?? undefined),
    reader.parts(table['texts'], `${where}.texts`, (text, at) => parseLabel(text, at, reader) || undefined),
  )
}

export function recordsEqual(a: RecordValue, b: RecordValue): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** JSON lengths of records and of lists of numbers. Both are values that never change. */
const lengths = new WeakMap<object, number>()

/** Length of the record's JSON text in UTF-16 units. */
export function recordLength(record: RecordValue): number {
  const known = lengths.get(record)
  if (known !== undefined) return known
  const { points, ...rest } = record
  let length = JSON.stringify(rest).length
  if (points !== undefined) {
    // `,"points":{"key":[...],"key":[...]}`
    length += 11
    for (const key of Object.keys(points)) length += key.length + 4 + numbersLength(pointsOf(record, key))
  }
  lengths.set(record, length)
  return length
}

function numbersLength(numbers: readonly number[]): number {
  const known = lengths.get(numbers)
  if (known !== undefined) return known
  let length = 1 + Math.max(1, numbers.length)
  for (const number of numbers) length += numberLength(number)
  lengths.set(numbers, length)
  return length
}

/** Spares counting a whole list again each time a tool appends to it: `after` is `before` after `op`. */
export function noteAppended(before: readonly number[], op: PointsOp, after: readonly number[]): void {
  const known = lengths.get(before)
  const added = appendedBy(op, before.length)
  if (known === undefined || added === undefined) return
  let length = known + added.length
  for (const number of added) length += numberLength(number)
  lengths.set(after, length)
}
