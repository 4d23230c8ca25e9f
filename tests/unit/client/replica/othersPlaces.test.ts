import { describe, expect, it } from 'vitest'
import { OthersPlaces } from '../../../../src/client/replica/othersPlaces'
import { otTypeOf } from '../../../../src/shared/ot/anyType'
import { transformPlace, type Place } from '../../../../src/shared/ot/places'
import { ADA as SESSION_A, BOB as SESSION_B } from './pageLog'

const type = otTypeOf('text')
const same = (place: Place<unknown>): Place<unknown> => place

describe("others' places", () => {
  it("P7: are mapped over one's own unsent edits as they come", () => {
    const others = new OthersPlaces(type)
    others.update([{ sessionId: SESSION_A, place: [2, 4] }], (place) => transformPlace(type, place, ['abc']))
    expect(others.value.get(SESSION_A)).toEqual([5, 7])
  })

  it('P7: move with every later change of what is shown', () => {
    const others = new OthersPlaces(type)
    others.update([{ sessionId: SESSION_A, place: [2] }], same)
    others.shift(['abc'])
    others.shift([5, 'not before it'])
    expect(others.value.get(SESSION_A)).toEqual([5])
  })

  it('P7: change where new ones come, and go where there is none', () => {
    const others = new OthersPlaces(type)
    others.update(
      [
        { sessionId: SESSION_A, place: [1] },
        { sessionId: SESSION_B, place: [2] },
      ],
      same,
    )
    others.update(
      [
        { sessionId: SESSION_A, place: null },
        { sessionId: SESSION_B, place: [3] },
      ],
      same,
    )
    expect([...others.value]).toEqual([[SESSION_B, [3]]])
    others.clear()
    expect(others.value.size).toBe(0)
  })

  it.each([[['x']], ['nowhere'], [[-1]], [Array(65).fill(0)], [undefined]])(
    'P7: leave out %j, which is none, and keep the rest',
    (place) => {
      const others = new OthersPlaces(type)
      others.update([{ sessionId: SESSION_A, place: [1] }], same)
      others.update(
        [
          { sessionId: SESSION_A, place },
          { sessionId: SESSION_B, place: [2] },
        ],
        same,
      )
      expect([...others.value]).toEqual([[SESSION_B, [2]]])
    },
  )

  it('P7: tell listeners of changes, and only of those', () => {
    const others = new OthersPlaces(type)
    let told = 0
    others.subscribe(() => (told += 1))
    others.shift(['x'])
    others.clear()
    expect(told).toBe(0)
    others.update([{ sessionId: SESSION_A, place: [1] }], same)
    expect(told).toBe(1)
  })
})
