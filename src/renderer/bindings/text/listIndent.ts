import { syntaxTree } from '@codemirror/language'
import { StateEffect, type Extension, type Range } from '@codemirror/state'
import {
  Decoration,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from '@codemirror/view'

/** A font has arrived: what was measured with another is wrong. */
const fontsChanged = StateEffect.define<null>()

/** Measures text in an editor's font. Widths are in pixels. */
class TextRuler {
  readonly #context = document.createElement('canvas').getContext('2d')
  readonly #widths = new Map<string, number>()

  widthOf(text: string): number {
    const known = this.#widths.get(text)
    if (known !== undefined || this.#context === null) return known ?? 0
    const { width } = this.#context.measureText(text)
    this.#widths.set(text, width)
    return width
  }

  /** Looks which font the editor has now. This lets the browser work out styles, so it is not for each key. */
  readFont(view: EditorView): void {
    if (this.#context === null) return
    const { fontStyle, fontWeight, fontSize, fontFamily } = window.getComputedStyle(view.contentDOM)
    this.#context.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`
    this.#widths.clear()
  }
}

/** Lets the wrapped text of a list item go on below its first word instead of below its mark. */
const indentPlugin = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    readonly ruler = new TextRuler()
    isDestroyed = false

    constructor(view: EditorView) {
      this.ruler.readFont(view)
      this.decorations = indent(view, this.ruler)
      void document.fonts.ready.then(() => {
        if (!this.isDestroyed) view.dispatch({ effects: fontsChanged.of(null) })
      })
    }

    update(update: ViewUpdate): void {
      const hasNewFonts = update.transactions.some((transaction) =>
        transaction.effects.some((effect) => effect.is(fontsChanged)),
      )
      // Where it came onto the screen, or into another window or language, letters may be larger than before.
      const isLaidOutAnew = update.geometryChanged && !update.docChanged
      if (hasNewFonts || isLaidOutAnew) this.ruler.readFont(update.view)
      const isParsedFurther = syntaxTree(update.startState) !== syntaxTree(update.state)
      if (update.docChanged || update.viewportChanged || isParsedFurther || hasNewFonts || isLaidOutAnew) {
        this.decorations = indent(update.view, this.ruler)
      }
    }

    destroy(): void {
      this.isDestroyed = true
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

function indent(view: EditorView, ruler: TextRuler): DecorationSet {
  const { doc } = view.state
  const lines: Range<Decoration>[] = []
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        if (node.name !== 'ListMark') return
        const line = doc.lineAt(node.from)
        const end = node.to - line.from
        const prefix = /^[^\S\n]*$/.test(line.text.slice(0, node.from - line.from))
          ? line.text.slice(0, end + (line.text.charAt(end) === ' ' ? 1 : 0))
          : undefined
        if (prefix !== undefined) lines.push(hang(ruler.widthOf(prefix)).range(line.from))
      },
    })
  }
  return Decoration.set(lines, true)
}

function hang(width: number): Decoration {
  const pixels = width.toFixed(1)
  return Decoration.line({
    attributes: { style: `text-indent:-${pixels}px;padding-left:calc(var(--gutter) + ${pixels}px)` },
  })
}

export const listIndent: Extension = indentPlugin
