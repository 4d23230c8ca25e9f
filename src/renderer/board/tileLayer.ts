import type { Box } from '../../shared/board/shape'
import type { DrawContext } from './draw/drawShape'

/** Side of a tile in device pixels. */
export const TILE_SIZE = 256

export type TileContext = OffscreenCanvasRenderingContext2D

/** Draws everything in `area` of the board, paper included. The context is scaled to board units and clipped. */
export type PaintArea = (context: TileContext, area: Box, scale: number) => void

interface Tile {
  readonly column: number
  readonly row: number
  readonly canvas: OffscreenCanvas
  readonly context: TileContext
  /** Parts, in board units, that have changed since they were painted; undefined: all of it. */
  stale: Box[] | undefined
  /** Count of the frame it was on the screen last. */
  lastUsed: number
}

/** More stale parts than this are painted as one. */
const MAX_STALE_PARTS = 8

/**
 * Pictures of the board at one scale, in opaque tiles, painted where they are needed and again only where something
 * changed. `scale`: device pixels for each board unit.
 */
export class TileLayer {
  readonly #tiles = new Map<string, Tile>()

  constructor(readonly scale: number) {}

  get size(): number {
    return this.#tiles.size
  }

  /** Marks what is in `box` as changed. */
  invalidate(box: Box): void {
    const { left, top, right, bottom } = this.#range(box)
    // Going through the tiles there are is cheaper than through all a large box covers.
    for (const tile of this.#tiles.values()) {
      if (tile.column < left || tile.column > right || tile.row < top || tile.row > bottom) continue
      if (tile.stale === undefined) continue
      tile.stale.push(box)
      if (tile.stale.length > MAX_STALE_PARTS) tile.stale = [union(tile.stale)]
    }
  }

  /** True where every tile in view is painted and up to date. */
  isComplete(view: Box): boolean {
    return this.#cells(view).every(([column, row]) => {
      const stale = this.#tiles.get(`${column},${row}`)?.stale
      return stale !== undefined && stale.length === 0
    })
  }

  /**
   * Brings tiles in view up to date until `mayGoOn` says no: first those that show something old, then those that are
   * missing, from the middle outwards. True once all are done.
   */
  paint(view: Box, paint: PaintArea, frame: number, mayGoOn: () => boolean): boolean {
    const missing: (readonly [number, number])[] = []
    for (const cell of this.#cells(view)) {
      const tile = this.#tiles.get(`${cell[0]},${cell[1]}`)
      if (tile === undefined || tile.stale === undefined) missing.push(cell)
      else if (tile.stale.length > 0) this.#repaint(tile, paint)
    }
    const middleX = ((view.x + view.width / 2) * this.scale) / TILE_SIZE - 0.5
    const middleY = ((view.y + view.height / 2) * this.scale) / TILE_SIZE - 0.5
    const distance = ([column, row]: readonly [number, number]): number =>
      Math.hypot(column - middleX, row - middleY)
    missing.sort((a, b) => distance(a) - distance(b))
    for (const [column, row] of missing) {
      if (!mayGoOn()) return false
      this.#repaint(this.#make(column, row, frame), paint)
    }
    return true
  }

  /** Copies what there is onto a canvas whose pixels are `originX`, `originY` device pixels into the board at `scale`. */
  draw(target: DrawContext, view: Box, originX: number, originY: number, scale: number, frame: number): void {
    const factor = scale / this.scale
    const side = TILE_SIZE * factor
    for (const [column, row] of this.#cells(view)) {
      const tile = this.#tiles.get(`${column},${row}`)
      if (tile === undefined || tile.stale === undefined) continue
      tile.lastUsed = frame
      // Whole pixels, so that neighbours meet without a seam.
      const x = Math.round(column * side - originX)
      const y = Math.round(row * side - originY)
      if (factor === 1) target.drawImage(tile.canvas, x, y)
      else {
        const right = Math.round((column + 1) * side - originX)
        const bottom = Math.round((row + 1) * side - originY)
        target.drawImage(tile.canvas, x, y, right - x, bottom - y)
      }
    }
  }

  /** Forgets the tiles that were on the screen longest ago. */
  trim(maxTiles: number): void {
    if (this.#tiles.size <= maxTiles) return
    const byUse = [...this.#tiles.entries()].sort(([, a], [, b]) => a.lastUsed - b.lastUsed)
    for (const [key] of byUse.slice(0, this.#tiles.size - maxTiles)) this.#tiles.delete(key)
  }

  #make(column: number, row: number, frame: number): Tile {
    const canvas = new OffscreenCanvas(TILE_SIZE, TILE_SIZE)
    const context = canvas.getContext('2d', { alpha: false })
    if (context === null) throw new Error('this browser cannot draw on a canvas')
    const tile: Tile = { column, row, canvas, context, stale: undefined, lastUsed: frame }
    this.#tiles.set(`${column},${row}`, tile)
    return tile
  }

  #repaint(tile: Tile, paint: PaintArea): void {
    const { context, column, row } = tile
    const side = TILE_SIZE / this.scale
    const whole = { x: column * side, y: row * side, width: side, height: side }
    for (const part of tile.stale ?? [whole]) {
      const area = this.#toPixels(part, whole)
      if (area === undefined) continue
      context.save()
      context.setTransform(this.scale, 0, 0, this.scale, -column * TILE_SIZE, -row * TILE_SIZE)
      context.beginPath()
      context.rect(area.x, area.y, area.width, area.height)
      context.clip()
      paint(context, area, this.scale)
      context.restore()
    }
    tile.stale = []
  }

  /** The part of a tile that `part` covers, widened to whole pixels; undefined if they do not meet. */
  #toPixels(part: Box, whole: Box): Box | undefined {
    const { scale } = this
    const left = Math.max(whole.x, Math.floor(part.x * scale - 1) / scale)
    const top = Math.max(whole.y, Math.floor(part.y * scale - 1) / scale)
    const right = Math.min(whole.x + whole.width, Math.ceil((part.x + part.width) * scale + 1) / scale)
    const bottom = Math.min(whole.y + whole.height, Math.ceil((part.y + part.height) * scale + 1) / scale)
    if (right <= left || bottom <= top) return undefined
    return { x: left, y: top, width: right - left, height: bottom - top }
  }

  #cells(view: Box): (readonly [column: number, row: number])[] {
    const { left, top, right, bottom } = this.#range(view)
    const cells: (readonly [number, number])[] = []
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) cells.push([column, row])
    }
    return cells
  }

  #range(box: Box): { left: number; top: number; right: number; bottom: number } {
    const side = TILE_SIZE / this.scale
    return {
      left: Math.floor(box.x / side),
      top: Math.floor(box.y / side),
      right: Math.floor((box.x + box.width) / side),
      bottom: Math.floor((box.y + box.height) / side),
    }
  }
}

function union(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const box of boxes) {
    left = Math.min(left, box.x)
    top = Math.min(top, box.y)
    right = Math.max(right, box.x + box.width)
    bottom = Math.max(bottom, box.y + box.height)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}
