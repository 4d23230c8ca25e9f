import { CacheError, type JournalEntry, type LoggedUpdates, type ReplicaStore } from '../cache/replicaCache'
import { JournalWriter } from './journalWriter'
import type { ReplicaOptions } from './replicaOptions'
import type { ReplicaState } from './replicaState'

/** Keeps a replica's state on disk: each step as it happens, and now and then the whole. */
export class ReplicaJournal {
  readonly #options: ReplicaOptions
  readonly #state: ReplicaState
  readonly #store: ReplicaStore
  readonly #writer: JournalWriter
  #entries = 0

  constructor(
    options: ReplicaOptions,
    state: ReplicaState,
    store: ReplicaStore,
    onError: (error: unknown) => void,
  ) {
    this.#options = options
    this.#state = state
    this.#store = store
    this.#writer = new JournalWriter(store, onError)
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
      if (error instanceof CacheError && error.code === 'lease-lost') throw error
    }
  }

  /** Committed updates received, oldest first, the newest included. */
  async readLog(): Promise<LoggedUpdates[]> {
    await this.written()
    return this.#store.readLog()
  }
}
