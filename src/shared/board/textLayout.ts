/** Breaking text into lines. How wide text is comes from outside, as only a screen knows. */
import { MAX_LABEL_LENGTH } from './limits'
import { LINE_HEIGHT, type FontName } from './style'

/** Width of one line of text in board units. Must be a pure function. */
export type TextMeasure = (line: string, font: FontName, fontSize: number) => number

export interface TextLayout {
  /** At least one line. */
  readonly lines: readonly string[]
  /** Of the longest line. */
  readonly width: number
  readonly height: number
}

/** Widths of a typical font: for places without a screen. Close enough for hits and bounds, not for setting type. */
export const estimateText: TextMeasure = (line, font, fontSize) => {
  let ems = 0
  for (const character of line) ems += isWide(character) ? 1 : font === 'mono' ? 0.6 : 0.55
  return ems * fontSize
}

/** Sets text: {@link layoutText} with a measure of its own. */
export type SetText = (
  text: string,
  font: FontName,
  fontSize: number,
  maxWidth: number | undefined,
) => TextLayout

/** Text set with {@link estimateText}. */
export const estimateLayout: SetText = (text, font, fontSize, maxWidth) =>
  layoutText(text, font, fontSize, maxWidth, estimateText)

/** UTF-16 units of text whose layouts are remembered: some 10,000 labels. */
const REMEMBERED_LENGTH = 1_000_000

/**
 * Sets text with `measure` and remembers what it has set, since moving a shape reads its label again. Make a new one
 * when fonts have loaded or changed.
 */
export function createTextSetter(measure: TextMeasure): SetText {
  const known = new Map<string, TextLayout>()
  let length = 0
  return (text, font, fontSize, maxWidth) => {
    const key = `${font} ${fontSize} ${String(maxWidth)} ${text}`
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    const layout = layoutText(text, font, fontSize, maxWidth, measure)
    length += key.length
    if (length > REMEMBERED_LENGTH) {
      known.clear()
      length = key.length
    }
    known.set(key, layout)
    return layout
  }
}

/** Breaks `text` at its line ends and, where `maxWidth` is given, where a line would become longer than that. */
export function layoutText(
  text: string,
  font: FontName,
  fontSize: number,
  maxWidth: number | undefined,
  measure: TextMeasure,
): TextLayout {
  const shown = text.length > MAX_LABEL_LENGTH ? text.slice(0, MAX_LABEL_LENGTH) : text
  const widthOf = (line: string): number => measure(line, font, fontSize)
  const lines: string[] = []
  for (const paragraph of shown.split('\n')) {
    if (maxWidth === undefined || widthOf(paragraph) <= maxWidth) lines.push(paragraph)
    else wrap(paragraph, maxWidth, widthOf, lines)
  }
  let width = 0
  for (const line of lines) width = Math.max(width, widthOf(line))
  return { lines, width, height: lines.length * fontSize * LINE_HEIGHT }
}

/** Puts words into lines as long as they fit. Spaces at the end of a line take no room. */
function wrap(paragraph: string, maxWidth: number, widthOf: (text: string) => number, out: string[]): void {
  let line = ''
  let used = 0
  for (const word of wordsOf(paragraph)) {
    const width = widthOf(word)
    if (line !== '' && used + widthOf(word.trimEnd()) > maxWidth) {
      out.push(line.trimEnd())
      line = ''
      used = 0
    }
    if (width <= maxWidth || widthOf(word.trimEnd()) <= maxWidth) {
      line += word
      used += width
      continue
    }
    // A word longer than a line is broken between characters.
    const letters = word.trimEnd()
    for (const character of letters) {
      const wide = widthOf(character)
      if (line !== '' && used + wide > maxWidth) {
        out.push(line)
        line = ''
        used = 0
      }
      line += character
      used += wide
    }
    line += word.slice(letters.length)
    used += width - widthOf(letters)
  }
  out.push(line.trimEnd())
}

/** Pieces after each of which a line may be broken: words with the spaces behind them, Chinese and Japanese characters. */
function wordsOf(text: string): string[] {
  return (
    text.match(/[\p{Ideographic}\u3040-\u30FF]\s*|(?:(?![\p{Ideographic}\u3040-\u30FF])\S)+\s*|\s+/gu) ?? []
  )
}

/** True for characters as wide as they are high: Chinese, Japanese and Korean ones, and emoji. */
function isWide(character: string): boolean {
  if (character < '\u1100') return false
  return /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u.test(
    character,
  )
}
