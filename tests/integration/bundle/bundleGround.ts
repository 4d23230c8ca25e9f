import type { Text } from '@codemirror/state'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { RoomBundles } from '../../../src/server/bundle/roomBundles'
import type { BundleLimits } from '../../../src/server/bundle/bundleLimits'
import { createRoomServer } from '../../../src/server/core/createRoomServer'
import type { RoomServer } from '../../../src/server/core/roomServer'
import { DEFAULT_LIMITS, type ServerLimits } from '../../../src/server/core/serverLimits'
import { silentLogger } from '../../../src/server/logger'
import { createNodeSigner, nodeRandomBytes, nodeSha256Hex } from '../../../src/server/nodeCrypto'
import type { RoomStore, StoredRoom, StoredUpdate } from '../../../src/server/storage/roomStore'
import { openSqliteRoomStore } from '../../../src/server/storage/sqliteRoomStore'
import { ASSET_PIECE_BYTES, pieceCountOf, pieceOf } from '../../../src/shared/assets/limits'
import { otTypeOf } from '../../../src/shared/ot/anyType'
import { createPage } from '../../../src/shared/pages'
import type { RecordsSnapshot } from '../../../src/shared/ot/records'
import { PAGE_LIST_ID, type PageKind } from '../../../src/shared/protocol/values'
import { firstHash, headText, nextHash, type Head } from '../../../src/shared/update'
import { idOf } from '../../lib/idOf'
import { ManualClock } from '../../lib/manualClock'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'

const sign = createNodeSigner()

/** A page as a person would compare two of them: what is in it and how it came about. */
export interface PageImage {
  readonly content: string
  readonly start: number
  readonly version: number
  /** Of each update all but its hash, which is the room's. */
  readonly history: readonly unknown[]
}

/** A server with rooms in SQLite, and what turns them into files; gone when the test ends. */
export class BundleGround {
  private constructor(
    readonly folder: string,
    readonly store: RoomStore,
    readonly server: RoomServer,
    readonly bundles: RoomBundles,
    readonly clock: ManualClock,
  ) {}

  static async start(
    options: { limits?: Partial<ServerLimits>; bundleLimits?: Partial<BundleLimits> } = {},
  ): Promise<BundleGround> {
    const folder = await makeTemporaryFolder()
    const store = openSqliteRoomStore(folder)
    const clock = new ManualClock()
    const limits = { ...DEFAULT_LIMITS, ...options.limits }
    const tools = { store, hash: nodeSha256Hex, sign }
    const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    const roomServer = createRoomServer({
      ...tools,
      clock,
      defer: (task) => void setImmediate(task),
      randomBytes: nodeRandomBytes,
      logger: silentLogger,
      roomCreation: { mode: 'anyone' },
      defaultPolicy: { strangers: 'refuse', invited: 'admit', role: 'editor' },
      place: () => ({ origins: ['https://192.0.2.1:4660'], fingerprint: undefined, isBehindProxy: false }),
      limits,
    })
    const bundles = new RoomBundles({
      ...tools,
      roomServer,
      limits,
      now: () => clock.now(),
      pause,
      ...(options.bundleLimits !== undefined && { bundleLimits: options.bundleLimits }),
    })
    onTestFinished(async () => {
      await roomServer.stop()
      await removeFolder(folder)
    })
    return new BundleGround(folder, store, roomServer, bundles, clock)
  }

  /** Where a test puts a file. */
  file(name = 'room.inkroom'): string {
    return join(this.folder, name)
  }

  /** Lets the server go over all pages, with the time passing that it waits between two purges. */
  async keepUp(): Promise<void> {
    let isDone = false
    const round = this.server.keepUp().finally(() => {
      isDone = true
    })
    while (!isDone) {
      this.clock.advance(100)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await round
  }

  createRoom(title = 'A room'): Promise<StoredRoom> {
    return this.server.createRoom(title, idOf('owner'))
  }

  /** Adds pages to the page list of a room that has none, and returns their ids. */
  async listPages(room: StoredRoom, kinds: readonly PageKind[]): Promise<string[]> {
    const list = new PageWriter(this.store, room, PAGE_LIST_ID, 'records')
    const ids = kinds.map((_, index) => idOf(`page ${index} of ${room.roomId}`))
    for (const [index, kind] of kinds.entries()) {
      if (kind === 'records') throw new Error('only the page list is of that kind')
      const id = ids[index] ?? ''
      await list.edit(createPage(list.content as RecordsSnapshot, { id, kind, title: `Page ${index}` }))
    }
    return ids
  }

  async addPicture(room: StoredRoom, bytes: Uint8Array): Promise<string> {
    const assetId = createHash('sha256').update(bytes).digest('hex')
    const key = { assetId, deviceId: room.owner }
    await this.store.assets.beginUpload(room.roomId, { ...key, size: bytes.length, time: this.clock.now() })
    for (let index = 0; index * ASSET_PIECE_BYTES < bytes.length; index++)
      await this.store.assets.appendPiece(room.roomId, key, index, pieceOf(bytes, index), this.clock.now())
    await this.store.assets.finishUpload(room.roomId, key, this.clock.now())
    return assetId
  }

  /** The pictures of a room, by id. */
  async pictures(roomId: string): Promise<Map<string, Buffer>> {
    const pictures = new Map<string, Buffer>()
    for (const { assetId, size } of await this.store.assets.listAssets(roomId)) {
      const pieces: Uint8Array[] = []
      for (let index = 0; index < pieceCountOf(size); index++) {
        const piece = await this.store.assets.readPiece(roomId, assetId, index)
        if (piece !== undefined) pieces.push(piece)
      }
      pictures.set(assetId, Buffer.concat(pieces))
    }
    return pictures
  }

  /** What is in a page, undefined for nothing. Fails where its hashes or its signature are not the room's. */
  async page(room: StoredRoom, pageId: string): Promise<PageImage | undefined> {
    const { store } = this
    const stored = await store.loadPage(room.roomId, pageId)
    if (stored?.head === undefined) return undefined
    const type = otTypeOf(stored.kind)
    let content = stored.snapshot === undefined ? type.create() : type.parseSnapshot(stored.snapshot.text)
    for (const { update } of stored.tail) content = type.apply(content, type.parseOp(update.op))
    const start = await store.logStart(room.roomId, pageId)
    const updates = await store.readUpdates(room.roomId, pageId, start, stored.head.version, -1)
    let hash = start === 0 ? firstHash(room.roomId, pageId) : await store.hashAt(room.roomId, pageId, start)
    for (const each of updates) {
      hash = nextHash(hash ?? '', each.version, each.update)
      if (hash !== each.hash) throw new Error(`page ${pageId}: version ${each.version} is not in its chain`)
    }
    const { signature, ...head } = stored.head
    if (head.hash !== hash || signature !== sign(headText(room.roomId, pageId, head), room.privateKey))
      throw new Error(`page ${pageId}: its head is not signed by the room`)
    return {
      content: type.serialise(content),
      start,
      version: head.version,
      history: updates.map(({ version, update }) => ({ version, ...update })),
    }
  }
}

/** Writes the history of one page straight into a store, as its authority would. */
export class PageWriter {
  content: unknown
  head: Head
  #seq = 0

  constructor(
    private readonly store: RoomStore,
    private readonly room: StoredRoom,
    readonly pageId: string,
    private readonly kind: PageKind,
  ) {
    this.content = otTypeOf(kind).create()
    this.head = { version: 0, hash: firstHash(room.roomId, pageId) }
  }

  edit(op: unknown): Promise<void> {
    return this.editAll([op])
  }

  /** Stores several updates at once. */
  async editAll(ops: readonly unknown[]): Promise<void> {
    const { roomId, privateKey } = this.room
    const type = otTypeOf(this.kind)
    const after = this.head
    const updates: StoredUpdate[] = []
    for (const value of ops) {
      const op = type.parseOp(value)
      const version = this.head.version + 1
      const update = {
        clientId: idOf(`client of ${this.pageId}`),
        after: this.#seq,
        seq: ++this.#seq,
        author: idOf('device'),
        time: 1_000 + version,
        op,
      }
      this.content = type.apply(this.content, op)
      this.head = { version, hash: nextHash(this.head.hash, version, update) }
      updates.push({ version, hash: this.head.hash, update })
    }
    await this.store.append([
      {
        roomId,
        pageId: this.pageId,
        kind: this.kind,
        after,
        updates,
        head: { ...this.head, signature: sign(headText(roomId, this.pageId, this.head), privateKey) },
        clients: [],
      },
    ])
  }

  /** Types a text a letter at a time. */
  type(letter: string, count: number): Promise<void> {
    const length = (this.content as Text).length
    const ops = Array.from({ length: count }, (_, index) =>
      length + index === 0 ? [letter] : [length + index, letter],
    )
    return this.editAll(ops)
  }

  /** Makes the content another one, by the update that leads there. */
  async become(text: string): Promise<void> {
    const type = otTypeOf(this.kind)
    const op = type.diff(this.content, type.parseSnapshot(text))
    if (!type.isEmpty(op)) await this.edit(op)
  }

  /** Stores a snapshot and forgets the updates up to it, or up to a version below it. */
  async forget(version = this.head.version): Promise<void> {
    const text = otTypeOf(this.kind).serialise(this.content)
    await this.store.saveSnapshot(this.room.roomId, this.pageId, { ...this.head, text })
    await this.store.compact(this.room.roomId, this.pageId, version)
  }
}
