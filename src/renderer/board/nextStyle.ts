import {
  isTextual,
  type Align,
  type Arrowhead,
  type Colour,
  type Dash,
  type Fill,
  type FillStyle,
  type FontName,
  type ShapeType,
  type VerticalAlign,
} from './model'
import type { ShapeProps } from '../../shared/board/ops/props'

/** How the next shape will look: what was chosen last. */
export interface NextStyle {
  readonly stroke: Colour
  readonly fill: Fill
  readonly noteFill: Fill
  readonly highlight: Colour
  readonly fillStyle: FillStyle
  readonly strokeWidth: number
  readonly dash: Dash
  readonly opacity: number
  readonly round: boolean
  readonly curved: boolean
  readonly startHead: Arrowhead
  readonly endHead: Arrowhead
  readonly font: FontName
  readonly fontSize: number
  readonly align: Align
  readonly verticalAlign: VerticalAlign
}

export const FIRST_STYLE: NextStyle = {
  stroke: 'ink',
  fill: 'none',
  noteFill: 'yellow',
  highlight: 'yellow',
  fillStyle: 'solid',
  strokeWidth: 2,
  dash: 'solid',
  opacity: 1,
  round: true,
  curved: false,
  startHead: 'none',
  endHead: 'arrow',
  font: 'sans',
  fontSize: 20,
  align: 'center',
  verticalAlign: 'middle',
}

/** The properties a new shape of a type gets. */
export function styleOfNew(type: ShapeType, style: NextStyle): ShapeProps {
  const { stroke, fill, fillStyle, strokeWidth, dash, opacity, font, fontSize, align, verticalAlign } = style
  const text = isTextual(type) ? { font, fontSize } : {}
  const aligned = { ...text, align, verticalAlign }
  switch (type) {
    case 'rectangle':
    case 'diamond':
      return { stroke, fill, fillStyle, strokeWidth, dash, opacity, ...aligned, round: style.round }
    case 'ellipse':
      return { stroke, fill, fillStyle, strokeWidth, dash, opacity, ...aligned }
    case 'note':
      return { fill: style.noteFill, opacity, ...aligned }
    case 'text':
      return { stroke, opacity, ...text, align: align === 'center' ? 'left' : align }
    case 'line':
      return { stroke, fill, fillStyle, strokeWidth, dash, opacity, curved: style.curved }
    case 'arrow': {
      const { curved, startHead, endHead } = style
      return { stroke, strokeWidth, dash, opacity, ...text, curved, startHead, endHead }
    }
    case 'draw':
      return { stroke, strokeWidth, opacity }
    case 'highlight':
      return { stroke: style.highlight, strokeWidth, opacity }
    case 'image':
      return { opacity }
    case 'frame':
      return {}
  }
}
