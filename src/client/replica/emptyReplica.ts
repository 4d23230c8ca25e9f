import { firstHash } from '../../shared/update'
import type { StoredReplica } from '../cache/replicaCache'
import type { ReplicaOptions } from './replicaOptions'

/** What a replica without a past is loaded from: version 0, nothing unsent. */
export function emptyReplica({ type, roomId, pageId, hash }: ReplicaOptions): StoredReplica {
  const checkpoint = {
    version: 0,
    hash: firstHash(roomId, pageId, hash),
    signedHead: undefined,
    snapshot: type.serialise(type.create()),
    inflight: undefined,
    pending: [],
    acknowledged: [],
  }
  return { checkpoint, journal: [] }
}
