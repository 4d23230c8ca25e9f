import type { RecordsOp, RecordsSnapshot } from '../ot/records'
import { readShape } from './readShape'
import { compareShapes, type Shape } from './shape'
import type { SetText } from './textLayout'

/** All shapes that are not deleted, in the order they are drawn. */
export function readBoard(snapshot: RecordsSnapshot, setText?: SetText): Shape[] {
  const shapes: Shape[] = []
  for (const [id, record] of snapshot.records.entries()) {
    const shape = record.deleted ? undefined : readShape(id, record, setText)
    if (shape !== undefined) shapes.push(shape)
  }
  return shapes.sort(compareShapes)
}

/** Ids of the records that `op` touches: what has to be read again after it. Arrows bound to them follow. */
export function changedIds(op: RecordsOp): string[] {
  return Object.keys(op)
}
