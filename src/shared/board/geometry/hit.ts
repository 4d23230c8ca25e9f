/** What a click, an eraser or a marquee meets. */
import { arrowLabelBox } from '../labels'
import type { Box, Point, Shape } from '../shape'
import { FRAME_TITLE_HEIGHT, boundsOf, HIGHLIGHTER_SIZE, middleOf, paintBounds, PEN_SIZE } from './bounds'
import { boxesTouch, boxHasPoint, boxHolds, centreOf, cornersOf, grow } from './box'
import { linePath, outlineOf, strokePath } from './outline'
import { crossing, distance, distanceToSegment, isInside, rotatePoint } from './vector'

/** True where a click at `point` means `shape`, missing it by at most `tolerance` board units. */
export function hitsShape(shape: Shape, point: Point, tolerance: number): boolean {
  if (!boxHasPoint(grow(paintBounds(shape), tolerance), point)) return false
  const reach = tolerance + shape.strokeWidth / 2
  switch (shape.type) {
    case 'note':
    case 'text':
    case 'image':
      return boxHasPoint(grow(shape.box, tolerance), upright(shape, point))
    case 'rectangle':
    case 'diamond':
    case 'ellipse': {
      const outline = outlineOf(shape)
      // A shape without a fill is taken at its line, so that one can draw in it, or at its label.
      const isSolid = shape.fill !== 'none' || shape.label !== ''
      return (isSolid && isInside(point, outline)) || distanceToPath(point, closed(outline)) <= reach
    }
    case 'frame': {
      const { box } = shape
      const title = { ...box, y: box.y - FRAME_TITLE_HEIGHT, height: FRAME_TITLE_HEIGHT }
      return boxHasPoint(title, point) || distanceToPath(point, closed(cornersOf(box))) <= reach
    }
    case 'line': {
      const path = linePath(shape)
      const isFilled = shape.closed && shape.fill !== 'none'
      return (isFilled && isInside(point, path)) || distanceToPath(point, path) <= reach
    }
    case 'arrow': {
      const path = linePath(shape)
      if (distanceToPath(point, path) <= reach) return true
      return shape.label !== '' && boxHasPoint(arrowLabelBox(middleOf(path), shape), point)
    }
    case 'draw':
      return distanceToPath(point, strokePath(shape)) <= tolerance + (shape.strokeWidth * PEN_SIZE) / 2
    case 'highlight':
      return (
        distanceToPath(point, strokePath(shape)) <= tolerance + (shape.strokeWidth * HIGHLIGHTER_SIZE) / 2
      )
  }
}

/** True where any of `shape` lies in `box`. */
export function touchesBox(shape: Shape, box: Box): boolean {
  const bounds = boundsOf(shape)
  if (!boxesTouch(bounds, box)) return false
  if (boxHolds(box, bounds)) return true
  const outline = outlineOf(shape)
  if (outline.some((point) => boxHasPoint(box, point))) return true
  const isArea = !isOpen(shape)
  const path = isArea ? closed(outline) : outline
  const edges = closed(cornersOf(box))
  for (let i = 1; i < path.length; i++)
    for (let j = 1; j < edges.length; j++)
      if (
        crossing(path[i - 1] as Point, path[i] as Point, edges[j - 1] as Point, edges[j] as Point) !==
        undefined
      )
        return true
  // A frame is taken at its edge: a marquee inside of it means what it holds.
  return isArea && shape.type !== 'frame' && isInside(centreOf(box), outline)
}

/** True where all of `shape` lies in `box`. */
export function liesInBox(shape: Shape, box: Box): boolean {
  return boxHolds(box, boundsOf(shape))
}

/** Distance of `point` from a path of at least one point. */
export function distanceToPath(point: Point, path: readonly Point[]): number {
  let least = path[0] === undefined ? Infinity : distance(point, path[0])
  for (let i = 1; i < path.length; i++)
    least = Math.min(least, distanceToSegment(point, path[i - 1] as Point, path[i] as Point))
  return least
}

function upright(shape: Shape, point: Point): Point {
  return rotatePoint(point, -shape.angle, centreOf(shape.box))
}

function closed(path: readonly Point[]): Point[] {
  return path[0] === undefined ? [] : [...path, path[0]]
}

function isOpen(shape: Shape): boolean {
  return (
    shape.type === 'arrow' ||
    shape.type === 'draw' ||
    shape.type === 'highlight' ||
    (shape.type === 'line' && !shape.closed)
  )
}
