import { checkedCalls } from '../../../src/renderer/platform/desktop/checkedCalls'
import { createDesktopCache } from '../../../src/renderer/platform/desktop/desktopCache'
import { MemoryDisk } from '../../../src/client/cache/memoryDisk'
import { MemoryReplicaCache } from '../../../src/client/cache/memoryReplicaCache'
import { serveCache } from '../../../src/main/ipc/cache'
import { Router } from '../../../src/main/ipc/router'
import { WindowCache } from '../../../src/main/windows/windowCache'
import type { WindowSession } from '../../../src/main/windows/windowSession'
import { functionsOf } from '../../../src/preload/calls'
import { silentLogger } from '../../../src/server/logger'
import { CacheError, type ReplicaCache } from '../../../src/shared/cache/replicaCache'
import { cacheCalls } from '../../../src/shared/ipc/cache'
import { CALL_NAMES } from '../../../src/shared/ipc/channels'
import { FakeIpc } from '../../lib/fakeIpc'
import { CONTRACT_ASSET_BYTES, describeAssetCache } from '../storage/assetCacheContract'
import { describeReplicaCache } from '../storage/replicaCacheContract'
import type { ReplicaGround } from '../storage/replicaGround'

/** A window's cache as its page has it: through the router, the preload script and the page's own checks. */
function bridgedCache(cache: ReplicaCache): ReplicaCache {
  const ipc = new FakeIpc()
  const page = { sender: {}, senderFrame: { url: 'app://inkroom/', parent: null } }
  const windowCache = new WindowCache(cache)
  const session: unknown = { cache: () => windowCache }
  const router = new Router(
    ipc,
    { isOwnPage: () => true, sessionOf: () => session as WindowSession },
    silentLogger,
  )
  serveCache(router)
  const functions = functionsOf('cache', CALL_NAMES.cache, (channel, request) =>
    ipc.invoke(page, channel, request),
  )
  return createDesktopCache(checkedCalls(cacheCalls, functions))
}

async function startBridge(): Promise<ReplicaGround> {
  const disk = new MemoryDisk()
  const caches = new Map<string, MemoryReplicaCache>()
  let full = false
  return {
    async open(ownerId) {
      const beforeWrite = (): void => {
        if (full) throw new CacheError('storage-failed', 'the disk is full')
      }
      const cache = new MemoryReplicaCache(disk, ownerId, { beforeWrite }, CONTRACT_ASSET_BYTES)
      caches.set(ownerId, cache)
      return bridgedCache(cache)
    },
    kill: async (ownerId) => caches.get(ownerId)?.kill(),
    freeze: async (ownerId) => disk.voidClaims(ownerId),
    fill: (on) => (full = on),
    remove: async () => undefined,
  }
}

describeReplicaCache('The bridge to a cache', startBridge)
describeAssetCache('The bridge to a cache', startBridge)
