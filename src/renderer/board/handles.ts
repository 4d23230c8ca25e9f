import { boundsOf } from '../../shared/board/geometry/bounds'
import { centreOf, fractionsAt, unionOf } from '../../shared/board/geometry/box'
import { pointsOfLine } from '../../shared/board/geometry/outline'
import { rotatePoint } from '../../shared/board/geometry/vector'
import type { ArrowShape, Box, LineShape, Point, Shape } from '../../shared/board/shape'
import { toScreen, type Camera } from './camera'

/** The frame around what is selected. */
export interface SelectionFrame {
  readonly box: Box
  /** Turned with a single shape; 0 around several. */
  readonly angle: number
}

/** Sides of a frame as fractions of its box: what a handle drags. */
export interface BoxHandle {
  readonly kind: 'resize'
  readonly x: 0 | 0.5 | 1
  readonly y: 0 | 0.5 | 1
}

export type Handle =
  | BoxHandle
  | { readonly kind: 'rotate' }
  /** A point of a line; a `middle` one is made when it is dragged. */
  | { readonly kind: 'point'; readonly index: number }
  | { readonly kind: 'middle'; readonly index: number }

export interface PlacedHandle {
  readonly handle: Handle
  /** In CSS pixels of the screen. */
  readonly at: Point
}

/** Side of a handle on the screen, in CSS pixels. */
export const HANDLE_SIZE = 8
/** Space between shapes and their frame. */
export const FRAME_GAP = 4
const ROTATE_DISTANCE = 22
/** Sides shorter than this have no handle of their own: the corners would lie below it. */
const MIN_SIDE = 36
/** How near a press has to be to a handle. */
const REACH = { mouse: 8, pen: 12, touch: 18 } as const

/** How far the middle of a frame reaches from its centre, as a fraction of its sides. */
const CORE = 0.25

const CORNERS: readonly BoxHandle[] = [
  { kind: 'resize', x: 0, y: 0 },
  { kind: 'resize', x: 1, y: 0 },
  { kind: 'resize', x: 1, y: 1 },
  { kind: 'resize', x: 0, y: 1 },
]
const SIDES: readonly BoxHandle[] = [
  { kind: 'resize', x: 0.5, y: 0 },
  { kind: 'resize', x: 1, y: 0.5 },
  { kind: 'resize', x: 0.5, y: 1 },
  { kind: 'resize', x: 0, y: 0.5 },
]

export function frameAround(shapes: readonly Shape[]): SelectionFrame | undefined {
  const [only] = shapes
  if (shapes.length === 1 && only !== undefined) {
    const isTurned = only.angle !== 0
    return { box: isTurned ? only.box : boundsOf(only), angle: only.angle }
  }
  const box = unionOf(shapes.map(boundsOf))
  return box === undefined ? undefined : { box, angle: 0 }
}

/** True for a single line, which has handles at its points in place of a frame. */
export function hasPointHandles(shapes: readonly Shape[]): shapes is readonly [LineShape | ArrowShape] {
  const [only] = shapes
  return shapes.length === 1 && (only?.type === 'line' || only?.type === 'arrow') && only.points.length <= 64
}

/** Where the handles of what is selected stand. */
export function placeHandles(shapes: readonly Shape[], camera: Camera): PlacedHandle[] {
  if (shapes.length === 0 || shapes.some((shape) => shape.locked)) return []
  if (hasPointHandles(shapes)) return pointHandles(shapes[0], camera)
  const frame = frameAround(shapes)
  if (frame === undefined) return []
  const screen = frameOnScreen(frame, camera)
  const { box } = screen
  const middle = centreOf(box)
  const canRotate = shapes.every((shape) => shape.type !== 'frame')
  const boxHandles = [
    ...CORNERS,
    ...SIDES.filter((side) => (side.x === 0.5 ? box.width : box.height) >= MIN_SIDE),
  ]
  const placed: PlacedHandle[] = boxHandles.map((handle) => ({
    handle,
    at: rotatePoint(
      { x: box.x + handle.x * box.width, y: box.y + handle.y * box.height },
      screen.angle,
      middle,
    ),
  }))
  if (canRotate) {
    const at = rotatePoint({ x: middle.x, y: box.y - ROTATE_DISTANCE }, screen.angle, middle)
    placed.push({ handle: { kind: 'rotate' }, at })
  }
  return placed
}

/** The frame in CSS pixels, a little larger than what it is around. */
export function frameOnScreen(frame: SelectionFrame, camera: Camera): SelectionFrame {
  const corner = toScreen(camera, frame.box)
  return {
    box: {
      x: corner.x - FRAME_GAP,
      y: corner.y - FRAME_GAP,
      width: frame.box.width * camera.zoom + 2 * FRAME_GAP,
      height: frame.box.height * camera.zoom + 2 * FRAME_GAP,
    },
    angle: frame.angle,
  }
}

function pointHandles(shape: LineShape | ArrowShape, camera: Camera): PlacedHandle[] {
  const points = pointsOfLine(shape).map((point) => toScreen(camera, point))
  const placed: PlacedHandle[] = points.map((at, index) => ({ handle: { kind: 'point', index }, at }))
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1] as Point, points[index] as Point]
    if (Math.hypot(to.x - from.x, to.y - from.y) < MIN_SIDE) continue
    const at = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
    placed.push({ handle: { kind: 'middle', index }, at })
  }
  return placed
}

/** The handle of selected shapes at a screen position. */
export function handleAt(
  shapes: readonly Shape[],
  camera: Camera,
  screen: Point,
  pointer: keyof typeof REACH,
): Handle | undefined {
  const handles = placeHandles(shapes, camera)
  if (handles.length === 0 || (!hasPointHandles(shapes) && isInCore(shapes, camera, screen))) return undefined
  let best: Handle | undefined
  let least: number = REACH[pointer]
  for (const { handle, at } of handles) {
    const away = Math.hypot(at.x - screen.x, at.y - screen.y)
    if (away < least) {
      best = handle
      least = away
    }
  }
  return best
}

/** True in the middle of a frame, where a press moves what is selected: handles of a small shape would leave no place for that. */
function isInCore(shapes: readonly Shape[], camera: Camera, screen: Point): boolean {
  const frame = frameAround(shapes)
  if (frame === undefined) return false
  const { box, angle } = frameOnScreen(frame, camera)
  const { x, y } = fractionsAt(box, angle, screen)
  return Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) < CORE
}

/** The cursor over a handle of a frame turned by `angle`. */
export function handleCursor(handle: Handle, angle: number): string {
  if (handle.kind === 'rotate') return 'grab'
  if (handle.kind !== 'resize') return 'move'
  const direction = Math.atan2(handle.y - 0.5, handle.x - 0.5) + angle
  const eighth = ((Math.round(direction / (Math.PI / 4)) % 4) + 4) % 4
  return ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'][eighth] ?? 'move'
}
