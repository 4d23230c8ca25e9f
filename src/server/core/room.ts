import { otTypeOf } from '../../shared/ot/anyType'
import { OtError } from '../../shared/ot/otType'
import type { RecordsSnapshot } from '../../shared/ot/records'
import { findPage } from '../../shared/pages'
import { InkroomError } from '../../shared/protocol/errors'
import { PAGE_LIST_ID, type PageKind } from '../../shared/protocol/values'
import { AccessBook } from '../access/accessBook'
import { AccessControl } from '../access/accessControl'
import { RoomAssets } from '../assets/roomAssets'
import type { Committer } from '../authority/committer'
import { PageAuthority, type PageAuthorityOptions } from '../authority/pageAuthority'
import { StoreError, type StoredRoom } from '../storage/roomStore'
import type { StoredAccess } from '../storage/storedAccess'
import type { Environment } from './environment'
import { HostedPage, unknownPage } from './hostedPage'
import { pageRuleOf } from './pageRules'
import { RoomSessions } from './roomSessions'

/** A loaded room: who may enter, who is in it, and its pages as far as they are in use. */
export class Room {
  readonly #pages = new Map<string, Promise<HostedPage>>()
  /** How many sessions are opening a page. */
  readonly #opening = new Map<string, number>()
  /** Those of `#pages` that are loaded. */
  readonly #loaded = new Map<string, HostedPage>()
  readonly assets: RoomAssets
  readonly sessions: RoomSessions
  readonly access: AccessControl

  private constructor(
    readonly record: StoredRoom,
    access: StoredAccess,
    readonly environment: Environment,
    readonly committer: Committer,
  ) {
    const book = new AccessBook(record.roomId, access, environment)
    this.sessions = new RoomSessions(book, environment.limits, (sessionId) => {
      for (const page of this.#loaded.values()) page.closeFor(sessionId)
    })
    this.access = new AccessControl(record, book, this.sessions, environment)
    // Everybody hears of it, who asked included: it cannot have what it asks for.
    this.assets = new RoomAssets(record.roomId, environment, (message) =>
      this.sessions.tellOthers('', message),
    )
  }

  /** Loads a room with its page list. */
  static async load(record: StoredRoom, environment: Environment, committer: Committer): Promise<Room> {
    const access = await environment.store.loadAccess(record.roomId)
    const room = new Room(record, access, environment, committer)
    await room.page(PAGE_LIST_ID)
    return room
  }

  /** Sessions in it. */
  get size(): number {
    return this.sessions.size
  }

  /** True while somebody comes in, a page is being loaded or something is being stored: the room must not be loaded a second time. */
  get busy(): boolean {
    return (
      this.access.busy ||
      this.#loaded.size < this.#pages.size ||
      [...this.#loaded.values()].some((page) => page.authority.busy) ||
      [...this.#opening.values()].some((count) => count > 0)
    )
  }

  /** Tells everybody that the room is closed and takes them out of it, those who wait as well. */
  dismiss(): void {
    this.sessions.close()
    for (const visitor of this.access.waiting.empty()) visitor.turnAway('room-closed')
  }

  /** Opens a page for a session, loaded if need be; the page is not unloaded meanwhile. Throws as {@link page} does. */
  async openPage(pageId: string, open: (page: HostedPage) => Promise<void>): Promise<void> {
    this.#opening.set(pageId, (this.#opening.get(pageId) ?? 0) + 1)
    try {
      await open(await this.page(pageId))
    } finally {
      this.#opening.set(pageId, (this.#opening.get(pageId) ?? 1) - 1)
    }
  }

  /** Ids of the pages that are loaded. */
  get loadedPages(): string[] {
    return [...this.#loaded.keys()]
  }

  /** Does the upkeep of a page, loaded if need be; it is not unloaded meanwhile. Throws as {@link page} does, and StoreError. */
  keepPage(pageId: string): Promise<void> {
    return this.openPage(pageId, (page) => page.upkeep.run())
  }

  /** A page of the room, loaded if need be. Throws InkroomError `page-unknown` or `page-unsupported`. */
  page(pageId: string): Promise<HostedPage> {
    const loaded = this.#pages.get(pageId)
    if (loaded !== undefined) return loaded
    const loading = this.#loadPage(pageId).then((page) => {
      this.#loaded.set(pageId, page)
      return page
    })
    this.#pages.set(pageId, loading)
    loading.catch(() => this.#pages.delete(pageId))
    return loading
  }

  /** Stores snapshots of pages that have gone on for `minUpdates` updates and unloads those nobody uses. */
  async tidy(minUpdates: number): Promise<void> {
    await this.#saveAccess()
    await this.assets.tidy().catch((error: unknown) => {
      const { roomId } = this.record
      this.environment.logger.warn({ err: error, roomId }, 'unfinished pictures could not be dropped')
    })
    for (const [pageId, page] of [...this.#loaded]) {
      const unload = pageId !== PAGE_LIST_ID && !page.inUse && (this.#opening.get(pageId) ?? 0) === 0
      if (unload) this.#unload(pageId, page)
      await this.#saveSnapshot(page, unload ? 1 : minUpdates)
    }
  }

  /** Stores every page's snapshot and forgets all pages. The room is not used afterwards. */
  async unload(): Promise<void> {
    this.access.close()
    await this.#saveAccess()
    for (const [pageId, page] of [...this.#loaded]) {
      this.#unload(pageId, page)
      await this.#saveSnapshot(page, 1)
    }
  }

  async #saveAccess(): Promise<void> {
    try {
      await this.access.save()
    } catch (error) {
      // Lost is when members were here last, and what they are called by now.
      const { roomId } = this.record
      this.environment.logger.warn({ err: error, roomId }, 'who was here could not be stored')
    }
  }

  #unload(pageId: string, page: HostedPage): void {
    page.close()
    this.#pages.delete(pageId)
    this.#loaded.delete(pageId)
  }

  async #saveSnapshot(page: HostedPage, minUpdates: number): Promise<void> {
    try {
      await page.upkeep.saveSnapshot(minUpdates)
    } catch (error) {
      // The log still holds everything: the page only takes longer to load.
      this.environment.logger.warn(
        { err: error, pageId: page.authority.pageId },
        'a snapshot could not be stored',
      )
    }
  }

  async #loadPage(pageId: string): Promise<HostedPage> {
    const { store, hash, sign, verify, limits, clock, logger } = this.environment
    const { roomId, privateKey, publicKey } = this.record
    const listed = await this.#listedKind(pageId)
    const stored = await store.loadPage(roomId, pageId)
    // What is stored can be read as what it was written as only.
    const kind = stored?.kind ?? listed
    if (kind === undefined)
      throw new InkroomError('page-unsupported', 'this server does not know pages of that kind')
    const window = (): number =>
      Math.min(limits.maxJoinWindowMs, page.receivers * limits.joinWindowPerReceiverMs)
    const authority: PageAuthority = this.#authorityOf({
      type: otTypeOf(kind),
      kind,
      roomId,
      pageId,
      stored,
      limits,
      rule: pageRuleOf(roomId, pageId, kind, limits),
      hash,
      sign: (text) => sign(text, privateKey),
      verify: (text, signature) => verify(signature, text, publicKey),
      now: () => clock.now(),
      keepRecent: limits.keepRecent,
      maxRecentLength: limits.maxRecentLength,
      wake: () => this.committer.wake(authority, window()),
      onError: (error) => logger.error({ err: error, roomId, pageId }, 'working out a submission failed'),
    })
    const page = new HostedPage(roomId, authority, this.environment, stored?.snapshot)
    return page
  }

  /** Throws StoreError `database-corrupt` where what is stored does not fit together. */
  #authorityOf(options: PageAuthorityOptions): PageAuthority {
    try {
      return new PageAuthority(options)
    } catch (error) {
      if (!(error instanceof OtError)) throw error
      throw new StoreError('database-corrupt', `page ${options.pageId}: ${error.message}`, { cause: error })
    }
  }

  /** Kind of a page as the list has it, undefined for one that is unknown here. Throws InkroomError `page-unknown`. */
  async #listedKind(pageId: string): Promise<PageKind | undefined> {
    if (pageId === PAGE_LIST_ID) return 'records'
    const { authority } = await this.page(PAGE_LIST_ID)
    // A page may be made and opened in one breath.
    await new Promise<void>((resolve) => authority.afterQueued(resolve))
    const page = findPage(authority.state.snapshot as RecordsSnapshot, pageId)
    if (page === undefined) throw unknownPage(pageId)
    return page.kind === 'unsupported' ? undefined : page.kind
  }
}
