import type { PageKind } from '../../shared/protocol/values'
import type { Head, SignedHead } from '../../shared/update'
import { checkAppend, checkHead } from './appendRules'
import type { AssetStore } from './assetStore'
import { hashIn, isHeadOf, withoutUpdates, type MemoryPageLog } from './memoryPageLog'
import { MemoryAssetStore, NO_ASSETS, type RoomAssetsImage } from './memoryAssetStore'
import {
  StoreError,
  type ClientStand,
  type PageAppend,
  type PageSummary,
  type RoomStore,
  type StoredPage,
  type StoredRoom,
  type StoredSnapshot,
  type StoredUpdate,
} from './roomStore'
import { changedAccess } from './accessTable'
import { NO_ACCESS, type AccessChange, type StoredAccess } from './storedAccess'

interface PageImage extends MemoryPageLog {
  readonly kind: PageKind
  readonly head: SignedHead
  readonly snapshot: StoredSnapshot | undefined
  readonly clients: ReadonlyMap<string, ClientStand>
}

interface RoomImage {
  readonly room: StoredRoom
  readonly pages: ReadonlyMap<string, PageImage>
  readonly assets: RoomAssetsImage
  readonly access: StoredAccess
  /** It is being filled and not there for anybody yet. */
  readonly importing: boolean
}

/** All rooms at one moment. Its parts are never modified, so that it can be kept as a backup at no cost. */
export type MemoryRoomImage = ReadonlyMap<string, RoomImage>

/** What outlives a {@link MemoryRoomStore}, as a file outlives a process. Assign an older image to restore a backup. */
export class MemoryRoomDisk {
  image: MemoryRoomImage = new Map()
}

/** Where a test may let a write fail, wait, or kill the server. */
export interface MemoryRoomHooks {
  /** Runs before a batch is stored. Where it throws, nothing is stored and `append` throws that. */
  beforeAppend?(batch: readonly PageAppend[]): void | Promise<void>
  /** Runs after a batch was stored, before `append` returns: a crash here loses the acknowledgement only. */
  afterAppend?(batch: readonly PageAppend[]): void | Promise<void>
  /** Runs before who may enter a room is changed. Where it throws, nothing is. */
  beforeAccessChange?(changes: readonly AccessChange[]): void | Promise<void>
  /** Runs before anything of a picture is stored. Where it throws, nothing is. */
  beforeAssetWrite?(): void | Promise<void>
}

/** A {@link RoomStore} for tests. Nothing it stores or returns is shared with the caller. */
export class MemoryRoomStore implements RoomStore {
  #closed = false
  readonly assets: AssetStore
  readonly #disk: MemoryRoomDisk
  readonly #hooks: MemoryRoomHooks

  constructor(disk: MemoryRoomDisk = new MemoryRoomDisk(), hooks: MemoryRoomHooks = {}) {
    this.#disk = disk
    this.#hooks = hooks
    // What was being filled when the store was used last did not come to its end.
    disk.image = new Map([...disk.image].filter(([, { importing }]) => !importing))
    this.assets = new MemoryAssetStore({
      read: (roomId) => this.#rooms().get(roomId)?.assets,
      write: (roomId, assets) => {
        const rooms = this.#rooms()
        this.#disk.image = new Map(rooms).set(roomId, { ...this.#room(rooms, roomId), assets })
      },
      beforeWrite: async () => this.#hooks.beforeAssetWrite?.(),
    })
  }

  async createRoom(room: StoredRoom, access: readonly AccessChange[] = []): Promise<void> {
    this.#addRoom(room, false, access)
  }

  async beginImport(room: StoredRoom, access: readonly AccessChange[] = []): Promise<void> {
    this.#addRoom(room, true, access)
  }

  async startPage(roomId: string, pageId: string, kind: PageKind, head: SignedHead): Promise<void> {
    if (this.#room(this.#rooms(), roomId).pages.has(pageId))
      throw new RangeError(`page ${pageId} is there already`)
    const start = { version: head.version, hash: head.hash }
    const nothing = { snapshot: undefined, log: [], forgotten: [], clients: new Map() }
    const page = { kind, head: { ...head }, start, ...nothing }
    this.#replacePage(roomId, pageId, page)
  }

  async finishImport(roomId: string): Promise<void> {
    const image = this.#room(this.#rooms(), roomId)
    if (!image.importing) throw new StoreError('room-unknown', `no room ${roomId} is being imported`)
    this.#disk.image = new Map(this.#rooms()).set(roomId, { ...image, importing: false })
  }

  async listRooms(): Promise<StoredRoom[]> {
    return [...this.#rooms().values()]
      .filter(({ importing }) => !importing)
      .map(({ room }) => ({ ...room }))
      .sort((a, b) => b.createdAt - a.createdAt || (a.roomId < b.roomId ? -1 : 1))
  }

  async loadRoom(roomId: string): Promise<StoredRoom | undefined> {
    const image = this.#rooms().get(roomId)
    return image === undefined || image.importing ? undefined : { ...image.room }
  }

  async setRoomOpen(roomId: string, open: boolean): Promise<void> {
    const image = this.#room(this.#rooms(), roomId)
    this.#disk.image = new Map(this.#rooms()).set(roomId, { ...image, room: { ...image.room, open } })
  }

  async deleteRoom(roomId: string): Promise<void> {
    const rooms = new Map(this.#rooms())
    rooms.delete(roomId)
    this.#disk.image = rooms
  }

  async loadAccess(roomId: string): Promise<StoredAccess> {
    return structuredClone(this.#room(this.#rooms(), roomId).access)
  }

  async changeAccess(roomId: string, changes: readonly AccessChange[]): Promise<void> {
    const copy = structuredClone(changes)
    await this.#hooks.beforeAccessChange?.(changes)
    const image = this.#room(this.#rooms(), roomId)
    const access = changedAccess(image.access, copy)
    this.#disk.image = new Map(this.#rooms()).set(roomId, { ...image, access })
  }

  async loadPage(roomId: string, pageId: string): Promise<StoredPage | undefined> {
    const page = this.#rooms().get(roomId)?.pages.get(pageId)
    if (page === undefined) return undefined
    const { kind, snapshot, head, clients } = page
    const tail = page.log.filter((update) => update.version > (snapshot?.version ?? 0))
    return structuredClone({ kind, snapshot, tail, head, clients: [...clients.values()] })
  }

  async append(batch: readonly PageAppend[]): Promise<void> {
    const copy = structuredClone(batch)
    copy.forEach(checkAppend)
    await this.#hooks.beforeAppend?.(batch)
    // From here to the assignment nothing waits: the batch is stored as a whole or not at all.
    let rooms = this.#rooms()
    for (const append of copy) rooms = this.#appended(rooms, append)
    this.#disk.image = rooms
    await this.#hooks.afterAppend?.(batch)
  }

  async readUpdates(
    roomId: string,
    pageId: string,
    from: number,
    to: number,
    limit: number,
  ): Promise<StoredUpdate[]> {
    const log = this.#rooms().get(roomId)?.pages.get(pageId)?.log ?? []
    return structuredClone(log.filter(({ version }) => version > from && version <= to).slice(0, limit))
  }

  async hashAt(roomId: string, pageId: string, version: number): Promise<string | undefined> {
    const page = this.#rooms().get(roomId)?.pages.get(pageId)
    if (page === undefined || version === 0) return undefined
    return hashIn(page, version)
  }

  async isHead(roomId: string, pageId: string, head: Head): Promise<boolean> {
    const page = this.#rooms().get(roomId)?.pages.get(pageId)
    return page !== undefined && isHeadOf(page, head)
  }

  async logStart(roomId: string, pageId: string): Promise<number> {
    return this.#rooms().get(roomId)?.pages.get(pageId)?.start.version ?? 0
  }

  async logLength(roomId: string, pageId: string, from: number, to: number): Promise<number> {
    const updates = await this.readUpdates(roomId, pageId, from, to, Infinity)
    return updates.reduce((sum, { update }) => sum + JSON.stringify(update).length, 0)
  }

  async pagesToKeep(roomId: string): Promise<PageSummary[]> {
    const pages = [...(this.#rooms().get(roomId)?.pages ?? [])]
    return pages
      .map(([pageId, { kind, head, snapshot, start }]) => {
        const times = Object.values(snapshot?.deletions?.times ?? {})
        return {
          pageId,
          kind,
          headVersion: head.version,
          snapshotVersion: snapshot?.version ?? 0,
          logStart: start.version,
          deletions:
            times.length === 0
              ? undefined
              : {
                  oldest: times.reduce((a, b) => Math.min(a, b)),
                  isMost: snapshot?.deletions?.isMost ?? false,
                },
        }
      })
      .filter(({ headVersion, logStart, deletions }) => logStart < headVersion || deletions !== undefined)
  }

  async listBoards(roomId: string): Promise<string[]> {
    const pages = [...(this.#rooms().get(roomId)?.pages ?? [])]
    return pages.flatMap(([pageId, { kind }]) => (kind === 'board' ? [pageId] : []))
  }

  async saveSnapshot(roomId: string, pageId: string, snapshot: StoredSnapshot): Promise<void> {
    const page = this.#page(roomId, pageId)
    if (page.snapshot !== undefined && page.snapshot.version > snapshot.version) return
    this.#replacePage(roomId, pageId, { ...page, snapshot: structuredClone(snapshot) })
  }

  async compact(roomId: string, pageId: string, version: number): Promise<void> {
    const page = this.#page(roomId, pageId)
    if (version > (page.snapshot?.version ?? 0)) {
      throw new RangeError(`page ${pageId}: version ${version} is above the snapshot`)
    }
    this.#replacePage(roomId, pageId, { ...page, ...withoutUpdates(page, version) })
  }

  async forgetHeads(roomId: string, pageId: string, before: number): Promise<void> {
    const page = this.#page(roomId, pageId)
    const forgotten = page.forgotten.filter(({ version }) => version >= before)
    this.#replacePage(roomId, pageId, { ...page, forgotten })
  }

  async shrink(): Promise<boolean> {
    this.#rooms()
    return false
  }

  /** Ends all use; also how a test kills a server: what was not stored by now is never stored. */
  async close(): Promise<void> {
    this.#closed = true
  }

  #rooms(): MemoryRoomImage {
    if (this.#closed) throw new StoreError('storage-failed', 'the store is closed')
    return this.#disk.image
  }

  #addRoom(room: StoredRoom, importing: boolean, access: readonly AccessChange[]): void {
    const rooms = this.#rooms()
    if (rooms.has(room.roomId)) throw new StoreError('room-exists', `room ${room.roomId} is there already`)
    this.#disk.image = new Map(rooms).set(room.roomId, {
      room: { ...room },
      pages: new Map(),
      assets: NO_ASSETS,
      access: changedAccess(NO_ACCESS, structuredClone(access)),
      importing,
    })
  }

  #room(rooms: MemoryRoomImage, roomId: string): RoomImage {
    const room = rooms.get(roomId)
    if (room === undefined) throw new StoreError('room-unknown', `there is no room ${roomId}`)
    return room
  }

  #page(roomId: string, pageId: string): PageImage {
    const page = this.#rooms().get(roomId)?.pages.get(pageId)
    if (page === undefined)
      throw new StoreError('page-unknown', `there is no page ${pageId} in room ${roomId}`)
    return page
  }

  #replacePage(roomId: string, pageId: string, page: PageImage): void {
    this.#disk.image = this.#withPage(this.#rooms(), roomId, pageId, page)
  }

  #withPage(rooms: MemoryRoomImage, roomId: string, pageId: string, page: PageImage): MemoryRoomImage {
    const image = this.#room(rooms, roomId)
    return new Map(rooms).set(roomId, { ...image, pages: new Map(image.pages).set(pageId, page) })
  }

  #appended(rooms: MemoryRoomImage, append: PageAppend): MemoryRoomImage {
    const { roomId, pageId, kind, head, updates } = append
    const page = this.#room(rooms, roomId).pages.get(pageId)
    checkHead(append, page && { ...page.head, kind: page.kind })
    const clients = new Map(page?.clients)
    for (const stand of append.clients) clients.set(stand.clientId, stand)
    return this.#withPage(rooms, roomId, pageId, {
      kind,
      head,
      clients,
      snapshot: page?.snapshot,
      start: page?.start ?? { version: 0, hash: undefined },
      forgotten: page?.forgotten ?? [],
      log: [...(page?.log ?? []), ...updates],
    })
  }
}
