import type { RecordsOp, RecordsSnapshot, RecordValue } from '../ot/records'
import type { BoardReader } from './boardReader'
import { routeArrow } from './geometry/arrowRoute'
import { paintBounds } from './geometry/bounds'
import { hitsShape } from './geometry/hit'
import { MultiMap } from './multiMap'
import { readShape } from './readShape'
import { compareShapes, type ArrowShape, type Box, type ImageShape, type Point, type Shape } from './shape'
import { ShapeIndex } from './shapeIndex'
import { estimateLayout, type SetText } from './textLayout'

/** What has to be drawn again after a change. Ids in both sets: none. */
export interface BoardChange {
  /** New and changed shapes, arrows that follow a changed shape among them. */
  readonly changed: ReadonlySet<string>
  readonly removed: ReadonlySet<string>
}

/** Above this number of moves in the drawing order, sorting anew is quicker than moving one by one. */
const MANY_MOVES = 50
/** Above this part of all shapes, going through all in their order is quicker than sorting those found. */
const MANY_FOUND = 0.2

const NO_ARROWS: readonly ArrowShape[] = []

/** The shapes of a board, kept up with its content: read whole once, then what each op touches. */
export class Board implements BoardReader {
  /** Arrows as they are drawn. */
  readonly #shapes = new Map<string, Shape>()
  /** Arrows that something holds, as they are stored. */
  readonly #stored = new Map<string, ArrowShape>()
  readonly #arrows = new MultiMap()
  readonly #groups = new MultiMap()
  readonly #frames = new MultiMap()
  readonly #images = new Set<string>()
  readonly #index = new ShapeIndex()
  readonly #setText: SetText
  #ordered: Shape[] = []
  #snapshot: RecordsSnapshot

  constructor(snapshot: RecordsSnapshot, setText: SetText = estimateLayout) {
    this.#snapshot = snapshot
    this.#setText = setText
    for (const [id, record] of snapshot.records.entries()) {
      const shape = record.deleted ? undefined : readShape(id, record, setText)
      if (shape !== undefined) this.#register(shape)
    }
    for (const [id, arrow] of this.#stored) this.#shapes.set(id, routeArrow(arrow, this.#find))
    this.#ordered = [...this.#shapes.values()].sort(compareShapes)
    this.#index.change(this.#ordered.map((shape) => [shape.id, paintBounds(shape)]))
  }

  get snapshot(): RecordsSnapshot {
    return this.#snapshot
  }

  get ordered(): readonly Shape[] {
    return this.#ordered
  }

  /** The box around all shapes; undefined on an empty board. */
  get bounds(): Box | undefined {
    return this.#index.bounds
  }

  get(id: string): Shape | undefined {
    return this.#shapes.get(id)
  }

  record(id: string): RecordValue | undefined {
    return this.#snapshot.records.get(id)
  }

  arrowsAt(id: string): readonly ArrowShape[] {
    const ids = this.#arrows.get(id)
    if (ids.size === 0) return NO_ARROWS
    return this.#sorted(ids).filter((shape) => shape.type === 'arrow')
  }

  inGroup(id: string): readonly Shape[] {
    return this.#sorted(this.#groups.get(id))
  }

  inFrame(id: string): readonly Shape[] {
    return this.#sorted(this.#frames.get(id))
  }

  /** All pictures, in no order: they are few where shapes are many. */
  get images(): readonly ImageShape[] {
    return Array.from(this.#images, this.#find).filter((shape) => shape?.type === 'image')
  }

  /** Shapes that paint anything in `box`, in drawing order. */
  search(box: Box): Shape[] {
    const ids = this.#index.search(box)
    if (ids.length < this.#ordered.length * MANY_FOUND) return this.#sorted(ids)
    const found = new Set(ids)
    return this.#ordered.filter((shape) => found.has(shape.id))
  }

  /** Shapes that a click at `point` meets, the topmost first. */
  hits(point: Point, tolerance: number): Shape[] {
    const around = {
      x: point.x - tolerance,
      y: point.y - tolerance,
      width: 2 * tolerance,
      height: 2 * tolerance,
    }
    return this.search(around)
      .filter((shape) => hitsShape(shape, point, tolerance))
      .reverse()
  }

  /** Takes in `op`, which has led to `after`. */
  update(op: RecordsOp, after: RecordsSnapshot): BoardChange {
    this.#snapshot = after
    const before = new Map<string, Shape | undefined>()
    const touched = new Set<string>()
    for (const id of Object.keys(op)) {
      const record = after.records.get(id)
      const shape = record === undefined || record.deleted ? undefined : readShape(id, record, this.#setText)
      const known = this.#shapes.get(id)
      if (shape === undefined && known === undefined) continue
      before.set(id, known)
      if (known !== undefined) this.#forget(known)
      if (shape !== undefined) this.#register(shape)
      touched.add(id)
      for (const arrow of this.#arrows.get(id)) touched.add(arrow)
    }
    for (const id of touched) {
      const arrow = this.#stored.get(id)
      if (arrow === undefined) continue
      if (!before.has(id)) before.set(id, this.#shapes.get(id))
      this.#shapes.set(id, routeArrow(arrow, this.#find))
    }
    this.#reorder(before)
    return this.#reindex(touched)
  }

  readonly #find = (id: string): Shape | undefined => this.#shapes.get(id)

  #register(shape: Shape): void {
    this.#shapes.set(shape.id, shape)
    for (const group of shape.groups) this.#groups.add(group, shape.id)
    if (shape.frameId !== undefined) this.#frames.add(shape.frameId, shape.id)
    if (shape.type === 'image') this.#images.add(shape.id)
    if (shape.type !== 'arrow' || (shape.start === undefined && shape.end === undefined)) return
    this.#stored.set(shape.id, shape)
    for (const binding of [shape.start, shape.end])
      if (binding !== undefined) this.#arrows.add(binding.shapeId, shape.id)
  }

  #forget(shape: Shape): void {
    this.#shapes.delete(shape.id)
    for (const group of shape.groups) this.#groups.delete(group, shape.id)
    if (shape.frameId !== undefined) this.#frames.delete(shape.frameId, shape.id)
    this.#images.delete(shape.id)
    if (shape.type !== 'arrow') return
    this.#stored.delete(shape.id)
    for (const binding of [shape.start, shape.end])
      if (binding !== undefined) this.#arrows.delete(binding.shapeId, shape.id)
  }

  /** Brings the drawing order up to date. `before` has what each touched shape was. */
  #reorder(before: ReadonlyMap<string, Shape | undefined>): void {
    let moves = 0
    for (const [id, was] of before) {
      const is = this.#shapes.get(id)
      if (was !== undefined && is !== undefined && was.order === is.order)
        this.#ordered[this.#rankOf(was)] = is
      else moves++
    }
    if (moves === 0) return
    if (moves > MANY_MOVES) {
      this.#ordered = [...this.#shapes.values()].sort(compareShapes)
      return
    }
    for (const [id, was] of before) {
      const is = this.#shapes.get(id)
      if (was !== undefined && is !== undefined && was.order === is.order) continue
      if (was !== undefined) this.#ordered.splice(this.#rankOf(was), 1)
      if (is !== undefined) this.#ordered.splice(this.#rankOf(is), 0, is)
    }
  }

  /** Index in the drawing order of a shape, or where it belongs. */
  #rankOf(shape: Shape): number {
    let low = 0
    let high = this.#ordered.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareShapes(this.#ordered[middle] as Shape, shape) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #reindex(touched: ReadonlySet<string>): BoardChange {
    const changed = new Set<string>()
    const removed = new Set<string>()
    const boxes: [id: string, box: Box | undefined][] = []
    for (const id of touched) {
      const shape = this.#shapes.get(id)
      boxes.push([id, shape && paintBounds(shape)])
      if (shape === undefined) removed.add(id)
      else changed.add(id)
    }
    this.#index.change(boxes)
    return { changed, removed }
  }

  #sorted(ids: Iterable<string>): Shape[] {
    const shapes: Shape[] = []
    for (const id of ids) {
      const shape = this.#shapes.get(id)
      if (shape !== undefined) shapes.push(shape)
    }
    return shapes.sort(compareShapes)
  }
}
