import { createId } from '../../shared/identity/keys'
import { otTypeOf } from '../../shared/ot/anyType'
import { OtError } from '../../shared/ot/otType'
import {
  recordsType,
  type RecordsOp,
  type RecordsPosition,
  type RecordsSnapshot,
} from '../../shared/ot/records'
import { mayWriteAnywhere } from '../../shared/access/roles'
import { findPage } from '../../shared/pages'
import type { ServerMessage, ServerMessageOf } from '../../shared/protocol/serverMessages'
import { PAGE_LIST_ID, type PageKind, type Person } from '../../shared/protocol/values'
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
import { OrphanDrain, type Orphan } from './orphanDrain'
import { PageHandle } from './pageHandle'
import { loadReplica } from './replicaFactory'

type AnyHandle = PageHandle<unknown, unknown, unknown>

interface OpenPage {
  readonly handle: AnyHandle
  /** How many users the page has; at 0 it goes on until nothing is unsent. */
  uses: number
  replica: Replica | undefined
  readonly loading: Promise<void>
}

/** Milliseconds after joining, and between two times, that replicas left by ended windows are looked for. */
const FIRST_ADOPT_MS = 1_000
const ADOPT_MS = 30_000

/** One window's membership of one room: the connection, and a replica of each page it uses. */
export class RoomEngine implements RoomClient {
  readonly roomId: string
  readonly title: Variable<string>
  readonly people = new Variable<readonly Person[]>([])
  readonly sessionId = new Variable<string | undefined>(undefined)
  readonly unsent = new Variable(0)
  readonly drafts = new Variable<readonly Draft[]>([])
  readonly pageList: PageClient<RecordsSnapshot, RecordsOp, RecordsPosition>
  readonly assets: AssetEngine
  readonly access: AccessEngine
  readonly limits = new Variable<ServerLimits | undefined>(undefined)
  readonly #options: RoomClientOptions
  readonly #connection: Connection
  readonly #pages = new Map<string, OpenPage>()
  #profile: Profile
  #connected = false
  #ended = false
  #drain: OrphanDrain | undefined
  #adopting = false
  #cancelAdopt: () => void = () => undefined

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
    this.people.set(
      this.people.value.map((person) =>
        person.sessionId === this.sessionId.value ? { ...person, ...profile } : person,
      ),
    )
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
    this.assets.end()
    await this.written().catch(this.#options.onError)
    await this.#drain?.end()
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
    const replica = await this.#loadReplica(pageId, kind, claimed ?? (await cache.claim(roomId, pageId)))
    if (this.#ended) {
      await replica.close('release')
      return
    }
    page.replica = replica
    page.handle.attach(replica)
    if (this.#connected) replica.connected(this.#connection)
  }

  /**
   * A replica that is damaged stays claimed, so that nobody takes it up again and nothing writes over it; the page
   * goes on with another one, from the server.
   */
  async #loadReplica(pageId: string, kind: PageKind, store: ReplicaStore): Promise<Replica> {
    const load = (from: ReplicaStore): Promise<Replica> =>
      loadReplica(this.#options, pageId, kind, from, () => this.#refreshDrafts(), this.#isOnlyHere(pageId))
    try {
      return await load(store)
    } catch (error) {
      const damaged =
        error instanceof OtError || (error instanceof CacheError && error.code === 'database-corrupt')
      if (!damaged) throw error
      this.#options.onError(error)
      return load(await this.#options.cache.claim(this.roomId, pageId))
    }
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
    this.sessionId.set(sessionId)
    this.title.set(joined.title)
    this.people.set(joined.people)
    this.access.connected(this.#connection, joined)
    this.#rolesChanged()
    this.#remember()
    this.#adoptLater(FIRST_ADOPT_MS)
    for (const { replica } of this.#pages.values()) replica?.connected(this.#connection)
    this.assets.connected(this.#connection)
  }

  #lost(): void {
    this.#connected = false
    this.#cancelAdopt()
    this.sessionId.set(undefined)
    this.people.set([])
    for (const { replica } of this.#pages.values()) replica?.disconnected()
    this.assets.disconnected()
    this.access.disconnected()
  }

  #rolesChanged(): void {
    this.assets.setMayAdd(mayWriteAnywhere(this.access.roles))
    const { role } = this.access.roles
    this.people.set(
      this.people.value.map((person) =>
        person.sessionId === this.sessionId.value ? { ...person, role } : person,
      ),
    )
  }

  #received(message: ServerMessage): void {
    if (message.type === 'person') {
      const others = this.people.value.filter(({ sessionId }) => sessionId !== message.person.sessionId)
      this.people.set([...others, message.person])
    } else if (message.type === 'personLeft') {
      this.people.set(this.people.value.filter(({ sessionId }) => sessionId !== message.sessionId))
    } else if (isAssetMessage(message)) this.assets.received(message)
    else if ('pageId' in message && message.pageId !== undefined) {
      if (message.type === 'opened' && message.mode === 'foreign') this.assets.serverLostHistory()
      this.#pages.get(message.pageId)?.replica?.received(message as PageMessage)
    } else {
      this.access.received(message)
      if (message.type === 'role') this.#rolesChanged()
    }
  }

  /** Now and then takes over what windows that ended have left unsent, so that it is sent though nobody shows it. */
  #adoptLater(ms: number): void {
    this.#cancelAdopt()
    this.#cancelAdopt = this.#options.clock.after(ms, () => {
      this.#adoptOrphans()
        .catch(this.#options.onError)
        .finally(() => {
          if (this.#connected) this.#adoptLater(ADOPT_MS)
        })
    })
  }

  async #adoptOrphans(): Promise<void> {
    if (!this.pageList.saveState.value.loaded || this.#drain?.done === false || this.#adopting) return
    this.#adopting = true
    this.assets.sendUnsent()
    try {
      const orphans = await this.#options.cache.claimOrphans(this.roomId)
      if (this.#ended) await Promise.all(orphans.map(({ store }) => store.release()))
      const toDrain = this.#ended ? [] : orphans.flatMap(({ pageId, store }) => this.#adopt(pageId, store))
      if (toDrain.length === 0) return
      this.#drain = new OrphanDrain(this.#options, toDrain, () => this.#refreshDrafts())
      this.#drain.run().catch(this.#options.onError)
    } finally {
      this.#adopting = false
    }
  }

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
