import { OtError } from '../../shared/ot/otType'
import { transformPlace, type Place } from '../../shared/ot/places'
import type { ServerMessage, ServerMessageOf } from '../../shared/protocol/serverMessages'
import type { ClientMessage } from '../../shared/protocol/clientMessages'
import { firstHash } from '../../shared/update'
import type { ReplicaStore, StoredReplica } from '../cache/replicaCache'
import { CacheError } from '../cache/replicaCache'
import { Variable } from '../observable'
import type { SaveState } from '../status'
import { HistoryHeads } from './historyHeads'
import { historyMessages } from './historyReturn'
import { JournalWriter } from './journalWriter'
import { OthersPlaces } from './othersPlaces'
import type { ReplicaOptions } from './replicaOptions'
import { HistoryError, ReplicaState } from './replicaState'

/** The connection as a replica uses it: messages go out while the room is joined. */
export interface Outlet {
  send(message: ClientMessage): void
  /** A number for an `open` that no other on this connection has. */
  nextRequest(): number
}

/** Messages of the server that concern one page. */
export type PageMessage = Extract<ServerMessage, { pageId?: string | undefined }>

type Link =
  | { readonly phase: 'offline' }
  /** `open` was sent, its `opened` is awaited. `returned`: history was handed back before it. */
  | { readonly phase: 'opening'; readonly outlet: Outlet; readonly request: number; readonly returned: boolean }
  /** Pieces of a snapshot arrive. */
  | {
      readonly phase: 'loading'
      readonly outlet: Outlet
      readonly opened: ServerMessageOf<'opened'>
      readonly pieces: string[]
    }
  /** Updates up to `until` arrive; afterwards edits are sent. */
  | { readonly phase: 'live'; readonly outlet: Outlet; readonly until: number }
  /** History is being handed back. */
  | { readonly phase: 'returning'; readonly outlet: Outlet }
  /** The server refuses the page, or the claim on the replica is lost. */
  | { readonly phase: 'stopped'; readonly outlet: Outlet | undefined }

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
  readonly #journal: JournalWriter
  readonly #heads = new HistoryHeads()
  readonly #listeners = new Set<(op: unknown, content: unknown) => void>()
  #state: ReplicaState
  #link: Link = { phase: 'offline' }
  #seq = 0
  #loaded: boolean
  #problem: string | undefined
  #entries = 0
  #reopens = 0
  #sending = false
  #lastSent = -Infinity
  #cancelSend: (() => void) | undefined
  #cancelRetry: (() => void) | undefined
  #place: Place<unknown> | null = null
  #placeNew = false
  #holds = 0
  #held: PageMessage[] = []
  #mayReturn = true

  private constructor(
    options: ReplicaOptions,
    store: ReplicaStore,
    stored: StoredReplica | undefined,
    heads: readonly { version: number; hash: string }[],
  ) {
    this.#options = options
    this.#store = store
    this.#journal = new JournalWriter(store, (error) => this.#storingFailed(error))
    this.#loaded = stored !== undefined
    this.#state = new ReplicaState(
      options.type,
      options.hash,
      options.limits.maxOpLength,
      stored ?? emptyReplica(options),
    )
    for (const head of heads) this.#heads.add(head)
    if (heads.at(-1)?.version !== this.#state.head.version) this.#heads.restart(this.#state.head)
    this.others = new OthersPlaces(options.type)
    this.saveState = new Variable<SaveState>(this.#currentSaveState())
  }

  /** Loads a claimed replica. Throws OtError or CacheError where what is stored cannot be used. */
  static async load(options: ReplicaOptions, store: ReplicaStore): Promise<Replica> {
    const stored = await store.load()
    const log = stored === undefined ? [] : await store.readLog()
    const heads = log.map(({ from, updates, hash }) => ({ version: from + updates.length, hash }))
    return new Replica(options, store, stored, heads)
  }

  get content(): unknown {
    return this.#state.content
  }

  get head(): { version: number; hash: string } {
    return this.#state.head
  }

  /** True where nothing more will be sent or received until the window is reloaded or the page opened again. */
  get stopped(): boolean {
    return this.#link.phase === 'stopped'
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
      this.#record({ kind: 'edit', clientId, seq: this.#seq, op: piece })
    }
    this.others.shift(op)
    if (this.#place !== null) this.#place = transformPlace(type, this.#place, op, true)
    this.#showSaveState()
    this.#scheduleSend()
  }

  /** Says where this window's person is, in coordinates of `content`; null: nowhere. */
  setPlace(place: Place<unknown> | null): void {
    this.#place = place
    this.#placeNew = true
    this.#scheduleSend()
  }

  /** Holds the server's messages back until the returned function is called. */
  hold(): () => void {
    this.#holds += 1
    let released = false
    return () => {
      if (released) return
      released = true
      this.#holds -= 1
      if (this.#holds === 0) this.#takeHeld()
    }
  }

  /** The room is joined: starts receiving. */
  connected(outlet: Outlet): void {
    if (this.#link.phase === 'stopped' && this.#problem === 'lease-lost') return
    this.#reopens = 0
    this.#mayReturn = true
    this.#problem = undefined
    this.#placeNew = this.#place !== null
    this.#open(outlet)
  }

  /** The connection is gone. Edits go on and are kept. */
  disconnected(): void {
    this.#held = []
    this.#cancelRetry?.()
    this.others.clear()
    if (this.#link.phase !== 'stopped') this.#link = { phase: 'offline' }
  }

  /** Takes a message of the server about this page. */
  received(message: PageMessage): void {
    if (this.#holds > 0 && this.#held.length < this.#options.limits.maxHeld) {
      this.#held.push(message)
      return
    }
    this.#takeHeld()
    this.#take(message)
  }

  /** Waits until every step so far is in the cache. Throws CacheError. */
  written(): Promise<void> {
    return this.#journal.written()
  }

  /** Ends the use of this replica: what is unsent stays in the cache; `discard` deletes it instead. */
  async close(how: 'release' | 'discard'): Promise<void> {
    this.#link = { phase: 'stopped', outlet: undefined }
    this.#cancelSend?.()
    this.#cancelRetry?.()
    if (how === 'release' && this.#problem !== 'lease-lost') this.#writeCheckpoint()
    await this.#journal.written().catch(() => undefined)
    if (how === 'discard') await this.#store.discard()
    else await this.#store.release()
  }

  #takeHeld(): void {
    const held = this.#held
    this.#held = []
    for (const message of held) this.#take(message)
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
        // A resend of what is committed: its update comes, or has come, with the others.
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
        return this.#error(message)
      case 'closedPage':
        return
    }
  }

  #open(outlet: Outlet, wants?: 'updates' | 'snapshot', returned = false): void {
    const request = outlet.nextRequest()
    this.#link = { phase: 'opening', outlet, request, returned }
    outlet.send({
      type: 'open',
      request,
      pageId: this.#options.pageId,
      known: this.#loaded ? this.#heads.sample() : [],
      wants: wants ?? (this.#state.unsent > 0 ? 'updates' : 'cheapest'),
      clients: [...new Set([...this.#state.unsentClients, this.#options.clientId])],
    })
    this.#showSaveState()
  }

  #reopen(wants: 'updates' | 'snapshot'): void {
    const { outlet } = this.#link as { outlet?: Outlet }
    if (outlet === undefined || this.#link.phase === 'stopped') return
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
        if (!this.#standsFit(opened)) return this.#reopen('snapshot')
        this.#link = { phase: 'live', outlet, until: opened.head.version }
        if (!this.#loaded) {
          this.#loaded = true
          this.#writeCheckpoint()
        }
        this.#showSaveState()
        this.#scheduleSend()
    }
  }

  /** Learns how far the server has one's edits. False where that does not fit what was sent from here. */
  #standsFit(opened: ServerMessageOf<'opened'>): boolean {
    const { inflight } = this.#state
    for (const { clientId, seq, version } of opened.clients) {
      const mine = inflight?.clientId === clientId ? inflight : undefined
      const committed = mine !== undefined && seq === mine.seq
      if (committed && version <= this.#state.head.version) return false
      if (mine !== undefined && seq > mine.seq) return false
      const pendingFirst = this.#state.pending.find((run) => run.clientId === clientId)?.first
      if (pendingFirst !== undefined && seq >= pendingFirst) return false
      this.#state.setAcknowledged(clientId, seq)
      if (mine !== undefined && !committed) {
        if (seq >= mine.first) return false
        this.#state.sendingFailed()
        this.#record({ kind: 'unsent' })
      }
    }
    return true
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
    this.#link = { phase: 'live', outlet, until: opened.head.version }
    this.#writeCheckpoint(0)
    this.#show(shown)
    this.#scheduleSend()
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
    this.#record({ kind: 'updates', from, updates, hash, signature })
    this.#show(shown)
    this.#scheduleSend()
  }

  #show(shown: unknown): void {
    if (shown !== undefined) {
      this.others.shift(shown)
      if (this.#place !== null) this.#place = transformPlace(this.#options.type, this.#place, shown)
      for (const listener of this.#listeners) listener(shown, this.#state.content)
    }
    this.#showSaveState()
  }

  #returnHistory(opened: ServerMessageOf<'opened'>, outlet: Outlet, returned: boolean): void {
    const { signedHead } = this.#state
    if (returned) return this.#open(outlet, 'snapshot')
    if (!this.#mayReturn || opened.common === undefined || signedHead === undefined) {
      this.#moveToDraft('history-unproven')
      return this.#open(outlet, 'snapshot')
    }
    this.#mayReturn = false
    this.#link = { phase: 'returning', outlet }
    const { pageId, limits } = this.#options
    const { common } = opened
    this.#journal
      .written()
      .then(() => this.#store.readLog())
      .then((log) => {
        const link = this.#link
        if (link.phase !== 'returning' || link.outlet !== outlet) return
        const messages = historyMessages(pageId, log, common, signedHead, limits.maxOpLength)
        if (messages.length === 0) this.#returnRefused(outlet)
        else for (const message of messages) outlet.send(message)
      })
      .catch((error: unknown) => this.#storingFailed(error))
  }

  /** What was committed once cannot be given back: it stays with this person, as a draft. */
  #returnRefused(outlet: Outlet): void {
    this.#moveToDraft('history-unproven')
    this.#open(outlet, 'snapshot')
  }

  #rejected(message: ServerMessageOf<'rejected'>): void {
    const { inflight } = this.#state
    if (inflight === undefined || inflight.clientId !== message.clientId || inflight.seq !== message.seq)
      return
    this.#moveToDraft(message.code)
  }

  /** Keeps the content shown as a draft and goes back to the confirmed one. */
  #moveToDraft(code: string): void {
    const { roomId, pageId, kind, type, clock, createId } = this.#options
    const content = type.serialise(this.#state.content)
    const shown = this.#state.dropUnsent()
    const draft = { draftId: createId(), roomId, pageId, kind, code, content, time: clock.now() }
    this.#entries = 0
    this.#journal.checkpoint(this.#state.checkpoint(), this.#options.limits.keepUpdates, draft)
    this.#options.onDraft()
    this.#show(shown)
  }

  #error(message: ServerMessageOf<'error'>): void {
    const { outlet } = this.#link as { outlet?: Outlet }
    if (outlet === undefined) return
    if (message.code === 'history-unproven' && this.#link.phase === 'returning')
      return this.#returnRefused(outlet)
    this.#problem = message.code
    this.#mayReturn = true
    this.#link = { phase: 'stopped', outlet }
    this.#cancelRetry?.()
    // A full disk or a page that is not there yet: look again. What is unsent waits here.
    this.#cancelRetry = this.#options.clock.after(this.#options.limits.retryMs, () => {
      if (this.#link.phase !== 'stopped' || this.#link.outlet !== outlet) return
      this.#problem = undefined
      this.#open(outlet)
    })
    this.#showSaveState()
  }

  #storingFailed(error: unknown): void {
    this.#problem = error instanceof CacheError ? error.code : 'storage-failed'
    if (this.#problem === 'lease-lost') this.#link = { phase: 'stopped', outlet: undefined }
    this.#showSaveState()
  }

  #scheduleSend(): void {
    if (this.#cancelSend !== undefined || this.#link.phase !== 'live') return
    const { clock, limits } = this.#options
    const wait = this.#lastSent + limits.sendIntervalMs - clock.now()
    if (wait <= 0) void this.#send()
    else {
      this.#cancelSend = clock.after(wait, () => {
        this.#cancelSend = undefined
        void this.#send()
      })
    }
  }

  /** Sends pending edits as one update, or a new position. An update leaves only when the journal holds it. */
  async #send(): Promise<void> {
    const link = this.#link
    if (
      this.#sending ||
      link.phase !== 'live' ||
      this.#state.head.version < link.until ||
      this.#state.inflight !== undefined
    )
      return
    if (this.#state.pending.length === 0) return this.#sendPlace(link.outlet)
    this.#sending = true
    try {
      // The caret move that belongs to an edit comes after it in the same turn.
      await Promise.resolve()
      const inflight = this.#link === link ? this.#state.startSending() : undefined
      if (inflight === undefined) return
      const { version, hash } = this.#state.head
      const place = this.#state.pending.length === 0 ? this.#place : null
      this.#record({ kind: 'send' })
      await this.#journal.written()
      if (this.#link !== link) return
      const { clientId, after, seq, op } = inflight
      this.#lastSent = this.#options.clock.now()
      if (place !== null) this.#placeNew = false
      link.outlet.send({
        type: 'submit',
        pageId: this.#options.pageId,
        version,
        hash,
        clientId,
        after,
        seq,
        op,
        ...(place !== null && { place }),
      })
    } catch (error) {
      this.#storingFailed(error)
    } finally {
      this.#sending = false
      if (this.#link !== link) this.#scheduleSend()
    }
  }

  #sendPlace(outlet: Outlet): void {
    if (!this.#placeNew) return
    this.#placeNew = false
    this.#lastSent = this.#options.clock.now()
    outlet.send({
      type: 'presence',
      pageId: this.#options.pageId,
      version: this.#state.head.version,
      place: this.#place,
    })
  }

  #record(entry: Parameters<JournalWriter['add']>[0]): void {
    this.#journal.add(entry)
    this.#entries += 1
    const { checkpointEntries } = this.#options.limits
    // A checkpoint of a large page costs more: it is written less often.
    const every =
      checkpointEntries * (1 + Math.floor(this.#options.type.snapshotLength(this.#state.content) / 1_000_000))
    if (this.#entries >= every) this.#writeCheckpoint()
  }

  #writeCheckpoint(keepUpdates = this.#options.limits.keepUpdates): void {
    this.#entries = 0
    if (this.#loaded || this.#state.unsent > 0)
      this.#journal.checkpoint(this.#state.checkpoint(), keepUpdates)
  }

  #currentSaveState(): SaveState {
    return {
      version: this.#state.head.version,
      unsent: this.#state.unsent,
      loaded: this.#loaded,
      problem: this.#problem,
    }
  }

  #showSaveState(): void {
    const next = this.#currentSaveState()
    const { version, unsent, loaded, problem } = this.saveState.value
    if (
      next.version === version &&
      next.unsent === unsent &&
      next.loaded === loaded &&
      next.problem === problem
    )
      return
    this.saveState.set(next)
  }
}

function emptyReplica({ type, roomId, pageId, hash }: ReplicaOptions): StoredReplica {
  const checkpoint = {
    version: 0,
    hash: firstHash(roomId, pageId, hash),
    signedHead: undefined,
    snapshot: type.serialise(type.create()),
    inflight: undefined,
    pending: [],
    acknowledged: [],
  }
  return { checkpoint, journal: [] }
}
