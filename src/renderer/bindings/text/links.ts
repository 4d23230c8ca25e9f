import { syntaxTree } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** Opens a web or mail address on Ctrl or Command and click. */
export function linkOpening(open: (url: string) => void): Extension {
  return EditorView.domEventHandlers({
    mousedown(event, view) {
      if (!(event.ctrlKey || event.metaKey) || event.button !== 0) return false
      const position = view.posAtCoords({ x: event.clientX, y: event.clientY })
      const url = position === null ? undefined : urlAt(view, position)
      if (url === undefined) return false
      open(url)
      return true
    },
  })
}

function urlAt(view: EditorView, position: number): string | undefined {
  for (let node = syntaxTree(view.state).resolveInner(position); ;) {
    const target = node.name === 'URL' ? node : node.name === 'Link' ? node.getChild('URL') : null
    if (target !== null) {
      const text = view.state.sliceDoc(target.from, target.to)
      return /^(https?:|mailto:)/i.test(text) ? text : undefined
    }
    if (node.parent === null) return undefined
    node = node.parent
  }
}
