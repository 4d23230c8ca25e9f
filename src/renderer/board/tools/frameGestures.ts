import { centreOf } from '../../../shared/board/geometry/box'
import { rotatePoint } from '../../../shared/board/geometry/vector'
import { resizeShapes, rotateShapes } from '../../../shared/board/ops'
import type { BoxHandle, SelectionFrame } from '../handles'
import type { Box, Point } from '../model'
import type { BoardPointer } from '../boardPointer'
import { snapPoint } from '../snapping'
import { FrozenBoard } from './frozenBoard'
import { snapsNow, snapTargets } from './snapPointer'
import type { Gesture } from './tool'
import type { ToolHost } from './toolHost'

/** Angle that Shift turns by. */
const ANGLE_STEP = Math.PI / 12

/**
 * Drags a handle of the frame. Shift keeps the proportions; pictures, and text at its corners, keep them without it and
 * lose them with it. Alt resizes about the middle.
 */
export class ResizeGesture implements Gesture {
  readonly #frozen: FrozenBoard
  readonly #ids: readonly string[]
  readonly #keepsRatio: boolean
  /** From the press to the very handle. */
  readonly #offset: Point

  /** The hand has been over the opposite edge: what that wrote has to be written back. */
  #wasMirrored = false

  constructor(
    private readonly host: ToolHost,
    private readonly frame: SelectionFrame,
    private readonly handle: BoxHandle,
    start: BoardPointer,
  ) {
    this.#ids = host.selected
    this.#frozen = new FrozenBoard(host.board, this.#ids)
    const shapes = this.#ids.map((id) => host.board.get(id))
    const [only] = shapes
    const isCorner = handle.x !== 0.5 && handle.y !== 0.5
    this.#keepsRatio =
      shapes.every((shape) => shape?.type === 'image') ||
      (shapes.length === 1 && only?.type === 'text' && isCorner)
    const { box, angle } = frame
    const at = { x: box.x + handle.x * box.width, y: box.y + handle.y * box.height }
    const corner = rotatePoint(at, angle, centreOf(box))
    this.#offset = { x: corner.x - start.point.x, y: corner.y - start.point.y }
    host.begin()
    host.show({ isDragging: true })
  }

  move(pointer: BoardPointer): void {
    const { box, angle } = this.frame
    let at = { x: pointer.point.x + this.#offset.x, y: pointer.point.y + this.#offset.y }
    if (angle === 0 && snapsNow(this.host, pointer)) at = this.#snapped(at)
    const inside = rotatePoint(at, -angle, centreOf(box))
    const keeps = this.#keepsRatio !== pointer.shift
    const target = resizedBox(box, this.handle, inside, keeps, pointer.alt)
    this.host.edit(resizeShapes(this.#frozen, this.#ids, this.frame, target, this.#wasMirrored))
    this.#wasMirrored ||= target.width < 0 || target.height < 0
  }

  end(pointer: BoardPointer): void {
    this.move(pointer)
    this.host.end()
    this.host.show({ isDragging: false, guides: [], cursor: undefined })
  }

  cancel(): void {
    this.host.cancel()
    this.host.show({ isDragging: false, guides: [], cursor: undefined })
  }

  #snapped(at: Point): Point {
    const targets = snapTargets(this.host, { ...at, width: 0, height: 0 }, new Set(this.#ids))
    const { dx, dy, guides } = snapPoint(at, targets, this.host.camera.zoom, this.host.hasGrid)
    this.host.show({ guides })
    return { x: at.x + dx, y: at.y + dy }
  }
}

/**
 * The box whose handle is dragged to `at`, before rotation. Its width or height is negative where it was pulled over
 * its own edge.
 */
export function resizedBox(
  box: Box,
  handle: BoxHandle,
  at: Point,
  keepsRatio: boolean,
  isFromMiddle: boolean,
): Box {
  /** Factor of one direction; 1 for a handle that does not change it. */
  const factor = (side: 0 | 0.5 | 1, from: number, length: number, to: number): number => {
    if (side === 0.5 || length === 0) return 1
    const fixed = isFromMiddle ? from + length / 2 : from + (1 - side) * length
    const reach = isFromMiddle ? (side - 0.5) * length : (2 * side - 1) * length
    return (to - fixed) / reach
  }
  let sx = factor(handle.x, box.x, box.width, at.x)
  let sy = factor(handle.y, box.y, box.height, at.y)
  if (keepsRatio) {
    if (handle.x === 0.5) sx = Math.abs(sy)
    else if (handle.y === 0.5) sy = Math.abs(sx)
    else {
      const size = Math.max(Math.abs(sx), Math.abs(sy))
      sx = size * (sx < 0 ? -1 : 1)
      sy = size * (sy < 0 ? -1 : 1)
    }
  }
  const place = (side: 0 | 0.5 | 1, from: number, length: number, scale: number): number => {
    const anchor = isFromMiddle || side === 0.5 ? 0.5 : 1 - side
    return from + anchor * length * (1 - scale)
  }
  return {
    x: place(handle.x, box.x, box.width, sx),
    y: place(handle.y, box.y, box.height, sy),
    width: box.width * sx,
    height: box.height * sy,
  }
}

/** Turns what is selected about the middle of its frame. */
export class RotateGesture implements Gesture {
  readonly #frozen: FrozenBoard
  readonly #ids: readonly string[]
  readonly #centre: Point
  readonly #from: number

  constructor(
    private readonly host: ToolHost,
    private readonly frame: SelectionFrame,
    start: BoardPointer,
  ) {
    this.#ids = host.selected
    this.#frozen = new FrozenBoard(host.board, this.#ids)
    this.#centre = centreOf(frame.box)
    this.#from = this.#angleOf(start.point)
    host.begin()
    host.show({ isDragging: true, cursor: 'grabbing' })
  }

  move(pointer: BoardPointer): void {
    let angle = this.#angleOf(pointer.point) - this.#from
    // The angle shown is round, not the turn: an uneven shape comes upright again.
    if (pointer.shift) {
      angle = Math.round((this.frame.angle + angle) / ANGLE_STEP) * ANGLE_STEP - this.frame.angle
    }
    this.host.edit(rotateShapes(this.#frozen, this.#ids, angle, this.#centre))
  }

  end(pointer: BoardPointer): void {
    this.move(pointer)
    this.host.end()
    this.host.show({ isDragging: false, cursor: undefined })
  }

  cancel(): void {
    this.host.cancel()
    this.host.show({ isDragging: false, cursor: undefined })
  }

  #angleOf(point: Point): number {
    return Math.atan2(point.y - this.#centre.y, point.x - this.#centre.x)
  }
}
