/** The texts inside records: text ops, applied to strings. Labels are short; a rope for each would only cost memory. */
import { textType, type TextOp } from '../text'
import type { JsonReader } from './json'

/** Parses a label from outside: what the text type allows as a text. */
export function parseLabel(value: unknown, where: string, reader: JsonReader): string {
  const text = reader.text(value, where)
  return text.includes('\r') ? reader.fail(where, 'lines have to end with \\n alone') : text
}

/** Throws `op-unfit` unless `op` can be applied to `label`. */
export function checkLabel(label: string, op: TextOp): void {
  textType.check(textType.parseSnapshot(label), op)
}

export function applyLabel(label: string, op: TextOp): string {
  return textType.serialise(textType.apply(textType.parseSnapshot(label), op))
}

export function invertLabel(op: TextOp, before: string): TextOp {
  return textType.invert(op, textType.parseSnapshot(before))
}

/** An op from one label to another; undefined if they are equal. */
export function diffLabels(before: string, after: string): TextOp | undefined {
  if (before === after) return undefined
  return textType.diff(textType.parseSnapshot(before), textType.parseSnapshot(after))
}
