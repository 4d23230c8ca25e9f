import { CacheError, type JournalEntry, type LoggedUpdates, type ReplicaStore } from '../cache/replicaCache'
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

/** Keeps a replica's state on disk: each step as it happens, and now and then the whole. */
export class ReplicaJournal {
  readonly #options: ReplicaOptions
  readonly #state: ReplicaState
  readonly #store: ReplicaStore
  readonly #writer: JournalWriter
  readonly #listener: JournalListener
  #cancelRetry: () => void = () => undefined
  #entries = 0

  constructor(options: ReplicaOptions, state: ReplicaState, store: ReplicaStore, listener: JournalListener) {
    this.#options = options
    this.#state = state
    this.#store = store
    this.#writer = new JournalWriter(store, (error) => {
      listener.failed(error)
      if (!isLeaseLost(error))
        this.#cancelRetry = options.clock.after(options.limits.retryMs, () => this.#retry())
    })
    this.#listener = listener
  }

  /** Ends attempts to write after a failure. */
  stop(): void {
    this.#cancelRetry()
  }

  /** Queues a step that the state has just made. */
  record(entry: JournalEntry): void {
    this.#writer.add(entry)
    this.#entries += 1
    const { type, limits } = this.#options
    // A checkpoint of a large page costs more: it is written less often.
    const every =
      limits.checkpointEntries * (1 + Math.floor(type.snapshotLength(this.#state.content) / 1_000_000))
    if (this.#entries >= every) this.checkpoint()
  }

  /** Queues the whole state in place of the steps so far. `restart`: the log before it does not lead here. */
  checkpoint(restart?: 'restart'): void {
    this.#entries = 0
    this.#writer.checkpoint(
      this.#state.checkpoint(),
      restart === undefined ? this.#options.limits.keepUpdates : 0,
    )
  }

  /** Queues the state, from which edits have been taken, together with the draft that holds them. */
  draft(content: string, code: string): void {
    const { roomId, pageId, kind, clock, createId, limits } = this.#options
    const draft = { draftId: createId(), roomId, pageId, kind, code, content, time: clock.now() }
    this.#entries = 0
    this.#writer.checkpoint(this.#state.checkpoint(), limits.keepUpdates, draft)
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
