import { OtError } from '../otType'
import { textType } from '../text'
import { isEdit } from './change'
import { JsonReader, own } from './json'
import type { RecordsOp } from './recordsOp'

/** A record somebody is at, or a caret in one of its texts. It may name a record that is no longer there. */
export interface RecordsPosition {
  readonly record: string
  /** Key of the text, with `offset`. */
  readonly key?: string
  /** UTF-16 units of the text before the caret, with `key`. */
  readonly offset?: number
}

/** Parses a position from outside. Throws `position-malformed`. */
export function parseRecordsPosition(value: unknown): RecordsPosition {
  const reader = new JsonReader('position-malformed')
  const table = reader.fields(value, ['record', 'key', 'offset'], 'position')
  const record = reader.name(table['record'], 'position.record')
  const { key, offset } = table
  if (key === undefined && offset === undefined) return { record }
  if (key === undefined || offset === undefined) {
    throw new OtError('position-malformed', 'a caret in a record has both a key and an offset')
  }
  return { record, key: reader.name(key, 'position.key'), offset: textType.parsePosition(offset) }
}

/** Where `position` is after `op`, by the rules of the text type. */
export function transformRecordsPosition(
  position: RecordsPosition,
  op: RecordsOp,
  isOwn = false,
): RecordsPosition {
  const { record, key, offset } = position
  const change = own(op, record)
  if (change === undefined || key === undefined || offset === undefined) return position
  if (!isEdit(change)) return { record }
  const textOp = own(change.texts, key)
  if (textOp === undefined) return position
  return { record, key, offset: textType.transformPosition(offset, textOp, isOwn) }
}
