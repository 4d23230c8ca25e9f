/** How Excalidraw's arrows are held by shapes, in our terms. */
import { firstMeeting, routeArrow, type FindShape } from '../geometry/arrowRoute'
import { boxHasPoint, centreOf, fractionsAt, grow } from '../geometry/box'
import { outlineOf, pointsOfLine, towards } from '../geometry/outline'
import { distance, rotatePoint } from '../geometry/vector'
import { MAX_GAP } from '../limits'
import type { ArrowShape, Binding, Point, Shape } from '../shape'

/** How far an end of an arrow may move by being bound, in board units: not so that anybody sees it. */
const TOLERANCE = 1

/**
 * The bindings with which `arrow` goes where it goes now: Excalidraw stores where the ends are, we work them out. An
 * end that no binding leaves in its place is not bound.
 */
export function bindingsFor(
  arrow: ArrowShape,
  holders: { readonly start: string | undefined; readonly end: string | undefined },
  find: FindShape,
): { readonly start: Binding | undefined; readonly end: Binding | undefined } {
  const points = pointsOfLine(arrow)
  const at = (index: number): Point => points.at(index) as Point
  const start = bindingTo(holders.start, at(0), at(1), find)
  const end = bindingTo(holders.end, at(-1), at(-2), find)
  const stays = (bound: ArrowShape): boolean => {
    const routed = pointsOfLine(routeArrow(bound, find))
    return (
      distance(routed[0] as Point, at(0)) <= TOLERANCE &&
      distance(routed.at(-1) as Point, at(-1)) <= TOLERANCE
    )
  }
  const options = [
    { start, end },
    { start, end: undefined },
    { start: undefined, end },
  ]
  const fitting = options.find((each) => stays({ ...arrow, ...each }))
  return fitting ?? { start: undefined, end: undefined }
}

/** How shape `id` holds an arrow's end at `end` that comes from `from`. */
function bindingTo(id: string | undefined, end: Point, from: Point, find: FindShape): Binding | undefined {
  const holder = id === undefined ? undefined : find(id)
  if (holder === undefined) return undefined
  const outline = outlineOf(holder)
  // The way of the arrow, on through all of the shape.
  const reach = distance(from, end) + 2 * (holder.box.width + holder.box.height)
  const beyond = towards(from, end, reach)
  const meets = firstMeeting(outline, end, beyond)
  const isInside = boxHasPoint(grow(holder.box, 0.01), upright(holder, end))
  if (meets === undefined || isInside)
    return { shapeId: holder.id, anchor: fractionsAt(holder.box, holder.angle, end), gap: 0, exact: true }
  const leaves = firstMeeting(outline, beyond, meets) ?? meets
  const gap = distance(end, meets)
  const aim = nearestOn(meets, leaves, centreOf(holder.box))
  return {
    shapeId: holder.id,
    anchor: fractionsAt(holder.box, holder.angle, aim),
    gap: Math.min(gap, MAX_GAP),
    exact: false,
  }
}

function upright(shape: Shape, point: Point): Point {
  return rotatePoint(point, -shape.angle, centreOf(shape.box))
}

/** The point of the segment from `a` to `b` nearest to `point`, but not at its very ends, where it would be a touch. */
function nearestOn(a: Point, b: Point, point: Point): Point {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / length
  const inside = Math.min(0.9, Math.max(0.1, share))
  return { x: a.x + dx * inside, y: a.y + dy * inside }
}
