import {
  MAX_CACHED_ASSET_BYTES,
  type AssetCache,
  type CachedAsset,
  type NewCachedAsset,
} from '../../shared/cache/assetCache'
import { MemoryDisk, type MemoryAsset } from './memoryDisk'

/** Runs a write where the process still lives. See MemoryReplicaCache. */
type RunWrite = (what: string, task: () => void) => Promise<void>

/** The {@link AssetCache} over a disk in memory. */
export class MemoryAssetCache implements AssetCache {
  readonly #disk: MemoryDisk
  readonly #maxBytes: number
  readonly #run: RunWrite

  /** `run` carries out a write where the owner still lives. */
  constructor(
    disk: MemoryDisk = new MemoryDisk(),
    maxBytes = MAX_CACHED_ASSET_BYTES,
    run: RunWrite = async (_what, task) => task(),
  ) {
    this.#disk = disk
    this.#maxBytes = maxBytes
    this.#run = run
  }

  put({ roomId, assetId, bytes, unsent, time }: NewCachedAsset): Promise<void> {
    const copy = bytes.slice()
    return this.#run('putAsset', () => {
      const assets = new Map(this.#disk.image.assets)
      const known = assets.get(assetId)
      const rooms = new Map(known?.rooms).set(roomId, unsent)
      assets.set(assetId, { bytes: known?.bytes ?? copy, rooms, usedAt: time })
      this.#disk.write({ assets: trimmed(assets, this.#maxBytes, assetId) })
    })
  }

  async get(assetId: string, time: number): Promise<Uint8Array | undefined> {
    const found = this.#disk.image.assets.get(assetId)
    if (found === undefined) return undefined
    await this.#run('getAsset', () => {
      const assets = new Map(this.#disk.image.assets)
      this.#disk.write({ assets: assets.set(assetId, { ...found, usedAt: time }) })
    })
    return found.bytes.slice()
  }

  async list(roomId: string): Promise<CachedAsset[]> {
    return [...this.#disk.image.assets]
      .flatMap(([assetId, { bytes, rooms }]) => {
        const unsent = rooms.get(roomId)
        return unsent === undefined ? [] : [{ assetId, size: bytes.length, unsent }]
      })
      .sort((a, b) => (a.assetId < b.assetId ? -1 : 1))
  }

  setUnsent(roomId: string, assetIds: readonly string[], unsent: boolean): Promise<void> {
    return this.#run('setUnsent', () => {
      const assets = new Map(this.#disk.image.assets)
      for (const assetId of assetIds) {
        const found = assets.get(assetId)
        if (found?.rooms.has(roomId) === true)
          assets.set(assetId, { ...found, rooms: new Map(found.rooms).set(roomId, unsent) })
      }
      this.#disk.write({ assets })
    })
  }
}

/** Pictures without what they were kept for in a room that is forgotten. */
export function withoutRoom(
  assets: ReadonlyMap<string, MemoryAsset>,
  roomId: string,
): ReadonlyMap<string, MemoryAsset> {
  const left = [...assets].map(([assetId, asset]) => {
    const rooms = new Map([...asset.rooms].filter(([id]) => id !== roomId))
    return [assetId, { ...asset, rooms }] as const
  })
  return new Map(left.filter(([, { rooms }]) => rooms.size > 0))
}

/** Forgets what was not used for the longest time until the rest fits, but nothing unsent and not `keep`. */
function trimmed(assets: Map<string, MemoryAsset>, maxBytes: number, keep: string): Map<string, MemoryAsset> {
  let total = [...assets.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
  const oldestFirst = [...assets].sort(([, a], [, b]) => a.usedAt - b.usedAt)
  for (const [assetId, { bytes, rooms }] of oldestFirst) {
    if (total <= maxBytes) break
    if (assetId === keep || [...rooms.values()].includes(true)) continue
    assets.delete(assetId)
    total -= bytes.length
  }
  return assets
}
