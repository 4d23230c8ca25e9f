/** What the style panel offers: values, their names and how they are shown. */

export const WIDTHS = [
  { value: 1, label: 'board.widthThin', picture: 'w1' },
  { value: 2, label: 'board.widthMedium', picture: 'w2' },
  { value: 4, label: 'board.widthBold', picture: 'w4' },
  { value: 8, label: 'board.widthExtra', picture: 'w8' },
] as const
export const SIZES = [
  { value: 16, label: 'board.sizeSmall', text: 'S' },
  { value: 20, label: 'board.sizeMedium', text: 'M' },
  { value: 28, label: 'board.sizeLarge', text: 'L' },
  { value: 40, label: 'board.sizeExtra', text: 'XL' },
] as const
export const DASHES = [
  { value: 'solid', label: 'board.dashSolid', picture: 'solid' },
  { value: 'dashed', label: 'board.dashDashed', picture: 'dashed' },
  { value: 'dotted', label: 'board.dashDotted', picture: 'dotted' },
] as const
export const FILLS = [
  { value: 'solid', label: 'board.fillSolid', picture: 'fill' },
  { value: 'hatch', label: 'board.fillHatch', picture: 'hatch' },
  { value: 'cross', label: 'board.fillCross', picture: 'cross' },
] as const
export const FONTS = [
  { value: 'sans', label: 'board.fontSans', text: 'Aa', family: 'var(--font-ui)' },
  { value: 'serif', label: 'board.fontSerif', text: 'Aa', family: 'var(--font-text)' },
  { value: 'mono', label: 'board.fontMono', text: 'Aa', family: 'var(--font-code)' },
] as const
export const ALIGNS = [
  { value: 'left', label: 'board.alignLeft', picture: 'left' },
  { value: 'center', label: 'board.alignCentre', picture: 'centre' },
  { value: 'right', label: 'board.alignRight', picture: 'right' },
] as const
export const VERTICAL_ALIGNS = [
  { value: 'top', label: 'board.alignTop', picture: 'top' },
  { value: 'middle', label: 'board.alignMiddle', picture: 'middle' },
  { value: 'bottom', label: 'board.alignBottom', picture: 'bottom' },
] as const
export const CORNERS = [
  { value: false, label: 'board.cornersSharp', picture: 'sharp' },
  { value: true, label: 'board.cornersRound', picture: 'round' },
] as const
export const PATHS = [
  { value: false, label: 'board.pathStraight', picture: 'straight' },
  { value: true, label: 'board.pathCurved', picture: 'curved' },
] as const
export const HEADS = [
  { value: 'none', label: 'board.headNone', picture: 'none' },
  { value: 'arrow', label: 'board.headArrow', picture: 'arrow' },
  { value: 'triangle', label: 'board.headTriangle', picture: 'triangle' },
  { value: 'diamond', label: 'board.headDiamond', picture: 'diamond' },
  { value: 'dot', label: 'board.headDot', picture: 'dot' },
  { value: 'bar', label: 'board.headBar', picture: 'bar' },
] as const
