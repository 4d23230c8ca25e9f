import type { RecordsOp, RecordsSnapshot } from '../ot/records'
import { Board } from './board'
import type { Shape } from './shape'
import type { SetText } from './textLayout'

/** All shapes that are not deleted, in the order they are drawn, arrows where they go. */
export function readBoard(snapshot: RecordsSnapshot, setText?: SetText): readonly Shape[] {
  return new Board(snapshot, setText).ordered
}

/** Ids of the records that `op` touches. {@link Board.update} also tells which arrows follow them. */
export function changedIds(op: RecordsOp): string[] {
  return Object.keys(op)
}
