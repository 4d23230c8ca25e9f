import { editRecord, rewriteText, type RecordsOp } from '../../ot/records'
import type { TextOp } from '../../ot/text'
import type { BoardReader } from '../boardReader'
import { cutLabel } from './create'

/**
 * Makes the label of a shape read `text`, by the smallest text op found, so that what others type at the same time
 * stays. Cut where it would be too long. Does nothing where there is no such shape.
 */
export function setLabel(board: BoardReader, id: string, text: string): RecordsOp {
  const record = board.record(id)
  return record === undefined ? {} : rewriteText(id, record, 'label', cutLabel(text))
}

/** Changes a label by a text op on it. */
export function editLabel(id: string, op: TextOp): RecordsOp {
  return editRecord(id, { texts: { label: op } })
}
