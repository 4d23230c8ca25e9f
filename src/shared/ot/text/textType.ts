import { Text } from '@codemirror/state'
import type { OtType } from '../otType'
import { applyText, checkText, invertText } from './applyText'
import { composeText } from './composeText'
import { diffText } from './diffText'
import { parseText, parseTextOp, parseTextPosition } from './parseText'
import { splitText, textOpLength } from './splitText'
import type { TextOp } from './textOp'
import { transformBothText, transformText, transformTextPosition } from './transformText'

/**
 * Plain text with lines that end in `\n`. The snapshot is CodeMirror's rope, so that the editor shows it without
 * conversion; a position is a caret, the number of UTF-16 units before it.
 */
export const textType: OtType<Text, TextOp, number> = {
  name: 'text',
  create: () => Text.empty,
  parseOp: parseTextOp,
  check: checkText,
  apply: applyText,
  transform: transformText,
  transformBoth: transformBothText,
  compose: composeText,
  invert: invertText,
  diff: diffText,
  split: splitText,
  isEmpty: (op) => op.length === 0,
  opLength: textOpLength,
  opWeight: (op) => op.length,
  parsePosition: parseTextPosition,
  transformPosition: transformTextPosition,
  serialise: (snapshot) => snapshot.toString(),
  parseSnapshot: parseText,
  snapshotLength: (snapshot) => snapshot.length,
}
