import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareOrder,
  isOrderKey,
  orderBetween,
  type Ordered,
} from '../../../../../src/shared/ot/records/order'

const HOSTILE = [
  undefined,
  null,
  7,
  '',
  'a',
  'a0 ',
  'a00',
  '__proto__',
  `a0${'1'.repeat(500)}`,
  `A${'0'.repeat(25)}1`,
]

const keys = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('Zz', 'a0', 'a0V', 'a1', 'b00', 'b01', 'a0G', 'a1V') },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
)
const lists: fc.Arbitrary<Ordered[]> = fc
  .array(keys, { maxLength: 12 })
  .map((all) => all.map((key, i) => ({ id: `i${i}`, key })).sort(compareOrder))

/** The list after a thing named `new` was inserted before `items[index]`. */
function insert(items: readonly Ordered[], index: number, id = 'new'): Ordered[] {
  const { keys: made, rekeyed } = orderBetween(items, index)
  const renewed = new Map(rekeyed.map((each) => [each.id, each.key]))
  return [
    ...items.map((item) => ({ id: item.id, key: renewed.get(item.id) ?? item.key })),
    { id, key: made[0] },
  ].sort(compareOrder)
}

describe('order of records', () => {
  it('puts a thing exactly where it was wanted, whatever keys stand there', () => {
    fc.assert(
      fc.property(lists, fc.nat(), (items, n) => {
        const index = n % (items.length + 1)
        const wanted = items.map((item) => item.id)
        wanted.splice(index, 0, 'new')
        expect(insert(items, index).map((item) => item.id)).toEqual(wanted)
      }),
      { numRuns: 2000 },
    )
  })

  it('makes keys that rise for several things at once', () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.integer({ min: 1, max: 5 }), (items, n, count) => {
        const { keys: made } = orderBetween(items, n % (items.length + 1), count)
        expect(made).toHaveLength(count)
        expect(made.every(isOrderKey)).toBe(true)
        expect([...new Set(made)].sort()).toEqual(made)
      }),
      { numRuns: 500 },
    )
  })

  it('R6: gives new keys only where equal ones would leave no room', () => {
    const apart: Ordered[] = [
      { id: 'a', key: 'a0' },
      { id: 'b', key: 'a1' },
    ]
    expect(orderBetween(apart, 1).rekeyed).toEqual([])
    const equal: Ordered[] = [
      { id: 'a', key: 'a0' },
      { id: 'b', key: 'a0' },
      { id: 'c', key: 'a1' },
    ]
    expect(orderBetween(equal, 1).rekeyed.map((item) => item.id)).toEqual(['b'])
    expect(orderBetween(equal, 0).rekeyed).toEqual([])
    expect(orderBetween(equal, 2).rekeyed).toEqual([])
  })

  it('R6: two people who insert at one place at once make one order, and a third can go between them', () => {
    const items: Ordered[] = [
      { id: 'a', key: 'a0' },
      { id: 'd', key: 'a1' },
    ]
    const [key] = orderBetween(items, 1).keys
    const both = [...items, { id: 'c', key }, { id: 'b', key }].sort(compareOrder)
    expect(both.map((item) => item.id)).toEqual(['a', 'b', 'c', 'd'])
    expect(insert(both, 2).map((item) => item.id)).toEqual(['a', 'b', 'new', 'c', 'd'])
  })

  it('keeps keys short when thousands of things are put at one place', () => {
    let items: Ordered[] = []
    for (let i = 0; i < 1200; i++) items = insert(items, Math.min(items.length, 1 + (i % 2)), `i${i}`)
    expect(items).toHaveLength(1200)
    for (const item of items) expect(String(item.key).length).toBeLessThanOrEqual(64)
  })
})
