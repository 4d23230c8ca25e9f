import { grow, unionOf } from '../../shared/board/geometry/box'
import { paintBounds } from '../../shared/board/geometry/bounds'
import { compareShapes, type Board } from '../../shared/board'
import type { BoardNews } from '../bindings/board/boardDocument'
import type { Box, Shape } from './model'

/** A shape that has not changed for this long rests again, in ms. */
const REST_MS = 350
/** Repainting the tiles costs more than drawing a shape by itself where it lies among more shapes than this. */
const CROWD = 60
/** So many shapes that change at once are painted into the tiles: to draw each in every frame costs as much. */
const MASS = 500
/** Strokes among so many topmost shapes are lifted: of as many people as may draw at once. */
const TOP = 32

/**
 * Which shapes are drawn by themselves, above the tiles, because they change with every frame: strokes that are being
 * drawn, which lie on top anyway, and shapes that move through a crowd. Everything else is painted into the tiles in
 * its order. A lifted shape goes back once it rests.
 */
export class LiftedShapes {
  /** When each lifted shape changed last. */
  readonly #since = new Map<string, number>()

  constructor(
    private readonly board: () => Board,
    private readonly now: () => number,
    private readonly invalidate: (box: Box) => void,
  ) {}

  has(id: string): boolean {
    return this.#since.has(id)
  }

  /** The lifted shapes in drawing order. */
  get shapes(): readonly Shape[] {
    if (this.#since.size === 0) return []
    const board = this.board()
    const shapes = [...this.#since.keys()].map((id) => board.get(id)).filter((shape) => shape !== undefined)
    return shapes.sort(compareShapes)
  }

  /** Takes in a change: marks what has to be painted again, or lifts what changes often, but for what is carried. */
  take(news: BoardNews, isCarried: (id: string) => boolean): void {
    const board = this.board()
    const time = this.now()
    const isMass = news.before.size > MASS
    const stale: Box[] = []
    for (const [id, before] of news.before) {
      if (isCarried(id)) continue
      const shape = board.get(id)
      const after = shape === undefined ? undefined : paintBounds(shape)
      if (this.#since.has(id)) {
        if (shape === undefined) this.#since.delete(id)
        else this.#since.set(id, time)
        continue
      }
      const area = unionOf([before, after].filter((box) => box !== undefined))
      if (area === undefined) continue
      if (isMass) stale.push(area)
      else if (shape !== undefined && this.#isWorthLifting(shape, before, area)) {
        this.#since.set(id, time)
        // It leaves the tiles, once.
        if (before !== undefined) this.invalidate(grow(before, 2))
      } else this.invalidate(grow(area, 2))
    }
    const all = unionOf(stale)
    if (all !== undefined) this.invalidate(grow(all, 2))
  }

  /** Puts back what rests; true while anything is lifted. */
  settle(): boolean {
    const time = this.now()
    const board = this.board()
    for (const [id, since] of this.#since) {
      if (time - since < REST_MS) continue
      this.#since.delete(id)
      const shape = board.get(id)
      if (shape !== undefined) this.invalidate(grow(paintBounds(shape), 2))
    }
    return this.#since.size > 0
  }

  /** A shape looks different without having changed: its label is being edited. */
  repaint(shape: Shape): void {
    if (!this.#since.has(shape.id)) this.invalidate(grow(paintBounds(shape), 2))
  }

  #isWorthLifting(shape: Shape, before: Box | undefined, area: Box): boolean {
    const isStroke = shape.type === 'draw' || shape.type === 'highlight'
    const { ordered } = this.board()
    const lowest = ordered[Math.max(0, ordered.length - TOP)]
    if (isStroke && lowest !== undefined && compareShapes(shape, lowest) >= 0) return true
    return before !== undefined && this.board().search(area).length > CROWD
  }
}
