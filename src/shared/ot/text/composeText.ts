import { TextOpBuilder, type TextOp } from './textOp'

/** One op with the effect of `first`, then `second`. One pass over both. */
export function composeText(first: TextOp, second: TextOp): TextOp {
  const out = new TextOpBuilder()
  let i = 0
  let j = 0
  /** How much of the current part of `first` and `second` is dealt with. */
  let iDone = 0
  let jDone = 0
  for (;;) {
    if (j === second.length) {
      out.rest(first, i, iDone)
      return out.build()
    }
    const b = second[j] as number | string
    if (typeof b === 'string') {
      out.insert(b)
      j++
      continue
    }
    if (i === first.length) {
      out.rest(second, j, jDone)
      return out.build()
    }
    const a = first[i] as number | string
    if (typeof a === 'number' && a < 0) {
      out.delete(-a)
      i++
      continue
    }
    // `a` leaves units behind, retained or inserted, and `b` retains or deletes units.
    const aLength = typeof a === 'string' ? a.length : a
    const bLength = b > 0 ? b : -b
    const length = Math.min(aLength - iDone, bLength - jDone)
    if (typeof a === 'string') {
      if (b > 0) out.insert(length === aLength ? a : a.slice(iDone, iDone + length))
    } else if (b > 0) out.retain(length)
    else out.delete(length)
    iDone += length
    jDone += length
    if (iDone === aLength) {
      i++
      iDone = 0
    }
    if (jDone === bLength) {
      j++
      jDone = 0
    }
  }
}
