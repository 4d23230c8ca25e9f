import type { Board } from '../../../src/shared/board'
import type { Box } from '../../../src/shared/board/shape'

/** Everything about a board that a person can see or an op depends on. */
export function seenOfBoard(board: Board): unknown {
  const everywhere: Box = { x: -1e9, y: -1e9, width: 2e9, height: 2e9 }
  return {
    shapes: board.ordered,
    found: board.search(everywhere).map((shape) => shape.id),
    bounds: board.bounds,
    relations: board.ordered.map((shape) => [
      board.arrowsAt(shape.id).map((arrow) => arrow.id),
      board.inFrame(shape.id).map((each) => each.id),
      shape.groups.map((group) => board.inGroup(group).map((each) => each.id)),
    ]),
  }
}
