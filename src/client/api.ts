import type { AssetType } from '../shared/assets/assetType'
import type { ErrorCode } from '../shared/protocol/errors'
import type { Person, PageKind } from '../shared/protocol/values'
import type { OtType } from '../shared/ot/otType'
import type { Place } from '../shared/ot/places'
import type { RecordsOp, RecordsPosition, RecordsSnapshot } from '../shared/ot/records'
import type { Draft } from './cache/replicaCache'
import type { AccessClient } from './access'
import type { Observable } from './observable'
import type { ConnectionStatus, SaveState } from './status'

export { AssetError, type AssetErrorCode } from '../shared/assets/assetError'
export { type AssetType } from '../shared/assets/assetType'

/** What the renderer uses of the sync engine. Made by `createRoomClient`. */
export interface RoomClient {
  readonly roomId: string
  readonly status: Observable<ConnectionStatus>
  /** Title as the server or the cache knows it. */
  readonly title: Observable<string>
  /** Everybody in the room now, oneself included; empty while not connected. */
  readonly people: Observable<readonly Person[]>
  /** This connection's own session, undefined while not connected. */
  readonly sessionId: Observable<string | undefined>
  /** Edits of this device that no server has committed, over all pages, and its pictures that no server has. */
  readonly unsent: Observable<number>
  readonly drafts: Observable<readonly Draft[]>
  readonly assets: AssetClient
  readonly access: AccessClient
  /** What the server takes at most; undefined before it was met. Kept while the connection is gone. */
  readonly limits: Observable<ServerLimits | undefined>
  /** The page list. Its content is there once `saveState.loaded`. */
  readonly pageList: PageClient<RecordsSnapshot, RecordsOp, RecordsPosition>
  /** Opens a page for editing, from the cache where there is no network. The same page twice is one replica. */
  openPage(pageId: string, kind: PageKind): PageClient<unknown, unknown, unknown>
  /** Ends one use of a page opened with {@link openPage}. */
  closePage(pageId: string): Promise<void>
  /** Waits until every edit so far is kept on this device. Throws CacheError. */
  written(): Promise<void>
  setProfile(profile: Profile): void
  /** Tries to connect at once instead of waiting for the next attempt. */
  connectNow(): void
  deleteDraft(draftId: string): Promise<void>
  /** Leaves, waiting up to a time for the server's confirmation. What is unsent stays in the cache. */
  leave(): Promise<void>
  /** Closes the room for everybody (owner only). */
  closeRoom(): Promise<void>
}

export interface ServerLimits {
  /** Longest text page in UTF-16 units. */
  readonly maxPageLength: number
}

/** Name and colour a person chose. `colour` is an index into the palette. */
export interface Profile {
  readonly name: string
  readonly colour: number
}

/** One page open in one window. */
export interface PageClient<Snapshot, Op, Position> {
  readonly pageId: string
  readonly kind: PageKind
  readonly type: OtType<Snapshot, Op, Position>
  /** What is on the screen: confirmed content with one's own unacknowledged edits. */
  readonly content: Snapshot
  readonly saveState: Observable<SaveState>
  /** Applies an edit of this window's person. Throws OtError `op-unfit` where it does not fit `content`. */
  edit(op: Op): void
  /** Calls `listener` after each change that did not come from {@link edit} here, with the op from the content before. */
  onRemote(listener: (op: Op, content: Snapshot) => void): () => void
  /** Says where this person is, in coordinates of `content`; null: nowhere. See {@link Place}. */
  setPlace(place: Place<Position> | null): void
  /** Where others are, in coordinates of `content`. */
  readonly others: Observable<readonly Participant<Position>[]>
  /**
   * Holds remote updates back while an input method composes; the returned function lets them go on.
   * Places and acknowledgements wait with them.
   */
  hold(): () => void
}

/** Another session's place in a page. */
export interface Participant<Position> {
  readonly person: Person
  readonly place: Place<Position>
}

/** Pictures of a room by content hash: kept on this device first, then uploaded in pieces; fetched when asked for. */
export interface AssetClient {
  /**
   * Keeps a picture on this device and uploads it when there is a connection, also after a restart. Resolves with its
   * id (lower-case hex SHA-256 of the bytes) once it is kept. Throws AssetError `asset-too-large`,
   * `asset-not-an-image`, `asset-too-many-pixels` or `storage-failed`.
   */
  add(bytes: Uint8Array): Promise<string>
  /** What is known of a picture. Asking the first time reads it from the device or fetches it. */
  watch(assetId: string): Observable<AssetState>
  /** The picture's bytes if they are on this device (of any room this device knows), for copying to another room. */
  read(assetId: string): Promise<Uint8Array | undefined>
  /** Bytes of uploads still to be sent, over all pictures; 0 when everything is with the server. */
  readonly unsentBytes: Observable<number>
}

export type AssetState =
  /** `progress`: 0 to 1; undefined while nothing came yet. */
  | { readonly state: 'loading'; readonly progress: number | undefined }
  /** The server does not have it yet (whoever pasted it is still uploading or offline), or there is no connection. */
  | { readonly state: 'waiting' }
  /** `upload`: 0 to 1 while it is being sent, undefined when the server has it. */
  | {
      readonly state: 'ready'
      readonly bytes: Uint8Array
      readonly mimeType: AssetType
      readonly upload: number | undefined
    }
  | { readonly state: 'failed'; readonly code: ErrorCode }
