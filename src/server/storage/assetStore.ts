/** A picture that a server keeps for a room. */
export interface StoredAsset {
  readonly assetId: string
  /** Bytes. */
  readonly size: number
  /** When it was stored, or was added again, milliseconds since 1970. */
  readonly time: number
}

/** Names an unfinished picture: each device uploads for itself, so that nobody can spoil what another one sends. */
export interface UploadKey {
  readonly assetId: string
  readonly deviceId: string
}

export interface NewUpload extends UploadKey {
  /** Bytes the whole will have. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly time: number
}

/** An unfinished picture. `time`: when its newest piece came. */
export interface StoredUpload extends NewUpload {
  /** Pieces that have arrived: 0 to this, without it. */
  readonly pieces: number
}

/**
 * The pictures of a server's rooms, in pieces of ASSET_PIECE_BYTES: stored ones by content, and unfinished ones by who
 * uploads them. A room's end with the room. Errors are those of {@link import('./roomStore').RoomStore}.
 */
export interface AssetStore {
  /** Stored pictures of a room, oldest first. */
  listAssets(roomId: string): Promise<StoredAsset[]>
  findAsset(roomId: string, assetId: string): Promise<StoredAsset | undefined>
  /** Somebody adds a stored picture again: `time` is when it was stored from now on. */
  touchAsset(roomId: string, assetId: string, time: number): Promise<void>
  /** How many pictures a room has and how many bytes of them, unfinished ones at their whole size included. */
  assetUsage(roomId: string): Promise<{ count: number; bytes: number }>
  /** A piece of a stored picture; undefined where there is none. */
  readPiece(roomId: string, assetId: string, index: number): Promise<Uint8Array | undefined>
  /** Forgets stored pictures. Does nothing for those that are not there. */
  deleteAssets(roomId: string, assetIds: readonly string[]): Promise<void>

  listUploads(roomId: string): Promise<StoredUpload[]>
  /** Begins an upload, in place of one with this key. Throws `room-unknown`. */
  beginUpload(roomId: string, upload: NewUpload): Promise<void>
  /**
   * Adds the next piece. It survives a kill of the process, and a power cut once the upload is finished. Throws a
   * RangeError where the upload is not there or the piece is not its next one.
   */
  appendPiece(roomId: string, key: UploadKey, index: number, bytes: Uint8Array, time: number): Promise<void>
  readUploadPiece(roomId: string, key: UploadKey, index: number): Promise<Uint8Array | undefined>
  /**
   * Stores what was uploaded as a picture, durably, and drops all other uploads of it. Does nothing but that where it is
   * stored already. Throws a RangeError where the upload is not there.
   */
  finishUpload(roomId: string, key: UploadKey, time: number): Promise<void>
  dropUpload(roomId: string, key: UploadKey): Promise<void>
}
