import { EditorState, type ChangeSpec } from '@codemirror/state'
import { remoteEdit } from './remoteEdit'

/** Half of a surrogate pair without the other, or a carriage return: neither may be in a page. */
const FORBIDDEN = /\p{Surrogate}|\r/gu
const REPLACEMENT = '\uFFFD'

/** Replaces by U+FFFD what no op may insert, however it was typed, dropped or pasted. */
export const cleanInput = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.annotation(remoteEdit) === true) return transaction
  const after = transaction.newDoc
  const repairs: ChangeSpec[] = []
  transaction.changes.iterChangedRanges((_from, _to, fromAfter, toAfter) => {
    // One unit more on both sides, so that a pair that the change completes is seen whole.
    const start = Math.max(0, fromAfter - 1)
    const text = after.sliceString(start, Math.min(after.length, toAfter + 1))
    for (const match of text.matchAll(FORBIDDEN)) {
      const from = start + match.index
      repairs.push({ from, to: from + 1, insert: REPLACEMENT })
    }
  })
  return repairs.length === 0 ? transaction : [transaction, { changes: repairs, sequential: true }]
})
