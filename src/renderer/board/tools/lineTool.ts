import { MAX_LINE_POINTS } from '../../../shared/board/limits'
import { setProps, type ShapeProps } from '../../../shared/board/ops'
import { lineThrough } from '../../../shared/board/ops/transform'
import type { Binding } from '../../../shared/board/shape'
import type { Point } from '../model'
import { styleOfNew } from '../nextStyle'
import type { BoardPointer } from '../boardPointer'
import { holdAt } from './holding'
import { snapPointer } from './snapPointer'
import type { Tool } from './tool'
import type { ToolHost } from './toolHost'

/** Shorter drags, in CSS pixels, begin a line of several points that goes on with each click. */
const MIN_DRAG = 5
/** Angles that Shift keeps to. */
const ANGLE_STEP = Math.PI / 12

/**
 * Lines and arrows: by dragging from end to end, or click by click until a double click, Escape or Enter. The ends of
 * an arrow are held by the shapes they are at; Ctrl keeps them free.
 */
export class LineTool implements Tool {
  readonly cursor = 'crosshair'
  #id: string | undefined
  /** Points that stand; the end follows the pointer. */
  #points: Point[] = []
  #start: Binding | undefined
  #isDown = false
  #pressed: Point | undefined

  constructor(
    private readonly host: ToolHost,
    private readonly type: 'line' | 'arrow',
  ) {}

  get isOpen(): boolean {
    return this.#points.length > 0
  }

  down(pointer: BoardPointer): void {
    this.#isDown = true
    this.#pressed = pointer.screen
    const at = this.#at(pointer)
    if (this.#points.length > 0) return this.#drag(pointer)
    this.host.begin()
    this.host.select([])
    this.#points = [at]
    this.#start = this.#holdAt(pointer)
  }

  move(pointer: BoardPointer): void {
    if (this.#points.length > 0) this.#drag(pointer)
  }

  hover(pointer: BoardPointer): void {
    if (this.#points.length > 0) this.#drag(pointer)
    else if (this.type === 'arrow') this.#showHolder(this.#holdAt(pointer))
  }

  up(pointer: BoardPointer): void {
    if (!this.#isDown) return
    this.#isDown = false
    this.#drag(pointer)
    const from = this.#pressed ?? pointer.screen
    const isDrag = Math.hypot(pointer.screen.x - from.x, pointer.screen.y - from.y) >= MIN_DRAG
    if (isDrag && this.#points.length === 1) return this.#finish()
    const at = this.#at(pointer)
    const last = this.#points.at(-1)
    const isNew =
      last !== undefined && Math.hypot(at.x - last.x, at.y - last.y) * this.host.camera.zoom >= MIN_DRAG
    if (isNew) this.#points.push(at)
    // An arrow that has come to a shape is there, and a line that has all the points it may have.
    const isThere = this.type === 'arrow' && this.#holdAt(pointer) !== undefined
    if (isNew && (isThere || this.#points.length === MAX_LINE_POINTS)) this.#finish()
  }

  doubleClick(): void {
    if (this.#points.length > 0) this.#finish()
  }

  /** Keeps what stands already of a line made by clicks. */
  leave(): void {
    if (this.#points.length > 1) this.#finish()
    else this.cancel()
  }

  /** Of a line made by clicks only the press under way goes: what stands was made before it. */
  cancel(): void {
    if (this.#points.length > 1) {
      this.#isDown = false
      this.#keepStanding()
    } else if (this.#points.length === 1) {
      this.#reset()
      this.host.cancel()
    }
  }

  #drag(pointer: BoardPointer): void {
    const last = this.#points.at(-1)
    if (last === undefined) return
    const at = pointer.shift ? keepAngle(last, pointer.point) : this.#at(pointer)
    if (this.#id === undefined && Math.hypot(at.x - last.x, at.y - last.y) * this.host.camera.zoom < MIN_DRAG)
      return
    const hold = this.#holdAt(pointer)
    this.#showHolder(hold)
    // An arrow from a shape to itself would have no length.
    const isSame = hold?.shapeId === this.#start?.shapeId && this.#points.length === 1
    this.#place([...this.#points, at], isSame ? undefined : hold)
  }

  #showHolder(hold: Binding | undefined): void {
    this.host.show({ holder: hold === undefined ? undefined : this.host.board.get(hold.shapeId) })
  }

  #place(points: readonly Point[], end: Binding | undefined): void {
    const props: ShapeProps = {
      ...lineThrough(points),
      ...(this.type === 'arrow' ? { start: this.#start ?? null, end: end ?? null } : {}),
    }
    if (this.#id !== undefined) {
      this.host.edit(setProps(this.host.board, [this.#id], props))
      return
    }
    const id = this.host.newId()
    if (this.host.create({ id, type: this.type, ...styleOfNew(this.type, this.host.style), ...props }))
      this.#id = id
  }

  #finish(): void {
    const id = this.#id
    this.#keepStanding()
    this.#reset()
    this.host.end()
    this.host.finish(id === undefined ? [] : [id])
  }

  /** Takes off the point that only followed the pointer. */
  #keepStanding(): void {
    const shape = this.#id === undefined ? undefined : this.host.board.get(this.#id)
    const points = this.#points
    if (points.length > 1 && shape?.type === this.type && shape.points.length > points.length * 2)
      this.#place(points, shape.type === 'arrow' ? shape.end : undefined)
  }

  #reset(): void {
    this.#id = this.#start = undefined
    this.#points = []
    this.#isDown = false
    this.host.show({ holder: undefined, guides: [] })
  }

  #at(pointer: BoardPointer): Point {
    return snapPointer(this.host, pointer, this.#id)
  }

  #holdAt(pointer: BoardPointer): Binding | undefined {
    return this.type === 'line' || pointer.mod ? undefined : holdAt(this.host, pointer.point, this.#id)
  }
}

/** `to` moved so that the way from `from` has a round angle. */
export function keepAngle(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / ANGLE_STEP) * ANGLE_STEP
  return { x: from.x + Math.cos(angle) * length, y: from.y + Math.sin(angle) * length }
}
