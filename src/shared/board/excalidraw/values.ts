/** Values of single properties in Excalidraw's words and ours. */
import type { Arrowhead, Align, Dash, FillStyle, FontName, VerticalAlign } from '../style'

export function fillStyleFrom(style: string): FillStyle {
  return style === 'cross-hatch' ? 'cross' : style === 'solid' ? 'solid' : 'hatch'
}

export function fillStyleTo(style: FillStyle): string {
  return style === 'cross' ? 'cross-hatch' : style === 'hatch' ? 'hachure' : 'solid'
}

export function dashFrom(style: string): Dash {
  return style === 'dashed' || style === 'dotted' ? style : 'solid'
}

export function arrowheadFrom(head: string | null | undefined): Arrowhead {
  switch (head) {
    case null:
    case undefined:
      return 'none'
    case 'dot':
    case 'circle':
    case 'circle_outline':
      return 'dot'
    case 'bar':
    case 'triangle':
    case 'diamond':
      return head
    case 'triangle_outline':
      return 'triangle'
    case 'diamond_outline':
      return 'diamond'
    default:
      return 'arrow'
  }
}

export function arrowheadTo(head: Arrowhead): string | null {
  return head === 'none' ? null : head === 'dot' ? 'circle' : head
}

/** Numbers of Excalidraw's fonts: 3 Cascadia and 8 Comic Shanns have one width; the others are for handwriting and text. */
export function fontFrom(family: number): FontName {
  return family === 3 || family === 8 ? 'mono' : 'sans'
}

/** 2 is Helvetica, 3 Cascadia: every version of Excalidraw has them. */
export function fontTo(font: FontName): number {
  return font === 'mono' ? 3 : 2
}

export function alignFrom(align: string): Align {
  return align === 'center' || align === 'right' ? align : 'left'
}

export function verticalAlignFrom(align: string): VerticalAlign {
  return align === 'middle' || align === 'bottom' ? align : 'top'
}

/** A freehand stroke of width 1 is so much wider there than here. */
export const FREEDRAW_WIDTH = 4.25 / 2.4
/** A highlighter is a wide, see-through freehand stroke there. */
export const HIGHLIGHT_WIDTH = 10 / 4.25
export const HIGHLIGHT_OPACITY = 40
/** Distance in each direction of the two points that make a dot there. */
export const DOT_STEP = 0.0001
