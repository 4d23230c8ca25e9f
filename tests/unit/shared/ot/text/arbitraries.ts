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

/** One step of an op. What to retain and delete is a share of what is left if below 1, else a number of units. */
export interface Step {
  readonly keep: number
  readonly insert: string
  readonly remove: number
}

const extent = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
)

const insertion = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 5, arbitrary: words(4) },
  { weight: 1, arbitrary: words(60) },
)

export const recipes: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ keep: extent, insert: insertion, remove: extent }),
  { maxLength: 4 },
)

/** The op that `steps` mean on `snapshot`. */
export function makeTextOp(snapshot: Text, steps: readonly Step[]): TextOp {
  const text = snapshot.toString()
  const out = new TextOpBuilder()
  let at = 0
  const next = (extent: number): number => {
    const length = extent < 1 ? Math.round(extent * (text.length - at)) : extent
    return wholeCharacter(text, Math.min(at + length, text.length))
  }
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
