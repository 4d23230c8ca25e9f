import { describe, expect, it } from 'vitest'
import { serverStandFits } from '../../../../src/client/replica/serverStand'
import type { ReplicaState } from '../../../../src/client/replica/replicaState'
import type { JournalEntry } from '../../../../src/client/cache/replicaCache'
import { ADA, ME, OLD_ME, PageLog, stateOf } from './pageLog'

function ask(
  state: ReplicaState,
  ...stands: { clientId: string; seq: number; version: number }[]
): { fits: boolean; recorded: JournalEntry[] } {
  const recorded: JournalEntry[] = []
  const fits = serverStandFits(state, stands, { record: (entry) => recorded.push(entry) })
  return { fits, recorded }
}

/** Edits 1 and 2 are acknowledged, 3 and 4 are in flight, 5 was never sent. */
function busy(): ReplicaState {
  const state = stateOf()
  const log = new PageLog()
  state.edit(ME, 1, ['1'])
  state.edit(ME, 2, [1, '2'])
  state.startSending()
  state.receive(log.commit([ME, ['12'], 2]))
  state.edit(ME, 3, [2, '3'])
  state.edit(ME, 4, [3, '4'])
  state.startSending()
  state.edit(ME, 5, [4, '5'])
  return state
}

describe('what the server says it has of my edits', () => {
  it('C2: without the update in flight makes its edits pending again, and that is journalled', () => {
    const state = busy()
    expect(ask(state, { clientId: ME, seq: 2, version: 1 })).toEqual({
      fits: true,
      recorded: [{ kind: 'unsent' }],
    })
    expect(state.startSending()).toMatchObject({ first: 3, seq: 5, after: 2 })
  })

  it('C2: with the update in flight, committed later than I stand, waits for it', () => {
    const state = busy()
    expect(ask(state, { clientId: ME, seq: 4, version: 2 })).toEqual({ fits: true, recorded: [] })
    expect(state.inflight).toMatchObject({ first: 3, seq: 4 })
  })

  it('C5: with the update in flight before where I stand does not fit: its form has gone by', () => {
    expect(ask(busy(), { clientId: ME, seq: 4, version: 1 }).fits).toBe(false)
  })

  it.each([3, 5, 6])(
    'C5: up to edit %i, which ends inside or after what is in flight, does not fit',
    (seq) => {
      expect(ask(busy(), { clientId: ME, seq, version: 2 }).fits).toBe(false)
    },
  )

  it('C5: with edits that were never sent from here does not fit', () => {
    const state = stateOf()
    state.edit(OLD_ME, 1, ['a'])
    expect(ask(state, { clientId: OLD_ME, seq: 1, version: 1 }).fits).toBe(false)
  })

  it('C2: about clients without edits here is remembered for their next ones', () => {
    const state = stateOf()
    expect(ask(state, { clientId: ME, seq: 7, version: 9 }, { clientId: ADA, seq: 0, version: 0 })).toEqual({
      fits: true,
      recorded: [],
    })
    state.edit(ME, 8, ['a'])
    expect(state.startSending()).toMatchObject({ after: 7 })
  })
})
