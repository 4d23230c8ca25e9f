/** SVG path data. Numbers have at most two digits behind the point. */
import { cornersOf, centreOf } from '../geometry/box'
import { curvePieces } from '../geometry/curve'
import { cornerRadius, diamondCorners, pointsOfLine, towards } from '../geometry/outline'
import { penOutline } from '../geometry/penOutline'
import {
  STROKE_STRIDE,
  type ArrowShape,
  type Box,
  type ClosedShape,
  type LineShape,
  type Point,
  type StrokeShape,
} from '../shape'

export function num(value: number): string {
  return String(Math.round(value * 100) / 100 || 0)
}

export function at({ x, y }: Point): string {
  return `${num(x)} ${num(y)}`
}

/** The outline of a closed shape before rotation. */
export function closedPath(shape: ClosedShape): string {
  if (shape.type === 'ellipse') {
    const { x, y } = centreOf(shape.box)
    const [rx, ry] = [num(shape.box.width / 2), num(shape.box.height / 2)]
    const left = at({ x: shape.box.x, y })
    const right = at({ x: 2 * x - shape.box.x, y })
    return `M${left}A${rx} ${ry} 0 1 1 ${right}A${rx} ${ry} 0 1 1 ${left}Z`
  }
  const corners = shape.type === 'diamond' ? diamondCorners(shape) : cornersOf(shape.box)
  return polygonPath(corners, cornerRadius(shape))
}

export function boxPath(box: Box, radius = 0): string {
  return polygonPath(cornersOf(box), radius)
}

/** A convex polygon, given clockwise, its corners rounded by arcs of `radius`. */
function polygonPath(corners: readonly Point[], radius: number): string {
  if (radius === 0) return `M${corners.map(at).join('L')}Z`
  const count = corners.length
  const pieces = corners.map((corner, i) => {
    const before = corners[(i + count - 1) % count] as Point
    const after = corners[(i + 1) % count] as Point
    const half = angleBetween(before, corner, after) / 2
    // The arc touches both sides so far from the corner.
    const offset = radius / Math.tan(half)
    const arc = `A${num(radius)} ${num(radius)} 0 0 1 ${at(towards(corner, after, offset))}`
    return `${i === 0 ? 'M' : 'L'}${at(towards(corner, before, offset))}${arc}`
  })
  return `${pieces.join('')}Z`
}

/** The angle at `corner`, 0 to pi. */
function angleBetween(a: Point, corner: Point, b: Point): number {
  const [ax, ay, bx, by] = [a.x - corner.x, a.y - corner.y, b.x - corner.x, b.y - corner.y]
  return Math.atan2(Math.abs(ax * by - ay * bx), ax * bx + ay * by)
}

/** A line or arrow, straight or curved. */
export function linePathData(shape: LineShape | ArrowShape): string {
  const points = pointsOfLine(shape)
  const isClosed = shape.type === 'line' && shape.closed
  const end = isClosed ? 'Z' : ''
  if (!shape.curved || points.length < 3) return `M${points.map(at).join('L')}${end}`
  const pieces = curvePieces(points, isClosed).map(
    ({ control1, control2, to }) => `C${at(control1)} ${at(control2)} ${at(to)}`,
  )
  return `M${at(points[0] as Point)}${pieces.join('')}${end}`
}

/** The outline of a pen stroke relative to its origin, to be filled. */
export function inkPath(shape: StrokeShape): string {
  const outline = penOutline(shape)
  const count = outline.length
  if (count < 3) return ''
  const point = (i: number): Point => {
    const [x = 0, y = 0] = outline[i % count] ?? []
    return { x, y }
  }
  const middle = (i: number): string => {
    const [a, b] = [point(i), point(i + 1)]
    return at({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
  }
  const pieces = outline.map((_, i) => `Q${at(point(i + 1))} ${middle(i + 1)}`)
  return `M${middle(0)}${pieces.join('')}Z`
}

/** The middle of a stroke relative to its origin, smoothed. */
export function strokeCentrePath({ points, scaleX, scaleY }: StrokeShape): string {
  const centres: Point[] = []
  for (let i = 0; i + 1 < points.length; i += STROKE_STRIDE)
    centres.push({ x: (points[i] as number) * scaleX, y: (points[i + 1] as number) * scaleY })
  const [first, ...rest] = centres
  if (first === undefined) return ''
  const pieces = rest.slice(0, -1).map((point, i) => {
    const next = rest[i + 1] as Point
    return `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`
  })
  // A dot is a line of no length, which round caps make visible.
  return `M${at(first)}${pieces.join('')}L${at(rest.at(-1) ?? first)}`
}

/** Lines at 45 degrees over all of a box, falling (1) or rising (-1). */
export function hatchPath(box: Box, slope: 1 | -1): string {
  const step = Math.max(HATCH_STEP, (box.width + box.height) / 400)
  const bottom = box.y + box.height
  const [top, foot] = slope === 1 ? [box.y, bottom] : [bottom, box.y]
  let data = ''
  for (let offset = -box.height; offset < box.width; offset += step) {
    const x = box.x + offset
    data += `M${at({ x, y: top })}L${at({ x: x + box.height, y: foot })}`
  }
  return data
}

/** Distance between hatching lines, in board units. */
const HATCH_STEP = 9
