import type { SvgLook } from '../../../../src/shared/board/svg'

/** A theme that draws every colour by its name. */
export const plainLook: SvgLook = {
  paper: '#ffffff',
  frame: 'grey',
  frameTitle: 'grey',
  highlightOpacity: 0.4,
  strokeTone: (colour) => colour,
  fillTone: (fill) => `light-${fill}`,
  labelTone: (shape) => `letters-${shape.stroke}`,
  fontFamily: (font) => font,
  image: (asset) => (asset === 'known' ? 'data:image/png;base64,AAAA' : undefined),
}
