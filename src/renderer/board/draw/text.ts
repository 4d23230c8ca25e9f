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
/** Widths remembered; a board of ten thousand labels has fewer different words. */
const MAX_KNOWN = 20_000

/** Measures text as this screen draws it. Call {@link TextWidths.forget} once fonts have been loaded. */
export class TextWidths {
  readonly #context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D
  readonly #known = new Map<string, number>()
  #font: FontName | undefined
  /** Called when widths measured so far do not hold any more. */
  onForget: (() => void) | undefined

  constructor(context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D) {
    this.#context = context
  }

  readonly measure: TextMeasure = (line, font, fontSize) => {
    const key = `${font} ${line}`
    let width = this.#known.get(key)
    if (width === undefined) {
      if (this.#font !== font) {
        this.#context.font = `${MEASURED_SIZE}px ${FAMILIES[font]}`
        this.#font = font
      }
      width = this.#context.measureText(line).width / MEASURED_SIZE
      if (this.#known.size >= MAX_KNOWN) this.#known.clear()
      this.#known.set(key, width)
    }
    return width * fontSize
  }

  forget(): void {
    this.#known.clear()
    this.#font = undefined
    this.onForget?.()
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
