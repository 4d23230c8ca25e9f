import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReplicaState } from '../../../../src/client/replica/replicaState'
import { otTypeOf } from '../../../../src/shared/ot/anyType'
import {
  isEdit,
  own,
  recordsType,
  type RecordsOp,
  type RecordsSnapshot,
} from '../../../../src/shared/ot/records'
import { sha256Hex } from '../../../../src/shared/update'
import { makeOp, recipes, snapshots, type Recipe } from '../../shared/ot/records/recordsArbitraries'
import { ADA, ME, PageLog } from './pageLog'

const op = (value: unknown): RecordsOp => recordsType.parseOp(value)

/** A replica of a board that is at `snapshot`. */
function boardOf(snapshot: RecordsSnapshot, log: PageLog): ReplicaState {
  return new ReplicaState(otTypeOf('board'), sha256Hex, 100_000, {
    checkpoint: {
      ...log.head,
      signedHead: undefined,
      snapshot: recordsType.serialise(snapshot),
      inflight: undefined,
      pending: [],
      acknowledged: [],
    },
    journal: [],
  })
}

const contentOf = (state: ReplicaState): RecordsSnapshot => state.content as RecordsSnapshot
const textOf = (snapshot: unknown): string => recordsType.serialise(snapshot as RecordsSnapshot)
const lostOf = (state: ReplicaState): unknown[] =>
  state.takeLost().map((lost) => JSON.parse(textOf(lost)) as unknown)

const NOTE = { kind: 'note', props: { x: 1 }, texts: { label: 'Plan' } }
const START = recordsType.parseSnapshot(JSON.stringify({ a: { deleted: true, ...NOTE }, b: NOTE }))

describe('what meets a purge', () => {
  it.each<[string, unknown, unknown]>([
    ['words', { a: { texts: { label: [4, ' B'] } } }, { a: { ...NOTE, texts: { label: 'Plan B' } } }],
    [
      'a stroke',
      { a: { points: { path: [[1, 2]] } } },
      { a: { kind: 'note', points: { path: [1, 2] }, props: { x: 1 }, texts: NOTE.texts } },
    ],
    ['a restored shape', { a: { deleted: false } }, { a: NOTE }],
  ])('C14: %s put in by somebody who had not heard of it are kept, with their shape', (_name, mine, kept) => {
    for (const sent of [false, true]) {
      const log = new PageLog()
      const state = boardOf(START, log)
      state.edit(ME, 1, op(mine))
      if (sent) state.startSending()
      const shown = state.receive(log.commit([ADA, { a: { purge: true } }]))
      expect([shown, state.hasLost, lostOf(state), state.hasLost]).toEqual([
        { a: { purge: true } },
        true,
        [kept],
        false,
      ])
      expect(textOf(state.content)).toBe(textOf(state.confirmed))
    }
  })

  it('C14: holds also where the content is given in place of the updates, acknowledged or not', () => {
    for (const held of [0, 1]) {
      const log = new PageLog()
      const state = boardOf(START, log)
      state.edit(ME, 1, op({ a: { texts: { label: [4, ' B'] } } }))
      state.startSending()
      log.commit([ADA, { a: { purge: true } }])
      const confirmed = recordsType.apply(START, op({ a: { purge: true } }))
      state.replace(confirmed, log.head, new Map([[ME, held]]))
      expect(lostOf(state)).toEqual([{ a: { ...NOTE, texts: { label: 'Plan B' } } }])
    }
  })

  it('C14: moving, colouring and deleting put nothing in', () => {
    const log = new PageLog()
    const state = boardOf(START, log)
    state.edit(ME, 1, op({ a: { set: { x: 7 } }, b: { texts: { label: [4, '!'] } } }))
    state.edit(ME, 2, op({ a: { texts: { label: [-4] } } }))
    state.receive(log.commit([ADA, { a: { purge: true } }]))
    expect(lostOf(state)).toEqual([])
  })

  it('J4: is found again by replaying the journal, as long as no draft holds it', () => {
    const log = new PageLog()
    const state = boardOf(START, log)
    const { checkpoint } = { checkpoint: state.checkpoint() }
    const edit = op({ a: { texts: { label: [4, ' B'] } } })
    const received = log.commit([ADA, { a: { purge: true } }])
    const replayed = new ReplicaState(otTypeOf('board'), sha256Hex, 100_000, {
      checkpoint,
      journal: [
        { kind: 'edit', clientId: ME, seq: 1, op: edit },
        { kind: 'updates', ...received },
      ],
    })
    expect(lostOf(replayed)).toHaveLength(1)
    state.edit(ME, 1, edit)
    state.receive(received)
    const stored = JSON.parse(JSON.stringify(state.checkpoint())) as typeof checkpoint
    const loaded = new ReplicaState(otTypeOf('board'), sha256Hex, 100_000, {
      checkpoint: stored,
      journal: [],
    })
    expect(loaded.hasLost).toBe(false)
  })
})

/** Ids of records that `ops`, made one after another, have put something into that is still there. */
function written(ops: readonly RecordsOp[]): string[] {
  const inserts = (parts: Readonly<Record<string, readonly unknown[]>> = {}): boolean =>
    Object.values(parts).some((each) => each.some((part) => typeof part !== 'number'))
  const composed = ops.reduce((all, each) => recordsType.compose(all, each), op({}))
  return Object.keys(composed).filter((id) => {
    const change = own(composed, id)
    if (change === undefined) return false
    if (!isEdit(change)) return change.put !== undefined
    return change.deleted === false || inserts(change.texts) || inserts(change.points)
  })
}

describe('coming back to a board', () => {
  const runs = fc.tuple(
    snapshots,
    fc.array(recipes, { maxLength: 4 }),
    fc.array(recipes, { maxLength: 4 }),
    fc.boolean(),
    fc.subarray(['a', 'b', 'c', 'constructor', 'n-1', 'toString', 'z.9']),
  )

  let met = 0

  /** What both did, each on what they had; `theirs` leads to what the server has. */
  function setUp(
    start: RecordsSnapshot,
    mine: readonly Recipe[],
    theirs: readonly Recipe[],
    sent: boolean,
    purged: readonly string[],
  ) {
    const log = new PageLog()
    const state = boardOf(start, log)
    const made: RecordsOp[] = []
    for (const [index, recipe] of mine.entries()) {
      const next = makeOp(contentOf(state), recipe)
      state.edit(ME, index + 1, next)
      made.push(next)
      if (sent && index === 0) state.startSending()
    }
    let server = start
    const remote = theirs.map((recipe) => {
      const next = makeOp(server, recipe)
      server = recordsType.apply(server, next)
      return next
    })
    const purge = op(
      Object.fromEntries(purged.filter((id) => server.records.get(id)).map((id) => [id, { purge: true }])),
    )
    if (!recordsType.isEmpty(purge)) {
      remote.push(purge)
      server = recordsType.apply(server, purge)
    }
    return { log, state, made, server, remote }
  }

  /** What must hold after a replica that showed `before` has been told of everything, and shown it by `shown`. */
  function check(
    state: ReplicaState,
    before: RecordsSnapshot,
    shown: unknown,
    made: readonly RecordsOp[],
  ): void {
    const after = shown === undefined ? before : recordsType.apply(before, shown as RecordsOp)
    expect(textOf(after)).toBe(textOf(state.content))
    const unsent = [state.inflight, ...state.pending].flatMap((run) =>
      run === undefined ? [] : [run.op as RecordsOp],
    )
    let server = state.confirmed as RecordsSnapshot
    for (const each of unsent) {
      recordsType.check(server, each)
      server = recordsType.apply(server, each)
    }
    expect(textOf(server)).toBe(textOf(state.content))
    const lost = Object.assign({}, ...lostOf(state)) as Record<string, unknown>
    for (const id of written(made)) {
      const record = before.records.get(id)
      if (record === undefined || state.confirmed === undefined || after.records.get(id) !== undefined)
        continue
      const { deleted: _deleted, ...kept } = record
      expect(lost[id]).toEqual(kept)
      met += 1
    }
  }

  it('C6: after the log begins, by difference: what is shown is what the server will have, and no words are lost', () => {
    met = 0
    fc.assert(
      fc.property(runs, fc.nat({ max: 1 }), ([start, mine, theirs, sent, purged], held) => {
        const { log, state, made, server, remote } = setUp(start, mine, theirs, sent, purged)
        for (const each of remote) log.commit([ADA, each])
        const before = contentOf(state)
        const first = state.inflight === undefined ? 0 : held
        // The update in flight may have been committed first, which its author has not heard.
        const confirmed = first === 0 ? server : remoteAfter(start, made[0] ?? op({}), remote)
        const shown = state.replace(confirmed, log.head, new Map([[ME, first]]))
        check(state, before, shown, made)
      }),
      { numRuns: 500 },
    )
    expect(met).toBeGreaterThan(20)
  })

  it('C3: by transforming: what is shown is what the server will have, and no words are lost', () => {
    met = 0
    fc.assert(
      fc.property(runs, ([start, mine, theirs, sent, purged]) => {
        const { log, state, made, remote } = setUp(start, mine, theirs, sent, purged)
        const before = contentOf(state)
        const received = log.commit(...remote.map((each): [string, unknown] => [ADA, each]))
        const shown = remote.length === 0 ? undefined : state.receive(received)
        check(state, before, shown, made)
      }),
      { numRuns: 500 },
    )
    expect(met).toBeGreaterThan(20)
  })

  function remoteAfter(
    start: RecordsSnapshot,
    committed: RecordsOp,
    remote: readonly RecordsOp[],
  ): RecordsSnapshot {
    let content = recordsType.apply(start, committed)
    let other = committed
    for (const each of remote) {
      const [rest, theirs] = recordsType.transformBoth(other, each)
      content = recordsType.apply(content, theirs)
      other = rest
    }
    return content
  }
})
