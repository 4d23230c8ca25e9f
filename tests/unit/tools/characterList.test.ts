import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CharacterList } from '../../../tools/lib/recording/characterList'

/** Characters a step inserts; enough that blocks are cut. */
const count = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 500, max: 3_000 }))
const step = fc.record({ place: fc.nat(), count, hide: fc.array(fc.nat(), { maxLength: 4 }) })

it('CharacterList finds places as a plain array does, whatever is inserted and hidden', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const widths = Uint8Array.from({ length: 40_000 }, (_, id) => (id % 7 === 0 ? 2 : 1))
      const list = new CharacterList(widths)
      const model: number[] = []
      const hidden = new Set<number>()
      let nextId = 0
      for (const { place, count, hide } of steps) {
        const at = place % (model.length + 1)
        const ids = Array.from({ length: count }, () => nextId++)
        list.insert(model[at - 1], ids)
        model.splice(at, 0, ...ids)
        for (const index of hide) {
          const id = model[index % model.length] as number
          list.hide(id)
          hidden.add(id)
        }
      }
      expect([...list]).toEqual(model)
      let position = 0
      model.forEach((id, index) => {
        if (index % 97 !== 0 && index < model.length - 3) {
          if (!hidden.has(id)) position += widths[id] ?? 0
          return
        }
        expect(list.positionOf(id)).toBe(position)
        expect(list.next(id)).toBe(model[index + 1])
        if (hidden.has(id)) return
        position += widths[id] ?? 0
        expect(list.gapAt(position)).toBe(id)
      })
      expect(list.width).toBe(position)
    }),
    { numRuns: 60 },
  )
})
