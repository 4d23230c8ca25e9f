import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs } from '../../../../src/client/connection/backoff'

describe('the wait before connecting again', () => {
  it('K4: doubles up to 10 s', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 100].map((attempt) => backoffMs(attempt, 0))
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000])
  })

  it('K4: is up to half shorter by chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const [wait, longest] = [backoffMs(attempt, random), backoffMs(attempt, 0)]
          expect(wait).toBeLessThanOrEqual(longest)
          expect(wait).toBeGreaterThanOrEqual(Math.floor(longest / 2))
        },
      ),
    )
  })
})
