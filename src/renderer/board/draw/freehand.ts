import { penOutline } from '../../../shared/board/geometry/penOutline'
import { STROKE_STRIDE, type StrokeShape } from '../../../shared/board/shape'

/** What a stroke looks like, worked out from its points. */
interface Ink {
  readonly key: string
  readonly path: Path2D
}

/** Points never change and outlive moves of their shape: what they look like is worked out once. */
const inks = new WeakMap<readonly number[], Ink>()
const centres = new WeakMap<readonly number[], Ink>()

/** Outline of a pen stroke, to be filled, relative to the shape's origin. */
export function inkPath(shape: StrokeShape): Path2D {
  const { points, scaleX, scaleY, strokeWidth, hasPressure } = shape
  const key = `${scaleX} ${scaleY} ${strokeWidth} ${String(hasPressure)}`
  const known = inks.get(points)
  if (known?.key === key) return known.path
  const path = smoothPolygon(penOutline(shape))
  inks.set(points, { key, path })
  return path
}

/** The middle line of a stroke: what a highlighter draws with a broad pen, and what a pen stroke is from afar. */
export function strokeCentre(shape: StrokeShape): Path2D {
  const { points, scaleX, scaleY } = shape
  const key = `${scaleX} ${scaleY}`
  const known = centres.get(points)
  if (known?.key === key) return known.path
  const path = new Path2D()
  const at = (i: number): [number, number] => [(points[i] ?? 0) * scaleX, (points[i + 1] ?? 0) * scaleY]
  const [startX, startY] = at(0)
  path.moveTo(startX, startY)
  const last = points.length - STROKE_STRIDE
  for (let i = STROKE_STRIDE; i < last; i += STROKE_STRIDE) {
    const [x, y] = at(i)
    const [nextX, nextY] = at(i + STROKE_STRIDE)
    path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2)
  }
  const [endX, endY] = at(Math.max(0, last))
  // A dot is a line of no length, which round caps make visible.
  path.lineTo(endX, endY)
  centres.set(points, { key, path })
  return path
}

/** A closed curve through the middles of a polygon's sides. */
function smoothPolygon(polygon: readonly (readonly number[])[]): Path2D {
  const path = new Path2D()
  const count = polygon.length
  if (count < 3) return path
  const x = (i: number): number => polygon[i % count]?.[0] ?? 0
  const y = (i: number): number => polygon[i % count]?.[1] ?? 0
  path.moveTo((x(0) + x(1)) / 2, (y(0) + y(1)) / 2)
  for (let i = 1; i <= count; i++) {
    path.quadraticCurveTo(x(i), y(i), (x(i) + x(i + 1)) / 2, (y(i) + y(i + 1)) / 2)
  }
  path.closePath()
  return path
}
