import {
  CacheError,
  type CacheErrorCode,
  type ReplicaCache,
  type ReplicaStore,
} from '../../../shared/cache/replicaCache'
import type { Bridge } from '../../../shared/ipc/bridge'
import { loggedSchema, storedReplicaSchema } from '../../../shared/ipc/cache'
import { PlatformError } from '../platformError'
import { valueOf } from './valueOf'

type CacheCalls = Bridge['cache']

/** The replica cache that main keeps. Calls are carried out in the order they are made. */
export function createDesktopCache(calls: CacheCalls): ReplicaCache {
  return {
    assets: {
      put: (asset) => answer(calls.putAsset(asset)),
      get: async (assetId, time) => (await answer(calls.getAsset({ assetId, time }))) ?? undefined,
      list: (roomId) => answer(calls.listAssets({ roomId })),
      setUnsent: (roomId, assetIds, unsent) =>
        answer(calls.setAssetsUnsent({ roomId, assetIds: [...assetIds], unsent })),
    },
    claim: async (roomId, pageId) => storeOf(calls, await answer(calls.claim({ roomId, pageId }))),
    claimOrphans: async (roomId) => {
      const orphans = await answer(calls.claimOrphans({ roomId }))
      return orphans.map(({ pageId, ...claim }) => ({ pageId, store: storeOf(calls, claim) }))
    },
    listRooms: () => answer(calls.listRooms()),
    putRoom: (room) => answer(calls.putRoom(room)),
    forgetRoom: (roomId) => answer(calls.forgetRoom({ roomId })),
    listDrafts: (roomId) => answer(calls.listDrafts({ roomId })),
    deleteDraft: (draftId) => answer(calls.deleteDraft({ draftId })),
    close: () => answer(calls.close()),
  }
}

/** A claim as main names it. */
interface Claim {
  readonly claimId: number
  readonly replicaId: string
}

function storeOf(calls: CacheCalls, { claimId, replicaId }: Claim): ReplicaStore {
  return {
    replicaId,
    load: async () => {
      const stored = await answer(calls.load({ claimId }))
      if (stored === null) return undefined
      const { head, journal } = storedReplicaSchema.parse(JSON.parse(stored.replica))
      return { checkpoint: { ...head, snapshot: stored.snapshot }, journal }
    },
    append: (entries) => answer(calls.append({ claimId, entries: JSON.stringify(entries) })),
    checkpoint: ({ snapshot, ...head }, options) =>
      answer(calls.checkpoint({ claimId, change: JSON.stringify({ head, ...options }), snapshot })),
    readLog: async () => loggedSchema.parse(JSON.parse(await answer(calls.readLog({ claimId })))),
    discard: () => answer(calls.discard({ claimId })),
    release: () => answer(calls.release({ claimId })),
  }
}

const CODES: Readonly<Record<CacheErrorCode, true>> = {
  'lease-lost': true,
  'storage-failed': true,
  'database-corrupt': true,
  'database-too-new': true,
  'database-locked': true,
}

function isCacheCode(code: string): code is CacheErrorCode {
  return Object.hasOwn(CODES, code)
}

/** Main's answer, with its refusals as the CacheErrors the engine knows. */
async function answer<T>(reply: Parameters<typeof valueOf<T>>[0]): Promise<T> {
  try {
    return await valueOf(reply)
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    const code = isCacheCode(error.code) ? error.code : 'storage-failed'
    throw new CacheError(code, error.message, { cause: error })
  }
}
