/** Outlines of shapes: what is drawn, what a click meets and where arrows end. All in board coordinates. */
import {
  STROKE_STRIDE,
  type ArrowShape,
  type LineShape,
  type Point,
  type Shape,
  type StrokeShape,
} from '../shape'
import { centreOf, cornersOf } from './box'
import { flattenCurve } from './curve'
import { rotatePoint } from './vector'

/** Points along a rounded corner, and along an ellipse. */
const CORNER_POINTS = 4
const ELLIPSE_POINTS = 64
const LARGEST_RADIUS = 32
const RADIUS_SHARE = 0.25

/** Radius of rounded corners: a quarter of the shorter side, up to a limit. 0 for sharp ones. */
export function cornerRadius(shape: Shape): number {
  const isRound = (shape.type === 'rectangle' || shape.type === 'diamond') && shape.round
  return isRound ? Math.min(LARGEST_RADIUS, RADIUS_SHARE * Math.min(shape.box.width, shape.box.height)) : 0
}

/** Corners of a diamond before rotation, from the top, clockwise. */
export function diamondCorners({ box }: Pick<Shape, 'box'>): [Point, Point, Point, Point] {
  const { x, y } = centreOf(box)
  return [
    { x, y: box.y },
    { x: box.x + box.width, y },
    { x, y: box.y + box.height },
    { x: box.x, y },
  ]
}

/** The points of a line or arrow; of a bent one, points along the curve. */
export function linePath(shape: LineShape | ArrowShape): Point[] {
  const points = pointsOfLine(shape)
  const closed = shape.type === 'line' && shape.closed
  const path = shape.curved ? flattenCurve(points, closed) : points
  const first = path[0]
  if (closed && !shape.curved && first !== undefined) path.push(first)
  return path
}

/** The points that a line or arrow was given. */
export function pointsOfLine({ x, y, points }: Pick<LineShape, 'x' | 'y' | 'points'>): Point[] {
  const list: Point[] = []
  for (let i = 0; i + 1 < points.length; i += 2)
    list.push({ x: x + (points[i] as number), y: y + (points[i + 1] as number) })
  return list
}

/** The middle of a stroke, point by point, turned as the stroke is. */
export function strokePath(shape: StrokeShape): Point[] {
  const { x, y, points, scaleX, scaleY, angle, box } = shape
  const centre = centreOf(box)
  const list: Point[] = []
  for (let i = 0; i < points.length; i += STROKE_STRIDE) {
    const point = { x: x + (points[i] as number) * scaleX, y: y + (points[i + 1] as number) * scaleY }
    list.push(rotatePoint(point, angle, centre))
  }
  return list
}

/** The outline of a closed area: of a line or stroke, its path. */
export function outlineOf(shape: Shape): Point[] {
  switch (shape.type) {
    case 'line':
    case 'arrow':
      return linePath(shape)
    case 'draw':
    case 'highlight':
      return strokePath(shape)
    case 'ellipse':
    case 'rectangle':
    case 'diamond':
    case 'note':
    case 'text':
    case 'image':
    case 'frame': {
      const centre = centreOf(shape.box)
      return uprightOutline(shape).map((point) => rotatePoint(point, shape.angle, centre))
    }
  }
}

/** The outline of a shape that is no line, before rotation. */
function uprightOutline(shape: Shape): Point[] {
  if (shape.type === 'ellipse') {
    const centre = centreOf(shape.box)
    return Array.from({ length: ELLIPSE_POINTS }, (_, i) => {
      const turn = (i / ELLIPSE_POINTS) * 2 * Math.PI
      return {
        x: centre.x + (Math.cos(turn) * shape.box.width) / 2,
        y: centre.y + (Math.sin(turn) * shape.box.height) / 2,
      }
    })
  }
  const corners = shape.type === 'diamond' ? diamondCorners(shape) : cornersOf(shape.box)
  return roundCorners(corners, cornerRadius(shape))
}

/** A polygon with each corner replaced by points along a curve that begins `radius` before it. */
function roundCorners(corners: readonly Point[], radius: number): Point[] {
  if (radius === 0) return [...corners]
  return corners.flatMap((corner, i) => {
    const from = towards(corner, corners[(i + corners.length - 1) % corners.length] as Point, radius)
    const to = towards(corner, corners[(i + 1) % corners.length] as Point, radius)
    return Array.from({ length: CORNER_POINTS + 1 }, (_, step) => {
      const t = step / CORNER_POINTS
      const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t]
      return { x: a * from.x + b * corner.x + c * to.x, y: a * from.y + b * corner.y + c * to.y }
    })
  })
}

/** The point `length` from `from` on the way to `to`. */
export function towards(from: Point, to: Point, length: number): Point {
  const whole = Math.hypot(to.x - from.x, to.y - from.y)
  if (whole === 0) return from
  const share = length / whole
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}
