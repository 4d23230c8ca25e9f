import type { PageKind } from '../protocol/values'
import type { SignedHead, Update } from '../update'
import type { AssetCache } from './assetCache'

/**
 * What a device keeps of the rooms it was in. A *replica* is one window's or tab's copy of one page: a checkpoint
 * and a journal of the engine's steps since. Own steps are appended as they happen, committed updates a moment later;
 * those written together are one transaction, so a crash loses at most the newest steps, never the agreement between two
 * of them. Loading replays the journal through the same engine.
 */

/** Edits of one client, consecutive, composed to one op. */
export interface EditRun {
  readonly clientId: string
  /** Seq of the first and of the last edit inside. */
  readonly first: number
  readonly seq: number
  readonly op: unknown
}

/** An update that was sent and not acknowledged. `after`: seq of the client's update before it. */
export interface InflightUpdate extends EditRun {
  readonly after: number
}

/** State of a replica at one moment. */
export interface Checkpoint {
  /** Version and hash of the confirmed content; the signature is absent at version 0 and inside a catch-up. */
  readonly version: number
  readonly hash: string
  /** Newest head signed by the room that the log reaches, for handing history back. */
  readonly signedHead: SignedHead | undefined
  /** Confirmed content, serialised by its document type. */
  readonly snapshot: string
  readonly inflight: InflightUpdate | undefined
  readonly pending: readonly EditRun[]
  /** Seq of the newest acknowledged update of each client that still has edits here. */
  readonly acknowledged: readonly (readonly [clientId: string, seq: number])[]
}

/** One step of the engine, in the order they happened. */
export type JournalEntry =
  /** The person edited. */
  | { readonly kind: 'edit'; readonly clientId: string; readonly seq: number; readonly op: unknown }
  /** Pending edits up to here became the inflight update. Written before anything is sent. */
  | { readonly kind: 'send' }
  /** Committed updates arrived (own ones included: they acknowledge). */
  | {
      readonly kind: 'updates'
      readonly from: number
      readonly updates: readonly Update[]
      readonly hash: string
      readonly signature: string | undefined
    }
  /** The server said that it never got the inflight update: it is pending again. */
  | { readonly kind: 'unsent' }

/** Edits that a server refused, kept for the person to look at, copy or delete. */
export interface Draft {
  readonly draftId: string
  readonly roomId: string
  readonly pageId: string
  /** Why: an error code of the protocol. */
  readonly code: string
  /** The page's content with those edits in it, serialised. */
  readonly content: string
  readonly kind: PageKind
  /** Milliseconds since 1970. */
  readonly time: number
}

/** A room the device knows. */
export interface CachedRoom {
  readonly roomId: string
  readonly title: string
  /** Where it was last met: the link to join by. */
  readonly link: string
  /** True where this installation hosts it. */
  readonly hosted: boolean
  /** Milliseconds since 1970. */
  readonly lastUsed: number
}

export type CacheErrorCode =
  | 'lease-lost'
  | 'storage-failed'
  | 'database-corrupt'
  | 'database-too-new'
  /** Another process has this installation's cache open. */
  | 'database-locked'

export class CacheError extends Error {
  override readonly name = 'CacheError'
  constructor(
    readonly code: CacheErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** What a replica holds when it is opened. */
export interface StoredReplica {
  readonly checkpoint: Checkpoint
  /** Entries after the checkpoint. */
  readonly journal: readonly JournalEntry[]
}

/**
 * One claimed replica. Every write first checks, in its transaction, that the claim still stands and throws
 * `lease-lost` where another window took it over (this one was frozen): what was not written was then never sent.
 * The calls of one store are carried out in the order they were made.
 */
export interface ReplicaStore {
  readonly replicaId: string
  /** Undefined for a new one. Throws `database-corrupt` naming the row that does not parse. */
  load(): Promise<StoredReplica | undefined>
  /**
   * Appends steps in one transaction, kept through a kill of the process. A journal never has a gap: without a
   * checkpoint there is nothing to append to, and after a failed append all further ones throw `storage-failed`
   * until a checkpoint is written.
   */
  append(entries: readonly JournalEntry[]): Promise<void>
  /**
   * Replaces checkpoint and journal by this state, in one transaction, with a draft where edits are moved to one.
   * The newest `keepUpdates` `updates` entries before it stay readable by {@link readLog}; none stay where they
   * do not lead to the state's (version, hash), as after a snapshot from the server.
   */
  checkpoint(state: Checkpoint, options: { keepUpdates: number; draft?: Draft }): Promise<void>
  /** Committed updates this replica received, oldest first, contiguous up to the newest. For handing back. */
  readLog(): Promise<LoggedUpdates[]>
  /** Deletes the replica with everything in it, and ends the claim. */
  discard(): Promise<void>
  /** Ends the claim. The replica stays. */
  release(): Promise<void>
}

/** An `updates` entry with the version it starts after. */
export interface LoggedUpdates {
  readonly from: number
  readonly updates: readonly Update[]
  readonly hash: string
  readonly signature: string | undefined
}

/**
 * Claims are leases: an owner renews them while it lives, and those of a dead owner can be taken at once where its
 * death is known (desktop) or after the lease time (browser).
 */
export interface ReplicaCache {
  /** Pictures of this device's rooms. They end with {@link close}, a room's with {@link forgetRoom}. */
  readonly assets: AssetCache

  /** Claims a replica of the page that nobody has open, one with unsent edits first, or makes a new one. */
  claim(roomId: string, pageId: string): Promise<ReplicaStore>
  /**
   * Claims the *other* replicas of the room that nobody has open and that have something to give: those that hold
   * unsent edits, and further replicas of a page that somebody has open. Of these the log may hold what a server
   * restored from a backup has lost; afterwards they are of no use.
   */
  claimOrphans(roomId: string): Promise<{ pageId: string; store: ReplicaStore }[]>

  /** Last used first. Rows that do not parse are left out and reported to whom the cache was given. */
  listRooms(): Promise<CachedRoom[]>
  putRoom(room: CachedRoom): Promise<void>
  /** Forgets a room with its replicas and drafts. */
  forgetRoom(roomId: string): Promise<void>

  /** Oldest first; see {@link listRooms} for rows that do not parse. */
  listDrafts(roomId: string): Promise<Draft[]>
  deleteDraft(draftId: string): Promise<void>

  /** Ends all claims and all use. */
  close(): Promise<void>
}
