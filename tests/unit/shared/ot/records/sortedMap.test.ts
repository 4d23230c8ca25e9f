import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SortedMap, type Change } from '../../../../../src/shared/ot/records/sortedMap'

const changes = fc
  .dictionary(
    fc.nat({ max: 400 }).map((n) => `k${n}`),
    fc.oneof(fc.nat(), fc.constant(undefined)),
    { maxKeys: 200, size: 'max' },
  )
  .map((table): Change<number>[] => Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)))

function model(batches: readonly (readonly Change<number>[])[]): Map<string, number> {
  const map = new Map<string, number>()
  for (const batch of batches) {
    for (const [key, value] of batch) {
      if (value === undefined) map.delete(key)
      else map.set(key, value)
    }
  }
  return map
}

function build(batches: readonly (readonly Change<number>[])[]): SortedMap<number> {
  return batches.reduce((map, batch) => map.with(batch), SortedMap.empty<number>())
}

describe('sorted map', () => {
  it('holds what a Map holds, in key order, and leaves earlier maps as they were', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 6 }), (batches) => {
        const steps = batches.map((_, i) => batches.slice(0, i + 1))
        const maps = steps.map(build)
        maps.forEach((map, i) => {
          const expected = [...model(steps[i] ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
          expect([...map.entries()]).toEqual(expected)
          expect(map.size).toBe(expected.length)
          for (const [key, value] of expected.slice(0, 10)) expect(map.get(key)).toBe(value)
          expect(map.get('none')).toBeUndefined()
        })
      }),
      { numRuns: 100 },
    )
  })

  it('names each difference between two maps once, in key order', () => {
    fc.assert(
      fc.property(changes, changes, changes, (base, a, b) => {
        const left = build([base, a])
        const right = build([base, b])
        const found: [string, number | undefined, number | undefined][] = []
        left.forEachDifference(right, (...each) => found.push(each))
        const keys = [...new Set([...left.entries(), ...right.entries()].map(([key]) => key))].sort()
        expect(found).toEqual(
          keys
            .map((key) => [key, left.get(key), right.get(key)])
            .filter(([, mine, theirs]) => mine !== theirs),
        )
      }),
      { numRuns: 100 },
    )
  })

  it('shrinks to empty again, one entry at a time', () => {
    const keys = Array.from({ length: 1000 }, (_, i) => `k${1000 + i}`)
    let map = SortedMap.empty<number>().with(keys.map((key, i) => [key, i]))
    expect(map.size).toBe(1000)
    for (const key of keys) map = map.with([[key, undefined]])
    expect(map.size).toBe(0)
    expect([...map.entries()]).toEqual([])
  })
})
