import { describe, expect, it } from 'vitest'
import { HandBackCollector } from '../../../../src/server/core/handBackCollector'
import { HandBackBudget } from '../../../../src/server/core/handBackBudget'
import type { ClientMessageOf } from '../../../../src/shared/protocol/clientMessages'
import type { Update } from '../../../../src/shared/update'
import { idOf } from '../../../lib/idOf'
import { ManualClock } from '../../../lib/manualClock'

const AFTER = { version: 1, hash: '1'.repeat(64) }
const HEAD = { version: 9, hash: '9'.repeat(64), signature: 'A'.repeat(86) }

function updateOf(seq: number, op: unknown = ['x']): Update {
  return { clientId: idOf('ada'), after: seq - 1, seq, author: idOf('device'), time: 1, op }
}

function piece(updates: Update[], more: boolean, page = 'page'): ClientMessageOf<'handBack'> {
  return { type: 'handBack', pageId: idOf(page), after: AFTER, updates, head: HEAD, more }
}

/** A collector on a server with a budget. */
function collectorOf(budget = new HandBackBudget(Number.MAX_SAFE_INTEGER), clock = new ManualClock()) {
  return new HandBackCollector({ budget, clock, limits: { handBackTimeoutMs: 60_000 } })
}

const unproven = expect.objectContaining({ code: 'history-unproven' }) as Error

describe('pieces of history handed back', () => {
  it('H8: are joined in their order when the last one is there, each page by itself', () => {
    const collector = collectorOf()
    expect(collector.add(piece([updateOf(1), updateOf(2)], true), true)).toBeUndefined()
    expect(collector.add(piece([updateOf(7)], true, 'other'), true)).toBeUndefined()
    expect(collector.add(piece([updateOf(3)], false), true)).toEqual({
      after: AFTER,
      updates: [updateOf(1), updateOf(2), updateOf(3)],
      head: HEAD,
    })
    expect(collector.add(piece([updateOf(8)], false, 'other'), true)?.updates).toEqual([
      updateOf(7),
      updateOf(8),
    ])
    expect(collector.add(piece([updateOf(4)], false), true)?.updates).toEqual([updateOf(4)])
  })

  it('H7: of too many updates are refused with the last one and forgotten, over all pages together', () => {
    const collector = collectorOf()
    const many = Array.from({ length: 10_001 }, (_, index) => updateOf(index + 1))
    collector.add(piece(many, true), true)
    expect(collector.add(piece(many, true, 'other'), true)).toBeUndefined()
    expect(() => collector.add(piece([updateOf(9)], false, 'other'), true)).toThrow(unproven)
    expect(() => collector.add(piece(many, false), true)).toThrow(unproven)
    expect(collector.add(piece([updateOf(1)], false), true)?.updates).toHaveLength(1)
  })

  it('H7: that are too long are refused, though they are few', () => {
    const collector = collectorOf()
    const large = updateOf(1, ['x'.repeat(4 * 1024 * 1024)])
    for (let i = 0; i < 15; i++) expect(collector.add(piece([large], true), true)).toBeUndefined()
    expect(() => collector.add(piece([large], false), true)).toThrow(unproven)
  })

  it('H9: are refused once, with the last one, where somebody sends one of them who may not write', () => {
    const collector = collectorOf()
    const notAllowed = expect.objectContaining({ code: 'not-allowed' }) as Error
    expect(collector.add(piece([updateOf(1)], true), true)).toBeUndefined()
    expect(collector.add(piece([updateOf(2)], true), false)).toBeUndefined()
    expect(() => collector.add(piece([updateOf(3)], false), true)).toThrow(notAllowed)
    expect(() => collector.add(piece([updateOf(3)], false), false)).toThrow(notAllowed)
    expect(collector.add(piece([updateOf(4)], false), true)?.updates).toEqual([updateOf(4)])
  })

  describe('by several sessions', () => {
    /** An update that takes 1,000 units. */
    const update = updateOf(1, ['x'.repeat(1_000 - 256 - 4)])

    it('H7: have room for so much together; who comes after them is refused with the last piece', () => {
      const budget = new HandBackBudget(3_000)
      const [ada, bob] = [collectorOf(budget), collectorOf(budget)]
      ada.add(piece([update, update], true), true)
      bob.add(piece([update], true), true)
      expect(ada.add(piece([update], true, 'other'), true)).toBeUndefined()
      expect(() => ada.add(piece([], false, 'other'), true)).toThrow(unproven)
      expect(bob.add(piece([], false), true)?.updates).toHaveLength(1)
      // What Bob has handed over makes room.
      expect(ada.add(piece([update], false), true)?.updates).toHaveLength(3)
    })

    it.each<[string, (ada: HandBackCollector, clock: ManualClock) => void]>([
      ['closing the page', (ada) => ada.drop(idOf('page'))],
      ['leaving', (ada) => ada.end()],
      ['taking too long', (_ada, clock) => clock.advance(60_000)],
      ['being refused', (ada) => ada.add(piece([], true), false)],
    ])('H7: are forgotten by %s, and their room is free again', (_name, forget) => {
      const [budget, clock] = [new HandBackBudget(1_000), new ManualClock()]
      const [ada, bob] = [collectorOf(budget, clock), collectorOf(budget, clock)]
      ada.add(piece([update], true), true)
      expect(() => bob.add(piece([update], false), true)).toThrow(unproven)
      forget(ada, clock)
      expect(bob.add(piece([update], false), true)?.updates).toHaveLength(1)
      ada.end()
      expect([clock.waiting, budget.take(1_000), budget.take(1)]).toEqual([0, true, false])
    })

    it('H9: that took too long are answered with the last one', () => {
      const clock = new ManualClock()
      const ada = collectorOf(undefined, clock)
      ada.add(piece([update], true), true)
      clock.advance(59_999)
      ada.add(piece([update], true), true)
      clock.advance(1)
      expect(() => ada.add(piece([update], false), true)).toThrow(unproven)
      expect(ada.add(piece([update], false), true)?.updates).toHaveLength(1)
    })
  })
})
