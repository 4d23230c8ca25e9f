import { transformPlace, type Place } from '../../shared/ot/places'
import type { LiveLink } from './link'
import type { ReplicaJournal } from './replicaJournal'
import type { ReplicaOptions } from './replicaOptions'
import type { ReplicaState } from './replicaState'

/**
 * Sends what is pending, one update at a time, and where the person is. At rest at once; while typing fast once per
 * screen frame. An update leaves only when the journal holds that it was sent.
 */
export class Sender {
  readonly #options: ReplicaOptions
  readonly #state: ReplicaState
  readonly #journal: ReplicaJournal
  readonly #live: () => LiveLink | undefined
  readonly #onError: (error: unknown) => void
  #sending = false
  #lastSent = -Infinity
  #cancel: (() => void) | undefined
  #place: Place<unknown> | null = null
  #placeIsNew = false

  /** `live`: the link while the page is received, the same object as long as it lasts. */
  constructor(
    options: ReplicaOptions,
    state: ReplicaState,
    journal: ReplicaJournal,
    live: () => LiveLink | undefined,
    onError: (error: unknown) => void,
  ) {
    this.#options = options
    this.#state = state
    this.#journal = journal
    this.#live = live
    this.#onError = onError
  }

  /** Something new may be there to send. */
  schedule(): void {
    if (this.#cancel !== undefined || this.#live() === undefined) return
    const { clock, limits } = this.#options
    // The clock may have been set back since.
    const wait = Math.min(limits.sendIntervalMs, this.#lastSent + limits.sendIntervalMs - clock.now())
    if (wait <= 0) return this.#start()
    this.#cancel = clock.after(wait, () => {
      this.#cancel = undefined
      this.#start()
    })
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  /** Where the person is now, in the content shown. */
  setPlace(place: Place<unknown> | null): void {
    this.#place = place
    this.#placeIsNew = true
    this.schedule()
  }

  /** The content shown has changed, by the person or by others. */
  shiftPlace(op: unknown, by: 'person' | 'others'): void {
    if (this.#place !== null)
      this.#place = transformPlace(this.#options.type, this.#place, op, by === 'person')
  }

  /** A new connection: the server knows no place. */
  forgetSent(): void {
    this.#placeIsNew = this.#place !== null
  }

  #start(): void {
    const link = this.#live()
    const state = this.#state
    if (
      this.#sending ||
      link === undefined ||
      state.head.version < link.until ||
      state.inflight !== undefined
    )
      return
    if (state.pending.length === 0) return this.#sendPlace(link)
    this.#sending = true
    this.#sendUpdate(link)
      .catch(this.#onError)
      .finally(() => {
        this.#sending = false
        if (this.#live() !== link) this.schedule()
      })
  }

  async #sendUpdate(link: LiveLink): Promise<void> {
    // The caret move that belongs to an edit comes after it in the same turn.
    await Promise.resolve()
    const inflight = this.#live() === link ? this.#state.startSending() : undefined
    if (inflight === undefined) return
    const { version, hash } = this.#state.head
    const place = this.#state.pending.length === 0 ? this.#place : null
    this.#journal.record({ kind: 'send' })
    await this.#journal.readyToSend()
    if (this.#live() !== link) return
    const { clientId, after, seq, op } = inflight
    this.#lastSent = this.#options.clock.now()
    if (place !== null) this.#placeIsNew = false
    const { pageId } = this.#options
    link.outlet.send({
      type: 'submit',
      pageId,
      version,
      hash,
      clientId,
      after,
      seq,
      op,
      ...(place !== null && { place }),
    })
  }

  #sendPlace(link: LiveLink): void {
    if (!this.#placeIsNew) return
    this.#placeIsNew = false
    this.#lastSent = this.#options.clock.now()
    const { pageId } = this.#options
    link.outlet.send({ type: 'presence', pageId, version: this.#state.head.version, place: this.#place })
  }
}
