import { createId } from '../../shared/identity/keys'
import { otTypeOf } from '../../shared/ot/anyType'
import { OtError } from '../../shared/ot/otType'
import type { PageKind } from '../../shared/protocol/values'
import { sha256Hex } from '../../shared/update'
import { CacheError, type ReplicaStore } from '../cache/replicaCache'
import { Replica } from '../replica/replica'
import { DEFAULT_REPLICA_LIMITS } from '../replica/replicaOptions'
import type { RoomClientOptions } from './clientOptions'

/**
 * Loads a claimed replica, under a client id of its own. `onDraft` is called when edits were moved to a
 * draft. `isNew`: nobody else can have the page yet, so an empty one need not wait for the server.
 */
export function loadReplica(
  options: RoomClientOptions,
  pageId: string,
  kind: PageKind,
  store: ReplicaStore,
  onDraft: () => void,
  isNew = false,
): Promise<Replica> {
  const { roomId, clock, randomBytes, limits } = options
  return Replica.load(
    {
      roomId,
      pageId,
      kind,
      type: otTypeOf(kind),
      clientId: createId(randomBytes),
      clock,
      hash: options.hash ?? sha256Hex,
      createId: () => createId(randomBytes),
      onDraft,
      limits: { ...DEFAULT_REPLICA_LIMITS, ...limits },
    },
    store,
    isNew,
  )
}

/**
 * Loads a claimed replica. One that is damaged stays claimed, so that nobody takes it up again and nothing writes over
 * it; the page goes on with another one, from the server.
 */
export async function loadOrReplace(
  { cache, roomId, onError }: RoomClientOptions,
  pageId: string,
  store: ReplicaStore,
  load: (store: ReplicaStore) => Promise<Replica>,
): Promise<Replica> {
  try {
    return await load(store)
  } catch (error) {
    const isDamaged =
      error instanceof OtError || (error instanceof CacheError && error.code === 'database-corrupt')
    if (!isDamaged) throw error
    onError(error)
    return load(await cache.claim(roomId, pageId))
  }
}
