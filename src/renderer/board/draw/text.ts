import { LINE_HEIGHT, type FontName, type TextStyle } from '../../../shared/board/style'
import type { TextMeasure } from '../../../shared/board/textLayout'
import type { Box } from '../../../shared/board/shape'

/** Families of the fonts that labels are set in; the same names the style sheet has. */
const FAMILIES: Readonly<Record<FontName, string>> = {
  sans: "'Inter Variable', 'Noto Sans SC Variable', system-ui, sans-serif",
  serif: "'Source Serif 4 Variable', 'Noto Sans SC Variable', Georgia, serif",
  mono: "'JetBrains Mono Variable', 'Noto Sans SC Variable', ui-monospace, monospace",
}

export function fontFamily(font: FontName): string {
  return FAMILIES[font]
}

/** Widths are measured once at this size: fonts of the board scale without steps. */
const MEASURED_SIZE = 32
/** Widths remembered of lines that are not put together from pairs. */
const MAX_KNOWN = 20_000
/** Letters, digits and spaces. Other signs, and the x in 3x4, look different in some company. */
const PLAIN = /^(?:[A-Za-wyz0-9 ]|(?<!\d)x(?!\d))*$/
/** Codes of plain characters are below this. */
const PLAIN_CODES = 128

/** Widths of plain characters in one font, alone and in pairs, in ems; NaN until they are measured. */
interface PlainWidths {
  readonly single: Float64Array
  /** At 128 x first + second: with the kerning between the two. */
  readonly pairs: Float64Array
}

/**
 * Measures text as this screen draws it. Call {@link TextWidths.forget} once fonts have been loaded. Plain text is put
 * together from widths of its pairs: to ask a browser for the widths of ten thousand labels takes half a second.
 */
export class TextWidths {
  readonly #context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D
  readonly #known = new Map<string, number>()
  readonly #plain = new Map<FontName, PlainWidths>()
  #font: FontName | undefined
  /** Called when widths measured so far do not hold any more. */
  onForget: (() => void) | undefined

  constructor(context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D) {
    this.#context = context
  }

  readonly measure: TextMeasure = (line, font, fontSize) =>
    fontSize * (PLAIN.test(line) ? this.#plainWidth(line, font) : this.#knownWidth(line, font))

  forget(): void {
    this.#known.clear()
    this.#plain.clear()
    this.#font = undefined
    this.onForget?.()
  }

  #plainWidth(line: string, font: FontName): number {
    const { single, pairs } = this.#plainWidths(font)
    const widthAt = (widths: Float64Array, at: number, text: () => string): number => {
      const known = widths[at] ?? Number.NaN
      return Number.isNaN(known) ? (widths[at] = this.#ask(text(), font)) : known
    }
    const singleAt = (i: number): number => widthAt(single, line.charCodeAt(i), () => line.charAt(i))
    let width = line === '' ? 0 : singleAt(0)
    for (let i = 1; i < line.length; i++) {
      const pair = PLAIN_CODES * line.charCodeAt(i - 1) + line.charCodeAt(i)
      width += widthAt(pairs, pair, () => line.slice(i - 1, i + 1)) - singleAt(i - 1)
    }
    return width
  }

  #plainWidths(font: FontName): PlainWidths {
    let widths = this.#plain.get(font)
    if (widths === undefined) {
      const unknown = (size: number): Float64Array => new Float64Array(size).fill(Number.NaN)
      widths = { single: unknown(PLAIN_CODES), pairs: unknown(PLAIN_CODES * PLAIN_CODES) }
      this.#plain.set(font, widths)
    }
    return widths
  }

  #knownWidth(line: string, font: FontName): number {
    const key = `${font} ${line}`
    let width = this.#known.get(key)
    if (width === undefined) {
      width = this.#ask(line, font)
      if (this.#known.size >= MAX_KNOWN) this.#known.clear()
      this.#known.set(key, width)
    }
    return width
  }

  /** What the browser says, in ems. */
  #ask(text: string, font: FontName): number {
    if (this.#font !== font) {
      this.#context.font = `${MEASURED_SIZE}px ${FAMILIES[font]}`
      this.#font = font
    }
    return this.#context.measureText(text).width / MEASURED_SIZE
  }
}

/** Below this height on the screen, in device pixels, letters are a texture: bars stand for them. */
const MIN_LETTER_HEIGHT = 3.5

/** Sets lines in the box that `labelBox` gives, in the current fill style. */
export function drawLines(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  lines: readonly string[],
  box: Box,
  style: Pick<TextStyle, 'font' | 'fontSize' | 'align'>,
  scale: number,
  measure: TextMeasure,
): void {
  const { font, fontSize, align } = style
  const step = fontSize * LINE_HEIGHT
  const share = align === 'left' ? 0 : align === 'center' ? 0.5 : 1
  const x = box.x + share * box.width
  if (fontSize * scale < MIN_LETTER_HEIGHT) {
    const alpha = context.globalAlpha
    context.globalAlpha = alpha * 0.4
    for (const [index, line] of lines.entries()) {
      const width = Math.min(box.width, measure(line, font, fontSize))
      context.fillRect(x - share * width, box.y + index * step + fontSize * 0.3, width, fontSize * 0.6)
    }
    context.globalAlpha = alpha
    return
  }
  context.font = `${fontSize}px ${FAMILIES[font]}`
  context.textAlign = align
  context.textBaseline = 'alphabetic'
  // The letters of a line stand in the middle of its height, as in a text field.
  const baseline = step / 2 + fontSize * 0.36
  for (const [index, line] of lines.entries()) context.fillText(line, x, box.y + index * step + baseline)
}
