import {
  CacheError,
  type Checkpoint,
  type JournalEntry,
  type LoggedUpdates,
  type ReplicaStore,
} from '../cache/replicaCache'
import { JournalWriter } from './journalWriter'
import type { ReplicaOptions } from './replicaOptions'
import type { ReplicaState } from './replicaState'

/** Whoever is told how writing goes. */
export interface JournalListener {
  /** A write failed. Nothing is written until one succeeds again; where the claim is lost, ever. */
  failed(error: unknown): void
  /** Everything is written again. */
  recovered(): void
}

/** A part of the entries after which a checkpoint is due that is worth one when nothing happens. */
const WORTH_IN_CALM = 0.2

/** Keeps a replica's state on disk: each step as it happens, and now and then the whole. */
export class ReplicaJournal {
  readonly #options: ReplicaOptions
  readonly #state: ReplicaState
  readonly #store: ReplicaStore
  readonly #writer: JournalWriter
  readonly #listener: JournalListener
  #cancelRetry: () => void = () => undefined
  #cancelCalm: () => void = () => undefined
  #entries = 0
  /** UTF-16 units of each `updates` entry that the store keeps, oldest first. */
  #logLengths: number[] = []
  /** Of all of them together. */
  #logLength = 0
  /** UTF-16 units of the content in the newest checkpoint. */
  #storedLength: number

  /** `log` is what the store keeps of updates. */
  constructor(
    options: ReplicaOptions,
    state: ReplicaState,
    store: ReplicaStore,
    log: readonly LoggedUpdates[],
    listener: JournalListener,
  ) {
    for (const { updates } of log) this.#addToLog(JSON.stringify(updates).length)
    this.#storedLength = options.type.snapshotLength(state.confirmed)
    this.#options = options
    this.#state = state
    this.#store = store
    this.#writer = new JournalWriter(store, options.clock, options.limits.gatherMs, (error) => {
      listener.failed(error)
      if (!isLeaseLost(error))
        this.#cancelRetry = options.clock.after(options.limits.retryMs, () => this.#retry())
    })
    this.#listener = listener
  }

  /** Ends what would be written later. */
  stop(): void {
    this.#cancelRetry()
    this.#cancelCalm()
  }

  /** Queues a step that the state has just made. */
  record(entry: JournalEntry): void {
    this.#writer.add(entry)
    this.#entries += 1
    if (entry.kind === 'updates') this.#addToLog(JSON.stringify(entry.updates).length)
    // What is lost becomes a draft next, in one transaction with a checkpoint; one before it would part them.
    if (this.#state.hasLost) return
    const { type, limits } = this.#options
    const length = type.snapshotLength(this.#state.content)
    // A checkpoint of a large page costs more: it is written less often.
    const every = limits.checkpointEntries * (1 + Math.floor(length / 1_000_000))
    // A page that was emptied is to take less space at once, and so is a log that is much longer than is kept of it.
    const wanted = 2 * Math.max(limits.keepLogLength, length)
    if (this.#entries >= every || this.#storedLength > wanted || this.#logLength > wanted) this.checkpoint()
    else if (this.#entries >= every * WORTH_IN_CALM) this.#checkpointInCalm()
  }

  /** Queues the whole state in place of the steps so far. `restart`: the log before it does not lead here. */
  checkpoint(restart?: 'restart'): void {
    this.#writer.checkpoint(this.#takeState(), this.#keptUpdates(restart))
  }

  /** Queues the state, from which edits have been taken, together with the draft that holds them. */
  draft(content: string, code: string, restart?: 'restart'): void {
    const { roomId, pageId, kind, clock, createId } = this.#options
    const draft = { draftId: createId(), roomId, pageId, kind, code, content, time: clock.now() }
    this.#writer.checkpoint(this.#takeState(), this.#keptUpdates(restart), draft)
  }

  /** Waits until everything queued so far is written. Throws CacheError. */
  written(): Promise<void> {
    return this.#writer.written()
  }

  /**
   * Waits until an update may be sent: when it is written, or when this device cannot store any more, since then the
   * server is the safer place. Throws CacheError `lease-lost`: another window has the replica and sends what is in it.
   */
  async readyToSend(): Promise<void> {
    try {
      await this.written()
    } catch (error) {
      if (isLeaseLost(error)) throw error
    }
  }

  /** Committed updates received, oldest first, the newest included. */
  async readLog(): Promise<LoggedUpdates[]> {
    await this.written()
    return this.#store.readLog()
  }

  /** A large page with a long journal takes seconds to open: it is shortened when nobody notices. */
  #checkpointInCalm(): void {
    this.#cancelCalm()
    this.#cancelCalm = this.#options.clock.after(this.#options.limits.calmMs, () => {
      if (!this.#state.hasLost) this.checkpoint()
    })
  }

  #addToLog(length: number): void {
    this.#logLengths.push(length)
    this.#logLength += length
  }

  #takeState(): Checkpoint {
    const state = this.#state.checkpoint()
    this.#cancelCalm()
    this.#entries = 0
    this.#storedLength = state.snapshot.length
    return state
  }

  /** How many of the newest `updates` entries a checkpoint keeps: as many as are not longer than the content. */
  #keptUpdates(restart: 'restart' | undefined): number {
    const { keepUpdates, keepLogLength } = this.#options.limits
    let room = restart === undefined ? Math.max(keepLogLength, this.#storedLength) : -1
    let count = 0
    for (const length of this.#logLengths.toReversed()) {
      room -= length
      if (room < 0 || count === keepUpdates) break
      count += 1
    }
    this.#logLengths = count === 0 ? [] : this.#logLengths.slice(-count)
    this.#logLength = this.#logLengths.reduce((sum, length) => sum + length, 0)
    return count
  }

  /** Tries to write the whole state: a disk that was full may have room again. */
  #retry(): void {
    this.#writer.resume()
    this.checkpoint()
    this.#writer.written().then(
      () => this.#listener.recovered(),
      () => undefined,
    )
  }
}

function isLeaseLost(error: unknown): boolean {
  return error instanceof CacheError && error.code === 'lease-lost'
}
