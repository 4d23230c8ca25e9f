import { cacheCalls } from '../../shared/ipc/cache'
import type { Router } from './router'

export function serveCache(router: Router): void {
  router.serve('cache', cacheCalls, {
    claim: async ({ roomId, pageId }, session) => {
      const cache = session.cache()
      return cache.add(await cache.cache.claim(roomId, pageId))
    },
    claimOrphans: async ({ roomId }, session) => {
      const cache = session.cache()
      const orphans = await cache.cache.claimOrphans(roomId)
      return orphans.map(({ pageId, store }) => ({ pageId, ...cache.add(store) }))
    },
    load: async ({ claimId }, session) => {
      const stored = await session.cache().store(claimId).load()
      if (stored === undefined) return null
      const { snapshot, ...head } = stored.checkpoint
      return { replica: JSON.stringify({ head, journal: stored.journal }), snapshot }
    },
    append: async ({ claimId, entries }, session) => {
      await session.cache().store(claimId).append(entries)
      return undefined
    },
    checkpoint: async ({ claimId, change: { head, ...options }, snapshot }, session) => {
      await session
        .cache()
        .store(claimId)
        .checkpoint({ ...head, snapshot }, options)
      return undefined
    },
    readLog: async ({ claimId }, session) => JSON.stringify(await session.cache().store(claimId).readLog()),
    discard: async ({ claimId }, session) => {
      await session.cache().take(claimId)?.discard()
      return undefined
    },
    release: async ({ claimId }, session) => {
      await session.cache().take(claimId)?.release()
      return undefined
    },

    listRooms: (_, session) => session.cache().cache.listRooms(),
    putRoom: async (room, session) => {
      await session.cache().cache.putRoom(room)
      return undefined
    },
    forgetRoom: async ({ roomId }, session) => {
      await session.cache().cache.forgetRoom(roomId)
      return undefined
    },

    listDrafts: ({ roomId }, session) => session.cache().cache.listDrafts(roomId),
    deleteDraft: async ({ draftId }, session) => {
      await session.cache().cache.deleteDraft(draftId)
      return undefined
    },

    putAsset: async (asset, session) => {
      await session.cache().cache.assets.put(asset)
      return undefined
    },
    getAsset: async ({ assetId, time }, session) =>
      (await session.cache().cache.assets.get(assetId, time)) ?? null,
    listAssets: ({ roomId }, session) => session.cache().cache.assets.list(roomId),
    setAssetsUnsent: async ({ roomId, assetIds, unsent }, session) => {
      await session.cache().cache.assets.setUnsent(roomId, assetIds, unsent)
      return undefined
    },

    close: async (_, session) => {
      await session.cache().end()
      return undefined
    },
  })
}
