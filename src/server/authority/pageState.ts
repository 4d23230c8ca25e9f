import type { AnyOtType } from '../../shared/ot/anyType'
import type { HashFunction, Head, SignedHead } from '../../shared/update'
import { firstHash } from '../../shared/update'
import type { ClientStand, StoredPage, StoredUpdate } from '../storage/roomStore'
import { RecentLog } from './recentLog'

/**
 * A page at one version, as a value: a batch is worked out on copies and the durable state is replaced only when
 * the batch is stored, so giving up a batch means forgetting the copy.
 */
export interface PageState {
  readonly snapshot: unknown
  readonly head: Head
  /** The newest committed head the room has signed; undefined at version 0. */
  readonly signedHead: SignedHead | undefined
  readonly recent: RecentLog
  /** The one part that is not a value: everybody who ever wrote is in it, too many to copy for each batch. */
  readonly clients: Map<string, ClientStand>
}

/** State of a page as loaded: newest snapshot and every update since applied. Throws OtError for what does not fit. */
export function loadPageState(
  type: AnyOtType,
  roomId: string,
  pageId: string,
  stored: StoredPage | undefined,
  hash: HashFunction,
): PageState {
  const start = { version: 0, hash: firstHash(roomId, pageId, hash) }
  if (stored === undefined) {
    return {
      snapshot: type.create(),
      head: start,
      signedHead: undefined,
      recent: new RecentLog(start, []),
      clients: new Map(),
    }
  }
  const base: Head = stored.snapshot ?? start
  let snapshot = stored.snapshot === undefined ? type.create() : type.parseSnapshot(stored.snapshot.text)
  for (const { update } of stored.tail) snapshot = type.apply(snapshot, type.parseOp(update.op))
  const recent = new RecentLog({ version: base.version, hash: base.hash }, stored.tail)
  return {
    snapshot,
    head: recent.head,
    signedHead: stored.head,
    recent,
    clients: new Map(stored.clients.map((stand) => [stand.clientId, stand])),
  }
}

/** The state after updates that were worked out on it and are stored; `state` is not used any more. */
export function advance(
  state: PageState,
  change: {
    snapshot: unknown
    updates: readonly StoredUpdate[]
    clients: ReadonlyMap<string, ClientStand>
    signedHead: SignedHead
  },
  keep: { readonly updates: number; readonly length: number },
): PageState {
  for (const [clientId, stand] of change.clients) state.clients.set(clientId, stand)
  return {
    snapshot: change.snapshot,
    head: { version: change.signedHead.version, hash: change.signedHead.hash },
    signedHead: change.signedHead,
    recent: state.recent.with(change.updates, keep.updates, keep.length),
    clients: state.clients,
  }
}
