import type { Board, BoardReader } from '../../../shared/board'
import { withContents } from '../../../shared/board/ops'
import type { Shape } from '../model'

/**
 * A board on which some shapes are as they were when a drag began: each move of a drag is worked out from there, so
 * that nothing adds up. Shapes that somebody deleted meanwhile are not there.
 */
export class FrozenBoard implements BoardReader {
  readonly shapes: ReadonlyMap<string, Shape>

  constructor(
    private readonly board: Board,
    ids: Iterable<string>,
  ) {
    this.shapes = withContents(board, ids)
  }

  get ordered(): readonly Shape[] {
    return this.board.ordered
  }

  get(id: string): Shape | undefined {
    const now = this.board.get(id)
    return now === undefined ? undefined : (this.shapes.get(id) ?? now)
  }

  record(id: string): ReturnType<Board['record']> {
    return this.board.record(id)
  }

  arrowsAt(id: string): ReturnType<Board['arrowsAt']> {
    return this.board.arrowsAt(id)
  }

  inGroup(id: string): readonly Shape[] {
    return this.board.inGroup(id)
  }

  inFrame(id: string): readonly Shape[] {
    return this.board.inFrame(id).map((shape) => this.shapes.get(shape.id) ?? shape)
  }
}
