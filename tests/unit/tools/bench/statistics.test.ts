import { describe, expect, it } from 'vitest'
import { median, percentile, table } from '../../../../tools/bench/lib/statistics'

const HUNDRED = Array.from({ length: 100 }, (_, i) => 100 - i)

describe('percentile', () => {
  it('is the least value that so many are not above', () => {
    expect(percentile(HUNDRED, 0.5)).toBe(50)
    expect(percentile(HUNDRED, 0.95)).toBe(95)
    expect(percentile(HUNDRED, 1)).toBe(100)
    expect(percentile([7, 3], 0.95)).toBe(7)
  })

  it('of nothing is no number', () => {
    expect(percentile([], 0.5)).toBeNaN()
  })
})

describe('median', () => {
  it('lies in the middle of an even number of values', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([9, 1, 5])).toBe(5)
  })
})

describe('table', () => {
  it('aligns the first column to the left and the others to the right', () => {
    expect(
      table([
        ['what', 'ms'],
        ['panning', '4'],
      ]),
    ).toBe('what     ms\npanning   4')
  })
})
