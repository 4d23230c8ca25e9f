/**
 * Where arrows go that are held by shapes. The route is worked out whenever an arrow is read and stored nowhere, so
 * that moving a shape writes nothing to the arrows at it, and nobody's move can leave an arrow behind.
 */
import type { ArrowShape, Binding, Box, Point, Shape } from '../shape'
import { boxAround, pointAt } from './box'
import { outlineOf, pointsOfLine, towards } from './outline'
import { crossing, distance } from './vector'

/** Shapes that can hold an arrow's end. Arrows cannot, so no arrow follows itself. */
export type Holder = Shape & {
  readonly type: 'rectangle' | 'diamond' | 'ellipse' | 'note' | 'text' | 'image' | 'frame'
}

export function canHold(shape: Shape | undefined): shape is Holder {
  switch (shape?.type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
    case 'note':
    case 'text':
    case 'image':
    case 'frame':
      return true
    case 'arrow':
    case 'draw':
    case 'highlight':
    case 'line':
    case undefined:
      return false
  }
}

/** Finds a living shape. */
export type FindShape = (id: string) => Shape | undefined

/**
 * The arrow with its ends where the shapes that hold them are. An end whose shape is gone stays where it was stored.
 * The same arrow where nothing holds it.
 */
export function routeArrow(arrow: ArrowShape, find: FindShape): ArrowShape {
  const startHolder = holderOf(arrow.start, find)
  const endHolder = holderOf(arrow.end, find)
  if (startHolder === undefined && endHolder === undefined) return arrow
  const points = pointsOfLine(arrow)
  const last = points.length - 1
  // Both ends look at where the other one is held, not at where it comes out: neither depends on the other.
  const first = anchorOf(arrow.start, startHolder) ?? (points[0] as Point)
  const final = anchorOf(arrow.end, endHolder) ?? (points[last] as Point)
  const afterFirst = last > 1 ? (points[1] as Point) : final
  const beforeFinal = last > 1 ? (points[last - 1] as Point) : first
  if (startHolder !== undefined && arrow.start !== undefined)
    points[0] = endAt(startHolder, arrow.start, first, afterFirst)
  if (endHolder !== undefined && arrow.end !== undefined)
    points[last] = endAt(endHolder, arrow.end, final, beforeFinal)
  return withPoints(arrow, points)
}

/** A line or arrow through other points, in board coordinates. Its origin becomes the first. */
export function withPoints<S extends Shape & { readonly points: readonly number[] }>(
  shape: S,
  points: readonly Point[],
): S {
  const origin = points[0] as Point
  const box: Box = boxAround(points)
  const relative = points.flatMap((point) => [point.x - origin.x, point.y - origin.y])
  return { ...shape, x: origin.x, y: origin.y, box, points: relative }
}

function holderOf(binding: Binding | undefined, find: FindShape): Holder | undefined {
  const shape = binding === undefined ? undefined : find(binding.shapeId)
  return canHold(shape) ? shape : undefined
}

function anchorOf(binding: Binding | undefined, holder: Holder | undefined): Point | undefined {
  return binding === undefined || holder === undefined
    ? undefined
    : pointAt(holder.box, holder.angle, binding.anchor)
}

/**
 * The end of an arrow that comes from `from` and goes to `anchor` in `holder`: on the outline, less the gap. The
 * anchor itself where the arrow comes from inside of the shape.
 */
function endAt(holder: Holder, { exact, gap }: Binding, anchor: Point, from: Point): Point {
  if (exact) return anchor
  const meets = firstMeeting(outlineOf(holder), from, anchor)
  if (meets === undefined) return anchor
  const way = distance(from, meets)
  return towards(from, meets, Math.max(0, way - gap))
}

/** Where the way from `from` to `to` first crosses a polygon. */
export function firstMeeting(polygon: readonly Point[], from: Point, to: Point): Point | undefined {
  let nearest: number | undefined
  for (let i = 0; i < polygon.length; i++) {
    const share = crossing(from, to, polygon[i] as Point, polygon[(i + 1) % polygon.length] as Point)
    if (share !== undefined && (nearest === undefined || share < nearest)) nearest = share
  }
  return nearest === undefined
    ? undefined
    : { x: from.x + (to.x - from.x) * nearest, y: from.y + (to.y - from.y) * nearest }
}
