import type { AnyOtType } from '../../shared/ot/anyType'
import { composeAll } from '../../shared/ot/composeAll'
import { transformPlace, type Place } from '../../shared/ot/places'
import { nextHash, type HashFunction, type Head, type SignedHead, type Update } from '../../shared/update'
import type { Checkpoint, EditRun, InflightUpdate, JournalEntry, StoredReplica } from '../cache/replicaCache'
import { EditRuns } from './editRuns'

/** Why received history cannot follow what the replica has. The page has to be opened anew. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError'
  constructor(
    /** `gap`: updates are missing. `diverged`: the hashes or one's own updates say that this is another history. */
    readonly code: 'gap' | 'diverged',
    message: string,
  ) {
    super(message)
  }
}

/** Committed updates as they arrive: those after version `from`; `hash` and `signature` belong to the last. */
export interface ReceivedUpdates {
  readonly from: number
  readonly updates: readonly Update[]
  readonly hash: string
  readonly signature: string | undefined
}

/**
 * What one window or tab knows of one page: confirmed content, the one update in flight, edits never sent. Pure: no
 * clock, no network, no storage; every step that changes it is a journal entry, and replaying those makes the same
 * state again.
 *
 * Invariant: content = confirmed, then inflight, then pending.
 */
export class ReplicaState {
  #confirmed: unknown
  #head: Head
  #signedHead: SignedHead | undefined
  #content: unknown
  #inflight: InflightUpdate | undefined
  readonly #pending: EditRuns
  readonly #acknowledged: Map<string, number>
  /** See {@link takeLost}. */
  #lost: unknown[] = []

  /** `stored.checkpoint` decides the content; its ops and snapshot are parsed here. Throws OtError. */
  constructor(
    readonly type: AnyOtType,
    readonly hash: HashFunction,
    maxOpLength: number,
    stored: StoredReplica,
  ) {
    const { checkpoint, journal } = stored
    this.#confirmed = type.parseSnapshot(checkpoint.snapshot)
    this.#head = { version: checkpoint.version, hash: checkpoint.hash }
    this.#signedHead = checkpoint.signedHead
    this.#inflight = checkpoint.inflight && {
      ...checkpoint.inflight,
      op: type.parseOp(checkpoint.inflight.op),
    }
    const runs = checkpoint.pending.map((run) => ({ ...run, op: type.parseOp(run.op) }))
    this.#pending = new EditRuns(type, maxOpLength, runs)
    this.#acknowledged = new Map(checkpoint.acknowledged)
    this.#content = this.#unsentOps().reduce((content, op) => type.apply(content, op), this.#confirmed)
    for (const entry of journal) this.#replay(entry)
  }

  get head(): Head {
    return this.#head
  }

  get signedHead(): SignedHead | undefined {
    return this.#signedHead
  }

  get confirmed(): unknown {
    return this.#confirmed
  }

  get content(): unknown {
    return this.#content
  }

  get inflight(): InflightUpdate | undefined {
    return this.#inflight
  }

  get pending(): readonly EditRun[] {
    return this.#pending.all
  }

  /** Number of edits that no server has acknowledged. */
  get unsent(): number {
    const { first, seq } = this.#inflight ?? { first: 1, seq: 0 }
    return this.#pending.edits + seq - first + 1
  }

  /** Clients whose edits are here unacknowledged. */
  get unsentClients(): string[] {
    return [...new Set(this.#unsentRuns().map((run) => run.clientId))]
  }

  /** The state as it is stored. */
  checkpoint(): Checkpoint {
    const clients = new Set(this.unsentClients)
    return {
      ...this.#head,
      signedHead: this.#signedHead,
      snapshot: this.type.serialise(this.#confirmed),
      inflight: this.#inflight,
      pending: this.#pending.all,
      acknowledged: [...this.#acknowledged].filter(([clientId]) => clients.has(clientId)),
    }
  }

  /** Applies an edit made here. Throws OtError `op-unfit`, and then nothing has changed. */
  edit(clientId: string, seq: number, op: unknown): void {
    this.type.check(this.#content, op)
    this.#content = this.type.apply(this.#content, op)
    this.#pending.add(clientId, seq, op)
  }

  /** Makes the oldest pending edits the update in flight. Undefined where one is in flight or nothing is pending. */
  startSending(): InflightUpdate | undefined {
    if (this.#inflight !== undefined) return undefined
    const run = this.#pending.takeFirst()
    this.#inflight = run && { ...run, after: this.#acknowledged.get(run.clientId) ?? 0 }
    return this.#inflight
  }

  /** The server never got the update in flight, and will not: its edits are pending again. */
  sendingFailed(): void {
    if (this.#inflight === undefined) return
    const { clientId, first, seq, op } = this.#inflight
    this.#inflight = undefined
    this.#pending.addFirst({ clientId, first, seq, op })
  }

  /** The server's word on how far it has a client's edits. */
  setAcknowledged(clientId: string, seq: number): void {
    this.#acknowledged.set(clientId, seq)
  }

  /**
   * Takes committed updates. Returns the op that changes the content shown, undefined where nothing changes.
   * Throws {@link HistoryError}, and then nothing has changed.
   */
  receive(received: ReceivedUpdates): unknown {
    const updates = received.updates.slice(Math.max(0, this.#head.version - received.from))
    if (received.from > this.#head.version) {
      throw new HistoryError('gap', `at version ${this.#head.version}, updates after ${received.from} came`)
    }
    if (updates.length === 0) return undefined
    this.#checkChain(updates, received.hash)
    return this.#take(
      updates.map((update) => ({ ...update, op: this.type.parseOp(update.op) })),
      received,
    )
  }

  /** True where there is something to {@link takeLost}. */
  get hasLost(): boolean {
    return this.#lost.length > 0
  }

  /**
   * What was written here, was never acknowledged, and has met something that forgets it for good: snapshots of that
   * alone, each given once.
   */
  takeLost(): unknown[] {
    const lost = this.#lost
    this.#lost = []
    return lost
  }

  /**
   * Puts another confirmed content in place of this one, with `held` telling which unsent edits it has in it, and
   * rebases the others by difference. Returns the op that changes the content shown. Throws {@link HistoryError}
   * `diverged` where edits that are only partly in it cannot be told apart; then nothing has changed.
   */
  replace(confirmed: unknown, head: Head, held: ReadonlyMap<string, number>): unknown {
    const { type } = this
    const isHeld = (run: EditRun): boolean => run.seq <= (held.get(run.clientId) ?? 0)
    const runs = this.#unsentRuns()
    const heldCount = runs.findIndex((run) => !isHeld(run))
    const rest = heldCount < 0 ? [] : runs.slice(heldCount)
    if (rest.some((run) => run.first <= (held.get(run.clientId) ?? 0))) {
      throw new HistoryError('diverged', 'the server has some edits of a run and not the others')
    }
    const base = runs
      .slice(0, runs.length - rest.length)
      .reduce((content, run) => type.apply(content, run.op), this.#confirmed)
    const difference = type.diff(base, confirmed)
    this.sendingFailed()
    this.#pending.dropWhile(isHeld)
    const shown = this.#pending.transformOver(difference)
    this.#noteLost(
      runs.map(({ op }) => op),
      shown,
    )
    this.#confirmed = confirmed
    this.#head = head
    this.#signedHead = undefined
    this.#content = this.#unsentOps().reduce((content, op) => type.apply(content, op), confirmed)
    for (const [clientId, seq] of held) this.#acknowledged.set(clientId, seq)
    return type.isEmpty(shown) ? undefined : shown
  }

  /** Gives all unsent edits up and shows the confirmed content. Returns the op that changes the content shown. */
  dropUnsent(): unknown {
    // Not what takes the edits back: of a record that was put, that leaves a tombstone, and none is there.
    const shown = this.unsent === 0 ? undefined : this.type.diff(this.#content, this.#confirmed)
    this.#inflight = undefined
    this.#pending.clear()
    this.#content = this.#confirmed
    return shown
  }

  /** Where a place in the confirmed content is in the content shown. */
  toShown(place: Place<unknown>): Place<unknown> {
    return this.#unsentOps().reduce<Place<unknown>>((at, op) => transformPlace(this.type, at, op), place)
  }

  #unsentRuns(): readonly EditRun[] {
    return this.#inflight === undefined ? this.#pending.all : [this.#inflight, ...this.#pending.all]
  }

  #unsentOps(): unknown[] {
    return this.#unsentRuns().map((run) => run.op)
  }

  #checkChain(updates: readonly Update[], expected: string): void {
    let { version, hash } = this.#head
    for (const update of updates) {
      version += 1
      hash = nextHash(hash, version, update, this.hash)
    }
    if (hash !== expected)
      throw new HistoryError('diverged', `the history up to version ${version} is another one`)
  }

  /**
   * Own update in flight: transformed one by one by both sides, and the log's form counts when it arrives. What is
   * pending was never sent, so it may be transformed over the rest composed.
   */
  #take(updates: readonly Update[], received: ReceivedUpdates): unknown {
    const { type } = this
    let confirmed = this.#confirmed
    let inflight = this.#inflight
    const acknowledged: Update[] = []
    const remote: unknown[] = []
    for (const update of updates) {
      confirmed = type.apply(confirmed, update.op)
      if (inflight !== undefined && update.clientId === inflight.clientId && update.seq === inflight.seq) {
        if (JSON.stringify(update.op) !== JSON.stringify(inflight.op)) {
          throw new HistoryError('diverged', 'the update in flight was committed in another form')
        }
        acknowledged.push(update)
        inflight = undefined
      } else if (this.#holdsEditsOf(update, inflight)) {
        throw new HistoryError('diverged', 'edits that were never sent from here are committed')
      } else if (inflight !== undefined) {
        const [other, mine] = type.transformBoth(update.op, inflight.op)
        inflight = { ...inflight, op: mine }
        remote.push(other)
      } else {
        remote.push(update.op)
      }
    }
    const composed = composeAll(type, remote)
    const unsent = this.#unsentOps()
    const shown = composed === undefined ? undefined : this.#pending.transformOver(composed)
    if (shown !== undefined) this.#noteLost(unsent, shown)
    this.#confirmed = confirmed
    this.#inflight = inflight
    for (const { clientId, seq } of acknowledged) this.#acknowledged.set(clientId, seq)
    this.#head = { version: this.#head.version + updates.length, hash: received.hash }
    if (received.signature !== undefined) this.#signedHead = { ...this.#head, signature: received.signature }
    const nothingUnsent = inflight === undefined && this.#pending.all.length === 0
    if (nothingUnsent) this.#content = confirmed
    else if (shown !== undefined) this.#content = type.apply(this.#content, shown)
    return shown === undefined || type.isEmpty(shown) ? undefined : shown
  }

  /** `shown` is about to change the content, which holds `unsent`. */
  #noteLost(unsent: readonly unknown[], shown: unknown): void {
    const lost = unsent.length === 0 ? undefined : this.type.salvage?.(this.#content, unsent, shown)
    if (lost !== undefined) this.#lost.push(lost)
  }

  #holdsEditsOf(update: Update, inflight: InflightUpdate | undefined): boolean {
    const holds = (run: EditRun): boolean => run.clientId === update.clientId && run.first <= update.seq
    return (inflight !== undefined && holds(inflight)) || this.#pending.all.some(holds)
  }

  #replay(entry: JournalEntry): void {
    switch (entry.kind) {
      case 'edit':
        return this.edit(entry.clientId, entry.seq, this.type.parseOp(entry.op))
      case 'send':
        this.startSending()
        return
      case 'unsent':
        return this.sendingFailed()
      case 'updates': {
        // Checked against its hashes when it came from the server.
        const updates = entry.updates.slice(Math.max(0, this.#head.version - entry.from))
        this.#take(
          updates.map((update) => ({ ...update, op: this.type.parseOp(update.op) })),
          entry,
        )
      }
    }
  }
}
