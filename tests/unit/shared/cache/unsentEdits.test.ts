import { describe, expect, it } from 'vitest'
import { contiguousEnd } from '../../../../src/shared/cache/keptLog'
import type { JournalEntry } from '../../../../src/shared/cache/replicaCache'
import { unsentAfter, unsentOf } from '../../../../src/shared/cache/unsentEdits'
import type { Update } from '../../../../src/shared/update'

const edit = (clientId: string, seq: number): JournalEntry => ({ kind: 'edit', clientId, seq, op: [] })
const committed = (...updates: [clientId: string, seq: number][]): JournalEntry => ({
  kind: 'updates',
  from: 0,
  updates: updates.map(([clientId, seq]): Update => ({
    clientId,
    after: seq - 1,
    seq,
    author: 'a',
    time: 0,
    op: [],
  })),
  hash: '',
  signature: undefined,
})
const run = (clientId: string, first: number, seq: number) => ({ clientId, first, seq, op: [] })

describe('unsent edits of a replica', () => {
  it('are those of inflight and pending, less what was acknowledged', () => {
    const unsent = unsentOf({
      inflight: { ...run('old', 3, 4), after: 2 },
      pending: [run('old', 5, 6), run('new', 1, 9)],
      acknowledged: [
        ['old', 4],
        ['gone', 7],
      ],
    })
    expect([...unsent]).toEqual([
      ['old', 6],
      ['new', 9],
    ])
  })

  it('grow with edits and go when the newest of their client comes back committed', () => {
    const three = unsentAfter(new Map(), [edit('a', 1), edit('b', 1), edit('a', 2), { kind: 'send' }])
    expect([...three]).toEqual([
      ['a', 2],
      ['b', 1],
    ])
    expect([...unsentAfter(three, [committed(['a', 1], ['b', 1])])]).toEqual([['a', 2]])
    expect([...unsentAfter(three, [committed(['a', 3], ['b', 2])])]).toEqual([])
    expect([...unsentAfter(three, [committed(['a', 2]), edit('a', 3)])]).toEqual([
      ['b', 1],
      ['a', 3],
    ])
  })

  it('stay the same map where entries change nothing, so that nothing need be written', () => {
    const unsent = unsentAfter(new Map(), [edit('a', 2)])
    expect(unsentAfter(unsent, [{ kind: 'send' }, committed(['a', 1], ['z', 9]), { kind: 'unsent' }])).toBe(
      unsent,
    )
  })
})

describe('the contiguous end of a log', () => {
  const part = (from: number, count: number) => ({ from, updates: Array<Update>(count) })

  it('is all of it where every entry follows the one before', () => {
    const log = [part(0, 2), part(2, 1), part(3, 4)]
    expect(contiguousEnd(log)).toEqual(log)
    expect(contiguousEnd([])).toEqual([])
  })

  it('starts after the last gap or overlap', () => {
    expect(contiguousEnd([part(0, 2), part(3, 1), part(4, 1)])).toEqual([part(3, 1), part(4, 1)])
    expect(contiguousEnd([part(0, 5), part(4, 1)])).toEqual([part(4, 1)])
  })
})
