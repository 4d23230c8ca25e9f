/** Where labels lie in their shapes, and how much room shapes give them. */
import type { Box, Labelled, Point } from './shape'
import { LABEL_PADDING, LINE_HEIGHT, type TextStyle } from './style'

/** Shapes that a label lies inside of. */
type Container = 'rectangle' | 'diamond' | 'ellipse' | 'note'

/** An arrow's label is broken at this width. */
export const ARROW_LABEL_WIDTH = 240

/** Part of the box, in each direction, that the largest upright rectangle inside the shape takes. */
const INSIDE: Readonly<Record<Container, number>> = {
  rectangle: 1,
  note: 1,
  ellipse: Math.SQRT1_2,
  diamond: 0.5,
}

/** Width at which the label of a shape is broken. At least one character fits. */
export function labelWidth(type: Container, shapeWidth: number, fontSize: number): number {
  return Math.max(fontSize, shapeWidth * INSIDE[type] - 2 * LABEL_PADDING)
}

/** Height that a shape needs so that `lines` lines fit. */
export function heightForLabel(type: Container, lines: number, fontSize: number): number {
  return (lines * fontSize * LINE_HEIGHT + 2 * LABEL_PADDING) / INSIDE[type]
}

/** What an upright label of `height` takes of its shape's box before rotation: text is aligned inside of it. */
export function labelBox(
  type: Container | 'text',
  box: Box,
  { fontSize, verticalAlign }: Pick<TextStyle, 'fontSize' | 'verticalAlign'>,
  lines: number,
): Box {
  if (type === 'text') return box
  const width = labelWidth(type, box.width, fontSize)
  const height = lines * fontSize * LINE_HEIGHT
  const room = Math.max(height, box.height * INSIDE[type] - 2 * LABEL_PADDING)
  const share = verticalAlign === 'top' ? 0 : verticalAlign === 'middle' ? 0.5 : 1
  return {
    x: box.x + (box.width - width) / 2,
    y: box.y + (box.height - room) / 2 + share * (room - height),
    width,
    height,
  }
}

/** Where the label of an arrow stands whose way has `middle` as its middle; what is drawn is broken there. */
export function arrowLabelBox(middle: Point, { lines, textWidth, fontSize }: Labelled): Box {
  const width = textWidth + LABEL_PADDING
  const height = lines.length * fontSize * LINE_HEIGHT
  return { x: middle.x - width / 2, y: middle.y - height / 2, width, height }
}
