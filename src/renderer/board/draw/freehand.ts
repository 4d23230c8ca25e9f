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

/**
 * The middle line of a stroke: what a highlighter draws with a broad pen, and what a pen stroke is from afar. Points
 * that are nearer to the one before than about half of `detail`, in board units, are left out.
 */
export function strokeCentre(shape: StrokeShape, detail = 0): Path2D {
  const { points, scaleX, scaleY } = shape
  // In steps of two, so that a path outlives small changes of the zoom.
  const step = detail > 0 ? 2 ** Math.floor(Math.log2(detail)) : 0
  const key = `${scaleX} ${scaleY} ${step}`
  const known = centres.get(points)
  if (known?.key === key) return known.path
  const path = new Path2D()
  const at = (i: number): [number, number] => [(points[i] ?? 0) * scaleX, (points[i + 1] ?? 0) * scaleY]
  let [lastX, lastY] = at(0)
  path.moveTo(lastX, lastY)
  const last = Math.max(0, points.length - STROKE_STRIDE)
  for (let i = STROKE_STRIDE; i < last; i += STROKE_STRIDE) {
    const [x, y] = at(i)
    if (Math.abs(x - lastX) < step && Math.abs(y - lastY) < step) continue
    const [nextX, nextY] = at(i + STROKE_STRIDE)
    path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2)
    lastX = x
    lastY = y
  }
  const [endX, endY] = at(last)
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
