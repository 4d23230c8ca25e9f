import type { Box } from '../../shared/board/shape'
import type { TakenPicture } from './preview/boardPreview'
import { TILE_SIZE, TileLayer, type PaintArea, type TileContext } from './tileLayer'

/** Tiles across the whole board, at most: 1024 pixels, about what a window shows of a whole board. */
const TILES_ACROSS = 4
/** A board that was changed this short ago is not painted again yet, in ms: its drawers have the time. */
const REST_MS = 600
const BUDGET_MS = 3

/** A small picture of the whole board, painted while nothing else is to do. */
export class Overview {
  #layer: TileLayer | undefined
  #bounds: Box | undefined
  #changedAt = -Infinity
  /** What of the board is painted and up to date; undefined while anything is not. */
  #done: Box | undefined

  constructor(private readonly easel: TileContext) {}

  get layer(): TileLayer | undefined {
    return this.#layer
  }

  invalidate(box: Box, time: number): void {
    this.#changedAt = time
    this.#done = undefined
    this.#layer?.invalidate(box)
  }

  clear(): void {
    this.#layer?.clear()
    this.#layer = this.#bounds = this.#done = undefined
  }

  /** Goes on painting; true where it is done, or has to wait for the board to rest. */
  paint(bounds: Box | undefined, paint: PaintArea, frame: number, now: () => number): boolean {
    const start = now()
    if (bounds === undefined || start - this.#changedAt < REST_MS) return true
    if (this.#layer === undefined || !fits(this.#bounds, bounds)) {
      this.#layer?.clear()
      const across = Math.max(bounds.width, bounds.height, 1)
      this.#layer = new TileLayer(Math.min(1, (TILES_ACROSS * TILE_SIZE) / across), this.easel)
      this.#bounds = bounds
    }
    if (!this.#layer.paint(bounds, paint, frame, () => now() - start < BUDGET_MS)) return false
    this.#done = bounds
    return true
  }

  /** A copy on a canvas of its own, at most `maxSide` pixels wide and high; undefined while it is not all painted. */
  copy(maxSide: number, frame: number): TakenPicture | undefined {
    const bounds = this.#done
    const layer = this.#layer
    if (bounds === undefined || layer === undefined) return undefined
    const scale = Math.min(layer.scale, maxSide / Math.max(bounds.width, bounds.height))
    const side = (length: number): number => Math.max(1, Math.min(maxSide, Math.round(length * scale)))
    const canvas = new OffscreenCanvas(side(bounds.width), side(bounds.height))
    const context = canvas.getContext('2d', { alpha: false })
    if (context === null) return undefined
    layer.draw(context, bounds, bounds.x * scale, bounds.y * scale, scale, frame)
    return { canvas, bounds }
  }
}

/** True while a picture of `painted` is of a good scale for `bounds`. */
function fits(painted: Box | undefined, bounds: Box): boolean {
  if (painted === undefined) return false
  const growth = Math.max(bounds.width, bounds.height, 1) / Math.max(painted.width, painted.height, 1)
  return growth < 2 && growth > 0.4
}
