import type { Text } from '@codemirror/state'
import fc from 'fast-check'
import { toText } from '../../../../../src/shared/ot/text/replaceRange'
import { TextOpBuilder, type TextOp } from '../../../../../src/shared/ot/text/textOp'
import { isLowSurrogate } from '../../../../../src/shared/ot/text/unicode'

/** Few different characters, so that ops meet; among them a line break, a pair and a half-alike pair. */
const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', ' ', '\n') },
  { weight: 2, arbitrary: fc.constantFrom('😀', '😁', '𐐀', '世', 'e\u0301', '"', '\\', '\u0001') },
)

/** Any well-formed text without `\r`. */
export const words = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: character, maxLength })

/** Mostly short texts, sometimes one with so many lines that the rope has branches. */
export const texts: fc.Arbitrary<Text> = fc
  .oneof(
    { weight: 9, arbitrary: words(30) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(words(20), fc.integer({ min: 10, max: 120 }))
        .map(([line, n]) => `${line}\n`.repeat(n)),
    },
  )
  .map(toText)

/** One step of an op: how much to retain and delete, as shares of what is left, and what to insert. */
export interface Step {
  readonly keep: number
  readonly insert: string
  readonly remove: number
}

const share = fc.double({ min: 0, max: 1, noNaN: true })

export const recipes: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    keep: fc.oneof(share, fc.constant(0)),
    insert: fc.oneof(fc.constant(''), words(4)),
    remove: fc.oneof(fc.constant(0), share),
  }),
  { maxLength: 4 },
)

/** The op that `steps` mean on `snapshot`. */
export function makeTextOp(snapshot: Text, steps: readonly Step[]): TextOp {
  const text = snapshot.toString()
  const out = new TextOpBuilder()
  let at = 0
  const next = (part: number): number => wholeCharacter(text, at + Math.round(part * (text.length - at)))
  for (const step of steps) {
    const kept = next(step.keep)
    out.retain(kept - at)
    at = kept
    out.insert(step.insert)
    const removed = next(step.remove)
    out.delete(removed - at)
    at = removed
  }
  return out.build()
}

/** The boundary between characters at `at` or just before. */
export function wholeCharacter(text: string, at: number): number {
  return isLowSurrogate(text.charCodeAt(at)) ? at - 1 : at
}
