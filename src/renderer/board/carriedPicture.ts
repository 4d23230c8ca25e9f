import { grow, unionOf } from '../../shared/board/geometry/box'
import { paintBounds } from '../../shared/board/geometry/bounds'
import type { Board } from '../../shared/board'
import type { Carried, CarriedShapes } from './carriedShapes'
import type { DrawContext } from './draw/drawShape'
import type { Box } from './model'
import { createEasel, TileLayer, type TileContext } from './tileLayer'

/** Time that a frame may spend on what comes into view while it is carried, in ms. */
const BUDGET_MS = 6
/** A picture is shown up to this much larger or smaller than it was painted. */
const MAX_STRETCH = 2.2
/** Tiles kept, for each that is in view: carried away and back, they are there still. */
const KEPT_FOR_EACH = 2

/** Paints carried shapes in an area of the board as it was, on nothing. */
export type PaintCarried = (context: TileContext, area: Box, scale: number, shapes: CarriedShapes) => void

/**
 * What is carried, as a picture above everything else: thousands of shapes that move with the pointer are painted once.
 * Below it the board is painted without them.
 */
export class CarriedPicture {
  readonly #easel = createEasel(true)
  #carried: Carried | undefined
  #layer: TileLayer | undefined
  #frame = 0

  constructor(
    private readonly board: () => Board,
    private readonly invalidate: (box: Box) => void,
    private readonly paint: PaintCarried,
    /** Milliseconds, rising. */
    private readonly now: () => number,
  ) {}

  /** Around what is carried, where it is now. */
  get box(): Box | undefined {
    const { shapes, dx = 0, dy = 0 } = this.#carried ?? {}
    return shapes?.box && { ...shapes.box, x: shapes.box.x + dx, y: shapes.box.y + dy }
  }

  has(id: string): boolean {
    return this.#carried?.shapes.has(id) === true
  }

  /** Something is picked up, carried on, or with undefined put down where the board has it. True where that changes the picture. */
  carry(carried: Carried | undefined): boolean {
    const before = this.#carried
    if (before === carried) return false
    this.#carried = carried
    if (before?.shapes === carried?.shapes) return true
    this.forget()
    for (const shapes of [before?.shapes, carried?.shapes]) if (shapes !== undefined) this.#repaint(shapes)
    return true
  }

  /** Shapes have been deleted: where they are among those that are carried, the picture is painted anew. */
  take(removed: Iterable<string>): void {
    for (const id of removed) if (this.has(id)) return this.forget()
  }

  /** What is carried looks different: it is painted anew when it is drawn next. */
  forget(): void {
    this.#layer?.clear()
    this.#layer = undefined
  }

  /** Draws what of it is in view; false where the next frame has to go on. The context is in board units. */
  draw(context: DrawContext, view: Box, scale: number): boolean {
    if (this.#carried === undefined) return true
    const { shapes, dx, dy } = this.#carried
    const start = this.now()
    const layer = this.#layerFor(scale)
    const isFirst = layer.size === 0
    const area = { ...view, x: view.x - dx, y: view.y - dy }
    this.#frame += 1
    const isComplete = layer.paint(
      area,
      (easel, part, at) => this.paint(easel, part, at, shapes),
      this.#frame,
      // All at once at first, and when the zoom has gone far: what is picked up must not vanish.
      () => isFirst || this.now() - start < BUDGET_MS,
    )
    context.save()
    context.setTransform(1, 0, 0, 1, 0, 0)
    layer.draw(context, area, Math.round(area.x * scale), Math.round(area.y * scale), scale, this.#frame)
    context.restore()
    layer.trim(KEPT_FOR_EACH * layer.tilesFor(area))
    return isComplete
  }

  /** A zoom goes on with the tiles there are, as far as they are sharp enough. */
  #layerFor(scale: number): TileLayer {
    const known = this.#layer
    if (known !== undefined && Math.max(scale / known.scale, known.scale / scale) < MAX_STRETCH) return known
    known?.clear()
    this.#layer = new TileLayer(scale, this.#easel)
    return this.#layer
  }

  /** The board below, where it has or had these shapes. */
  #repaint({ ids }: CarriedShapes): void {
    const board = this.board()
    const shapes = Array.from(ids, (id) => board.get(id)).filter((shape) => shape !== undefined)
    const box = unionOf(shapes.map(paintBounds))
    if (box !== undefined) this.invalidate(grow(box, 2))
  }
}
