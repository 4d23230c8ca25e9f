import { compareShapes, ShapeIndex } from '../../shared/board'
import { boundsOf, paintBounds } from '../../shared/board/geometry/bounds'
import { unionOf } from '../../shared/board/geometry/box'
import type { Box, Shape } from './model'
import type { FrozenBoard } from './tools/frozenBoard'

/** Many shapes that are dragged, as they were when they were picked up. They are shown as a picture that moves. */
export class CarriedShapes {
  /** Around all of them. */
  readonly box: Box | undefined
  readonly #index = new ShapeIndex()

  constructor(private readonly frozen: Pick<FrozenBoard, 'shapes' | 'get'>) {
    const all = [...frozen.shapes.values()]
    this.box = unionOf(all.map(boundsOf))
    this.#index.change(all.map((shape) => [shape.id, paintBounds(shape)]))
  }

  get ids(): Iterable<string> {
    return this.frozen.shapes.keys()
  }

  has(id: string): boolean {
    return this.frozen.shapes.has(id)
  }

  /** Those that paint in an area of the board as it was, lowest first, without what somebody has deleted since. */
  search(area: Box): readonly Shape[] {
    const found = this.#index.search(area).map((id) => this.frozen.get(id))
    return found.filter((shape) => shape !== undefined).sort(compareShapes)
  }

  /** The frame that clips a shape, where it is carried too. */
  frameOf({ frameId }: Shape): Box | undefined {
    const frame = frameId === undefined ? undefined : this.frozen.shapes.get(frameId)
    return frame?.type === 'frame' ? frame.box : undefined
  }
}

/** Shapes in hand, and how far they have been carried, in board units. */
export interface Carried {
  readonly shapes: CarriedShapes
  readonly dx: number
  readonly dy: number
}
