/** Rectangles along the axes. */
import type { Box, Point } from '../shape'
import { rotatePoint } from './vector'

export function centreOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Corners from the top left, clockwise. */
export function cornersOf({ x, y, width, height }: Box): [Point, Point, Point, Point] {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ]
}

/** The smallest box around `points`, of which there is at least one. */
export function boxAround(points: readonly Point[]): Box {
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (const { x, y } of points) {
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  return { x: minX, y: minY, width: maxX - minX, height: maxY - minY }
}

/** The smallest box around `boxes`; undefined for none. */
export function unionOf(boxes: Iterable<Box>): Box | undefined {
  let left = Infinity
  let top = Infinity
  let right = -Infinity
  let bottom = -Infinity
  for (const box of boxes) {
    left = Math.min(left, box.x)
    top = Math.min(top, box.y)
    right = Math.max(right, box.x + box.width)
    bottom = Math.max(bottom, box.y + box.height)
  }
  return left === Infinity ? undefined : { x: left, y: top, width: right - left, height: bottom - top }
}

/** The smallest box along the axes around `box` turned by `angle` about its centre. */
export function rotatedBounds(box: Box, angle: number): Box {
  if (angle === 0) return box
  const centre = centreOf(box)
  return boxAround(cornersOf(box).map((corner) => rotatePoint(corner, angle, centre)))
}

export function grow(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by }
}

/** True where the two share a point, an edge included. */
export function boxesTouch(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
}

export function boxHolds(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  )
}

export function boxHasPoint(box: Box, point: Point): boolean {
  return point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height
}

/** The point at fractions `at` of a box that is turned by `angle`. */
export function pointAt(box: Box, angle: number, at: Point): Point {
  return rotatePoint({ x: box.x + at.x * box.width, y: box.y + at.y * box.height }, angle, centreOf(box))
}

/** Fractions, 0 to 1, at which `point` lies in a box that is turned by `angle`; the nearest where it lies outside. */
export function fractionsAt(box: Box, angle: number, point: Point): Point {
  const { x, y } = rotatePoint(point, -angle, centreOf(box))
  const fraction = (offset: number, length: number): number =>
    length === 0 ? 0.5 : Math.min(1, Math.max(0, offset / length))
  return { x: fraction(x - box.x, box.width), y: fraction(y - box.y, box.height) }
}
