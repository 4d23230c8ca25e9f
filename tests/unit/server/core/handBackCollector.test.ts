import { describe, expect, it } from 'vitest'
import { HandBackCollector } from '../../../../src/server/core/handBackCollector'
import type { ClientMessageOf } from '../../../../src/shared/protocol/clientMessages'
import type { Update } from '../../../../src/shared/update'
import { idOf } from '../../../lib/idOf'

const AFTER = { version: 1, hash: '1'.repeat(64) }
const HEAD = { version: 9, hash: '9'.repeat(64), signature: 'A'.repeat(86) }

function updateOf(seq: number, op: unknown = ['x']): Update {
  return { clientId: idOf('ada'), after: seq - 1, seq, author: idOf('device'), time: 1, op }
}

function piece(updates: Update[], more: boolean, page = 'page'): ClientMessageOf<'handBack'> {
  return { type: 'handBack', pageId: idOf(page), after: AFTER, updates, head: HEAD, more }
}

const unproven = expect.objectContaining({ code: 'history-unproven' }) as Error

describe('pieces of history handed back', () => {
  it('H8: are joined in their order when the last one is there, each page by itself', () => {
    const collector = new HandBackCollector()
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
    const collector = new HandBackCollector()
    const many = Array.from({ length: 10_001 }, (_, index) => updateOf(index + 1))
    collector.add(piece(many, true), true)
    expect(collector.add(piece(many, true, 'other'), true)).toBeUndefined()
    expect(() => collector.add(piece([updateOf(9)], false, 'other'), true)).toThrow(unproven)
    expect(() => collector.add(piece(many, false), true)).toThrow(unproven)
    expect(collector.add(piece([updateOf(1)], false), true)?.updates).toHaveLength(1)
  })

  it('H7: that are too long are refused, though they are few', () => {
    const collector = new HandBackCollector()
    const large = updateOf(1, ['x'.repeat(4 * 1024 * 1024)])
    for (let i = 0; i < 15; i++) expect(collector.add(piece([large], true), true)).toBeUndefined()
    expect(() => collector.add(piece([large], false), true)).toThrow(unproven)
  })

  it('H9: are refused once, with the last one, where somebody sends one of them who may not write', () => {
    const collector = new HandBackCollector()
    const notAllowed = expect.objectContaining({ code: 'not-allowed' }) as Error
    expect(collector.add(piece([updateOf(1)], true), true)).toBeUndefined()
    expect(collector.add(piece([updateOf(2)], true), false)).toBeUndefined()
    expect(() => collector.add(piece([updateOf(3)], false), true)).toThrow(notAllowed)
    expect(() => collector.add(piece([updateOf(3)], false), false)).toThrow(notAllowed)
    expect(collector.add(piece([updateOf(4)], false), true)?.updates).toEqual([updateOf(4)])
  })
})
