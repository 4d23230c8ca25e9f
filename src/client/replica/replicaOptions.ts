import type { AnyOtType } from '../../shared/ot/anyType'
import type { Clock } from '../../shared/clock'
import type { PageKind } from '../../shared/protocol/values'
import type { HashFunction } from '../../shared/update'

/** What a replica of a page works with. */
export interface ReplicaOptions {
  readonly roomId: string
  readonly pageId: string
  readonly kind: PageKind
  readonly type: AnyOtType
  /** Id of this use of the replica, new each time it is loaded: its edits are numbered under it from 1. */
  readonly clientId: string
  readonly clock: Clock
  readonly hash: HashFunction
  /** Makes ids of drafts. */
  readonly createId: () => string
  /** Edits were moved to a draft; it is in the cache once everything is written. */
  readonly onDraft: () => void
  readonly limits: ReplicaLimits
}

export interface ReplicaLimits {
  /**
   * UTF-16 units of one update's op. 256 Ki: a quarter of what a server takes, so that transforming may add to it,
   * and small enough that other people's edits get in between the pieces of a large paste.
   */
  readonly maxOpLength: number
  /** Milliseconds between two sends while typing fast: one screen frame. At rest an edit is sent at once. */
  readonly sendIntervalMs: number
  /**
   * Milliseconds for which committed updates may wait to be stored; whoever is killed meanwhile gets them from the server
   * again. 100: ten writes a second, not one each frame, while others draw. The own edits never wait.
   */
  readonly gatherMs: number
  /** Journal entries after which a checkpoint is written. 500: replayed in 10 ms. */
  readonly checkpointEntries: number
  /**
   * Milliseconds without an entry after which a checkpoint is written, where the next one is near. 2,000: nobody is in the
   * middle of something, and whoever opens the page next has little to replay.
   */
  readonly calmMs: number
  /** Committed updates kept for a server that has lost them. 2,000: an hour of one person writing. */
  readonly keepUpdates: number
  /**
   * UTF-16 units of those updates, or as many as the content has where that is more. 1 Mi: an hour of one person
   * writing; an emptied board must not stay large on this device by what led to it.
   */
  readonly keepLogLength: number
  /** Messages held back while an input method composes. 5,000: beyond it they are let through. */
  readonly maxHeld: number
  /** Milliseconds before a page is opened again after a server could not store an edit. */
  readonly retryMs: number
}

export const DEFAULT_REPLICA_LIMITS: ReplicaLimits = {
  maxOpLength: 256 * 1024,
  sendIntervalMs: 16,
  gatherMs: 100,
  checkpointEntries: 500,
  calmMs: 2_000,
  keepUpdates: 2_000,
  keepLogLength: 1024 * 1024,
  maxHeld: 5_000,
  retryMs: 3_000,
}
