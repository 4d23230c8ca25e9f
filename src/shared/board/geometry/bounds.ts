import { arrowLabelBox } from '../labels'
import type { ArrowShape, Box, Point, Shape } from '../shape'
import { boxAround, grow, rotatedBounds, unionOf } from './box'
import { linePath, strokePath } from './outline'
import { between, distance } from './vector'

/** Widest that a pen's and a highlighter's stroke gets, in stroke widths. */
export const PEN_SIZE = 4
export const HIGHLIGHTER_SIZE = 10
/** Length of an arrowhead: so much and so many stroke widths. */
const HEAD_LENGTH = 10
const HEAD_WIDTHS = 3
/** Height of the strip above a frame that its title stands in. */
export const FRAME_TITLE_HEIGHT = 24

/** Length of an arrow's heads, shorter on a short arrow. */
export function headLength(shape: ArrowShape): number {
  const full = HEAD_LENGTH + HEAD_WIDTHS * shape.strokeWidth
  return Math.min(full, Math.hypot(shape.box.width, shape.box.height) / 2)
}

/** The smallest box along the axes around a shape's geometry: what is selected, snapped to and aligned. */
export function boundsOf(shape: Shape): Box {
  switch (shape.type) {
    case 'line':
    case 'arrow':
      return shape.curved ? boxAround(linePath(shape)) : shape.box
    case 'draw':
    case 'highlight':
      return shape.angle === 0 ? shape.box : boxAround(strokePath(shape))
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
    case 'note':
    case 'text':
    case 'image':
    case 'frame':
      return rotatedBounds(shape.box, shape.angle)
  }
}

/** The box of everything a shape paints: the width of its line, arrowheads, label and title. */
export function paintBounds(shape: Shape): Box {
  const bounds = boundsOf(shape)
  switch (shape.type) {
    case 'arrow': {
      const painted = grow(bounds, shape.strokeWidth + headLength(shape))
      if (shape.label === '') return painted
      return unionOf([painted, arrowLabelBox(middleOf(linePath(shape)), shape)]) ?? painted
    }
    case 'frame': {
      const title = { ...bounds, y: bounds.y - FRAME_TITLE_HEIGHT, height: FRAME_TITLE_HEIGHT }
      return grow(unionOf([bounds, title]) ?? bounds, shape.strokeWidth)
    }
    case 'draw':
      return grow(bounds, (shape.strokeWidth * PEN_SIZE) / 2)
    case 'highlight':
      return grow(bounds, (shape.strokeWidth * HIGHLIGHTER_SIZE) / 2)
    case 'rectangle':
    case 'diamond':
    case 'ellipse': {
      // A label in a diamond that is not grown, one word wider than the shape for example, sticks out.
      const painted = grow(bounds, shape.strokeWidth)
      const tooWide = (shape.textWidth - bounds.width) / 2
      return shape.label === '' || tooWide <= 0 ? painted : grow(painted, tooWide)
    }
    case 'line':
    case 'note':
    case 'text':
    case 'image':
      return grow(bounds, shape.strokeWidth)
  }
}

/** The point half of the way along `path`, which has a point. */
export function middleOf(path: readonly Point[]): Point {
  let whole = 0
  for (let i = 1; i < path.length; i++) whole += distance(path[i - 1] as Point, path[i] as Point)
  let left = whole / 2
  for (let i = 1; i < path.length; i++) {
    const [from, to] = [path[i - 1] as Point, path[i] as Point]
    const length = distance(from, to)
    if (length >= left && length > 0) return between(from, to, left / length)
    left -= length
  }
  return path[0] as Point
}
