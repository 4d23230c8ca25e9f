import {
  type AssetStore,
  type NewUpload,
  type StoredAsset,
  type StoredUpload,
  type UploadKey,
} from './assetStore'

interface AssetImage extends StoredAsset {
  readonly pieces: readonly Uint8Array[]
}

interface UploadImage extends NewUpload {
  readonly pieces: readonly Uint8Array[]
}

/** Pictures of one room at one moment. Never modified. */
export interface RoomAssetsImage {
  readonly assets: ReadonlyMap<string, AssetImage>
  readonly uploads: ReadonlyMap<string, UploadImage>
}

export const NO_ASSETS: RoomAssetsImage = { assets: new Map(), uploads: new Map() }

/** How a {@link MemoryAssetStore} reaches the disk. */
export interface MemoryAssetDisk {
  /** Undefined where there is no such room. */
  read(roomId: string): RoomAssetsImage | undefined
  /** Throws `room-unknown`. */
  write(roomId: string, image: RoomAssetsImage): void
  /** May wait or throw before something is written. */
  beforeWrite(): Promise<void>
}

const nameOf = ({ assetId, deviceId }: UploadKey): string => `${assetId} ${deviceId}`

/** An {@link AssetStore} for tests. */
export class MemoryAssetStore implements AssetStore {
  readonly #disk: MemoryAssetDisk

  constructor(disk: MemoryAssetDisk) {
    this.#disk = disk
  }

  async listAssets(roomId: string): Promise<StoredAsset[]> {
    return [...this.#read(roomId).assets.values()]
      .map(({ assetId, size, time }) => ({ assetId, size, time }))
      .sort((a, b) => a.time - b.time || (a.assetId < b.assetId ? -1 : 1))
  }

  async findAsset(roomId: string, assetId: string): Promise<StoredAsset | undefined> {
    const found = this.#read(roomId).assets.get(assetId)
    return found && { assetId, size: found.size, time: found.time }
  }

  async touchAsset(roomId: string, assetId: string, time: number): Promise<void> {
    if (!this.#read(roomId).assets.has(assetId)) return
    await this.#change(roomId, ({ assets, uploads }) => {
      const found = assets.get(assetId)
      return {
        assets: found === undefined ? assets : new Map(assets).set(assetId, { ...found, time }),
        uploads,
      }
    })
  }

  async assetUsage(roomId: string): Promise<{ count: number; bytes: number }> {
    const { assets, uploads } = this.#read(roomId)
    const sizes = [...assets.values(), ...uploads.values()].map(({ size }) => size)
    return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
  }

  async readPiece(roomId: string, assetId: string, index: number): Promise<Uint8Array | undefined> {
    return this.#read(roomId).assets.get(assetId)?.pieces[index]?.slice()
  }

  async deleteAssets(roomId: string, assetIds: readonly string[]): Promise<void> {
    if (this.#disk.read(roomId) === undefined) return
    const gone = new Set(assetIds)
    await this.#change(roomId, ({ assets, uploads }) => ({
      assets: new Map([...assets].filter(([assetId]) => !gone.has(assetId))),
      uploads,
    }))
  }

  async listUploads(roomId: string): Promise<StoredUpload[]> {
    return [...this.#read(roomId).uploads.values()].map((upload) => ({
      ...upload,
      pieces: upload.pieces.length,
    }))
  }

  beginUpload(roomId: string, { assetId, deviceId, size, time }: NewUpload): Promise<void> {
    return this.#putUpload(roomId, () => ({ assetId, deviceId, size, time, pieces: [] }))
  }

  async appendPiece(
    roomId: string,
    key: UploadKey,
    index: number,
    bytes: Uint8Array,
    time: number,
  ): Promise<void> {
    const copy = bytes.slice()
    await this.#putUpload(roomId, (image) => {
      const upload = uploadIn(image, key)
      if (upload.pieces.length !== index) throw new RangeError(`piece ${index} is not the next one`)
      return { ...upload, time, pieces: [...upload.pieces, copy] }
    })
  }

  async readUploadPiece(roomId: string, key: UploadKey, index: number): Promise<Uint8Array | undefined> {
    return this.#read(roomId).uploads.get(nameOf(key))?.pieces[index]?.slice()
  }

  async finishUpload(roomId: string, key: UploadKey, time: number): Promise<void> {
    await this.#change(roomId, (image) => {
      const { assetId } = key
      const { size, pieces } = uploadIn(image, key)
      const uploads = new Map([...image.uploads].filter(([, upload]) => upload.assetId !== assetId))
      const assets = new Map(image.assets)
      if (!assets.has(assetId)) assets.set(assetId, { assetId, size, time, pieces })
      return { assets, uploads }
    })
  }

  async dropUpload(roomId: string, key: UploadKey): Promise<void> {
    await this.#change(roomId, ({ assets, uploads }) => ({
      assets,
      uploads: new Map([...uploads].filter(([name]) => name !== nameOf(key))),
    }))
  }

  #read(roomId: string): RoomAssetsImage {
    return this.#disk.read(roomId) ?? NO_ASSETS
  }

  #putUpload(roomId: string, make: (image: RoomAssetsImage) => UploadImage): Promise<void> {
    return this.#change(roomId, (image) => {
      const upload = make(image)
      return { assets: image.assets, uploads: new Map(image.uploads).set(nameOf(upload), upload) }
    })
  }

  async #change(roomId: string, change: (image: RoomAssetsImage) => RoomAssetsImage): Promise<void> {
    await this.#disk.beforeWrite()
    this.#disk.write(roomId, change(this.#read(roomId)))
  }
}

function uploadIn(image: RoomAssetsImage, key: UploadKey): UploadImage {
  const upload = image.uploads.get(nameOf(key))
  if (upload === undefined) throw new RangeError(`there is no upload ${nameOf(key)}`)
  return upload
}
