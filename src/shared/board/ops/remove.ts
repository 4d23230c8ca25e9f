import type { RecordsOp, RecordsSnapshot } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import { Edits } from './edits'
import { isHeld } from './move'
import { withContents } from './selection'

/**
 * Deletes shapes, and what belongs to frames among them and is not locked. They stay as tombstones, which go on receiving what others
 * do to them, until they are purged. Arrows at them stay where they are on the screen.
 */
export function deleteShapes(board: BoardReader, ids: Iterable<string>): RecordsOp {
  const named = new Set(ids)
  const shapes = withContents(board, named)
  for (const [id, { locked }] of shapes) if (locked && !named.has(id)) shapes.delete(id)
  const edits = new Edits()
  for (const id of shapes.keys()) {
    edits.setDeleted(id, true)
    for (const arrow of board.arrowsAt(id)) {
      const { x, y, points } = arrow
      if (!shapes.has(arrow.id) && isHeld(arrow)) edits.set(arrow.id, { x, y, points })
    }
  }
  return edits.op()
}

/** Brings deleted shapes back, with what others did to them meanwhile. Ids of no deleted record are passed over. */
export function restoreShapes(snapshot: RecordsSnapshot, ids: Iterable<string>): RecordsOp {
  const edits = new Edits()
  for (const id of ids) if (snapshot.records.get(id)?.deleted === true) edits.setDeleted(id, false)
  return edits.op()
}
