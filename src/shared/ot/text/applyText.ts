import type { Text } from '@codemirror/state'
import { OtError } from '../otType'
import { replaceRange } from './replaceRange'
import { TextOpBuilder, type TextOp } from './textOp'
import { isLowSurrogate } from './unicode'

/**
 * Changes closer together than this many units are applied with one replacement of the range they span. Replacing
 * a range of the rope costs about as much as copying so many units.
 */
const NEAR = 512

/**
 * Throws `op-unfit` if `op` reaches beyond the end of the text or has a boundary inside a surrogate pair of it.
 * Reads the text only at the boundaries of changes.
 */
export function checkText(snapshot: Text, op: TextOp): void {
  let at = 0
  /** The line read last. Boundaries ascend, so that several in one line are found with one descent. */
  let line: { readonly from: number; readonly to: number; readonly text: string } | undefined
  for (let i = 0; i < op.length; i++) {
    const part = op[i] as number | string
    if (typeof part === 'string') continue
    at += part < 0 ? -part : part
    if (at >= snapshot.length) {
      if (at === snapshot.length) continue
      throw new OtError('op-unfit', `The op reaches to ${at}, but the text ends at ${snapshot.length}`)
    }
    if (line === undefined || at > line.to) line = snapshot.lineAt(at)
    if (at < line.to && isLowSurrogate(line.text.charCodeAt(at - line.from))) {
      throw new OtError(
        'op-unfit',
        `The op has a boundary at ${at}, inside a surrogate pair; boundaries have to lie between characters`,
      )
    }
  }
}

/** The text after `op`. Throws `op-unfit` as {@link checkText} does. */
export function applyText(snapshot: Text, op: TextOp): Text {
  checkText(snapshot, op)
  return applyFit(snapshot, op)
}

/** Applies an op that fits. */
function applyFit(snapshot: Text, op: TextOp): Text {
  let result = snapshot
  let at = 0
  /** Length of `result` minus length of `snapshot`. */
  let growth = 0
  let i = 0
  while (i < op.length) {
    const first = op[i] as number | string
    if (typeof first === 'number' && first > 0) {
      at += first
      i++
    }
    const end = endOfRange(op, i)
    const from = at
    const replaced = end - i > 2 ? rebuild(snapshot, from, op, i, end) : single(op, i, end)
    at += replaced.length
    result = replaceRange(result, from + growth, at + growth, replaced.text)
    growth += replaced.text.length - replaced.length
    i = end
  }
  return result
}

/** Index behind the changes that, from the one at `start` on, are near each other. */
function endOfRange(op: TextOp, start: number): number {
  for (let i = start; i < op.length; i++) {
    const part = op[i] as number | string
    if (typeof part === 'number' && part > NEAR) return i
  }
  return op.length
}

/** What takes the place of `length` units. */
interface Replaced {
  readonly length: number
  readonly text: string
}

/** The single change in the parts of `op` from `start` to `end`. */
function single(op: TextOp, start: number, end: number): Replaced {
  let length = 0
  let text = ''
  for (let i = start; i < end; i++) {
    const part = op[i] as number | string
    if (typeof part === 'string') text = part
    else length = -part
  }
  return { length, text }
}

/** The changes in the parts of `op` from `start` to `end`, with what they retain of `snapshot` from `from` on. */
function rebuild(snapshot: Text, from: number, op: TextOp, start: number, end: number): Replaced {
  let length = 0
  for (let i = start; i < end; i++) {
    const part = op[i] as number | string
    if (typeof part === 'number') length += Math.abs(part)
  }
  const source = snapshot.sliceString(from, from + length)
  let text = ''
  let at = 0
  for (let i = start; i < end; i++) {
    const part = op[i] as number | string
    if (typeof part === 'string') text += part
    else if (part > 0) {
      text += source.slice(at, at + part)
      at += part
    } else at -= part
  }
  return { length, text }
}

/** The op that takes `op` back. `before` is the text `op` was applied to. */
export function invertText(op: TextOp, before: Text): TextOp {
  const out = new TextOpBuilder()
  let at = 0
  for (const part of op) {
    if (typeof part === 'string') out.delete(part.length)
    else if (part > 0) {
      out.retain(part)
      at += part
    } else {
      out.insert(before.sliceString(at, at - part))
      at -= part
    }
  }
  return out.build()
}
