import { centreOf, cornersOf } from '../geometry/box'
import { diamondCorners } from '../geometry/outline'
import { rotatePoint } from '../geometry/vector'
import type { Point, Shape } from '../shape'

/**
 * Excalidraw's measure of where an arrow at `holder` aims, with which it keeps the arrow in place when the shape is
 * moved there: how far from the middle, in half diagonals, the arrow's line crosses the nearer diagonal; negative on
 * one side. 0 is the middle. `end` is the arrow's end, `next` the point before it.
 */
export function focusOf(holder: Shape, end: Point, next: Point): number {
  const centre = centreOf(holder.box)
  const from = rotatePoint(next, -holder.angle, centre)
  const to = rotatePoint(end, -holder.angle, centre)
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  if (dx === 0 && dy === 0) return 0
  const side = Math.sign((from.x - to.x) * (centre.y - to.y) - (from.y - to.y) * (centre.x - to.x)) * -1
  const corners = holder.type === 'diamond' ? diamondCorners(holder) : cornersOf(holder.box)
  const shares = corners.slice(0, 2).flatMap((corner) => {
    // from + t (to - from) = centre + s (corner - centre), solved for s.
    const [ex, ey] = [corner.x - centre.x, corner.y - centre.y]
    const cross = dx * ey - dy * ex
    return cross === 0 ? [] : [Math.abs(((centre.x - from.x) * dy - (centre.y - from.y) * dx) / cross)]
  })
  const nearest = Math.min(...shares)
  return Number.isFinite(nearest) ? side * Math.min(nearest, MAX_FOCUS) : 0
}

/** Beyond the corners nothing is aimed at. */
const MAX_FOCUS = 1
