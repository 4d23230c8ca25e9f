/** Bytes of pictures a device keeps, over all rooms. 500 MiB: some hundred photographs. */
export const MAX_CACHED_ASSET_BYTES = 500 * 1024 * 1024

/** A picture that is kept for a room. */
export interface CachedAsset {
  readonly assetId: string
  /** Bytes. */
  readonly size: number
  /** True while no server of the room is known to have it. */
  readonly unsent: boolean
}

/** A picture to be kept. */
export interface NewCachedAsset {
  readonly roomId: string
  readonly assetId: string
  readonly bytes: Uint8Array
  readonly unsent: boolean
  /** Milliseconds since 1970. */
  readonly time: number
}

/**
 * The pictures a device keeps: each once, however many rooms it is in, and for every room that has it whether it still
 * has to be sent. Above its limit it forgets those that were not used for the longest time, but never one that is unsent
 * in some room. All windows of a device share it. Every call may throw CacheError `storage-failed`, and
 * `database-corrupt` where a row does not parse.
 */
export interface AssetCache {
  /** Keeps a picture through a kill of the process. One that is there stays; `unsent` is taken over. */
  put(asset: NewCachedAsset): Promise<void>
  /** The picture's bytes, of whatever room. `time`, milliseconds since 1970, counts as its last use. */
  get(assetId: string, time: number): Promise<Uint8Array | undefined>
  /** What is kept for a room, by id. */
  list(roomId: string): Promise<CachedAsset[]>
  /** Remembers whether pictures of the room are still to be sent. Does nothing for those that are not there. */
  setUnsent(roomId: string, assetIds: readonly string[], unsent: boolean): Promise<void>
}
