/**
 * Colours of Excalidraw and ours. Those of its palette become the names of ours, which every theme draws in tones of
 * its own; a colour it does not offer stays as it is.
 */
import { COLOURS, type Colour, type ColourName, type Fill } from '../palette'

/** Colours of lines and text, as Excalidraw's palette has them. */
const STROKES: Readonly<Record<ColourName, string>> = {
  ink: '#1e1e1e',
  grey: '#868e96',
  red: '#e03131',
  orange: '#e8590c',
  yellow: '#f08c00',
  green: '#2f9e44',
  teal: '#099268',
  sky: '#0c8599',
  blue: '#1971c2',
  violet: '#6741d9',
  pink: '#c2255c',
  brown: '#846358',
}

/** Colours of areas. */
const FILLS: Readonly<Record<ColourName, string>> = {
  ink: '#ced4da',
  grey: '#e9ecef',
  red: '#ffc9c9',
  orange: '#ffd8a8',
  yellow: '#ffec99',
  green: '#b2f2bb',
  teal: '#96f2d7',
  sky: '#99e9f2',
  blue: '#a5d8ff',
  violet: '#d0bfff',
  pink: '#fcc2d7',
  brown: '#eaddd7',
}

/** Colours that are written as a word more often than others. */
const WORDS: Readonly<Record<string, string>> = {
  black: '#000000',
  white: '#ffffff',
  red: '#ff0000',
  green: '#008000',
  blue: '#0000ff',
  yellow: '#ffff00',
  orange: '#ffa500',
  gray: '#808080',
  grey: '#808080',
}

/** The colour of a line; undefined for one that is not to be seen. */
export function strokeFrom(text: string): Colour | undefined {
  const hex = hexOf(text)
  if (hex === undefined) return isTransparent(text) ? undefined : 'ink'
  return hex === '#000000' ? 'ink' : (nameOf(STROKES, hex) ?? hex)
}

export function fillFrom(text: string): Fill {
  const hex = hexOf(text)
  return hex === undefined ? 'none' : (nameOf(FILLS, hex) ?? hex)
}

export function strokeTo(colour: Colour): string {
  return nameIn(colour) ? STROKES[colour] : colour
}

export function fillTo(fill: Fill): string {
  if (fill === 'none') return 'transparent'
  return nameIn(fill) ? FILLS[fill] : fill
}

function nameIn(colour: Colour): colour is ColourName {
  return !colour.startsWith('#')
}

function nameOf(tones: Readonly<Record<ColourName, string>>, hex: string): ColourName | undefined {
  return COLOURS.find((name) => tones[name] === hex)
}

/** `#rrggbb` in lower case; undefined for what is see-through or no colour that is known here. */
function hexOf(text: string): `#${string}` | undefined {
  const known = Object.hasOwn(WORDS, text.toLowerCase()) ? WORDS[text.toLowerCase()] : undefined
  const colour = known ?? text.trim().toLowerCase()
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(colour)
  if (short !== null)
    return `#${short
      .slice(1)
      .flatMap((digit) => [digit, digit])
      .join('')}`
  if (!/^#[0-9a-f]{6}(?:[0-9a-f]{2})?$/.test(colour) || isTransparent(colour)) return undefined
  return `#${colour.slice(1, 7)}`
}

function isTransparent(text: string): boolean {
  return /^(?:transparent|none|#[0-9a-f]{6}00|#[0-9a-f]{3}0)$/i.test(text.trim())
}
