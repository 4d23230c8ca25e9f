import { syntaxTree } from '@codemirror/language'
import { RangeSetBuilder } from '@codemirror/state'
import {
  Decoration,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from '@codemirror/view'

/** Lines of these Markdown blocks get a class, so that a whole block has its own ground or margin. */
const BLOCKS: Readonly<Record<string, string>> = {
  FencedCode: 'md-line-code',
  CodeBlock: 'md-line-code',
  Blockquote: 'md-line-quote',
  HorizontalRule: 'md-line-rule',
  ATXHeading1: 'md-line-h1',
  SetextHeading1: 'md-line-h1',
  ATXHeading2: 'md-line-h2',
  SetextHeading2: 'md-line-h2',
  ATXHeading3: 'md-line-h3',
}

/** Gives the lines of code, quotes and headings their classes, as far as they are on the screen. */
export const blockLines = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet

    constructor(view: EditorView) {
      this.decorations = decorate(view)
    }

    update(update: ViewUpdate): void {
      const isParsedFurther = syntaxTree(update.startState) !== syntaxTree(update.state)
      if (update.docChanged || update.viewportChanged || isParsedFurther) {
        this.decorations = decorate(update.view)
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

function decorate(view: EditorView): DecorationSet {
  const { doc } = view.state
  const classes = new Map<number, Set<string>>()
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        const name = BLOCKS[node.name]
        if (name === undefined) return
        let line = doc.lineAt(Math.max(node.from, from))
        const end = Math.min(node.to, to)
        for (;;) {
          const names = classes.get(line.from) ?? new Set<string>()
          classes.set(line.from, names.add(name))
          if (line.from === doc.lineAt(node.from).from) names.add(`${name}-first`)
          if (line.to >= node.to) names.add(`${name}-last`)
          if (line.to >= end || line.number === doc.lines) break
          line = doc.line(line.number + 1)
        }
      },
    })
  }
  const builder = new RangeSetBuilder<Decoration>()
  for (const [position, names] of [...classes].sort(([a], [b]) => a - b)) {
    builder.add(position, position, Decoration.line({ class: [...names].join(' ') }))
  }
  return builder.finish()
}
