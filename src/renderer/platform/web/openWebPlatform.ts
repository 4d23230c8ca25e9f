import { MemoryReplicaCache } from '../../../client/cache/memoryReplicaCache'
import type { Platform } from '../platform'
import { createWebPlatform } from './webPlatform'

/** The platform of a guest's browser, with the cache that it allows. */
export async function openWebPlatform(): Promise<Platform> {
  return createWebPlatform(new MemoryReplicaCache(), (length) =>
    crypto.getRandomValues(new Uint8Array(length)),
  )
}
