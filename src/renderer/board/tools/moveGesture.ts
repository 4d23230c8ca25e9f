import { boundsOf } from '../../../shared/board/geometry/bounds'
import { unionOf } from '../../../shared/board/geometry/box'
import { duplicateShapes, moveEach, settleInFrames } from '../../../shared/board/ops'
import type { Box, Point } from '../model'
import type { BoardPointer } from '../boardPointer'
import { NO_SNAP, snapBox } from '../snapping'
import { FrozenBoard } from './frozenBoard'
import { snapsNow, snapTargets } from './snapPointer'
import type { Gesture } from './tool'
import type { ToolHost } from './toolHost'

/** Moves what is selected; Shift keeps one direction, Alt at the start drags a copy. */
export class MoveGesture implements Gesture {
  readonly #from: Point
  readonly #frozen: FrozenBoard
  readonly #ids: readonly string[]
  readonly #box: Box | undefined
  #targets: readonly Box[] | undefined

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
    host.show({ isDragging: true, cursor: 'move', hovered: undefined })
  }

  move(pointer: BoardPointer): void {
    let dx = pointer.point.x - this.#from.x
    let dy = pointer.point.y - this.#from.y
    if (pointer.shift) {
      if (Math.abs(dx) > Math.abs(dy)) dy = 0
      else dx = 0
    }
    const snap = this.#snap(pointer, dx, dy)
    this.host.show({ guides: snap.guides })
    const moves = this.#ids.flatMap((id) => {
      const shape = this.#frozen.get(id)
      return shape === undefined ? [] : [[shape, dx + snap.dx, dy + snap.dy] as const]
    })
    this.host.edit(moveEach(moves))
  }

  end(pointer: BoardPointer): void {
    this.move(pointer)
    this.host.edit(settleInFrames(this.host.board, this.#ids))
    this.host.end()
    this.#clear()
  }

  cancel(): void {
    this.host.cancel()
    this.#clear()
  }

  #snap(pointer: BoardPointer, dx: number, dy: number): typeof NO_SNAP {
    if (this.#box === undefined || !snapsNow(this.host, pointer)) return NO_SNAP
    const moving = { ...this.#box, x: this.#box.x + dx, y: this.#box.y + dy }
    this.#targets ??= snapTargets(this.host, moving, new Set(this.#ids))
    return snapBox(moving, this.#targets, this.host.camera.zoom, this.host.hasGrid)
  }

  #clear(): void {
    this.host.show({ guides: [], isDragging: false, cursor: undefined })
  }
}
