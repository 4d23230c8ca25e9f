/**
 * Colours of a board. A colour is stored by name, so that each theme draws it in a tone of its own, or as `#rrggbb`
 * where it came from another program.
 */

/** In the order of a colour picker. Neighbours differ in lightness as well as in hue. */
export const COLOURS = [
  'ink',
  'grey',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'sky',
  'blue',
  'violet',
  'pink',
  'brown',
] as const
export type ColourName = (typeof COLOURS)[number]

/** A name of the palette or `#rrggbb` in lower case. */
export type Colour = ColourName | `#${string}`
/** What a closed shape is filled with. */
export type Fill = Colour | 'none'

export function isColourName(value: unknown): value is ColourName {
  return COLOURS.some((name) => name === value)
}

export function isColour(value: unknown): value is Colour {
  return isColourName(value) || (typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value))
}

export function isFill(value: unknown): value is Fill {
  return value === 'none' || isColour(value)
}
