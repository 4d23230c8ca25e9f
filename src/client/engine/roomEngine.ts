import { createId } from '../../shared/identity/keys'
import { otTypeOf } from '../../shared/ot/anyType'
import {
  recordsType,
  type RecordsOp,
  type RecordsPosition,
  type RecordsSnapshot,
} from '../../shared/ot/records'
import { mayWriteAnywhere } from '../../shared/access/roles'
import { findPage } from '../../shared/pages'
import type { ServerMessage, ServerMessageOf } from '../../shared/protocol/serverMessages'
import { PAGE_LIST_ID, type PageKind } from '../../shared/protocol/values'
import type { PageClient, Profile, RoomClient, ServerLimits } from '../api'
import { CacheError, type Draft, type ReplicaStore } from '../cache/replicaCache'
import { AssetEngine } from '../assets/assetEngine'
import { isAssetMessage } from '../assets/assetLink'
import { Connection } from '../connection/connection'
import { Variable } from '../observable'
import type { PageMessage } from '../replica/link'
import type { Replica } from '../replica/replica'
import type { ConnectionStatus } from '../status'
import { AccessEngine } from './accessEngine'
import type { RoomClientOptions } from './clientOptions'
import { OrphanAdoption } from './orphanAdoption'
import type { Orphan } from './orphanDrain'
import { PageHandle } from './pageHandle'
import { loadOrReplace, loadReplica } from './replicaFactory'
import { Roster } from './roster'

type AnyHandle = PageHandle<unknown, unknown, unknown>

interface OpenPage {
  readonly handle: AnyHandle
  /** How many users the page has; at 0 it goes on until nothing is unsent. */
  uses: number
  replica: Replica | undefined
  readonly loading: Promise<void>
}

/** One window's membership of one room: the connection, and a replica of each page it uses. */
export class RoomEngine implements RoomClient {
  readonly roomId: string
  readonly title: Variable<string>
  readonly #roster = new Roster()
  readonly people = this.#roster.people
  readonly sessionId = this.#roster.sessionId
  readonly unsent = new Variable(0)
  readonly drafts = new Variable<readonly Draft[]>([])
  readonly pageList: PageClient<RecordsSnapshot, RecordsOp, RecordsPosition>
  readonly assets: AssetEngine
  readonly access: AccessEngine
  readonly limits = new Variable<ServerLimits | undefined>(undefined)
  readonly #options: RoomClientOptions
  readonly #connection: Connection
  readonly #pages = new Map<string, OpenPage>()
  readonly #adoption: OrphanAdoption
  #profile: Profile
  #connected = false
  #ended = false

  constructor(options: RoomClientOptions) {
    const { roomId, host, device, dial, clock, random, randomBytes } = options
    this.#options = options
    this.roomId = roomId
    this.title = new Variable(options.title)
    this.#profile = options.profile
    this.#connection = new Connection({
      host,
      roomId,
      invite: options.invite,
      windowId: createId(randomBytes),
      device,
      profile: () => this.#profile,
      dial,
      clock,
      random,
      newChallenge: options.newChallenge ?? (() => createId(randomBytes)),
      verify: options.verify,
      onGreeted: ({ limits }) => this.limits.set(limits),
      onWaiting: ({ title }) => this.title.set(title),
      onJoined: (joined, sessionId) => this.#joined(joined, sessionId),
      onMessage: (message) => this.#received(message),
      onLost: () => this.#lost(),
    })
    const { cache, onError } = options
    this.assets = new AssetEngine({ roomId, cache: cache.assets, clock, onError })
    this.access = new AccessEngine(onError)
    this.assets.unsentCount.subscribe(() => this.#countUnsent())
    const list = new PageHandle(PAGE_LIST_ID, 'records', recordsType, this.people, this.sessionId)
    this.pageList = list
    this.#addPage(list as unknown as AnyHandle, 1)
    list.saveState.subscribe(({ synced }) => {
      // Pages made here are known to the server now.
      if (synced) for (const { replica } of this.#pages.values()) replica?.retry()
    })
    this.#adoption = new OrphanAdoption({
      client: options,
      isReady: () => list.saveState.value.loaded,
      onRound: () => this.assets.sendUnsent(),
      adopt: (pageId, store) => this.#adopt(pageId, store),
      onDrafts: () => this.#refreshDrafts(),
    })
    this.#refreshDrafts()
    this.#remember()
    this.#connection.connect()
  }

  get status(): Variable<ConnectionStatus> {
    return this.#connection.status
  }

  openPage(pageId: string, kind: PageKind): PageClient<unknown, unknown, unknown> {
    const open = this.#pages.get(pageId)
    if (open !== undefined) {
      open.uses += 1
      return open.handle
    }
    return this.#addPage(new PageHandle(pageId, kind, otTypeOf(kind), this.people, this.sessionId), 1)
  }

  async closePage(pageId: string): Promise<void> {
    const page = this.#pages.get(pageId)
    if (page === undefined || page.uses === 0) return
    page.uses -= 1
    page.handle.setPlace(null)
    await this.#closeUnused(pageId, page)
  }

  setProfile(profile: Profile): void {
    this.#profile = profile
    this.#connection.send({ type: 'profile', ...profile })
    this.#roster.changeSelf(profile)
  }

  connectNow(): void {
    this.#connection.connect()
  }

  async deleteDraft(draftId: string): Promise<void> {
    await this.#options.cache.deleteDraft(draftId)
    this.#refreshDrafts()
  }

  async leave(): Promise<void> {
    this.#ended = true
    this.#adoption.stop()
    this.assets.end()
    await this.written().catch(this.#options.onError)
    await this.#adoption.drained()
    await this.#connection.leave()
    await this.#closePages()
  }

  closeRoom(): Promise<void> {
    return new Promise((resolve) => {
      const end = this.status.subscribe(({ state }) => {
        if (state === 'connected' || state === 'connecting') return
        end()
        resolve()
      })
      this.#connection.send({ type: 'closeRoom' })
    })
  }

  async #closePages(): Promise<void> {
    for (const page of this.#pages.values()) {
      await page.loading
      page.handle.detach()
      await page.replica?.close('release')
    }
    this.#pages.clear()
  }

  #addPage(handle: AnyHandle, uses: number, store?: ReplicaStore): AnyHandle {
    const page: OpenPage = { handle, uses, replica: undefined, loading: Promise.resolve() }
    const loading = this.#load(page, store).catch((error: unknown) => {
      handle.fail(error instanceof CacheError ? error.code : 'storage-failed')
      this.#options.onError(error)
    })
    this.#pages.set(handle.pageId, Object.assign(page, { loading }))
    handle.saveState.subscribe(() => this.#saveStateChanged(page))
    return handle
  }

  async #load(page: OpenPage, claimed: ReplicaStore | undefined): Promise<void> {
    const { cache, roomId } = this.#options
    const { pageId, kind } = page.handle
    const store = claimed ?? (await cache.claim(roomId, pageId))
    const load = (from: ReplicaStore): Promise<Replica> =>
      loadReplica(this.#options, pageId, kind, from, () => this.#refreshDrafts(), this.#isOnlyHere(pageId))
    const replica = await loadOrReplace(this.#options, pageId, store, load)
    if (this.#ended) {
      await replica.close('release')
      return
    }
    page.replica = replica
    page.handle.attach(replica)
    if (this.#connected) replica.connected(this.#connection)
  }

  /** True for a page made here that no server has in its page list yet. */
  #isOnlyHere(pageId: string): boolean {
    const list = this.#pages.get(PAGE_LIST_ID)?.replica
    if (list === undefined) return false
    const confirmed = findPage(list.confirmed as RecordsSnapshot, pageId)
    return confirmed === undefined && findPage(this.pageList.content, pageId) !== undefined
  }

  async #closeUnused(pageId: string, page: OpenPage): Promise<void> {
    await page.loading
    if (page.uses > 0 || page.handle.saveState.value.unsent > 0 || this.#pages.get(pageId) !== page) return
    this.#pages.delete(pageId)
    this.#connection.send({ type: 'closePage', pageId })
    page.handle.detach()
    await page.replica?.close('release')
  }

  #saveStateChanged(page: OpenPage): void {
    this.#countUnsent()
    if (page.uses === 0 && page.handle.saveState.value.unsent === 0) {
      this.#closeUnused(page.handle.pageId, page).catch(this.#options.onError)
    }
  }

  #countUnsent(): void {
    let unsent = this.assets.unsentCount.value
    for (const { handle } of this.#pages.values()) unsent += handle.saveState.value.unsent
    this.unsent.set(unsent)
  }

  #joined(joined: ServerMessageOf<'joined'>, sessionId: string): void {
    this.#connected = true
    this.#roster.joined(joined.people, sessionId)
    this.title.set(joined.title)
    this.access.connected(this.#connection, joined)
    this.#rolesChanged()
    this.#remember()
    this.#adoption.connected()
    for (const { replica } of this.#pages.values()) replica?.connected(this.#connection)
    this.assets.connected(this.#connection)
  }

  #lost(): void {
    this.#connected = false
    this.#adoption.disconnected()
    this.#roster.lost()
    for (const { replica } of this.#pages.values()) replica?.disconnected()
    this.assets.disconnected()
    this.access.disconnected()
  }

  #rolesChanged(): void {
    this.assets.setMayAdd(mayWriteAnywhere(this.access.roles))
    const { role } = this.access.roles
    this.#roster.changeSelf({ role })
  }

  #received(message: ServerMessage): void {
    if (message.type === 'person' || message.type === 'personLeft') this.#roster.received(message)
    else if (isAssetMessage(message)) this.assets.received(message)
    else if ('pageId' in message && message.pageId !== undefined) {
      if (message.type === 'opened' && message.mode === 'foreign') this.assets.serverLostHistory()
      this.#pages.get(message.pageId)?.replica?.received(message as PageMessage)
    } else {
      this.access.received(message)
      if (message.type === 'role') this.#rolesChanged()
    }
  }

  /** Goes on with what a window that ended has left of a page. Returns what the page, open already, has no use for. */
  #adopt(pageId: string, store: ReplicaStore): Orphan[] {
    const listed = findPage(this.pageList.content, pageId)?.kind
    const kind = pageId === PAGE_LIST_ID ? 'records' : listed
    if (kind === undefined || kind === 'unsupported') {
      // Kept in the cache until the page list knows the page.
      store.release().catch(this.#options.onError)
      return []
    }
    if (this.#pages.has(pageId)) return [{ pageId, kind, store }]
    this.#addPage(new PageHandle(pageId, kind, otTypeOf(kind), this.people, this.sessionId), 0, store)
    return []
  }

  #refreshDrafts(): void {
    this.written()
      .catch(() => undefined)
      .then(() => this.#options.cache.listDrafts(this.roomId))
      .then((drafts) => this.drafts.set(drafts))
      .catch(this.#options.onError)
  }

  async written(): Promise<void> {
    // All at once: a page that is closed while another is waited for would not be waited for.
    const loaded = [...this.#pages.values()].flatMap(({ replica }) => replica ?? [])
    await Promise.all(loaded.map((replica) => replica.written()))
  }

  #remember(): void {
    const { cache, roomId, link, hosted, clock, onError } = this.#options
    cache.putRoom({ roomId, title: this.title.value, link, hosted, lastUsed: clock.now() }).catch(onError)
  }
}
