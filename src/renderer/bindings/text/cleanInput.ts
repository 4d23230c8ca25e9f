import { EditorState, type ChangeSpec } from '@codemirror/state'
import { isInsidePair } from './changes'
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
    // One character more on both sides, so that a pair that the change completes or breaks is seen.
    const start = Math.max(0, isInsidePair(after, fromAfter - 1) ? fromAfter - 2 : fromAfter - 1)
    const end = isInsidePair(after, toAfter + 1) ? toAfter + 2 : toAfter + 1
    const text = after.sliceString(start, Math.min(after.length, end))
    for (const match of text.matchAll(FORBIDDEN)) {
      const from = start + match.index
      repairs.push({ from, to: from + 1, insert: REPLACEMENT })
    }
  })
  return repairs.length === 0 ? transaction : [transaction, { changes: repairs, sequential: true }]
})
