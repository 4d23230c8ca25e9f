import type { AnyOtType } from '../../shared/ot/anyType'
import { nextHash, type HashFunction, type Head, type Update } from '../../shared/update'
import type { ClientStand, StoredUpdate } from '../storage/roomStore'
import type { PageState } from './pageState'

/** A page's state while a batch is worked out on it. Nothing of it is visible to anybody until it is stored. */
export class DraftState {
  updates: StoredUpdate[] = []
  clients = new Map<string, ClientStand>()
  snapshot: unknown
  head: Head
  /** What working the batch out has cost so far, in parts of text ops. */
  work = 0

  constructor(
    readonly type: AnyOtType,
    readonly base: PageState,
    readonly hash: HashFunction,
  ) {
    this.snapshot = base.snapshot
    this.head = base.head
  }

  stand(clientId: string): ClientStand | undefined {
    return this.clients.get(clientId) ?? this.base.clients.get(clientId)
  }

  /** Hash at a version of the recent history, this batch included. */
  hashAt(version: number): string | undefined {
    return version <= this.base.head.version
      ? this.base.recent.hashAt(version)
      : this.updates[version - this.base.head.version - 1]?.hash
  }

  /** Updates after a version of the recent history, this batch included. */
  after(version: number): readonly StoredUpdate[] | undefined {
    if (version > this.base.head.version) return this.updates.slice(version - this.base.head.version)
    const recent = this.base.recent.after(version)
    return recent === undefined ? undefined : [...recent, ...this.updates]
  }

  /** Adds an update whose op was checked against `snapshot`. */
  add(update: Update, snapshot: unknown, digest: string): StoredUpdate {
    const version = this.head.version + 1
    const stored = { version, hash: nextHash(this.head.hash, version, update, this.hash), update }
    this.updates.push(stored)
    this.snapshot = snapshot
    this.head = { version, hash: stored.hash }
    this.clients.set(update.clientId, {
      clientId: update.clientId,
      author: update.author,
      seq: update.seq,
      version,
      digest,
    })
    return stored
  }

  /** A draft of its own that starts where this one is. */
  copy(): DraftState {
    const copy = new DraftState(this.type, this.base, this.hash)
    copy.become(this)
    return copy
  }

  /** Takes over what `other`, a copy of this one, has come to. */
  become(other: DraftState): void {
    this.updates = [...other.updates]
    this.clients = new Map(other.clients)
    this.snapshot = other.snapshot
    this.head = other.head
    this.work = other.work
  }
}
