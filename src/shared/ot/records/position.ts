import { OtError } from '../otType'
import { textType } from '../text'
import { isEdit } from './change'
import { JsonReader, own, type Table } from './json'
import type { RecordsOp } from './recordsOp'

/**
 * Where somebody is: at a record or in one of its texts, or on a board at a point, seeing an area of it. Points and
 * areas are no part of the content: no op moves them.
 */
export type RecordsPosition = RecordPosition | PointPosition | ViewPosition

/** A record somebody is at, or a caret in one of its texts. It may name a record that is no longer there. */
export interface RecordPosition {
  readonly record: string
  /** Key of the text, with `offset`. */
  readonly key?: string
  /** UTF-16 units of the text before the caret, with `key`. */
  readonly offset?: number
}

/** Where somebody points. */
export interface PointPosition {
  /** x and y in board units. */
  readonly point: readonly [x: number, y: number]
  /** True while the pointer leaves a trail that fades. */
  readonly laser?: true
}

/** What somebody sees. */
export interface ViewPosition {
  /** Left, top, width and height in board units. */
  readonly view: readonly [x: number, y: number, width: number, height: number]
}

/** Beyond, a coordinate is nobody's honest position. */
const MAX_COORDINATE = 1e9

/** Parses a position from outside. Throws `position-malformed`. */
export function parseRecordsPosition(value: unknown): RecordsPosition {
  const reader = new JsonReader('position-malformed')
  const table = reader.fields(value, ['record', 'key', 'offset', 'point', 'laser', 'view'], 'position')
  const parts = Object.keys(table)
  if ('point' in table) return parsePoint(table, parts, reader)
  if ('view' in table) return parseView(table, parts, reader)
  const record = reader.name(table['record'], 'position.record')
  const { key, offset } = table
  if (key === undefined && offset === undefined) return { record }
  if (key === undefined || offset === undefined) {
    throw new OtError('position-malformed', 'a caret in a record has both a key and an offset')
  }
  return { record, key: reader.name(key, 'position.key'), offset: textType.parsePosition(offset) }
}

function parsePoint(table: Table<unknown>, parts: readonly string[], reader: JsonReader): PointPosition {
  const [x, y] = coordinates(table['point'], 2, reader) as [number, number]
  if (parts.length === 1) return { point: [x, y] }
  if (parts.length === 2 && table['laser'] === true) return { point: [x, y], laser: true }
  return reader.fail('position', 'a point may have "laser": true beside it, and nothing else')
}

function parseView(table: Table<unknown>, parts: readonly string[], reader: JsonReader): ViewPosition {
  if (parts.length !== 1) reader.fail('position', 'a view has nothing beside it')
  const [x, y, width, height] = coordinates(table['view'], 4, reader) as [number, number, number, number]
  if (width > 0 && height > 0) return { view: [x, y, width, height] }
  return reader.fail('position.view', 'width and height have to be greater than 0')
}

function coordinates(value: unknown, count: number, reader: JsonReader): readonly number[] {
  if (!Array.isArray(value) || value.length !== count) {
    return reader.fail('position', `needs ${count} coordinates`)
  }
  return value.map((number: unknown) => {
    const finite = reader.finite(number, 'position')
    return Math.abs(finite) <= MAX_COORDINATE ? finite : reader.fail('position', 'is too far out')
  })
}

/** Where `position` is after `op`, by the rules of the text type. */
export function transformRecordsPosition(
  position: RecordsPosition,
  op: RecordsOp,
  isOwn = false,
): RecordsPosition {
  if (!('record' in position)) return position
  const { record, key, offset } = position
  const change = own(op, record)
  if (change === undefined || key === undefined || offset === undefined) return position
  if (!isEdit(change)) return { record }
  const textOp = own(change.texts, key)
  if (textOp === undefined) return position
  return { record, key, offset: textType.transformPosition(offset, textOp, isOwn) }
}
