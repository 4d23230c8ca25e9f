import { Text, type ChangeSet, type ChangeSpec } from '@codemirror/state'
import { TextOpBuilder, type TextOp } from '../../../shared/ot/text/textOp'
import { isLowSurrogate } from '../../../shared/ot/text/unicode'

/**
 * An editor's changes as an op. `before` is the document they apply to. Where a change begins or ends inside a
 * surrogate pair (an emoji replaced by a similar one), it is widened to the whole pair, as no op may cut one.
 */
export function changesToOp(changes: ChangeSet, before: Text): TextOp {
  const out = new TextOpBuilder()
  /** Units of `before` dealt with. */
  let done = 0
  changes.iterChanges((from, to, _fromAfter, _toAfter, inserted) => {
    const cutsAtFrom = isInsidePair(before, from)
    const cutsAtTo = isInsidePair(before, to)
    const wideFrom = cutsAtFrom ? from - 1 : from
    const wideTo = cutsAtTo ? to + 1 : to
    out.retain(wideFrom - done)
    if (cutsAtFrom) out.insert(before.sliceString(wideFrom, from))
    out.insert(inserted.toString())
    if (cutsAtTo) out.insert(before.sliceString(to, wideTo))
    out.delete(wideTo - wideFrom)
    done = wideTo
  })
  return out.build()
}

/** An op as changes an editor can dispatch. */
export function opToChanges(op: TextOp): ChangeSpec[] {
  const changes: ChangeSpec[] = []
  let at = 0
  for (const part of op) {
    if (typeof part === 'string') changes.push({ from: at, insert: Text.of(part.split('\n')) })
    else if (part > 0) at += part
    else {
      changes.push({ from: at, to: at - part })
      at -= part
    }
  }
  return changes
}

/** True where a pair of surrogates stands around `position`. */
export function isInsidePair(text: Text, position: number): boolean {
  return (
    position > 0 &&
    position < text.length &&
    isLowSurrogate(text.sliceString(position, position + 1).charCodeAt(0)) &&
    !isLowSurrogate(text.sliceString(position - 1, position).charCodeAt(0))
  )
}
