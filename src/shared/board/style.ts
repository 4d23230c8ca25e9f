/** Looks of shapes: the values they can have, their limits and what they are where a record does not say. */
import type { Colour, Fill } from './palette'

export const FILL_STYLES = ['solid', 'hatch', 'cross'] as const
export type FillStyle = (typeof FILL_STYLES)[number]

export const DASHES = ['solid', 'dashed', 'dotted'] as const
export type Dash = (typeof DASHES)[number]

export const ARROWHEADS = ['none', 'arrow', 'triangle', 'dot', 'bar', 'diamond'] as const
export type Arrowhead = (typeof ARROWHEADS)[number]

export const FONTS = ['sans', 'serif', 'mono'] as const
export type FontName = (typeof FONTS)[number]

export const ALIGNS = ['left', 'center', 'right'] as const
export type Align = (typeof ALIGNS)[number]

export const VERTICAL_ALIGNS = ['top', 'middle', 'bottom'] as const
export type VerticalAlign = (typeof VERTICAL_ALIGNS)[number]

/** Lengths are in board units: CSS pixels at zoom 1. */
export interface ShapeStyle {
  readonly stroke: Colour
  readonly fill: Fill
  readonly fillStyle: FillStyle
  readonly strokeWidth: number
  readonly dash: Dash
  /** 0 to 1. */
  readonly opacity: number
}

export interface TextStyle {
  readonly font: FontName
  readonly fontSize: number
  readonly align: Align
  readonly verticalAlign: VerticalAlign
}

export const MIN_STROKE_WIDTH = 0.5
export const MAX_STROKE_WIDTH = 100
export const MIN_FONT_SIZE = 4
export const MAX_FONT_SIZE = 1000
/** Height of a line of text, in font sizes. */
export const LINE_HEIGHT = 1.25
/** Space between the edge of a shape and its label. */
export const LABEL_PADDING = 8

export const DEFAULT_STYLE: ShapeStyle = {
  stroke: 'ink',
  fill: 'none',
  fillStyle: 'solid',
  strokeWidth: 2,
  dash: 'solid',
  opacity: 1,
}

/** A note has a fill of its own. */
export const DEFAULT_NOTE_FILL: Fill = 'yellow'

export const DEFAULT_FONT: FontName = 'sans'
export const DEFAULT_FONT_SIZE = 20
