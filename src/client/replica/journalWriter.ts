import type { Clock } from '../../shared/clock'
import type { Checkpoint, Draft, JournalEntry, ReplicaStore } from '../cache/replicaCache'

type Step =
  | { readonly kind: 'entry'; readonly entry: JournalEntry }
  | {
      readonly kind: 'checkpoint'
      readonly state: Checkpoint
      readonly keepUpdates: number
      readonly draft: Draft | undefined
    }

/**
 * Writes a replica's steps to its store in the order they happened. Steps that come while a write is under way
 * are joined into the next one. Committed updates wait for more of them, since the server has them too: with ten people
 * drawing, storing each frame's by itself was a tenth of the work of a frame. After a failure nothing more is written
 * and every wait fails with that error; drafts, which are nowhere else, are kept for the checkpoint after it.
 */
export class JournalWriter {
  readonly #store: ReplicaStore
  readonly #clock: Clock
  readonly #gatherMs: number
  readonly #onError: (error: unknown) => void
  #steps: Step[] = []
  /** True where one of the steps is nowhere else, or somebody waits for them. */
  #isDue = false
  #cancelGathering: (() => void) | undefined
  #writing: Promise<void> | undefined
  #failure: { readonly error: unknown } | undefined
  /** Drafts that a failure kept from being written. */
  #unwritten: Draft[] = []

  /** `gatherMs`: milliseconds for which committed updates may wait to be written. */
  constructor(store: ReplicaStore, clock: Clock, gatherMs: number, onError: (error: unknown) => void) {
    this.#store = store
    this.#clock = clock
    this.#gatherMs = gatherMs
    this.#onError = onError
  }

  /** Queues a step of the engine. */
  add(entry: JournalEntry): void {
    if (this.#failure !== undefined) return
    this.#steps.push({ kind: 'entry', entry })
    if (entry.kind === 'updates') this.#gather()
    else this.#start()
  }

  /** Queues a checkpoint: everything queued before is in it. */
  checkpoint(state: Checkpoint, keepUpdates: number, draft?: Draft): void {
    const drafts = [...this.#unwritten.splice(0), ...(draft === undefined ? [] : [draft])]
    if (this.#failure !== undefined) {
      this.#unwritten = drafts
      return
    }
    // One draft to a transaction.
    for (const earlier of drafts.slice(0, -1))
      this.#steps.push({ kind: 'checkpoint', state, keepUpdates, draft: earlier })
    // `updates` entries are kept even so: they are the log to hand back.
    this.#steps.push({ kind: 'checkpoint', state, keepUpdates, draft: drafts.at(-1) })
    this.#start()
  }

  /** Waits until everything queued so far is written. Throws what the store threw. */
  async written(): Promise<void> {
    if (this.#steps.length > 0) this.#start()
    while (this.#writing !== undefined) await this.#writing
    if (this.#failure !== undefined) throw this.#failure.error
  }

  /** Takes steps again after a failure. The first has to be a checkpoint: what came meanwhile is in no other step. */
  resume(): void {
    this.#failure = undefined
  }

  #gather(): void {
    this.#cancelGathering ??= this.#clock.after(this.#gatherMs, () => this.#start())
  }

  #start(): void {
    this.#cancelGathering?.()
    this.#cancelGathering = undefined
    this.#isDue = true
    if (this.#writing !== undefined || this.#failure !== undefined) return
    this.#writing = this.#write().finally(() => {
      this.#writing = undefined
      // A step may have come between the end of the loop and here.
      if (this.#isDue && this.#steps.length > 0) this.#start()
    })
  }

  async #write(): Promise<void> {
    // Steps of one turn, such as an edit and its sending, go into one transaction.
    await Promise.resolve()
    try {
      while (this.#isDue && this.#steps.length > 0) await this.#writeNext()
    } catch (error) {
      this.#failure = { error }
      this.#unwritten = this.#steps.flatMap((step) =>
        step.kind === 'checkpoint' && step.draft !== undefined ? [step.draft] : [],
      )
      this.#steps = []
      this.#onError(error)
    }
  }

  async #writeNext(): Promise<void> {
    const first = this.#steps[0]
    if (first?.kind === 'checkpoint') {
      await this.#store.checkpoint(first.state, { keepUpdates: first.keepUpdates, draft: first.draft })
      // Only now: where it fails, its draft is still among the steps.
      this.#steps.shift()
      this.#isDue = this.#steps.length > 0
      return
    }
    const end = this.#steps.findIndex((step) => step.kind === 'checkpoint')
    const taken = this.#steps.splice(0, end < 0 ? this.#steps.length : end)
    this.#isDue = this.#steps.length > 0
    await this.#store.append(taken.flatMap((step) => (step.kind === 'entry' ? [step.entry] : [])))
  }
}
