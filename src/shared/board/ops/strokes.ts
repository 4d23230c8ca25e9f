import { appendPoints, pointsOf, recordsType, type RecordsOp } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import { MAX_STROKE_POINTS } from '../limits'
import { STROKE_STRIDE } from '../shape'
import { createShape, storedPath } from './create'
import { Edits } from './edits'
import type { NewShape } from './props'

/** Adds points to a stroke: x, y, pressure of each, relative to its origin. As many as it has room for. */
export function extendStroke(board: BoardReader, id: string, path: readonly number[]): RecordsOp {
  const record = board.record(id)
  if (record === undefined) return {}
  const room = MAX_STROKE_POINTS * STROKE_STRIDE - pointsOf(record, 'path').length
  const numbers = storedPath(path.slice(0, Math.max(0, room)))
  return numbers.length === 0 ? {} : appendPoints(id, record, 'path', numbers)
}

/** How many more points a stroke has room for. */
export function strokeRoom(board: BoardReader, id: string): number {
  const record = board.record(id)
  if (record === undefined) return 0
  return MAX_STROKE_POINTS - Math.ceil(pointsOf(record, 'path').length / STROKE_STRIDE)
}

/**
 * Goes on with a stroke that is full: `next` begins at its last point, and the two are a group, so that they are
 * selected, moved and erased as one. `groupId` is a new id, used where the stroke is in no group yet.
 */
export function continueStroke(board: BoardReader, id: string, next: NewShape, groupId: string): RecordsOp {
  const full = board.get(id)
  if (full === undefined) return createShape(board, next)
  const groups = full.groups.length === 0 ? [groupId] : full.groups
  const put = createShape(board, { ...next, groups })
  if (full.groups.length > 0) return put
  return recordsType.compose(new Edits().set(id, { groups }).op(), put)
}
