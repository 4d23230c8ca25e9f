import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonTokens } from '../../../../../src/shared/ot/text/commonTokens'
import { seeded } from './seeded'

const KINDS = 6
const list = (maxLength: number): fc.Arbitrary<number[]> =>
  fc.array(fc.nat({ max: KINDS - 1 }), { maxLength })

/** Length of the longest common subsequence, by the table. */
function longest(a: readonly number[], b: readonly number[]): number {
  let row = new Array<number>(b.length + 1).fill(0)
  for (const token of a) {
    const next = [0]
    for (let j = 0; j < b.length; j++) {
      const match = token === b[j] ? (row[j] as number) + 1 : 0
      next.push(Math.max(match, row[j + 1] as number, next[j] as number))
    }
    row = next
  }
  return row[b.length] as number
}

/** How many tokens `runs` has in common. Fails unless they are equal, in order and joined where they touch. */
function lengthOf(runs: readonly number[], a: readonly number[], b: readonly number[]): number {
  let total = 0
  let aEnd = -1
  let bEnd = -1
  for (let i = 0; i < runs.length; i += 3) {
    const [x, y, length] = runs.slice(i, i + 3) as [number, number, number]
    expect(x >= Math.max(aEnd, 0) && y >= Math.max(bEnd, 0)).toBe(true)
    expect(x === aEnd && y === bEnd).toBe(false)
    expect(length).toBeGreaterThan(0)
    expect(a.slice(x, x + length)).toEqual(b.slice(y, y + length))
    expect(a.slice(x, x + length)).toHaveLength(length)
    aEnd = x + length
    bEnd = y + length
    total += length
  }
  return total
}

describe('common tokens', () => {
  it('are as many as there can be while the budget lasts', () => {
    fc.assert(
      fc.property(list(40), list(40), (a, b) => {
        expect(lengthOf(commonTokens(a, b, KINDS, { steps: 1e6 }), a, b)).toBe(longest(a, b))
      }),
      seeded(1000),
    )
  })

  it('are still common when the budget is spent', () => {
    fc.assert(
      fc.property(list(300), list(300), (a, b) => {
        lengthOf(commonTokens(a, b, KINDS, { steps: 0 }), a, b)
      }),
      seeded(300),
    )
  })

  it('take at most some hundred steps for each token', () => {
    const a = Array.from({ length: 20_000 }, (_, i) => (i * i + 7) % KINDS)
    const b = Array.from({ length: 20_000 }, (_, i) => (i * 31 + (i >> 3)) % KINDS)
    const budget = { steps: 0 }
    lengthOf(commonTokens(a, b, KINDS, budget), a, b)
    expect(-budget.steps).toBeLessThan(40_000 * 100)
  })
})
