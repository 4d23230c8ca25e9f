import { describe, expect, it } from 'vitest'
import type { ReplicaState } from '../../../../src/client/replica/replicaState'
import { isWellFormed } from '../../../../src/shared/ot/text'
import { ADA, BOB, ME, OLD_ME, PageLog, stateOf, textOf, textSnapshot } from './pageLog'

const gap = expect.objectContaining({ name: 'HistoryError', code: 'gap' }) as Error
const diverged = expect.objectContaining({ name: 'HistoryError', code: 'diverged' }) as Error

/** Everything a replica is, to compare before and after. */
const whole = (state: ReplicaState): unknown => ({ ...state.checkpoint(), content: textOf(state) })

describe('what a replica shows', () => {
  it('C1: is the confirmed content, then the update in flight, then the edits never sent', () => {
    const state = stateOf()
    state.receive(new PageLog().commit([ADA, ['ada']]))
    state.edit(ME, 1, [3, '!'])
    state.startSending()
    state.edit(ME, 2, ['>'])
    expect(textOf(state)).toBe('>ada!')
    expect(state.checkpoint()).toMatchObject({
      snapshot: 'ada',
      inflight: { clientId: ME, first: 1, seq: 1, after: 0, op: [3, '!'] },
      pending: [{ clientId: ME, first: 2, seq: 2, op: ['>'] }],
    })
    expect([state.unsent, state.unsentClients]).toEqual([2, [ME]])
  })

  it('C1: does not change by an edit that does not fit', () => {
    const state = stateOf()
    state.edit(ME, 1, ['a'])
    const before = whole(state)
    expect(() => state.edit(ME, 2, [5, 'x'])).toThrow(expect.objectContaining({ code: 'op-unfit' }) as Error)
    expect(whole(state)).toEqual(before)
  })

  it('J4: is the same again after its journal is replayed', () => {
    const log = new PageLog()
    const [first, second] = [log.commit([ADA, ['ada']]), log.commit([ME, ['me'], 2], [BOB, ['bob']])]
    const state = stateOf()
    state.edit(ME, 1, ['m'])
    state.edit(ME, 2, [1, 'e'])
    state.startSending()
    state.receive(first)
    state.sendingFailed()
    state.startSending()
    state.edit(ME, 3, [2, '!'])
    state.receive(second)
    const replayed = stateOf({}, [
      { kind: 'edit', clientId: ME, seq: 1, op: ['m'] },
      { kind: 'edit', clientId: ME, seq: 2, op: [1, 'e'] },
      { kind: 'send' },
      { kind: 'updates', ...first },
      { kind: 'unsent' },
      { kind: 'send' },
      { kind: 'edit', clientId: ME, seq: 3, op: [2, '!'] },
      { kind: 'updates', ...second },
    ])
    expect(whole(replayed)).toEqual(whole(state))
    expect(textOf(replayed)).toBe('bobme!ada')
  })

  it('J4: is the same again from its checkpoint', () => {
    const state = stateOf()
    state.receive(new PageLog().commit([ADA, ['ada']]))
    state.edit(ME, 1, ['m'])
    state.startSending()
    state.edit(ME, 2, ['n'])
    expect(whole(stateOf(state.checkpoint()))).toEqual(whole(state))
  })
})

describe('an update in flight', () => {
  it('C2: is the only one until it is acknowledged', () => {
    const state = stateOf()
    expect(state.startSending()).toBeUndefined()
    state.edit(ME, 1, ['a'])
    expect(state.startSending()).toMatchObject({ seq: 1 })
    state.edit(ME, 2, ['b'])
    expect(state.startSending()).toBeUndefined()
    state.receive(new PageLog().commit([ME, ['a']]))
    expect(state.startSending()).toMatchObject({ first: 2, seq: 2, after: 1 })
  })

  it('C2: is acknowledged by its own committed form, and nothing on the screen changes', () => {
    const state = stateOf()
    const log = new PageLog()
    state.edit(ME, 1, ['me'])
    state.startSending()
    expect(state.receive(log.commit([ADA, ['ada']]))).toEqual([2, 'ada'])
    expect(state.receive(log.commit([ME, ['me']]))).toBeUndefined()
    expect([textOf(state), state.unsent, state.inflight]).toEqual(['meada', 0, undefined])
    expect(state.head).toEqual(log.head)
  })

  it('C2: that the server never got is pending again, before what came after', () => {
    const state = stateOf()
    state.edit(ME, 1, ['a'])
    state.startSending()
    state.edit(ME, 2, [1, 'b'])
    state.sendingFailed()
    state.sendingFailed()
    expect(state.startSending()).toEqual({ clientId: ME, first: 1, seq: 2, after: 0, op: ['ab'] })
  })

  it('C2: follows what the server says it has of this client', () => {
    const state = stateOf()
    state.setAcknowledged(ME, 7)
    state.edit(ME, 8, ['a'])
    expect(state.startSending()).toMatchObject({ after: 7, seq: 8 })
  })
})

describe('what others did', () => {
  it('C3: is shown transformed over the update in flight and what was never sent', () => {
    const state = stateOf()
    const log = new PageLog()
    state.receive(log.commit([ADA, ['hello']]))
    state.edit(ME, 1, [5, '!'])
    state.startSending()
    state.edit(ME, 2, ['> '])
    const shown = state.receive(log.commit([ADA, [5, ' world']], [BOB, [-1]], [ADA, ['H']]))
    expect(textOf(state)).toBe('> Hello! world')
    expect(shown).toEqual([2, 'H', -1, 5, ' world'])
  })

  it('C3: ends equal with the server, whose log transforms the update in flight one by one', () => {
    const log = new PageLog()
    const state = stateOf()
    state.receive(log.commit([ADA, ['0123456789']]))
    state.edit(ME, 1, [2, 'x', -3])
    state.startSending()
    const remote = [
      [BOB, [4, -2]],
      [ADA, [3, 'y']],
    ] as const
    state.receive(log.commit([...remote[0]], [...remote[1]]))
    const committed = state.inflight?.op
    state.receive(log.commit([ME, committed]))
    const other = stateOf()
    const server = new PageLog()
    other.receive(server.commit([ADA, ['0123456789']]))
    other.receive(server.commit([...remote[0]], [...remote[1]], [ME, committed]))
    expect([textOf(state), state.head]).toEqual([textOf(other), other.head])
  })

  it('C4: that is known already changes nothing', () => {
    const state = stateOf()
    const log = new PageLog()
    const all = log.commit([ADA, ['a']], [ADA, ['b']])
    state.receive(all)
    const before = whole(state)
    expect(state.receive(all)).toBeUndefined()
    expect(whole(state)).toEqual(before)
  })

  it('C4: that is known in part adds the rest', () => {
    const state = stateOf()
    const log = new PageLog()
    const first = log.commit([ADA, ['a']])
    const second = log.commit([ADA, ['b']])
    state.receive(first)
    const both = { ...second, from: 0, updates: [...first.updates, ...second.updates] }
    expect(state.receive(both)).toEqual(['b'])
    expect([textOf(state), state.head]).toEqual(['ba', log.head])
  })

  it('C4: after a gap changes nothing', () => {
    const state = stateOf()
    const log = new PageLog()
    log.commit([ADA, ['a']])
    const later = log.commit([ADA, ['b']])
    state.edit(ME, 1, ['me'])
    const before = whole(state)
    expect(() => state.receive(later)).toThrow(gap)
    expect(whole(state)).toEqual(before)
  })

  it('C4: of another history changes nothing, though its versions follow', () => {
    const state = stateOf()
    const log = new PageLog()
    state.receive(log.commit([ADA, ['a']]))
    const other = new PageLog()
    other.commit([BOB, ['b']])
    const before = whole(state)
    expect(() => state.receive(other.commit([BOB, ['c']]))).toThrow(diverged)
    expect(whole(state)).toEqual(before)
  })

  it.each<[string, (updates: readonly object[]) => readonly object[]]>([
    ['an op', ([one]) => [{ ...one, op: ['x'] }]],
    ['an author', ([one]) => [{ ...one, author: BOB }]],
    ['a time', ([one]) => [{ ...one, time: 2 }]],
    ['the edits it holds', ([one]) => [{ ...one, seq: 2 }]],
  ])('C4: with %s changed on the way changes nothing', (_name, change) => {
    const state = stateOf()
    const received = new PageLog().commit([ADA, ['a']])
    const forged = { ...received, updates: change(received.updates) } as typeof received
    expect(() => state.receive(forged)).toThrow(diverged)
    expect(textOf(state)).toBe('')
  })

  it('C4: that does not fit the content changes nothing', () => {
    const state = stateOf()
    state.edit(ME, 1, ['me'])
    const before = whole(state)
    expect(() => state.receive(new PageLog().commit([ADA, ['a']], [ADA, [9, 'x']]))).toThrow()
    expect(whole(state)).toEqual(before)
  })
})

describe("one's own edits in another history", () => {
  it('C5: in flight and committed in another form, they change nothing', () => {
    const state = stateOf()
    state.edit(ME, 1, ['a'])
    state.startSending()
    const before = whole(state)
    expect(() => state.receive(new PageLog().commit([ME, ['b']]))).toThrow(diverged)
    expect(whole(state)).toEqual(before)
  })

  it('C5: never sent and yet committed, as after a restored profile, they change nothing', () => {
    const state = stateOf()
    state.edit(ME, 1, ['a'])
    const before = whole(state)
    expect(() => state.receive(new PageLog().commit([ADA, ['ada']], [ME, ['a']]))).toThrow(diverged)
    expect(whole(state)).toEqual(before)
  })

  it('C5: committed together with later ones, as after a restored profile, they change nothing', () => {
    const state = stateOf()
    state.edit(ME, 1, ['a'])
    state.startSending()
    const before = whole(state)
    expect(() => state.receive(new PageLog().commit([ME, ['ab'], 2]))).toThrow(diverged)
    expect(whole(state)).toEqual(before)
  })

  it('C5: of an earlier life and acknowledged long ago are like those of others', () => {
    const state = stateOf()
    state.edit(ME, 1, ['me'])
    expect(state.receive(new PageLog().commit([OLD_ME, ['old']]))).toEqual([2, 'old'])
  })
})

describe('another confirmed content', () => {
  const HEAD = { version: 9, hash: '9'.repeat(64) }

  it('C6: keeps unsent edits where they belong, by difference', () => {
    const state = stateOf()
    state.receive(new PageLog().commit([ADA, ['one two three']]))
    state.edit(ME, 1, [3, '!'])
    state.startSending()
    state.edit(ME, 2, [14, '?'])
    const shown = state.replace(textSnapshot('zero one 2 three'), HEAD, new Map())
    expect(textOf(state)).toBe('zero one! 2 three?')
    expect(shown).toEqual(['zero ', 5, '2', -3])
    expect(state.checkpoint()).toMatchObject({ ...HEAD, snapshot: 'zero one 2 three', inflight: undefined })
    expect(state.unsent).toBe(2)
    expect(state.startSending()).toMatchObject({ first: 1, seq: 2, after: 0 })
  })

  it('C6: with the update in flight in it does not repeat it, and keeps what was never sent', () => {
    const state = stateOf()
    state.edit(ME, 1, ['mine'])
    state.startSending()
    state.edit(ME, 2, [4, ' too'])
    const shown = state.replace(textSnapshot('theirs mine'), HEAD, new Map([[ME, 1]]))
    expect(shown).toEqual(['theirs '])
    expect([textOf(state), state.unsent]).toEqual(['theirs mine too', 1])
    expect(state.startSending()).toMatchObject({ first: 2, seq: 2, after: 1, op: [11, ' too'] })
  })

  it('C6: with everything in it leaves nothing unsent, though it was never sent from here', () => {
    const state = stateOf()
    state.edit(OLD_ME, 1, ['old '])
    state.edit(ME, 1, [4, 'new'])
    expect(
      state.replace(
        textSnapshot('old new'),
        HEAD,
        new Map([
          [OLD_ME, 1],
          [ME, 1],
        ]),
      ),
    ).toBeUndefined()
    expect([textOf(state), state.unsent]).toEqual(['old new', 0])
  })

  it('C6: with edits of an earlier life in it keeps those of this one', () => {
    const state = stateOf()
    state.edit(OLD_ME, 1, ['old '])
    state.edit(ME, 1, [4, 'new'])
    state.replace(textSnapshot('old '), HEAD, new Map([[OLD_ME, 1]]))
    expect([textOf(state), state.unsent, state.unsentClients]).toEqual(['old new', 1, [ME]])
  })

  it('C6: does not split a surrogate pair', () => {
    const state = stateOf()
    state.receive(new PageLog().commit([ADA, ['a😀b']]))
    state.edit(ME, 1, [3, '!'])
    state.replace(textSnapshot('a😁b'), HEAD, new Map())
    expect(isWellFormed(textOf(state))).toBe(true)
    expect(textOf(state)).toContain('😁')
  })

  it('C6: can no longer be handed back: it has no signature of this history', () => {
    const state = stateOf()
    state.receive(new PageLog().commit([ADA, ['a']]))
    expect(state.signedHead).toMatchObject({ version: 1 })
    state.replace(textSnapshot('b'), HEAD, new Map())
    expect(state.signedHead).toBeUndefined()
  })

  it('C7: with a part of a run in it is not guessed at: nothing changes', () => {
    const state = stateOf()
    for (let seq = 1; seq <= 4; seq++) state.edit(ME, seq, ['x'])
    const before = whole(state)
    expect(() => state.replace(textSnapshot('xx'), HEAD, new Map([[ME, 2]]))).toThrow(diverged)
    expect(whole(state)).toEqual(before)
  })
})

describe('edits that are given up', () => {
  it('C8: leave the confirmed content, and say how to get there', () => {
    const state = stateOf()
    state.receive(new PageLog().commit([ADA, ['hello']]))
    state.edit(ME, 1, [5, '!'])
    state.startSending()
    state.edit(ME, 2, [-5])
    expect(textOf(state)).toBe('!')
    expect(state.dropUnsent()).toEqual(['hello', -1])
    expect([textOf(state), state.unsent]).toEqual(['hello', 0])
    expect(state.dropUnsent()).toBeUndefined()
  })

  it('C8: leave no trace of a record that they put', () => {
    const state = stateOf({ snapshot: '{}' }, [], 'board')
    const { type } = state
    state.edit(ME, 1, type.parseOp({ a: { put: { kind: 'note' } } }))
    const shown = state.content
    const op = state.dropUnsent()
    expect(op).toEqual({ a: { purge: true } })
    expect(type.serialise(type.apply(shown, op))).toBe(type.serialise(state.content))
  })
})
