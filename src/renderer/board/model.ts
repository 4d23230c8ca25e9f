/** What the renderer uses of the board's model. */
import type { ShapeType } from '../../shared/board/shape'

export type { Box, Point, Shape, ShapeType } from '../../shared/board/shape'
export type { Colour, Fill } from '../../shared/board/palette'
export type { Align, Arrowhead, Dash, FillStyle, FontName, VerticalAlign } from '../../shared/board/style'

/** True for types with a text that people write: frames have a title, pictures a description. */
export function hasLabel(type: ShapeType): boolean {
  return isTextual(type) || type === 'frame' || type === 'image'
}

/** True for types that have a text which is edited on the board and set in a font of choice. */
export function isTextual(type: ShapeType): boolean {
  switch (type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
    case 'note':
    case 'text':
    case 'arrow':
      return true
    case 'line':
    case 'draw':
    case 'highlight':
    case 'image':
    case 'frame':
      return false
  }
}
