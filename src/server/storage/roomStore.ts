import type { Head, SignedHead, Update } from '../../shared/update'
import type { PageKind } from '../../shared/protocol/values'
import type { AssetStore } from './assetStore'
import type { AccessChange, StoredAccess } from './storedAccess'

/** What a server keeps: rooms with their keys, and per page a log, snapshots and how far each client's edits are in. */

export interface StoredRoom {
  readonly roomId: string
  /** Ed25519 key pair of the room, base64url. */
  readonly publicKey: string
  readonly privateKey: string
  readonly title: string
  /** Device that created the room. */
  readonly owner: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** False after the owner closed the room: nobody joins until it is opened again. */
  readonly open: boolean
}

/** How far the log holds the edits of one client. Survives compaction of the log. */
export interface ClientStand {
  readonly clientId: string
  /** Device the client id belongs to. */
  readonly author: string
  /** Seq and version of its newest update. */
  readonly seq: number
  readonly version: number
  /** Hash of that update as submitted: tells a resend from another update with the same number. */
  readonly digest: string
}

export interface StoredSnapshot extends Head {
  /** The document type's serialised text. */
  readonly text: string
  /** What it holds that is deleted; undefined for nothing. */
  readonly deletions?: StoredDeletions
}

/** When the deleted records of a snapshot were deleted, which the records themselves do not say. */
export interface StoredDeletions {
  /** Milliseconds since 1970 by record. */
  readonly times: Readonly<Record<string, number>>
  /** True where so much of the content is deleted that it is kept for a shorter time. */
  readonly isMost: boolean
}

/** What is known of a page without loading it. */
export interface PageSummary {
  readonly pageId: string
  readonly kind: PageKind
  readonly headVersion: number
  /** 0: no snapshot is stored. */
  readonly snapshotVersion: number
  /** See {@link RoomStore.logStart}. */
  readonly logStart: number
  /** Of what the snapshot holds deleted: when the first was, and see {@link StoredDeletions}. */
  readonly deletions: { readonly oldest: number; readonly isMost: boolean } | undefined
}

/** A page as it is loaded: newest snapshot, the updates since, and where every client stands. */
export interface StoredPage {
  readonly kind: PageKind
  /** Undefined: version 0, empty. */
  readonly snapshot: StoredSnapshot | undefined
  /** Updates `snapshot.version + 1` up to the head, each with the hash it makes. */
  readonly tail: readonly StoredUpdate[]
  /** Head of the page, with the room's signature; undefined at version 0. */
  readonly head: SignedHead | undefined
  readonly clients: readonly ClientStand[]
}

export interface StoredUpdate {
  readonly version: number
  /** Hash of the page's history up to and with this update. */
  readonly hash: string
  readonly update: Update
}

/** What one transaction adds to one page. */
export interface PageAppend {
  readonly roomId: string
  readonly pageId: string
  readonly kind: PageKind
  /** The head the updates follow. The append is refused where it no longer is the head. */
  readonly after: Head
  readonly updates: readonly StoredUpdate[]
  readonly head: SignedHead
  /** New stands of the clients in `updates`. */
  readonly clients: readonly ClientStand[]
}

export type StoreErrorCode =
  | 'head-moved'
  | 'room-exists'
  | 'room-unknown'
  | 'page-unknown'
  | 'storage-failed'
  | 'database-corrupt'
  | 'database-too-new'
  | 'database-locked'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/**
 * Storage of a room server. Every method may throw {@link StoreError} `storage-failed` and, where a row does not
 * parse, `database-corrupt`; what is named besides is particular to it. Implementations pass one contract suite (tests/integration/storage).
 */
export interface RoomStore {
  /** Pictures. They are closed with the store. */
  readonly assets: AssetStore

  /** Stores a new room and who may enter it, in one transaction. Throws `room-exists`. */
  createRoom(room: StoredRoom, access?: readonly AccessChange[]): Promise<void>
  /**
   * Creates a room that is filled before anybody sees it: it is neither listed nor loaded. Where the process ends before
   * {@link finishImport}, it is gone when the store is opened again. Throws `room-exists`.
   */
  beginImport(room: StoredRoom, access?: readonly AccessChange[]): Promise<void>
  /**
   * Begins a page of such a room at a version above 0, with an empty log. A snapshot has to follow. Throws `room-unknown`,
   * and a RangeError where the page is there.
   */
  startPage(roomId: string, pageId: string, kind: PageKind, head: SignedHead): Promise<void>
  /** From now on the room is one like the others. Throws `room-unknown` where none with that id is being filled. */
  finishImport(roomId: string): Promise<void>
  /** All rooms, newest first. */
  listRooms(): Promise<StoredRoom[]>
  loadRoom(roomId: string): Promise<StoredRoom | undefined>
  /** Remembers that a room was closed or opened again. Throws `room-unknown`. */
  setRoomOpen(roomId: string, open: boolean): Promise<void>
  /** Removes a room with all its pages, pictures, members and invites. Does nothing where there is none. */
  deleteRoom(roomId: string): Promise<void>

  /** Who may enter a room; members by device, invites from the oldest on. Throws `room-unknown`. */
  loadAccess(roomId: string): Promise<StoredAccess>
  /** Changes that in one durable transaction. Removing what is not there does nothing. Throws `room-unknown`. */
  changeAccess(roomId: string, changes: readonly AccessChange[]): Promise<void>

  /** Undefined where nothing was ever appended to the page. */
  loadPage(roomId: string, pageId: string): Promise<StoredPage | undefined>

  /**
   * Appends to any number of pages in one durable transaction: when it returns, a power cut loses nothing.
   * A page may occur more than once, each time following the one before. Throws `head-moved` when one page's head
   * is not `after`, `room-unknown` when the room is gone; then, as after any failure, nothing of the batch is stored.
   */
  append(batch: readonly PageAppend[]): Promise<void>

  /** Updates with `from < version <= to` in order, at most `limit`. Fewer where the log no longer goes back that far (see {@link logStart}). */
  readUpdates(
    roomId: string,
    pageId: string,
    from: number,
    to: number,
    limit: number,
  ): Promise<StoredUpdate[]>

  /**
   * Hash of the history at a version from {@link logStart} to the head, else undefined. Version 0 is the caller's
   * to know.
   */
  hashAt(roomId: string, pageId: string, version: number): Promise<string | undefined>

  /**
   * Whether the history of a page has passed through a head. Of versions before {@link logStart} as far as
   * {@link forgetHeads} has left them. Version 0 is the caller's to know.
   */
  isHead(roomId: string, pageId: string, head: Head): Promise<boolean>

  /** Version just before the oldest update kept; 0 where the whole log is there. */
  logStart(roomId: string, pageId: string): Promise<number>

  /** Length of the updates with `from < version <= to` as they are stored, in bytes. */
  logLength(roomId: string, pageId: string, from: number, to: number): Promise<number>

  /** Pages of a room for which upkeep may have something to do: those with a log or with deleted records. */
  pagesToKeep(roomId: string): Promise<PageSummary[]>

  /** Boards of a room to which something was ever appended, those deleted from the page list too. */
  listBoards(roomId: string): Promise<string[]>

  /** Stores a snapshot in place of older ones. Ignored where a newer one is stored. Throws `page-unknown`. */
  saveSnapshot(roomId: string, pageId: string, snapshot: StoredSnapshot): Promise<void>

  /**
   * Forgets updates up to `version`, which must not be above the stored snapshot's (RangeError); stands of clients
   * stay, and so do the heads ({@link isHead}). Throws `page-unknown`.
   */
  compact(roomId: string, pageId: string, version: number): Promise<void>

  /**
   * Forgets heads of forgotten updates before a version, perhaps not the last hundreds of them. Throws `page-unknown`.
   */
  forgetHeads(roomId: string, pageId: string, before: number): Promise<void>

  /**
   * Gives space that was freed back to the disk, a slice of some milliseconds at a time. True while there is more to
   * give back.
   */
  shrink(): Promise<boolean>

  /** Ends all use. */
  close(): Promise<void>
}
