/** What the authority of a board refuses beyond what the document type does. */
import {
  isEdit,
  pointsOf,
  textOf,
  type Json,
  type RecordChange,
  type RecordEdit,
  type RecordsOp,
  type RecordsSnapshot,
  type RecordValue,
} from '../ot/records'
import { MAX_COORDINATE, MAX_LABEL_LENGTH, MAX_RECORDS, MAX_STROKE_POINTS } from './limits'
import { STROKE_STRIDE } from './shape'

export type BoardRefusalCode =
  | 'number-out-of-range'
  | 'stroke-too-long'
  | 'label-too-long'
  | 'too-many-shapes'

export interface BoardRefusal {
  readonly code: BoardRefusalCode
  /** English, for logs and developers. */
  readonly detail: string
}

const MAX_NUMBERS = MAX_STROKE_POINTS * STROKE_STRIDE

/**
 * Why `op`, which leads from `before` to `after`, is refused; undefined where it is not. Looks only at what the op
 * touches. What is over a limit already may become smaller. Kinds and properties of newer versions pass: the reader
 * of each version takes what it understands.
 */
export function boardRule(
  before: RecordsSnapshot,
  after: RecordsSnapshot,
  op: RecordsOp,
): BoardRefusal | undefined {
  if (after.records.size > MAX_RECORDS && after.records.size > before.records.size)
    return { code: 'too-many-shapes', detail: `a board has at most ${MAX_RECORDS} shapes` }
  for (const [id, change] of Object.entries(op)) {
    const refusal =
      checkNumbers(id, change) ?? checkLengths(id, change, before.records.get(id), after.records.get(id))
    if (refusal !== undefined) return refusal
  }
  return undefined
}

function checkNumbers(id: string, change: RecordChange): BoardRefusal | undefined {
  for (const value of numbersIn(change)) {
    if (isInRange(value)) continue
    return {
      code: 'number-out-of-range',
      detail: `shape ${id}: numbers are from -${MAX_COORDINATE} to ${MAX_COORDINATE}`,
    }
  }
  return undefined
}

/** Everything in a change that has numbers which get into the board. */
function* numbersIn(change: RecordChange): Iterable<Json> {
  if (!isEdit(change)) {
    yield* Object.values(change.put?.props ?? {})
    yield* Object.values(change.put?.points ?? {})
    return
  }
  yield* Object.values(change.set ?? {})
  for (const op of Object.values(change.points ?? {}))
    for (const part of op) if (typeof part !== 'number') yield part
}

function isInRange(value: Json): boolean {
  if (typeof value === 'number') return Math.abs(value) <= MAX_COORDINATE
  return typeof value !== 'object' || value === null || Object.values(value).every(isInRange)
}

function checkLengths(
  id: string,
  change: RecordChange,
  before: RecordValue | undefined,
  after: RecordValue | undefined,
): BoardRefusal | undefined {
  if (after === undefined) return undefined
  const touched: Pick<RecordValue, 'points' | 'texts'> | RecordEdit = isEdit(change)
    ? change
    : (change.put ?? {})
  const kept = change.purge === true ? undefined : before
  for (const key of Object.keys(touched.points ?? {})) {
    const count = pointsOf(after, key).length
    if (count > MAX_NUMBERS && count > (kept === undefined ? 0 : pointsOf(kept, key).length))
      return {
        code: 'stroke-too-long',
        detail: `shape ${id}: a stroke has at most ${MAX_STROKE_POINTS} points`,
      }
  }
  for (const key of Object.keys(touched.texts ?? {})) {
    const { length } = textOf(after, key)
    if (length > MAX_LABEL_LENGTH && length > (kept === undefined ? 0 : textOf(kept, key).length))
      return {
        code: 'label-too-long',
        detail: `shape ${id}: a label has at most ${MAX_LABEL_LENGTH} characters`,
      }
  }
  return undefined
}
