import type { RecordsOp } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import { centreOf } from '../geometry/box'
import { pointsOfLine } from '../geometry/outline'
import { rotatePoint } from '../geometry/vector'
import { clamp, MAX_SCALE, MAX_SIZE, MIN_SIZE } from '../limits'
import { MAX_FONT_SIZE, MIN_FONT_SIZE } from '../style'
import type { Binding, Box, Point, Shape } from '../shape'
import { Edits } from './edits'
import type { ShapeProps } from './props'
import { livingOf, withContents } from './selection'

/** The box with handles around a selection: of one shape, turned as that is; of several, along the axes. */
export interface SelectionFrame {
  readonly box: Box
  readonly angle: number
}

/**
 * Where the frame's box goes, before rotation about the centre of the **old** box. A negative width or height is a
 * box that has been pulled over its own edge: x and y stay the image of the old top left corner.
 */
export interface ResizeTarget {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * Resizes and mirrors shapes as the frame around them is. What belongs to a frame stays where it is. A shape that
 * is turned against the frame keeps its proportions. `wasMirrored`: an earlier op of the same gesture has mirrored them.
 */
export function resizeShapes(
  board: BoardReader,
  ids: Iterable<string>,
  frame: SelectionFrame,
  target: ResizeTarget,
  wasMirrored = false,
): RecordsOp {
  const edits = new Edits()
  const shapes = livingOf(board, ids)
  const pivot = centreOf(frame.box)
  const sx = frame.box.width === 0 ? 1 : target.width / frame.box.width
  const sy = frame.box.height === 0 ? 1 : target.height / frame.box.height
  const [isMirroredX, isMirroredY] = [sx < 0, sy < 0]
  const place = (point: Point): Point => {
    const { x, y } = rotatePoint(point, -frame.angle, pivot)
    const scaled = { x: target.x + (x - frame.box.x) * sx, y: target.y + (y - frame.box.y) * sy }
    return rotatePoint(scaled, frame.angle, pivot)
  }
  for (const [id, shape] of shapes) {
    const props = isLine(shape)
      ? lineThrough(pointsOfLine(shape).map(place))
      : resized(shape, place(centreOf(shape.box)), shape.angle - frame.angle, sx, sy, shapes.size === 1)
    edits.set(id, props)
    // Only then: whoever only makes a shape larger must not take back that somebody else turns it meanwhile.
    if (isMirroredX || isMirroredY || wasMirrored) {
      edits.set(id, turnedBy(shape, frame.angle, isMirroredX !== isMirroredY))
      edits.set(id, heldBy(shape, shapes, isMirroredX, isMirroredY))
    }
  }
  return edits.op()
}

/** Turns shapes about a point. Frames are not turned: they, and all that is in them, only go round it. */
export function rotateShapes(
  board: BoardReader,
  ids: Iterable<string>,
  angle: number,
  centre: Point,
): RecordsOp {
  const edits = new Edits()
  for (const [id, shape] of withContents(board, ids)) {
    if (isLine(shape)) {
      const turned = pointsOfLine(shape).map((point) => rotatePoint(point, angle, centre))
      edits.set(id, lineThrough(turned))
      continue
    }
    const from = centreOf(shape.box)
    const to = rotatePoint(from, angle, centre)
    const place = { x: shape.x + to.x - from.x, y: shape.y + to.y - from.y }
    edits.set(id, shape.type === 'frame' ? place : { ...place, angle: normal(shape.angle + angle) })
  }
  return edits.op()
}

/** Mirrors shapes in the box around them. */
export function flipShapes(
  board: BoardReader,
  ids: Iterable<string>,
  bounds: Box,
  axis: 'horizontal' | 'vertical',
): RecordsOp {
  const { x, y, width, height } = bounds
  const target =
    axis === 'horizontal'
      ? { x: x + width, y, width: -width, height }
      : { x, y: y + height, width, height: -height }
  return resizeShapes(board, ids, { box: bounds, angle: 0 }, target)
}

/** Draws a line or arrow through other points, in board coordinates: at least two. */
export function setLinePoints(id: string, points: readonly Point[]): RecordsOp {
  return new Edits().set(id, lineThrough(points)).op()
}

function isLine(shape: Shape): shape is Shape & { readonly type: 'line' | 'arrow' } {
  return shape.type === 'line' || shape.type === 'arrow'
}

/** Properties of a line through points in board coordinates. */
export function lineThrough(points: readonly Point[]): ShapeProps {
  const { x, y } = points[0] as Point
  return { x, y, points: points.flatMap((point) => [point.x - x, point.y - y]) }
}

/** The points with one more, where it lengthens the way least. */
export function withPointAt(points: readonly Point[], at: Point): readonly Point[] {
  const away = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)
  let best = 1
  let least = Infinity
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1] as Point, points[i] as Point]
    const longer = away(from, at) + away(at, to) - away(from, to)
    if (longer < least) [best, least] = [i, longer]
  }
  return points.toSpliced(best, 0, at)
}

/** Smaller angles, in radians, come from rounding. */
const ANGLE_ERROR = 1e-5

/** The angle of a shape in a frame that may be mirrored. */
function turnedBy(shape: Shape, frameAngle: number, isMirrored: boolean): ShapeProps {
  if (shape.type === 'frame' || isLine(shape)) return {}
  return { angle: isMirrored ? normal(2 * frameAngle - shape.angle) : shape.angle }
}

/** Where an arrow is held that may be mirrored with what holds it: at the other side then. Nothing for all else. */
function heldBy(
  shape: Shape,
  shapes: ReadonlyMap<string, Shape>,
  isMirroredX: boolean,
  isMirroredY: boolean,
): ShapeProps {
  if (shape.type !== 'arrow') return {}
  const mirrored = (end: Binding | undefined): Binding | undefined => {
    if (end === undefined || !shapes.has(end.shapeId)) return undefined
    const { x, y } = end.anchor
    return { ...end, anchor: { x: isMirroredX ? 1 - x : x, y: isMirroredY ? 1 - y : y } }
  }
  const [start, end] = [mirrored(shape.start), mirrored(shape.end)]
  return { ...(start && { start }), ...(end && { end }) }
}

/** Size and place of a shape whose box goes to `centre`. `turn` is its angle against the frame. */
function resized(
  shape: Exclude<Shape, { type: 'line' | 'arrow' }>,
  centre: Point,
  turn: number,
  sx: number,
  sy: number,
  isAlone: boolean,
): ShapeProps {
  const { box } = shape
  const [kx, ky] = scalesInside(turn, Math.abs(sx), Math.abs(sy))
  const around = (width: number, height: number): ShapeProps => ({
    x: centre.x - width / 2,
    y: centre.y - height / 2,
    width,
    height,
  })
  const width = clamp(box.width * kx, MIN_SIZE, MAX_SIZE)
  const height = clamp(box.height * ky, MIN_SIZE, MAX_SIZE)
  switch (shape.type) {
    case 'draw':
    case 'highlight': {
      const origin = centreOf(box)
      const scaleX = factor(shape.scaleX * kx * Math.sign(sx || 1))
      const scaleY = factor(shape.scaleY * ky * Math.sign(sy || 1))
      return {
        x: centre.x + ((shape.x - origin.x) * scaleX) / shape.scaleX,
        y: centre.y + ((shape.y - origin.y) * scaleY) / shape.scaleY,
        scaleX,
        scaleY,
      }
    }
    case 'text': {
      // Pulled at a side, text is broken anew; otherwise it grows.
      if (isAlone && Math.abs(ky - 1) < 1e-6 && Math.abs(kx - 1) > 1e-6)
        return { ...around(width, box.height), wraps: true }
      const k = Math.sqrt(kx * ky)
      const fontSize = clamp(shape.fontSize * k, MIN_FONT_SIZE, MAX_FONT_SIZE)
      const grown = fontSize / shape.fontSize
      return { ...around(box.width * grown, box.height * grown), fontSize }
    }
    case 'image': {
      const flipX = shape.flipX !== sx < 0
      const flipY = shape.flipY !== sy < 0
      return { ...around(width, height), flipX, flipY }
    }
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
    case 'note':
    case 'frame':
      return around(width, height)
  }
}

/** How a shape that is turned by `turn` against what scales it grows along its own sides. */
function scalesInside(turn: number, sx: number, sy: number): [number, number] {
  const quarters = turn / (Math.PI / 2)
  if (Math.abs(quarters - Math.round(quarters)) > 1e-3) return [Math.sqrt(sx * sy), Math.sqrt(sx * sy)]
  return Math.round(quarters) % 2 === 0 ? [sx, sy] : [sy, sx]
}

/** A scale that is neither 0 nor too large. */
function factor(scale: number): number {
  const size = clamp(Math.abs(scale), 1 / MAX_SCALE, MAX_SCALE)
  return scale < 0 ? -size : size
}

function normal(angle: number): number {
  const turn = angle % (2 * Math.PI)
  const positive = turn < 0 ? turn + 2 * Math.PI : turn
  // Turning there and back leaves a shape upright, not turned by a rounding error.
  return positive < ANGLE_ERROR || positive > 2 * Math.PI - ANGLE_ERROR ? 0 : positive
}
