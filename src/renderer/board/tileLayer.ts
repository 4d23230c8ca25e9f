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
  /** Undefined until it is painted. A bitmap, because copying a canvas costs several times as much. */
  picture: ImageBitmap | undefined
  /** Parts, in board units, that have changed since they were painted; undefined: all of it. */
  stale: Box[] | undefined
  /** Count of the frame it was on the screen last. */
  lastUsed: number
}

/** A canvas of a tile's size. `alpha`: one can see through where nothing is painted. */
export function createEasel(alpha = false): TileContext {
  const context = new OffscreenCanvas(TILE_SIZE, TILE_SIZE).getContext('2d', { alpha })
  if (context === null) throw new Error('this browser cannot draw on a canvas')
  return context
}

/** More stale parts than this are painted as one. */
const MAX_STALE_PARTS = 8

/**
 * Pictures of the board at one scale, in opaque tiles, painted where they are needed and again only where something
 * changed. `scale`: device pixels for each board unit.
 */
export class TileLayer {
  readonly #tiles = new Map<string, Tile>()

  constructor(
    readonly scale: number,
    /** What tiles are painted on, one after another; see {@link createEasel}. */
    private readonly easel: TileContext,
  ) {}

  get size(): number {
    return this.#tiles.size
  }

  /** How many tiles it takes to show all of an area. */
  tilesFor(area: Box): number {
    const { left, top, right, bottom } = this.#range(area)
    return (right - left + 1) * (bottom - top + 1)
  }

  /** Marks what is in `box` as changed. */
  invalidate(box: Box): void {
    for (const tile of this.#tilesIn(box)) {
      if (tile.stale === undefined) continue
      tile.stale.push(box)
      if (tile.stale.length > MAX_STALE_PARTS) tile.stale = [union(tile.stale)]
    }
  }

  /** True where there is a picture, old or new, of all of `area`. */
  covers(area: Box): boolean {
    // After a jump of the zoom an area of millions of cells is asked for.
    if (this.tilesFor(area) > this.#tiles.size) return false
    return this.#cells(area).every(
      ([column, row]) => this.#tiles.get(`${column},${row}`)?.picture !== undefined,
    )
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

  /**
   * Copies what there is onto a canvas whose pixels are `originX`, `originY` device pixels into the board at `scale`,
   * but for what one of the layers `above` will cover anyway.
   */
  draw(
    target: DrawContext,
    view: Box,
    originX: number,
    originY: number,
    scale: number,
    frame: number,
    above: readonly TileLayer[] = [],
  ): void {
    const factor = scale / this.scale
    const side = TILE_SIZE * factor
    for (const tile of this.#tilesIn(view)) {
      const { column, row } = tile
      if (tile.picture === undefined) continue
      tile.lastUsed = frame
      if (above.length > 0) {
        const seen = common(this.#boxOf(tile), view)
        if (seen === undefined || above.some((layer) => layer.covers(seen))) continue
      }
      // Whole pixels, so that neighbours meet without a seam.
      const x = Math.round(column * side - originX)
      const y = Math.round(row * side - originY)
      if (factor === 1) target.drawImage(tile.picture, x, y)
      else {
        const right = Math.round((column + 1) * side - originX)
        const bottom = Math.round((row + 1) * side - originY)
        target.drawImage(tile.picture, x, y, right - x, bottom - y)
      }
    }
  }

  /** Forgets the tiles that were on the screen longest ago. */
  trim(maxTiles: number): void {
    if (this.#tiles.size <= maxTiles) return
    const byUse = [...this.#tiles.entries()].sort(([, a], [, b]) => a.lastUsed - b.lastUsed)
    for (const [key, tile] of byUse.slice(0, this.#tiles.size - maxTiles)) {
      tile.picture?.close()
      this.#tiles.delete(key)
    }
  }

  /** Gives all memory back. */
  clear(): void {
    for (const tile of this.#tiles.values()) tile.picture?.close()
    this.#tiles.clear()
  }

  #make(column: number, row: number, frame: number): Tile {
    const tile: Tile = { column, row, picture: undefined, stale: undefined, lastUsed: frame }
    this.#tiles.set(`${column},${row}`, tile)
    return tile
  }

  #boxOf({ column, row }: Tile): Box {
    const side = TILE_SIZE / this.scale
    return { x: column * side, y: row * side, width: side, height: side }
  }

  #repaint(tile: Tile, paint: PaintArea): void {
    const { column, row, picture } = tile
    const context = this.easel
    const whole = this.#boxOf(tile)
    context.setTransform(1, 0, 0, 1, 0, 0)
    if (picture !== undefined) context.drawImage(picture, 0, 0)
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
    // Here it is really painted, so that the time it takes is seen by whoever measures.
    tile.picture = context.canvas.transferToImageBitmap()
    picture?.close()
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

  /** Going through the tiles there are is cheaper than through all a large box covers. */
  *#tilesIn(box: Box): Iterable<Tile> {
    const { left, top, right, bottom } = this.#range(box)
    for (const tile of this.#tiles.values()) {
      const { column, row } = tile
      if (column >= left && column <= right && row >= top && row <= bottom) yield tile
    }
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

/** The part that two boxes share. */
function common(a: Box, b: Box): Box | undefined {
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  const width = Math.min(a.x + a.width, b.x + b.width) - x
  const height = Math.min(a.y + a.height, b.y + b.height) - y
  return width <= 0 || height <= 0 ? undefined : { x, y, width, height }
}
