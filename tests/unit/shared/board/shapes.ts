/** Shapes to test with, made as tools make them. */
import { Board } from '../../../../src/shared/board/board'
import { createShapes, type NewShape } from '../../../../src/shared/board/ops'
import type { Shape, ShapeType } from '../../../../src/shared/board/shape'
import { recordsType, type RecordsOp } from '../../../../src/shared/ot/records'

export function rectangle(id: string, x = 0, y = 0, more: Partial<NewShape> = {}): NewShape {
  return { id, type: 'rectangle', x, y, width: 100, height: 60, ...more }
}

export function arrow(id: string, from: string | undefined, to: string | undefined): NewShape {
  const bindingTo = (shapeId: string | undefined): NewShape['start'] =>
    shapeId === undefined ? null : { shapeId, anchor: { x: 0.5, y: 0.5 }, gap: 4, exact: false }
  return { id, type: 'arrow', x: 0, y: 0, points: [0, 0, 300, 0], start: bindingTo(from), end: bindingTo(to) }
}

export function stroke(id: string, path: readonly number[] = [0, 0, 0.5, 10, 5, 0.7]): NewShape {
  return { id, type: 'draw', x: 10, y: 20, path, hasPressure: true }
}

export function boardOf(...shapes: readonly NewShape[]): Board {
  const empty = new Board(recordsType.create())
  return after(empty, createShapes(empty, shapes))
}

/** The board after an op. */
export function after(board: Board, op: RecordsOp): Board {
  return new Board(recordsType.apply(board.snapshot, op))
}

/** A shape that has to be there, of a type. */
export function shapeOf<T extends ShapeType>(
  board: Board,
  id: string,
  type: T,
): Shape & { readonly type: T } {
  const shape = board.get(id)
  if (shape?.type !== type) throw new Error(`there is no ${type} ${id}`)
  return shape as Shape & { readonly type: T }
}
