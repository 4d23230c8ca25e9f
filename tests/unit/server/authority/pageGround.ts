import { Committer } from '../../../../src/server/authority/committer'
import type { ReturnedHistory } from '../../../../src/server/authority/handBack'
import type { Outcome, PageRule, Submission } from '../../../../src/server/authority/ladder'
import { PageAuthority, type Committed } from '../../../../src/server/authority/pageAuthority'
import { MemoryRoomDisk, MemoryRoomStore } from '../../../../src/server/storage/memoryRoomStore'
import { createKeyPair, idOfPublicKey, sign, verify } from '../../../../src/shared/identity/keys'
import { otTypeOf } from '../../../../src/shared/ot/anyType'
import type { InkroomError } from '../../../../src/shared/protocol/errors'
import { sha256Hex, type Head } from '../../../../src/shared/update'
import { idOf } from '../../../lib/idOf'
import { ManualClock } from '../../../lib/manualClock'

export interface GroundOptions {
  readonly kind?: 'text' | 'board'
  readonly keepRecent?: number
  readonly maxOpLength?: number
  readonly maxPageLength?: number
  readonly maxTransformWork?: number
  readonly rule?: PageRule
  readonly joinWindow?: number
}

const KEYS = createKeyPair((length) => new Uint8Array(length).fill(7))

/** Authorities of pages over one committer and a store in memory, stepped by hand. */
export class PageGround {
  readonly roomId = idOfPublicKey(KEYS.publicKey)
  readonly disk: MemoryRoomDisk
  readonly clock = new ManualClock()
  readonly errors: unknown[] = []
  /** Transactions stored, each as the pages in it. */
  readonly stored: string[][] = []
  /** What an append of these pages throws, undefined for nothing. */
  failureOf: (pageIds: readonly string[]) => unknown = () => undefined
  /** While set, an append waits for it. */
  hold: Promise<void> | undefined
  readonly committer: Committer
  readonly store: MemoryRoomStore
  readonly #options: GroundOptions
  #deferred: (() => void)[] = []

  private constructor(options: GroundOptions, disk: MemoryRoomDisk) {
    this.#options = options
    this.disk = disk
    this.store = new MemoryRoomStore(disk, {
      beforeAppend: async (batch) => {
        await this.hold
        const pageIds = batch.map(({ pageId }) => pageId)
        const failure = this.failureOf(pageIds)
        if (failure !== undefined) throw failure
        this.stored.push(pageIds)
      },
    })
    this.committer = new Committer({
      store: this.store,
      clock: this.clock,
      defer: (task) => this.#deferred.push(task),
      onError: (error) => this.errors.push(error),
    })
  }

  static async create(options: GroundOptions = {}, disk?: MemoryRoomDisk): Promise<PageGround> {
    const ground = new PageGround(options, disk ?? new MemoryRoomDisk())
    if (disk === undefined) {
      const { roomId, clock } = ground
      const owner = idOf('owner')
      await ground.store.createRoom({
        roomId,
        ...KEYS,
        title: 'A',
        owner,
        createdAt: clock.now(),
        open: true,
      })
    }
    return ground
  }

  /** The same rooms after a restart of the server. */
  restarted(options: GroundOptions = this.#options): Promise<PageGround> {
    return PageGround.create(options, this.disk)
  }

  /** A page as it is stored. */
  async page(name = 'page'): Promise<TestPage> {
    const { roomId, committer, clock } = this
    const { kind = 'text', keepRecent = 100, joinWindow = 0 } = this.#options
    const { maxOpLength = 10_000, maxPageLength = 10_000, maxTransformWork = 1_000_000 } = this.#options
    const pageId = idOf(name)
    const authority: PageAuthority = new PageAuthority({
      type: otTypeOf(kind),
      kind,
      roomId,
      pageId,
      stored: await this.store.loadPage(roomId, pageId),
      limits: { maxOpLength, maxPageLength, maxTransformWork },
      rule: this.#options.rule ?? (() => undefined),
      hash: sha256Hex,
      sign: (text) => sign(text, KEYS.privateKey),
      verify: (text, signature) => verify(signature, text, KEYS.publicKey),
      now: () => clock.now(),
      keepRecent,
      maxRecentLength: 1_000_000,
      wake: () => committer.wake(authority, joinWindow),
      onError: (error) => this.errors.push(error),
    })
    return new TestPage(authority, this)
  }

  /** Runs what was deferred: the batches that wait are worked out, and stored unless that is held. */
  async step(): Promise<void> {
    const tasks = this.#deferred
    this.#deferred = []
    for (const task of tasks) task()
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }

  /** A signature by the room. */
  signed(head: Head, text: (head: Head) => string): Head & { signature: string } {
    return { ...head, signature: sign(text(head), KEYS.privateKey) }
  }
}

/** A page's authority with what it told, in order. */
export class TestPage {
  readonly committed: Committed[] = []
  /** Everything told: versions committed to all, outcomes to authors. */
  readonly told: string[] = []

  constructor(
    readonly authority: PageAuthority,
    readonly ground: PageGround,
  ) {
    authority.onCommitted((batch) => {
      this.committed.push(batch)
      this.told.push(`committed ${batch.head.version}`)
    })
  }

  get text(): string {
    return this.authority.type.serialise(this.authority.state.snapshot)
  }

  get head(): Head {
    return this.authority.state.head
  }

  /** Queues a submission and returns where its outcome will be. */
  submit(submission: Submission): { outcome: Outcome | undefined } {
    const result: { outcome: Outcome | undefined } = { outcome: undefined }
    this.authority.submit(submission, (outcome) => {
      result.outcome = outcome
      this.told.push(outcome.result)
    })
    return result
  }

  /** Submits and commits. */
  async outcomeOf(submission: Submission): Promise<Outcome> {
    const result = this.submit(submission)
    await this.ground.step()
    if (result.outcome === undefined) throw new Error('the submission was not answered')
    return result.outcome
  }

  /** Hands history back and commits; the code it was refused with, or undefined. */
  async handBack(returned: ReturnedHistory): Promise<string | undefined> {
    let answer: { error: InkroomError | undefined } | undefined
    this.authority.handBack(returned, (error) => {
      answer = { error }
    })
    await this.ground.step()
    if (answer === undefined) throw new Error('the history was not answered')
    return answer.error?.code
  }
}

/** One client of a page, numbering its edits. */
export class TestWriter {
  readonly clientId: string
  readonly author: string
  #seq = 0

  constructor(name: string, device = `device of ${name}`) {
    this.clientId = idOf(name)
    this.author = idOf(device)
  }

  /** The next submission, made at `base`. */
  next(op: unknown, base: Head, extra: Partial<Submission> = {}): Submission {
    const after = this.#seq
    this.#seq = extra.seq ?? after + 1
    const { clientId, author } = this
    return {
      clientId,
      author,
      after,
      seq: this.#seq,
      version: base.version,
      hash: base.hash,
      op,
      isAllowed: true,
      ...extra,
    }
  }
}
