/**
 * Transforming text ops. Of two insertions at one place the later goes left: a caret stays left of what arrives
 * at it, so the next letter of the later writer goes left as well, beside the letters before, and two people
 * who type at one spot never interleave letters.
 */
import type { Side } from '../otType'
import { TextOpBuilder, type TextOp } from './textOp'

/** `op` as it has to be applied after the concurrent `other`. */
export function transformText(op: TextOp, other: TextOp, side: Side): TextOp {
  const out = new TextOpBuilder()
  let i = 0
  let j = 0
  /** How much of the current part of `op` and `other` is dealt with. */
  let iDone = 0
  let jDone = 0
  while (i < op.length) {
    const a = op[i] as number | string
    if (j === other.length) {
      out.rest(op, i, iDone)
      break
    }
    const b = other[j] as number | string
    if (typeof a === 'string' && (side === 'later' || typeof b !== 'string')) {
      out.insert(a)
      i++
    } else if (typeof b === 'string') {
      out.retain(b.length)
      j++
    } else if (typeof a === 'number') {
      const aLength = a > 0 ? a : -a
      const bLength = b > 0 ? b : -b
      const length = Math.min(aLength - iDone, bLength - jDone)
      if (b > 0) {
        if (a > 0) out.retain(length)
        else out.delete(length)
      }
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
  return out.build()
}

/** Both transforms in one pass. */
export function transformBothText(earlier: TextOp, later: TextOp): readonly [earlier: TextOp, later: TextOp] {
  const earlierOut = new TextOpBuilder()
  const laterOut = new TextOpBuilder()
  let i = 0
  let j = 0
  let iDone = 0
  let jDone = 0
  while (i < earlier.length && j < later.length) {
    const a = earlier[i] as number | string
    const b = later[j] as number | string
    if (typeof b === 'string') {
      laterOut.insert(b)
      earlierOut.retain(b.length)
      j++
    } else if (typeof a === 'string') {
      earlierOut.insert(a)
      laterOut.retain(a.length)
      i++
    } else {
      const aLength = a > 0 ? a : -a
      const bLength = b > 0 ? b : -b
      const length = Math.min(aLength - iDone, bLength - jDone)
      if (a > 0) {
        if (b > 0) {
          earlierOut.retain(length)
          laterOut.retain(length)
        } else laterOut.delete(length)
      } else if (b > 0) earlierOut.delete(length)
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
  earlierOut.rest(earlier, i, iDone)
  laterOut.rest(later, j, jDone)
  return [earlierOut.build(), laterOut.build()]
}

/**
 * Where a caret at `position` is after `op`: where the next letter typed there goes when `op` was committed
 * before it. `own` is the caret of the op's author: it moves behind an insertion at it.
 */
export function transformTextPosition(position: number, op: TextOp, own = false): number {
  /** Units of the snapshot passed so far, and the same place after `op`. */
  let before = 0
  let after = 0
  for (const part of op) {
    if (typeof part === 'string') {
      if (before === position && !own) break
      after += part.length
    } else if (part > 0) {
      if (before + part > position) break
      before += part
      after += part
    } else {
      if (before - part >= position) return after
      before -= part
    }
  }
  return after + (position - before)
}
