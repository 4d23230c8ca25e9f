import type { Person, PageKind } from '../shared/protocol/values'
import type { OtType } from '../shared/ot/otType'
import type { Place } from '../shared/ot/places'
import type { RecordsOp, RecordsPosition, RecordsSnapshot } from '../shared/ot/records'
import type { Draft } from './cache/replicaCache'
import type { Observable } from './observable'
import type { ConnectionStatus, SaveState } from './status'

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
  /** Edits of this device that no server has committed, over all pages. */
  readonly unsent: Observable<number>
  readonly drafts: Observable<readonly Draft[]>
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
