import { beforeEach, describe, expect, it } from 'vitest'
import type { ReplicaStore } from '../../../../src/client/cache/replicaCache'
import { ReplicaJournal } from '../../../../src/client/replica/replicaJournal'
import { DEFAULT_REPLICA_LIMITS, type ReplicaOptions } from '../../../../src/client/replica/replicaOptions'
import type { ReplicaState } from '../../../../src/client/replica/replicaState'
import type { AnyOtType } from '../../../../src/shared/ot/anyType'
import { textType } from '../../../../src/shared/ot/text'
import { ManualClock } from '../../../lib/manualClock'
import { ME, stateOf } from './pageLog'

const CALM_MS = 2_000
let clock: ManualClock
let state: ReplicaState
let journal: ReplicaJournal
let checkpoints: number
let seq: number

beforeEach(() => {
  clock = new ManualClock()
  state = stateOf()
  checkpoints = 0
  seq = 0
  const store: Partial<ReplicaStore> = {
    append: () => Promise.resolve(),
    checkpoint: () => {
      checkpoints += 1
      return Promise.resolve()
    },
  }
  const options: Partial<ReplicaOptions> = {
    type: textType as AnyOtType,
    clock,
    limits: { ...DEFAULT_REPLICA_LIMITS, checkpointEntries: 100, calmMs: CALM_MS },
  }
  const told = { failed: () => undefined, recovered: () => undefined }
  journal = new ReplicaJournal(options as ReplicaOptions, state, store as ReplicaStore, [], told)
})

/** Makes so many edits and waits until they are written. */
async function edit(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    state.edit(ME, ++seq, ['x'])
    journal.record({ kind: 'edit', clientId: ME, seq, op: ['x'] })
  }
  await journal.written()
}

describe('when a page is stored as a whole', () => {
  it('J8: after a number of steps', async () => {
    await edit(99)
    expect(checkpoints).toBe(0)
    await edit(1)
    expect(checkpoints).toBe(1)
  })

  it('J8: in a calm, where a part of that number has been made, once', async () => {
    await edit(20)
    clock.advance(CALM_MS - 1)
    await edit(1)
    clock.advance(CALM_MS - 1)
    await journal.written()
    expect(checkpoints).toBe(0)
    clock.advance(1)
    await journal.written()
    expect(checkpoints).toBe(1)
    clock.advance(10 * CALM_MS)
    await journal.written()
    expect([checkpoints, clock.waiting]).toEqual([1, 0])
  })

  it('J8: not in a calm after few steps, nor once the page is closed', async () => {
    await edit(19)
    clock.advance(10 * CALM_MS)
    expect(clock.waiting).toBe(0)
    await edit(1)
    expect(clock.waiting).toBe(1)
    journal.stop()
    clock.advance(10 * CALM_MS)
    await journal.written()
    expect(checkpoints).toBe(0)
  })
})
