import { centreOf } from '../../../shared/board/geometry/box'
import { curvePieces } from '../../../shared/board/geometry/curve'
import { towards } from '../../../shared/board/geometry/outline'
import type { Box, Point } from '../../../shared/board/shape'

export function rectanglePath(box: Box, radius: number): Path2D {
  const path = new Path2D()
  if (radius > 0) path.roundRect(box.x, box.y, box.width, box.height, radius)
  else path.rect(box.x, box.y, box.width, box.height)
  return path
}

export function ellipsePath(box: Box): Path2D {
  const path = new Path2D()
  const { x, y } = centreOf(box)
  path.ellipse(x, y, box.width / 2, box.height / 2, 0, 0, 2 * Math.PI)
  return path
}

export function diamondPath(box: Box, radius: number): Path2D {
  const path = new Path2D()
  const { x: midX, y: midY } = centreOf(box)
  const right = box.x + box.width
  const bottom = box.y + box.height
  if (radius === 0) {
    path.moveTo(midX, box.y)
    path.lineTo(right, midY)
    path.lineTo(midX, bottom)
    path.lineTo(box.x, midY)
  } else {
    // The same curves as the outline that arrows end at.
    const corners = [
      { x: midX, y: box.y },
      { x: right, y: midY },
      { x: midX, y: bottom },
      { x: box.x, y: midY },
    ]
    for (const [index, corner] of corners.entries()) {
      const from = towards(corner, corners[(index + 3) % 4] ?? corner, radius)
      const to = towards(corner, corners[(index + 1) % 4] ?? corner, radius)
      if (index === 0) path.moveTo(from.x, from.y)
      else path.lineTo(from.x, from.y)
      path.quadraticCurveTo(corner.x, corner.y, to.x, to.y)
    }
  }
  path.closePath()
  return path
}

/** Straight pieces, or a smooth curve that passes through every point. */
export function linePath(points: readonly Point[], curved: boolean, closed: boolean): Path2D {
  const path = new Path2D()
  const [first] = points
  if (first === undefined) return path
  path.moveTo(first.x, first.y)
  if (!curved || points.length < 3) {
    for (const point of points.slice(1)) path.lineTo(point.x, point.y)
  } else {
    for (const { control1, control2, to } of curvePieces(points, closed)) {
      path.bezierCurveTo(control1.x, control1.y, control2.x, control2.y, to.x, to.y)
    }
  }
  if (closed) path.closePath()
  return path
}
