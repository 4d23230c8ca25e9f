import type { Shape } from '../../../shared/board/shape'
import { fillTone, strokeTone, type BoardColours } from './colours'

/** Contrast that letters have to what is behind them: WCAG's for text of any size. */
const LEAST_CONTRAST = 4.5
/** Parts of a darker or lighter tone that are mixed into one that cannot be read, the least first. */
const PARTS = [0.2, 0.4, 0.6, 0.8, 1] as const
/** Pairs of colours remembered; a board of one's own has a few dozen. */
const MAX_KNOWN = 2000

const known = new Map<string, string>()

/**
 * How a theme draws the label of a shape: in the tone of its line, made darker or lighter where that cannot be read on
 * the shape's fill.
 */
export function labelTone(
  colours: BoardColours,
  shape: Pick<Shape, 'type' | 'stroke' | 'fill' | 'fillStyle'>,
): string {
  const tone = strokeTone(colours, shape.stroke)
  const behind = toneBehind(colours, shape)
  if (behind === undefined) return tone
  const key = `${colours.theme} ${tone} ${behind}`
  const found = known.get(key)
  if (found !== undefined) return found
  const readable = readableOn(behind, tone, [colours.stroke.ink, colours.paper])
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(key, readable)
  return readable
}

/** What a label stands on; undefined for paper, which every line can be told from, and for a hatching. */
function toneBehind(
  colours: BoardColours,
  { type, fill, fillStyle }: Pick<Shape, 'type' | 'fill' | 'fillStyle'>,
): string | undefined {
  if (type === 'note') return noteTone(colours, fill)
  if (type !== 'rectangle' && type !== 'diamond' && type !== 'ellipse') return undefined
  return fill === 'none' || fillStyle !== 'solid' ? undefined : fillTone(colours, fill)
}

/** The paper of a sticky note. */
export function noteTone(colours: BoardColours, fill: Shape['fill']): string {
  return fill === 'none' ? colours.fill.yellow : fillTone(colours, fill)
}

/** `tone`, or as little as it takes of the one of `extremes` that stands out more from `behind` mixed into it. */
function readableOn(behind: string, tone: string, extremes: readonly [string, string]): string {
  if (contrast(tone, behind) >= LEAST_CONTRAST) return tone
  const [a, b] = extremes
  const towards = contrast(a, behind) >= contrast(b, behind) ? a : b
  const mixtures = PARTS.map((part) => mix(tone, towards, part))
  return mixtures.find((each) => contrast(each, behind) >= LEAST_CONTRAST) ?? towards
}

/** WCAG's contrast of two tones `#rrggbb`, 1 to 21. */
function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(tone: string): number {
  const [red, green, blue] = channels(tone).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function mix(tone: string, other: string, part: number): string {
  const to = channels(other)
  const mixed = channels(tone).map((value, i) => Math.round(value + ((to[i] as number) - value) * part))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

function channels(tone: string): number[] {
  const value = Number.parseInt(tone.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}
