import { describe, expect, it } from 'vitest'
import { CacheError } from '../../../../src/client/cache/replicaCache'
import type { LiveLink } from '../../../../src/client/replica/link'
import type { ReplicaJournal } from '../../../../src/client/replica/replicaJournal'
import type { ReplicaOptions } from '../../../../src/client/replica/replicaOptions'
import type { ReplicaState } from '../../../../src/client/replica/replicaState'
import { Sender } from '../../../../src/client/replica/sender'
import { otTypeOf } from '../../../../src/shared/ot/anyType'
import type { ClientMessage } from '../../../../src/shared/protocol/clientMessages'
import { ManualClock } from '../../../lib/manualClock'
import { ADA, ME, PAGE, PageLog, stateOf } from './pageLog'

const INTERVAL_MS = 16

/** A sender over a replica whose journal is written when a test says so. */
class SendGround {
  readonly clock = new ManualClock()
  readonly sent: ClientMessage[] = []
  readonly recorded: string[] = []
  readonly errors: unknown[] = []
  readonly log = new PageLog()
  readonly state: ReplicaState = stateOf()
  link: LiveLink | undefined = this.newLink()
  readonly sender: Sender
  /** While set, the journal waits for it. */
  writing: Promise<void> = Promise.resolve()
  #seq = 0

  constructor() {
    const { clock, state } = this
    const options = { pageId: PAGE, type: otTypeOf('text'), clock, limits: { sendIntervalMs: INTERVAL_MS } }
    const journal = {
      record: ({ kind }: { kind: string }) => this.recorded.push(kind),
      readyToSend: () => this.writing,
    }
    this.sender = new Sender(
      options as unknown as ReplicaOptions,
      state,
      journal as unknown as ReplicaJournal,
      () => this.link,
      (error) => this.errors.push(error),
    )
  }

  newLink(until = 0): LiveLink {
    return {
      phase: 'live',
      until,
      outlet: { send: (message) => this.sent.push(message), nextRequest: () => 1 },
    }
  }

  async edit(op: unknown): Promise<void> {
    this.#seq += 1
    this.state.edit(ME, this.#seq, op)
    this.sender.shiftPlace(op, 'person')
    this.sender.schedule()
    await settle()
  }

  /** The update in flight comes back committed. */
  async acknowledge(): Promise<void> {
    const inflight = this.state.inflight
    if (inflight === undefined) throw new Error('nothing is in flight')
    this.state.receive(this.log.commit([ME, inflight.op, inflight.seq]))
    this.sender.schedule()
    await settle()
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms)
    await settle()
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}

describe('sending', () => {
  it('J2: an update leaves only when the journal holds that it was sent', async () => {
    const ground = new SendGround()
    let written: () => void = () => undefined
    ground.writing = new Promise((resolve) => {
      written = resolve
    })
    await ground.edit(['a'])
    expect([ground.recorded, ground.sent]).toEqual([['send'], []])
    written()
    await settle()
    expect(ground.sent).toMatchObject([
      { type: 'submit', pageId: PAGE, version: 0, after: 0, seq: 1, op: ['a'] },
    ])
  })

  it('J2: an update of a replica whose claim is lost is not sent', async () => {
    const ground = new SendGround()
    const lost = new CacheError('lease-lost', 'another window has the replica')
    ground.writing = Promise.reject(lost)
    await ground.edit(['a'])
    expect([ground.sent, ground.errors]).toEqual([[], [lost]])
  })

  it('C2: one update at a time; what is typed meanwhile is the next one', async () => {
    const ground = new SendGround()
    await ground.edit(['a'])
    await ground.edit([1, 'b'])
    await ground.edit([2, 'c'])
    await ground.pass(1_000)
    expect(ground.sent).toHaveLength(1)
    await ground.acknowledge()
    expect(ground.sent[1]).toMatchObject({ version: 1, after: 1, seq: 3, op: [1, 'bc'] })
  })

  it('C13: at rest at once, and while typing fast at most once per screen frame', async () => {
    const ground = new SendGround()
    await ground.edit(['a'])
    await ground.acknowledge()
    await ground.edit([1, 'b'])
    expect(ground.sent).toHaveLength(1)
    await ground.pass(INTERVAL_MS)
    expect(ground.sent).toHaveLength(2)
    await ground.acknowledge()
    await ground.pass(INTERVAL_MS)
    await ground.edit([2, 'c'])
    expect(ground.sent).toHaveLength(3)
  })

  it('C13: waits no longer where the clock was set back', async () => {
    const ground = new SendGround()
    await ground.edit(['a'])
    await ground.acknowledge()
    await ground.pass(INTERVAL_MS)
    ground.clock.setBack(3_600_000)
    await ground.edit([1, 'b'])
    await ground.pass(INTERVAL_MS)
    expect(ground.sent).toHaveLength(2)
  })

  it('C2: nothing before everything up to the opened version is here', async () => {
    const ground = new SendGround()
    ground.link = ground.newLink(1)
    await ground.edit(['a'])
    expect(ground.sent).toEqual([])
    ground.state.receive(ground.log.commit([ADA, ['ada']]))
    ground.sender.schedule()
    await settle()
    expect(ground.sent).toMatchObject([{ type: 'submit', version: 1, op: ['a'] }])
  })

  it('C2: nothing over a connection that went while the journal was written', async () => {
    const ground = new SendGround()
    let written: () => void = () => undefined
    ground.writing = new Promise((resolve) => {
      written = resolve
    })
    await ground.edit(['a'])
    ground.link = undefined
    written()
    await settle()
    expect(ground.sent).toEqual([])
    expect(ground.state.inflight).toMatchObject({ seq: 1 })
  })

  it('P2: an update carries where its author is after it', async () => {
    const ground = new SendGround()
    ground.sender.setPlace([0])
    await settle()
    expect(ground.sent).toEqual([{ type: 'presence', pageId: PAGE, version: 0, place: [0] }])
    await ground.pass(INTERVAL_MS)
    await ground.edit(['abc'])
    expect(ground.sent[1]).toMatchObject({ type: 'submit', place: [3] })
  })

  it('P2: a caret that moves in the turn of the edit goes with it, and not again by itself', async () => {
    const ground = new SendGround()
    const editing = ground.edit(['abc'])
    ground.sender.setPlace([1])
    await editing
    await ground.pass(1_000)
    expect(ground.sent).toMatchObject([{ type: 'submit', place: [1] }])
    await ground.acknowledge()
    await ground.pass(1_000)
    expect(ground.sent).toHaveLength(1)
  })

  it('P1: a place waits until nothing is unsent, so that it is one in a committed version', async () => {
    const ground = new SendGround()
    await ground.edit(['abc'])
    ground.sender.setPlace([2])
    await ground.pass(1_000)
    expect(ground.sent).toHaveLength(1)
    await ground.acknowledge()
    await ground.pass(INTERVAL_MS)
    expect(ground.sent[1]).toEqual({ type: 'presence', pageId: PAGE, version: 1, place: [2] })
  })

  it('P4: over a new connection the place is told again, and that one is nowhere too', async () => {
    const ground = new SendGround()
    ground.sender.setPlace([0])
    await settle()
    ground.link = ground.newLink()
    ground.sender.forgetSent()
    await ground.pass(INTERVAL_MS)
    ground.sender.schedule()
    await settle()
    expect(ground.sent).toHaveLength(2)
    ground.sender.setPlace(null)
    await ground.pass(INTERVAL_MS)
    expect(ground.sent[2]).toMatchObject({ type: 'presence', place: null })
  })
})
