import type { Database } from 'better-sqlite3'
import path from 'node:path'
import { isWellFormed } from '../../shared/ot/text/unicode'
import type { PageKind } from '../../shared/protocol/values'
import type { Head, SignedHead } from '../../shared/update'
import { checkAppend, checkHead } from './appendRules'
import { ROOM_DATABASE } from './roomMigrations'
import {
  parsePage,
  parsePageId,
  parseRoom,
  parseRowId,
  parseSnapshot,
  parseStand,
  parseSummary,
  type PageRow,
} from './roomRows'
import { prepareRoomStatements, type RoomStatements } from './roomStatements'
import {
  StoreError,
  type PageAppend,
  type PageSummary,
  type RoomStore,
  type StoredPage,
  type StoredRoom,
  type StoredSnapshot,
  type StoredUpdate,
} from './roomStore'
import { SqliteAccess } from './sqliteAccess'
import { SqliteAssetStore } from './sqliteAssetStore'
import { SqlitePageLog } from './sqlitePageLog'
import type { AccessChange, StoredAccess } from './storedAccess'
import { openDatabase } from './sqlite/openDatabase'
import { giveBackSpace } from './sqlite/giveBackSpace'
import { naming } from './storeFailure'

/** The database inside a server's data directory. */
export const ROOM_DATABASE_FILE = 'rooms.sqlite'

/**
 * Opens the rooms of a data directory, creating both where needed. Throws StoreError `database-corrupt`,
 * `database-too-new` (the file is left as it was), `database-locked` (another server has it open) or `storage-failed`.
 */
export function openSqliteRoomStore(
  dataDir: string,
  options: { lockTimeoutMs?: number } = {},
): SqliteRoomStore {
  return naming(
    'open',
    () =>
      new SqliteRoomStore(
        openDatabase(path.join(dataDir, ROOM_DATABASE_FILE), ROOM_DATABASE, options.lockTimeoutMs),
      ),
  )
}

/** The {@link RoomStore} of real servers: better-sqlite3, hence synchronous inside, one process per database. */
export class SqliteRoomStore implements RoomStore {
  readonly #database: Database
  readonly #sql: RoomStatements
  readonly #access: SqliteAccess
  readonly #log: SqlitePageLog
  readonly assets: SqliteAssetStore

  /** Takes over an open room database. */
  constructor(database: Database) {
    this.#database = database
    this.#sql = prepareRoomStatements(database)
    // Their import did not come to its end.
    this.#sql.deleteImports.run()
    this.#access = new SqliteAccess(database)
    this.#log = new SqlitePageLog(database)
    this.assets = new SqliteAssetStore(database)
  }

  async createRoom(room: StoredRoom, access: readonly AccessChange[] = []): Promise<void> {
    this.#write('createRoom', () => {
      this.#insertRoom(room, { importing: false })
      this.#changeAccess(room.roomId, access)
    })
  }

  async beginImport(room: StoredRoom, access: readonly AccessChange[] = []): Promise<void> {
    this.#write('beginImport', () => {
      this.#insertRoom(room, { importing: true })
      this.#changeAccess(room.roomId, access)
    })
  }

  async startPage(roomId: string, pageId: string, kind: PageKind, head: SignedHead): Promise<void> {
    this.#write('startPage', () => {
      const room = this.#roomRowId(roomId)
      if (this.#page(roomId, pageId) !== undefined)
        throw new RangeError(`${nameOf(roomId, pageId)} is there already`)
      const id = this.#insertPage(room, { pageId, kind, head })
      this.#log.startAt(id, head)
    })
  }

  async finishImport(roomId: string): Promise<void> {
    this.#write('finishImport', () => {
      if (this.#sql.finishImport.run(roomId).changes === 0)
        throw new StoreError('room-unknown', `no room ${roomId} is being imported`)
    })
  }

  async listRooms(): Promise<StoredRoom[]> {
    return naming('listRooms', () =>
      this.#sql.listRooms.all().map((row, index) => parseRoom(row, `room ${index}`)),
    )
  }

  async loadRoom(roomId: string): Promise<StoredRoom | undefined> {
    return naming('loadRoom', () => {
      const row = this.#sql.room.get(roomId)
      return row === undefined ? undefined : parseRoom(row, `room ${roomId}`)
    })
  }

  async setRoomOpen(roomId: string, open: boolean): Promise<void> {
    this.#write('setRoomOpen', () => {
      this.#roomRowId(roomId)
      this.#sql.setRoomOpen.run(Number(open), roomId)
    })
  }

  async deleteRoom(roomId: string): Promise<void> {
    this.#write('deleteRoom', () => this.#sql.deleteRoom.run(roomId))
  }

  async loadAccess(roomId: string): Promise<StoredAccess> {
    return naming('loadAccess', () => this.#access.load(this.#roomRowId(roomId)))
  }

  async changeAccess(roomId: string, changes: readonly AccessChange[]): Promise<void> {
    this.#write('changeAccess', () => this.#changeAccess(roomId, changes))
  }

  async loadPage(roomId: string, pageId: string): Promise<StoredPage | undefined> {
    return naming('loadPage', () => {
      const page = this.#page(roomId, pageId)
      if (page === undefined) return undefined
      const where = nameOf(roomId, pageId)
      const row = this.#sql.snapshot.get(page.id)
      const snapshot = row === undefined ? undefined : parseSnapshot(row, `snapshot of ${where}`)
      const start = snapshot?.version ?? 0
      const tail = this.#log.read(page, where, start, page.head.version, -1)
      const end = tail.at(-1) ?? snapshot
      if (tail.length !== page.head.version - start || end?.hash !== page.head.hash) {
        throw new StoreError(
          'database-corrupt',
          `${where}: the log does not lead from version ${start} to the head`,
        )
      }
      const clients = this.#sql.stands.all(page.id).map((stand) => parseStand(stand, `client of ${where}`))
      return { kind: page.kind, snapshot, tail, head: page.head, clients }
    })
  }

  async append(batch: readonly PageAppend[]): Promise<void> {
    batch.forEach(checkAppend)
    this.#write('append', () => {
      for (const append of batch) this.#append(append)
    })
  }

  async readUpdates(
    roomId: string,
    pageId: string,
    from: number,
    to: number,
    limit: number,
  ): Promise<StoredUpdate[]> {
    return naming('readUpdates', () => {
      const page = this.#page(roomId, pageId)
      return page === undefined ? [] : this.#log.read(page, nameOf(roomId, pageId), from, to, limit)
    })
  }

  async hashAt(roomId: string, pageId: string, version: number): Promise<string | undefined> {
    return naming('hashAt', () => {
      const page = this.#page(roomId, pageId)
      return page === undefined ? undefined : this.#log.hashAt(page, version)
    })
  }

  async isHead(roomId: string, pageId: string, head: Head): Promise<boolean> {
    return naming('isHead', () => {
      const page = this.#page(roomId, pageId)
      return page !== undefined && this.#log.isHead(page, head)
    })
  }

  async logStart(roomId: string, pageId: string): Promise<number> {
    return naming('logStart', () => this.#page(roomId, pageId)?.logStart.version ?? 0)
  }

  async logLength(roomId: string, pageId: string, from: number, to: number): Promise<number> {
    return naming('logLength', () => {
      const page = this.#page(roomId, pageId)
      return page === undefined ? 0 : this.#log.length(page, from, to)
    })
  }

  async pagesToKeep(roomId: string): Promise<PageSummary[]> {
    return naming('pagesToKeep', () =>
      this.#sql.pagesToKeep.all(roomId).map((row) => parseSummary(row, `a page of room ${roomId}`)),
    )
  }

  async listBoards(roomId: string): Promise<string[]> {
    return naming('listBoards', () =>
      this.#sql.boards.all(roomId).map((id) => parsePageId(id, `a board of room ${roomId}`)),
    )
  }

  async saveSnapshot(roomId: string, pageId: string, snapshot: StoredSnapshot): Promise<void> {
    // SQLite stores UTF-8, which has no lone surrogates: they would come back as another character.
    if (!isWellFormed(snapshot.text))
      throw new RangeError(`snapshot of ${pageId}: the text is not well-formed UTF-16`)
    this.#write('saveSnapshot', () => {
      const { id } = this.#pageThere(roomId, pageId)
      if (this.#snapshotVersion(id) > snapshot.version) return
      const { version, hash, text, deletions } = snapshot
      const times = Object.values(deletions?.times ?? {})
      const oldest = times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b))
      const noted = oldest === null ? null : JSON.stringify(deletions?.times)
      this.#sql.putSnapshot.run(id, version, hash, text, noted, oldest, Number(deletions?.isMost ?? false))
    })
  }

  async compact(roomId: string, pageId: string, version: number): Promise<void> {
    this.#write('compact', () => {
      const page = this.#pageThere(roomId, pageId)
      if (version > this.#snapshotVersion(page.id)) {
        throw new RangeError(`page ${pageId}: version ${version} is above the snapshot`)
      }
      this.#log.forgetUpTo(page, nameOf(roomId, pageId), version)
    })
  }

  async forgetHeads(roomId: string, pageId: string, before: number): Promise<void> {
    this.#write('forgetHeads', () => {
      this.#log.forgetHeads(this.#pageThere(roomId, pageId), before)
    })
  }

  async shrink(): Promise<boolean> {
    return naming('shrink', () => giveBackSpace(this.#database))
  }

  async close(): Promise<void> {
    naming('close', () => this.#database.close())
  }

  #changeAccess(roomId: string, changes: readonly AccessChange[]): void {
    const room = this.#roomRowId(roomId)
    for (const change of changes) this.#access.apply(room, change)
  }

  #append(append: PageAppend): void {
    const { roomId, pageId, head, updates, clients } = append
    const room = this.#roomRowId(roomId)
    const page = this.#page(roomId, pageId)
    checkHead(append, page && { ...page.head, kind: page.kind })
    const id = page?.id ?? this.#insertPage(room, append)
    if (page !== undefined) this.#sql.moveHead.run(head.version, head.hash, head.signature, id)
    this.#log.add(id, updates)
    for (const { clientId, author, seq, version, digest } of clients) {
      this.#sql.putStand.run(id, clientId, author, seq, version, digest)
    }
  }

  #insertRoom(room: StoredRoom, { importing }: { importing: boolean }): void {
    const { roomId, publicKey, privateKey, title, owner, createdAt, open } = room
    if (this.#sql.roomRowId.get(roomId) !== undefined)
      throw new StoreError('room-exists', `room ${roomId} is there already`)
    const flags = [Number(open), Number(importing)]
    this.#sql.insertRoom.run(roomId, publicKey, privateKey, title, owner, createdAt, ...flags)
  }

  #insertPage(room: number, { pageId, kind, head }: Pick<PageAppend, 'pageId' | 'kind' | 'head'>): number {
    const { lastInsertRowid } = this.#sql.insertPage.run(
      room,
      pageId,
      kind,
      head.version,
      head.hash,
      head.signature,
    )
    return Number(lastInsertRowid)
  }

  #roomRowId(roomId: string): number {
    const row = this.#sql.roomRowId.get(roomId)
    if (row === undefined) throw new StoreError('room-unknown', `there is no room ${roomId}`)
    return parseRowId(row, `room ${roomId}`)
  }

  #page(roomId: string, pageId: string): PageRow | undefined {
    const row = this.#sql.page.get(roomId, pageId)
    return row === undefined ? undefined : parsePage(row, nameOf(roomId, pageId))
  }

  #pageThere(roomId: string, pageId: string): PageRow {
    const page = this.#page(roomId, pageId)
    if (page === undefined) throw new StoreError('page-unknown', `there is no ${nameOf(roomId, pageId)}`)
    return page
  }

  #snapshotVersion(page: number): number {
    const version: unknown = this.#sql.snapshotVersion.get(page)
    return version === undefined ? 0 : parseRowId(version, 'version of a snapshot')
  }

  #write(what: string, task: () => unknown): void {
    naming(what, () => this.#database.transaction(task).immediate())
  }
}

function nameOf(roomId: string, pageId: string): string {
  return `page ${pageId} of room ${roomId}`
}
