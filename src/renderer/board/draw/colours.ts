import { isColourName, type Colour, type ColourName, type Fill } from '../../../shared/board/palette'

export type ThemeName = 'light' | 'dark'

/** Tones in which a theme draws the board. */
export interface BoardColours {
  readonly theme: ThemeName
  readonly paper: string
  readonly grid: string
  readonly gridStrong: string
  readonly stroke: Readonly<Record<ColourName, string>>
  readonly fill: Readonly<Record<ColourName, string>>
  /** Frames: their edge and their title. */
  readonly frame: string
  readonly frameTitle: string
  /** Below notes. */
  readonly shade: string
  /** What is selected and what is in hand. */
  readonly accent: string
  readonly guide: string
}

/*
 * Tones of strokes were found by search near the hue of their names: as seen with all cones and without one of the
 * three kinds, any two differ by at least 7 (CIEDE2000), and each has 3:1 against the paper.
 */
const LIGHT: BoardColours = {
  theme: 'light',
  paper: '#fffefb',
  grid: '#ebe7de',
  gridStrong: '#ddd8cc',
  stroke: {
    ink: '#24211c',
    grey: '#857f75',
    red: '#da444c',
    orange: '#e0760e',
    yellow: '#a06e00',
    green: '#298945',
    teal: '#216f6f',
    sky: '#2a82ba',
    blue: '#3733c6',
    violet: '#6b4fe3',
    pink: '#a61c8a',
    brown: '#924c15',
  },
  fill: {
    ink: '#d8d3c8',
    grey: '#ece9e1',
    red: '#ffd3cc',
    orange: '#ffdbb8',
    yellow: '#ffeb9c',
    green: '#cbebcd',
    teal: '#bdeae4',
    sky: '#c9e7fb',
    blue: '#d2ddfc',
    violet: '#e2d6fb',
    pink: '#fbd3e8',
    brown: '#ead8c6',
  },
  frame: '#b9b2a4',
  frameTitle: '#6b655a',
  shade: '#3a332512',
  accent: '#2c53c6',
  guide: '#d6336c',
}

const DARK: BoardColours = {
  theme: 'dark',
  paper: '#1d1c19',
  grid: '#2a2925',
  gridStrong: '#35332e',
  stroke: {
    ink: '#e9e6df',
    grey: '#a19b90',
    red: '#f26d45',
    orange: '#fe9420',
    yellow: '#f1d15c',
    green: '#8fd690',
    teal: '#38d0b3',
    sky: '#87c2fe',
    blue: '#81a2f7',
    violet: '#aa77ca',
    pink: '#f899d1',
    brown: '#c49772',
  },
  fill: {
    ink: '#4a4740',
    grey: '#34322d',
    red: '#5f2c28',
    orange: '#603d1c',
    yellow: '#5c4c16',
    green: '#224c2f',
    teal: '#164a48',
    sky: '#19455f',
    blue: '#2a3c77',
    violet: '#453270',
    pink: '#5f2a4c',
    brown: '#4d392a',
  },
  frame: '#5b574f',
  frameTitle: '#a8a296',
  shade: '#0000002e',
  accent: '#93aaff',
  guide: '#ff7ba5',
}

export function boardColours(theme: ThemeName): BoardColours {
  return theme === 'dark' ? DARK : LIGHT
}

/** How a theme draws lines and letters of a colour. */
export function strokeTone(colours: BoardColours, colour: Colour): string {
  return isColourName(colour) ? colours.stroke[colour] : readable(colours, colour)
}

/** How a theme fills areas with a colour. */
export function fillTone(colours: BoardColours, fill: Exclude<Fill, 'none'>): string {
  return isColourName(fill) ? colours.fill[fill] : fill
}

/** A colour of another program that would vanish on this theme's paper gets the theme's ink instead. */
function readable(colours: BoardColours, colour: string): string {
  const light = lightness(colour)
  if (colours.theme === 'dark' && light < 0.22) return colours.stroke.ink
  if (colours.theme === 'light' && light > 0.96) return colours.stroke.grey
  return colour
}

/** Perceived lightness of `#rrggbb`, 0 to 1. */
function lightness(colour: string): number {
  const value = Number.parseInt(colour.slice(1), 16)
  const red = (value >> 16) & 255
  const green = (value >> 8) & 255
  return (0.299 * red + 0.587 * green + 0.114 * (value & 255)) / 255
}
