import type { RecordsOp } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import type { ArrowShape, Shape } from '../shape'
import { Edits } from './edits'
import { withContents } from './selection'

/**
 * Moves shapes, and what belongs to frames among them. Arrows at them follow by themselves. An arrow that is moved
 * without the shape that holds it lets go of that shape.
 */
export function moveShapes(board: BoardReader, ids: Iterable<string>, dx: number, dy: number): RecordsOp {
  const shapes = withContents(board, ids)
  return moveEach([...shapes.values()].map((shape) => [shape, dx, dy]))
}

/** Moves each shape by an offset of its own; no shape twice. */
export function moveEach(moves: readonly (readonly [shape: Shape, dx: number, dy: number])[]): RecordsOp {
  const edits = new Edits()
  const moved = new Set(moves.map(([shape]) => shape.id))
  for (const [shape, dx, dy] of moves) {
    edits.set(shape.id, { x: shape.x + dx, y: shape.y + dy })
    if (shape.type === 'arrow' && isHeld(shape)) {
      edits.set(shape.id, { points: shape.points })
      if (shape.start !== undefined && !moved.has(shape.start.shapeId)) edits.set(shape.id, { start: null })
      if (shape.end !== undefined && !moved.has(shape.end.shapeId)) edits.set(shape.id, { end: null })
    }
  }
  return edits.op()
}

export function isHeld(arrow: ArrowShape): boolean {
  return arrow.start !== undefined || arrow.end !== undefined
}
