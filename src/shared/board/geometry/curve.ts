/** Smooth curves through points: Catmull-Rom splines, drawn as cubic Bezier pieces. */
import type { Point } from '../shape'

export interface Bezier {
  readonly from: Point
  readonly control1: Point
  readonly control2: Point
  readonly to: Point
}

/** Straight pieces that a Bezier piece is measured by. */
const PIECES = 12

/** The pieces of a curve through `points`, one between each two of them. */
export function curvePieces(points: readonly Point[], closed = false): Bezier[] {
  const count = points.length
  const at = (index: number): Point =>
    points[closed ? (index + count) % count : Math.min(count - 1, Math.max(0, index))] as Point
  const pieces: Bezier[] = []
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)]
    pieces.push({
      from,
      control1: { x: from.x + (to.x - before.x) / 6, y: from.y + (to.y - before.y) / 6 },
      control2: { x: to.x - (after.x - from.x) / 6, y: to.y - (after.y - from.y) / 6 },
      to,
    })
  }
  return pieces
}

/** The curve as straight pieces that are near enough for hits, bounds and crossings. */
export function flattenCurve(points: readonly Point[], closed = false): Point[] {
  const first = points[0]
  if (first === undefined || points.length < 3) return [...points]
  const flat: Point[] = [first]
  for (const { from, control1, control2, to } of curvePieces(points, closed)) {
    for (let i = 1; i <= PIECES; i++) {
      const t = i / PIECES
      const u = 1 - t
      const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
      flat.push({
        x: a * from.x + b * control1.x + c * control2.x + d * to.x,
        y: a * from.y + b * control1.y + c * control2.y + d * to.y,
      })
    }
  }
  return flat
}
