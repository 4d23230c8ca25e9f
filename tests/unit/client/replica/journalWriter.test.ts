import { describe, expect, it } from 'vitest'
import { JournalWriter } from '../../../../src/client/replica/journalWriter'
import type { Checkpoint, Draft, JournalEntry, ReplicaStore } from '../../../../src/client/cache/replicaCache'
import { idOf } from '../../../lib/idOf'
import { ManualClock } from '../../../lib/manualClock'

/** A store whose writes wait until they are let go on or fail. */
class SlowStore implements Pick<ReplicaStore, 'append' | 'checkpoint'> {
  /** Writes begun, in order. */
  readonly writes: string[] = []
  readonly #waiting: { resolve: () => void; reject: (error: unknown) => void }[] = []

  append(entries: readonly JournalEntry[]): Promise<void> {
    return this.#write(
      entries.map((entry) => (entry.kind === 'edit' ? `edit ${entry.seq}` : entry.kind)).join(', '),
    )
  }

  checkpoint(
    state: Checkpoint,
    { keepUpdates, draft }: { keepUpdates: number; draft?: Draft },
  ): Promise<void> {
    return this.#write(
      `checkpoint ${state.version} keeping ${keepUpdates}${draft === undefined ? '' : ' with draft'}`,
    )
  }

  /** Ends the oldest write under way. */
  async end(error?: unknown): Promise<void> {
    const write = this.#waiting.shift()
    if (write === undefined) throw new Error('nothing is being written')
    if (error === undefined) write.resolve()
    else write.reject(error)
    await settle()
  }

  #write(what: string): Promise<void> {
    this.writes.push(what)
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}

const edit = (seq: number): JournalEntry => ({ kind: 'edit', clientId: idOf('ada'), seq, op: ['x'] })
const checkpointAt = (version: number): Checkpoint => ({
  version,
  hash: 'f'.repeat(64),
  signedHead: undefined,
  snapshot: '',
  inflight: undefined,
  pending: [],
  acknowledged: [],
})
const DRAFT: Draft = {
  draftId: 'draft',
  roomId: idOf('room'),
  pageId: idOf('page'),
  code: 'op-unfit',
  content: '',
  kind: 'text',
  time: 1,
}

const GATHER_MS = 100
const UPDATES: JournalEntry = {
  kind: 'updates',
  from: 1,
  updates: [],
  hash: 'f'.repeat(64),
  signature: undefined,
}

function start() {
  const store = new SlowStore()
  const clock = new ManualClock()
  const errors: unknown[] = []
  const writer = new JournalWriter(store as unknown as ReplicaStore, clock, GATHER_MS, (error) =>
    errors.push(error),
  )
  return { store, clock, errors, writer }
}

describe('the journal of a replica', () => {
  it('J1: writes the steps of one turn together, and those that come meanwhile together after it', async () => {
    const { store, writer } = start()
    writer.add(edit(1))
    writer.add({ kind: 'send' })
    await settle()
    expect(store.writes).toEqual(['edit 1, send'])
    writer.add(edit(2))
    writer.add(edit(3))
    await settle()
    expect(store.writes).toHaveLength(1)
    await store.end()
    expect(store.writes).toEqual(['edit 1, send', 'edit 2, edit 3'])
  })

  it('J1: is written when every step queued before is', async () => {
    const { store, writer } = start()
    let written = false
    writer.add(edit(1))
    await settle()
    writer.add(edit(2))
    const wait = writer.written().then(() => {
      written = true
    })
    await store.end()
    expect(written).toBe(false)
    await store.end()
    await wait
    expect(written).toBe(true)
    await writer.written()
  })

  it('J1: writes a step that comes in the moment in which the one before has been written', async () => {
    const { store, writer } = start()
    writer.add(edit(1))
    await settle()
    const adding = writer.written().then(() => writer.add(edit(2)))
    await store.end()
    await adding
    await settle()
    expect(store.writes).toEqual(['edit 1', 'edit 2'])
    await store.end()
    await writer.written()
  })

  it('J9: writes committed updates together, a moment after the first of them', async () => {
    const { store, clock, writer } = start()
    writer.add(UPDATES)
    clock.advance(GATHER_MS - 1)
    writer.add(UPDATES)
    await settle()
    expect(store.writes).toEqual([])
    clock.advance(1)
    await settle()
    expect(store.writes).toEqual(['updates, updates'])

    writer.add(UPDATES)
    await store.end()
    expect(store.writes).toHaveLength(1)
    clock.advance(GATHER_MS)
    await settle()
    expect(store.writes).toEqual(['updates, updates', 'updates'])
    await store.end()
    expect(clock.waiting).toBe(0)
  })

  it('J9: lets neither an own step nor whoever waits for the writing wait for more updates', async () => {
    const { store, clock, writer } = start()
    writer.add(UPDATES)
    writer.add(edit(1))
    await settle()
    expect(store.writes).toEqual(['updates, edit 1'])
    await store.end()

    writer.add(UPDATES)
    const wait = writer.written()
    await settle()
    expect(store.writes).toEqual(['updates, edit 1', 'updates'])
    await store.end()
    await wait
    expect(clock.waiting).toBe(0)
  })

  it('J3: keeps a checkpoint in its place among the steps, with its draft', async () => {
    const { store, writer } = start()
    writer.add(edit(1))
    writer.checkpoint(checkpointAt(5), 20, DRAFT)
    writer.add(edit(2))
    writer.add(edit(3))
    writer.checkpoint(checkpointAt(6), 0)
    for (let write = 0; write < 4; write++) {
      await settle()
      await store.end()
    }
    expect(store.writes).toEqual([
      'edit 1',
      'checkpoint 5 keeping 20 with draft',
      'edit 2, edit 3',
      'checkpoint 6 keeping 0',
    ])
    await writer.written()
  })

  it('J2: writes nothing more after a failure, says so once, and fails every wait', async () => {
    const { store, writer, errors } = start()
    const full = new Error('disk full')
    writer.add(edit(1))
    await settle()
    writer.add(edit(2))
    const wait = writer.written()
    const failed = expect(wait).rejects.toBe(full)
    await store.end(full)
    await failed
    writer.add(edit(3))
    writer.checkpoint(checkpointAt(1), 0)
    await settle()
    expect([store.writes, errors]).toEqual([['edit 1'], [full]])
    await expect(writer.written()).rejects.toBe(full)
  })

  it('J2: keeps drafts through failures, until a checkpoint is written again', async () => {
    const { store, writer } = start()
    const full = new Error('disk full')
    writer.checkpoint(checkpointAt(1), 20, DRAFT)
    await settle()
    await store.end(full)
    writer.checkpoint(checkpointAt(2), 20, DRAFT)
    writer.checkpoint(checkpointAt(3), 20)
    writer.resume()
    writer.checkpoint(checkpointAt(4), 20)
    await settle()
    await store.end()
    await store.end(full)
    writer.resume()
    writer.checkpoint(checkpointAt(5), 20)
    await settle()
    await store.end()
    await writer.written()
    const withDraft = (version: number): string => `checkpoint ${version} keeping 20 with draft`
    expect(store.writes).toEqual([1, 4, 4, 5].map(withDraft))
  })
})
