import { EditorSelection, type StateCommand } from '@codemirror/state'

/** Puts Markdown marks around each selection, or takes them away where they are. */
function toggleMark(mark: string): StateCommand {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false
    const length = mark.length
    const spec = state.changeByRange((range) => {
      const before = state.sliceDoc(range.from - length, range.from)
      const after = state.sliceDoc(range.to, range.to + length)
      if (before === mark && after === mark) {
        return {
          changes: [
            { from: range.from - length, to: range.from },
            { from: range.to, to: range.to + length },
          ],
          range: EditorSelection.range(range.anchor - length, range.head - length),
        }
      }
      return {
        changes: [
          { from: range.from, insert: mark },
          { from: range.to, insert: mark },
        ],
        range: EditorSelection.range(range.anchor + length, range.head + length),
      }
    })
    dispatch(state.update(spec, { userEvent: 'input', scrollIntoView: true }))
    return true
  }
}

export const toggleBold = toggleMark('**')
export const toggleItalic = toggleMark('*')
