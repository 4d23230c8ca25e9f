import type { Text, Transaction } from '@codemirror/state'

/**
 * UTF-16 units without an empty line that are still parsed as Markdown. A paragraph is parsed in one go, at some
 * 3 MB a second, again with each letter typed into it; this much takes 100 ms.
 */
const MAX_PARAGRAPH = 300_000
/** Smaller insertions are not looked at. */
const MIN_INSERTION = 50_000

/** True where a part of the text is too long without an empty line: data or a log rather than Markdown. */
export function isDense(text: Text): boolean {
  if (text.length < MAX_PARAGRAPH) return false
  let run = 0
  for (const line of text.iterLines()) {
    run = line === '' ? 0 : run + line.length + 1
    if (run > MAX_PARAGRAPH) return true
  }
  return false
}

/** True where a transaction brings so much text that it has to be looked at. */
export function insertsMuch(transaction: Transaction): boolean {
  let inserted = 0
  if (!transaction.docChanged) return false
  transaction.changes.iterChangedRanges((_from, _to, from, to) => {
    inserted += to - from
  })
  return inserted >= MIN_INSERTION
}
