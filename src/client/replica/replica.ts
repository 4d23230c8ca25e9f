import { endOf } from '../../shared/cache/keptLog'
import { OtError } from '../../shared/ot/otType'
import type { Place } from '../../shared/ot/places'
import type { ServerMessageOf } from '../../shared/protocol/serverMessages'
import { CacheError, type LoggedUpdates, type ReplicaStore, type StoredReplica } from '../cache/replicaCache'
import { Variable } from '../observable'
import type { SaveState } from '../status'
import { emptyReplica } from './emptyReplica'
import { HistoryHeads } from './historyHeads'
import { historyMessages } from './historyReturn'
import { keepLostWords } from './lostWords'
import { outletOf, type Link, type LiveLink, type Outlet, type PageMessage } from './link'
import { MessageHold } from './messageHold'
import { OthersPlaces } from './othersPlaces'
import { ReplicaJournal } from './replicaJournal'
import type { ReplicaOptions } from './replicaOptions'
import { HistoryError, ReplicaState } from './replicaState'
import { isSameSaveState, saveStateOf } from './saveStateOf'
import { Sender } from './sender'
import { serverStandFits } from './serverStand'

/** How often a page is opened anew in a row before the whole content is asked for. */
const MAX_REOPENS = 3

/**
 * Keeps one page of one window in step with the server: journals every step before it leaves, sends one update at a
 * time, takes what others did, and finds its way back after anything that can happen to either side.
 */
export class Replica {
  readonly saveState: Variable<SaveState>
  readonly others: OthersPlaces
  readonly #options: ReplicaOptions
  readonly #store: ReplicaStore
  readonly #state: ReplicaState
  readonly #journal: ReplicaJournal
  readonly #sender: Sender
  readonly #hold: MessageHold<PageMessage>
  readonly #heads = new HistoryHeads()
  readonly #listeners = new Set<(op: unknown, content: unknown) => void>()
  #link: Link = { phase: 'offline' }
  /** Number of this client's newest edit. */
  #seq = 0
  #loaded: boolean
  /** Why the server does not give the page for now. */
  #refusal: string | undefined
  /** What is wrong with this device's storage. */
  #storageProblem: string | undefined
  #reopens = 0
  /** False once history was handed back over this connection: a second time would not help. */
  #mayReturn = true
  #cancelRetry: (() => void) | undefined

  private constructor(
    options: ReplicaOptions,
    store: ReplicaStore,
    stored: StoredReplica | undefined,
    log: readonly LoggedUpdates[],
  ) {
    const { type, hash, limits } = options
    this.#options = options
    this.#store = store
    this.#loaded = stored !== undefined
    this.#state = new ReplicaState(type, hash, limits.maxOpLength, stored ?? emptyReplica(options))
    const onError = (error: unknown): void => this.#storingFailed(error)
    const recovered = (): void => {
      this.#storageProblem = undefined
      this.#showSaveState()
    }
    this.#journal = new ReplicaJournal(options, this.#state, store, log, { failed: onError, recovered })
    const live = (): LiveLink | undefined => (this.#link.phase === 'live' ? this.#link : undefined)
    this.#sender = new Sender(options, this.#state, this.#journal, live, onError)
    this.#hold = new MessageHold(limits.maxHeld, (message) => this.#take(message))
    for (const entry of log) this.#heads.add({ version: endOf(entry), hash: entry.hash })
    if (log.map(endOf).at(-1) !== this.#state.head.version) this.#heads.restart(this.#state.head)
    this.others = new OthersPlaces(type)
    this.saveState = new Variable<SaveState>(this.#currentSaveState())
  }

  /**
   * Loads a claimed replica. `isNew`: the page was made here and no server knows it yet, so it is empty and can be
   * edited at once. Throws OtError or CacheError where what is stored cannot be used.
   */
  static async load(options: ReplicaOptions, store: ReplicaStore, isNew: boolean): Promise<Replica> {
    const stored = await store.load()
    const log = stored === undefined ? [] : await store.readLog()
    const replica = new Replica(options, store, stored, log)
    if (stored === undefined && isNew) replica.#becomeLoaded()
    keepLostWords(options, replica.#state, replica.#journal)
    return replica
  }

  get content(): unknown {
    return this.#state.content
  }

  /** What the server has committed, as far as it is known here. */
  get confirmed(): unknown {
    return this.#state.confirmed
  }

  onRemote(listener: (op: unknown, content: unknown) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Applies an edit of this window. Large ones are taken as several. Throws OtError where it does not fit. */
  edit(op: unknown): void {
    const { type, clientId, limits } = this.#options
    if (type.isEmpty(op)) return
    type.check(this.#state.content, op)
    for (const piece of type.split(op, limits.maxOpLength)) {
      this.#seq += 1
      this.#state.edit(clientId, this.#seq, piece)
      this.#journal.record({ kind: 'edit', clientId, seq: this.#seq, op: piece })
    }
    this.others.shift(op)
    this.#sender.shiftPlace(op, 'person')
    this.#showSaveState()
    this.#sender.schedule()
  }

  /** Says where this window's person is, in coordinates of `content`; null: nowhere. */
  setPlace(place: Place<unknown> | null): void {
    this.#sender.setPlace(place)
  }

  /** Holds the server's messages back until the returned function is called. */
  hold(): () => void {
    return this.#hold.hold()
  }

  /** The room is joined: starts receiving. */
  connected(outlet: Outlet): void {
    if (this.#link.phase === 'ended') return
    this.#reopens = 0
    this.#mayReturn = true
    this.#sender.forgetSent()
    this.#open(outlet)
  }

  /** Asks again at once for a page that the server has refused: something has changed. */
  retry(): void {
    if (this.#link.phase === 'refused') this.#open(this.#link.outlet)
  }

  /** The connection is gone. Edits go on and are kept. */
  disconnected(): void {
    this.#hold.clear()
    this.#cancelRetry?.()
    this.others.clear()
    if (this.#link.phase !== 'ended') this.#link = { phase: 'offline' }
    this.#showSaveState()
  }

  /** Takes a message of the server about this page. */
  received(message: PageMessage): void {
    this.#hold.pass(message)
  }

  /** Waits until every step so far is in the cache. Throws CacheError. */
  written(): Promise<void> {
    return this.#journal.written()
  }

  /** Ends the use of this replica: what is unsent stays in the cache; `discard` deletes it instead. */
  async close(how: 'release' | 'discard'): Promise<void> {
    this.#link = { phase: 'ended' }
    this.#sender.stop()
    this.#journal.stop()
    this.#cancelRetry?.()
    if (this.#storageProblem === 'lease-lost') return
    if (how === 'release' && this.#loaded) this.#journal.checkpoint()
    await this.#journal.written().catch((error: unknown) => this.#storingFailed(error))
    if (how === 'discard') await this.#store.discard()
    else await this.#store.release()
  }

  #take(message: PageMessage): void {
    try {
      this.#handle(message)
    } catch (error) {
      if (error instanceof HistoryError) this.#reopen(error.code === 'diverged' ? 'snapshot' : 'updates')
      else if (error instanceof OtError) this.#reopen('snapshot')
      else throw error
    }
  }

  #handle(message: PageMessage): void {
    switch (message.type) {
      case 'opened':
        return this.#opened(message)
      case 'snapshot':
        return this.#snapshotPiece(message)
      case 'updates':
        return this.#updates(message)
      case 'presence':
        if (message.version !== this.#state.head.version) return
        return this.others.update(message.people, (place) => this.#state.toShown(place))
      case 'ack':
        // A resend of what is committed: its update comes with the others, unless it is past already.
        if (message.version <= this.#state.head.version && this.#state.inflight?.seq === message.seq)
          this.#reopen('snapshot')
        return
      case 'outdated':
        return this.#reopen('updates')
      case 'rejected':
        return this.#rejected(message)
      case 'handedBack':
        if (this.#link.phase === 'returning') this.#open(this.#link.outlet, 'updates', true)
        return
      case 'error':
        return this.#refused(message)
      case 'closedPage':
        return
    }
  }

  #open(outlet: Outlet, wants?: 'updates' | 'snapshot', returned = false): void {
    const request = outlet.nextRequest()
    const { unsent, unsentClients } = this.#state
    this.#link = { phase: 'opening', outlet, request, returned }
    outlet.send({
      type: 'open',
      request,
      pageId: this.#options.pageId,
      known: this.#loaded ? this.#heads.sample() : [],
      wants: wants ?? (unsent > 0 ? 'updates' : 'cheapest'),
      clients: [...new Set([...unsentClients, this.#options.clientId])],
    })
    this.#showSaveState()
  }

  #reopen(wants: 'updates' | 'snapshot'): void {
    const outlet = outletOf(this.#link)
    if (outlet === undefined || this.#link.phase === 'refused') return
    this.#reopens += 1
    this.#open(outlet, this.#reopens > MAX_REOPENS ? 'snapshot' : wants)
  }

  #opened(opened: ServerMessageOf<'opened'>): void {
    const link = this.#link
    // Answers to an earlier `open` may still be on their way.
    if (link.phase !== 'opening' || link.request !== opened.request) return
    const { outlet, returned } = link
    switch (opened.mode) {
      case 'foreign':
        return this.#returnHistory(opened, outlet, returned)
      case 'snapshot':
        this.#link = { phase: 'loading', outlet, opened, pieces: [] }
        return
      case 'updates':
        if (!serverStandFits(this.#state, opened.clients, this.#journal)) return this.#reopen('snapshot')
        return this.#goLive(outlet, opened.head.version)
    }
  }

  #goLive(outlet: Outlet, until: number): void {
    this.#link = { phase: 'live', outlet, until }
    this.#refusal = undefined
    if (!this.#loaded) this.#becomeLoaded()
    this.#showSaveState()
    this.#sender.schedule()
  }

  #becomeLoaded(): void {
    this.#loaded = true
    this.#journal.checkpoint()
    this.#showSaveState()
  }

  #snapshotPiece(message: ServerMessageOf<'snapshot'>): void {
    const link = this.#link
    if (link.phase !== 'loading' || message.index !== link.pieces.length) return
    link.pieces.push(message.text)
    if (link.pieces.length < message.count) return
    const { opened, outlet } = link
    const held = new Map(opened.clients.map(({ clientId, seq }) => [clientId, seq]))
    const confirmed = this.#options.type.parseSnapshot(link.pieces.join(''))
    let shown: unknown
    try {
      shown = this.#state.replace(confirmed, opened.head, held)
    } catch (error) {
      if (!(error instanceof HistoryError)) throw error
      this.#moveToDraft('update-conflict')
      shown = this.#state.replace(confirmed, opened.head, held)
    }
    this.#loaded = true
    this.#heads.restart(this.#state.head)
    keepLostWords(this.#options, this.#state, this.#journal, 'restart')
    this.#show(shown)
    this.#goLive(outlet, opened.head.version)
  }

  #updates(message: ServerMessageOf<'updates'>): void {
    if (this.#link.phase !== 'live') return
    const { from, hash, signature } = message
    const updates = message.updates.map((update) => ({ ...update, op: update.op }))
    const before = this.#state.head.version
    const shown = this.#state.receive({ from, updates, hash, signature })
    if (this.#state.head.version === before) return
    this.#reopens = 0
    this.#heads.add(this.#state.head)
    this.#journal.record({ kind: 'updates', from, updates, hash, signature })
    keepLostWords(this.#options, this.#state, this.#journal)
    this.#show(shown)
    this.#sender.schedule()
  }

  /** The content shown has changed by `shown`, undefined if not. */
  #show(shown: unknown): void {
    if (shown !== undefined) {
      this.others.shift(shown)
      this.#sender.shiftPlace(shown, 'others')
      for (const listener of this.#listeners) listener(shown, this.#state.content)
    }
    this.#showSaveState()
  }

  /** The server has lost, or never had, the history this replica stands on: it is handed back as far as it is kept. */
  #returnHistory(opened: ServerMessageOf<'opened'>, outlet: Outlet, returned: boolean): void {
    if (returned) return this.#open(outlet, 'snapshot')
    const { common } = opened
    const { signedHead } = this.#state
    if (!this.#mayReturn || common === undefined || signedHead === undefined)
      return this.#giveUpHistory(outlet)
    this.#mayReturn = false
    const link: Link = { phase: 'returning', outlet }
    this.#link = link
    const { pageId, limits } = this.#options
    this.#journal
      .readLog()
      .then((log) => {
        if (this.#link !== link) return
        const messages = historyMessages(pageId, log, common, signedHead, limits.maxOpLength)
        if (messages.length === 0) this.#giveUpHistory(outlet)
        else for (const message of messages) outlet.send(message)
      })
      .catch((error: unknown) => {
        this.#storingFailed(error)
        if (this.#link === link) this.#openLater(outlet)
      })
  }

  /** What was committed once cannot be given back: it stays with this person, as a draft. */
  #giveUpHistory(outlet: Outlet, code = 'history-unproven'): void {
    this.#moveToDraft(code)
    this.#open(outlet, 'snapshot')
  }

  #rejected({ clientId, seq, code }: ServerMessageOf<'rejected'>): void {
    const { inflight } = this.#state
    if (inflight?.clientId === clientId && inflight.seq === seq) this.#moveToDraft(code)
  }

  /** Keeps the content shown as a draft and goes back to the confirmed one. */
  #moveToDraft(code: string): void {
    const content = this.#options.type.serialise(this.#state.content)
    const shown = this.#state.dropUnsent()
    this.#journal.draft(content, code)
    this.#options.onDraft()
    this.#show(shown)
  }

  /** The server could not do what was asked: a full disk, or a page that is not there yet. It is asked again later. */
  #refused(message: ServerMessageOf<'error'>): void {
    const outlet = outletOf(this.#link)
    if (outlet === undefined) return
    const isRefusedReturn = message.code === 'history-unproven' || message.code === 'not-allowed'
    if (isRefusedReturn && this.#link.phase === 'returning') return this.#giveUpHistory(outlet, message.code)
    this.#refusal = message.code === 'storage-failed' ? 'server-storage-failed' : message.code
    this.#openLater(outlet)
  }

  /** What the server has cannot be taken or joined now: the page is opened again after a while. */
  #openLater(outlet: Outlet): void {
    const link: Link = { phase: 'refused', outlet }
    this.#link = link
    this.#mayReturn = true
    this.#cancelRetry?.()
    this.#cancelRetry = this.#options.clock.after(this.#options.limits.retryMs, () => {
      if (this.#link === link) this.#open(outlet)
    })
    this.#showSaveState()
  }

  #storingFailed(error: unknown): void {
    this.#storageProblem = error instanceof CacheError ? error.code : 'storage-failed'
    if (this.#storageProblem === 'lease-lost') this.#link = { phase: 'ended' }
    this.#showSaveState()
  }

  #currentSaveState(): SaveState {
    return saveStateOf(this.#state, this.#link, this.#loaded, this.#storageProblem ?? this.#refusal)
  }

  #showSaveState(): void {
    const next = this.#currentSaveState()
    if (!isSameSaveState(next, this.saveState.value)) this.saveState.set(next)
  }
}
