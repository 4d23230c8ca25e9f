import type { ReplicaCache, ReplicaStore } from '../../../src/shared/cache/replicaCache'
import { sampleCheckpoint } from './replicaSamples'
import { idOf } from './samples'

/** A disk with caches of several owners on it. */
export interface ReplicaGround {
  /** The cache of a window or tab. */
  open(ownerId: string): Promise<ReplicaCache>
  /** Kills the owner's process: whatever it holds can be claimed, without its having released anything. */
  kill(ownerId: string): Promise<void>
  /** The owner is frozen for so long that what it holds can be claimed; it does not know and may wake up. */
  freeze(ownerId: string): Promise<void>
  /** While on, no write reaches the disk, as where it is full. */
  fill(on: boolean): void
  remove(): Promise<void>
}

export const ROOM_ID = idOf('room')
export const PAGE_ID = idOf('page')

/** A replica of the page; a new one gets a checkpoint at version 0. */
export async function claimReplica(cache: ReplicaCache): Promise<ReplicaStore> {
  const store = await cache.claim(ROOM_ID, PAGE_ID)
  if ((await store.load()) === undefined) await store.checkpoint(sampleCheckpoint(), { keepUpdates: 10 })
  return store
}
