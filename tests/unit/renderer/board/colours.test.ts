import { describe, expect, it } from 'vitest'
import { COLOURS } from '../../../../src/shared/board/palette'
import { boardColours } from '../../../../src/renderer/board/draw/colours'
import {
  ciede2000,
  contrast,
  lab,
  LEAST_DIFFERENCE,
  linear,
  seen,
  SIGHTS,
  type Rgb,
} from '../../../lib/colourSight'

describe('CIEDE2000', () => {
  // Sharma, Wu and Dalal (2005), table 1.
  it.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ] as const)('of %j and %j is %d', (a: Rgb, b: Rgb, difference) => {
    expect(ciede2000(a, b)).toBeCloseTo(difference, 3)
  })
})

describe.each(['light', 'dark'] as const)('colours of strokes in the %s theme', (theme) => {
  const { stroke, fill, paper } = boardColours(theme)

  it('stand out from the paper by 3:1', () => {
    for (const name of COLOURS)
      expect(contrast(linear(stroke[name]), linear(paper)), name).toBeGreaterThanOrEqual(3)
  })

  it.each(Object.keys(SIGHTS))('X23: are told apart with %s cones', (sight) => {
    const labs = COLOURS.map((name) => lab(seen(linear(stroke[name]), SIGHTS[sight] ?? [])))
    const near: string[] = []
    for (const [i, a] of labs.entries()) {
      for (const [j, b] of labs.entries()) {
        const difference = ciede2000(a, b)
        if (i < j && difference < LEAST_DIFFERENCE)
          near.push(`${COLOURS[i]} ${COLOURS[j]} ${difference.toFixed(1)}`)
      }
    }
    expect(near).toEqual([])
  })

  it('ink stands out from every fill by 4.5:1', () => {
    for (const name of COLOURS)
      expect(contrast(linear(stroke.ink), linear(fill[name])), name).toBeGreaterThanOrEqual(4.5)
  })
})
