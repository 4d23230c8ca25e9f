/** Random things that people do on a board. */
import fc from 'fast-check'
import { ACTION_KINDS, type BoardAction } from '../../../lib/board/boardActions'

export { opOf, type BoardAction as Action } from '../../../lib/board/boardActions'

// Not biased to small values: those would mean the same few shapes and types again and again.
const fraction = fc.noBias(fc.nat({ max: 9999 })).map((number) => number / 10_000)

export const actionArbitrary: fc.Arbitrary<BoardAction> = fc.record({
  kind: fc.constantFrom(...ACTION_KINDS),
  /** Which shapes are meant. */
  which: fc.array(fraction, { minLength: 1, maxLength: 3 }),
  choice: fraction,
  x: fc.integer({ min: -300, max: 300 }),
  y: fc.integer({ min: -300, max: 300 }),
  text: fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '語', '🙂'), maxLength: 8 }),
})
