import { boundsOf } from '../../../shared/board/geometry/bounds'
import { unionOf } from '../../../shared/board/geometry/box'
import { duplicateShapes, moveEach, settleInFrames } from '../../../shared/board/ops'
import { CarriedShapes } from '../carriedShapes'
import type { Box, Point } from '../model'
import type { BoardPointer } from '../boardPointer'
import { NO_SNAP, snapBox } from '../snapping'
import { FrozenBoard } from './frozenBoard'
import { snapsNow, snapTargets } from './snapPointer'
import type { Gesture } from './tool'
import type { ToolHost } from './toolHost'

/** So many shapes are carried as a picture, and edited only now and then. A hundred moves a second of fewer are no trouble. */
const CARRY_FROM = 300
/** Time between two edits of what is carried, in ms: others see it move, and it costs a part of the time only. */
const EDIT_EVERY_MS = 250
/** The same where an edit takes long, as a multiple of what the last one took. */
const REST_AFTER_EDIT = 4

/** Moves what is selected; Shift keeps one direction, Alt at the start drags a copy. */
export class MoveGesture implements Gesture {
  readonly #from: Point
  readonly #frozen: FrozenBoard
  readonly #ids: readonly string[]
  readonly #box: Box | undefined
  readonly #carried: CarriedShapes | undefined
  #targets: readonly Box[] | undefined
  #offset: readonly [dx: number, dy: number] = [0, 0]
  /** Until what is carried may be edited again, in ms. */
  #wait = EDIT_EVERY_MS
  /** Gives up the edit that is to come. */
  #putOff: (() => void) | undefined

  constructor(
    private readonly host: ToolHost,
    start: BoardPointer,
  ) {
    this.#from = start.point
    host.begin()
    const canMove = !start.alt || host.hasRoom(host.selected.length)
    if (start.alt && canMove) {
      const { op, ids } = duplicateShapes(host.board, host.selected, 0, 0, () => host.newId())
      host.edit(op)
      host.select(ids)
    }
    this.#frozen = new FrozenBoard(host.board, canMove ? host.selected : [])
    this.#ids = [...this.#frozen.shapes.keys()]
    this.#box = unionOf([...this.#frozen.shapes.values()].map(boundsOf))
    this.#carried = this.#ids.length < CARRY_FROM ? undefined : new CarriedShapes(this.#frozen)
    host.show({ isDragging: true, cursor: 'move', hovered: undefined })
  }

  move(pointer: BoardPointer): void {
    const [dx, dy] = (this.#offset = this.#offsetAt(pointer))
    if (this.#carried === undefined) return this.#edit()
    this.host.show({ carried: { shapes: this.#carried, dx, dy } })
    this.#putOff ??= this.host.after(this.#wait, () => this.#editCarried())
  }

  end(pointer: BoardPointer): void {
    this.#putOff?.()
    this.#offset = this.#offsetAt(pointer)
    this.#edit()
    this.host.edit(settleInFrames(this.host.board, this.#ids))
    this.host.end()
    this.#clear()
  }

  cancel(): void {
    this.#putOff?.()
    this.host.cancel()
    this.#clear()
  }

  /** How far the shapes are from where they were; shows what they snap to. */
  #offsetAt(pointer: BoardPointer): readonly [dx: number, dy: number] {
    let dx = pointer.point.x - this.#from.x
    let dy = pointer.point.y - this.#from.y
    if (pointer.shift) {
      if (Math.abs(dx) > Math.abs(dy)) dy = 0
      else dx = 0
    }
    const snap = this.#snap(pointer, dx, dy)
    this.host.show({ guides: snap.guides })
    return [dx + snap.dx, dy + snap.dy]
  }

  #editCarried(): void {
    this.#putOff = undefined
    const start = this.host.now()
    this.#edit()
    this.#wait = Math.max(EDIT_EVERY_MS, (this.host.now() - start) * REST_AFTER_EDIT)
  }

  #edit(): void {
    const [dx, dy] = this.#offset
    const moves = this.#ids.flatMap((id) => {
      const shape = this.#frozen.get(id)
      return shape === undefined ? [] : [[shape, dx, dy] as const]
    })
    this.host.edit(moveEach(moves))
  }

  #snap(pointer: BoardPointer, dx: number, dy: number): typeof NO_SNAP {
    if (this.#box === undefined || !snapsNow(this.host, pointer)) return NO_SNAP
    const moving = { ...this.#box, x: this.#box.x + dx, y: this.#box.y + dy }
    this.#targets ??= snapTargets(this.host, moving, new Set(this.#ids))
    return snapBox(moving, this.#targets, this.host.camera.zoom, this.host.hasGrid)
  }

  #clear(): void {
    this.host.show({ guides: [], isDragging: false, cursor: undefined, carried: undefined })
  }
}
