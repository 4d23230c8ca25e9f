import { pieceCountOf } from '../../shared/assets/limits'
import type { AssetStore, UploadKey } from '../storage/assetStore'
import type { AssetSession } from './assetSession'

/** A picture of which pieces are missing, or that has not been checked yet. */
export interface Upload extends UploadKey {
  readonly size: number
  /** Pieces that are stored: 0 to this, without it. */
  pieces: number
  /** When something of it came last, milliseconds since 1970. */
  time: number
  /** False until its first piece is stored: an offer alone costs no disk, so that nobody keeps it busy with offers. */
  stored: boolean
  /** Sessions of the device that have offered it. */
  readonly sessions: Set<AssetSession>
}

export interface UploadLimits {
  readonly maxUploadsPerDevice: number
  readonly maxUploadsPerRoom: number
  readonly uploadStaleMs: number
}

/** The unfinished pictures of a room, each with who is uploading it now. The store has those of which a piece has come. */
export class AssetUploads {
  readonly #store: AssetStore
  readonly #roomId: string
  readonly #limits: UploadLimits
  readonly #now: () => number
  #uploads: Map<string, Upload> | undefined

  constructor(store: AssetStore, roomId: string, limits: UploadLimits, now: () => number) {
    this.#store = store
    this.#roomId = roomId
    this.#limits = limits
    this.#now = now
  }

  async find(key: UploadKey): Promise<Upload | undefined> {
    return (await this.#all()).get(nameOf(key))
  }

  /** All uploads of one picture. */
  async of(assetId: string): Promise<Upload[]> {
    return [...(await this.#all()).values()].filter((upload) => upload.assetId === assetId)
  }

  /** How many are only offered yet, and how many bytes those will have: the store does not count them. */
  async offered(): Promise<{ count: number; bytes: number }> {
    const sizes = [...(await this.#all()).values()].flatMap(({ stored, size }) => (stored ? [] : [size]))
    return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
  }

  /**
   * Begins an upload. Those of the device beyond its limit make place: a device that offers more than it may have does
   * not go on with the oldest. Undefined where the room has as many as it may, all of them under way.
   */
  async begin(key: UploadKey, size: number): Promise<{ upload: Upload; dropped: Upload[] } | undefined> {
    const { maxUploadsPerDevice, maxUploadsPerRoom } = this.#limits
    const oldestFirst = [...(await this.#all()).values()].sort((a, b) => a.time - b.time)
    const own = oldestFirst.filter(({ deviceId }) => deviceId === key.deviceId)
    const dropped = own.slice(0, Math.max(0, own.length + 1 - maxUploadsPerDevice))
    if (oldestFirst.length - dropped.length >= maxUploadsPerRoom) {
      const abandoned = oldestFirst.find((upload) => upload.sessions.size === 0 && !dropped.includes(upload))
      if (abandoned === undefined) return undefined
      dropped.push(abandoned)
    }
    for (const upload of dropped) await this.drop(upload)
    const upload: Upload = {
      ...key,
      size,
      time: this.#now(),
      pieces: 0,
      stored: false,
      sessions: new Set(),
    }
    ;(await this.#all()).set(nameOf(key), upload)
    return { upload, dropped }
  }

  async append(upload: Upload, bytes: Uint8Array): Promise<void> {
    const time = this.#now()
    if (!upload.stored) {
      const { assetId, deviceId, size } = upload
      await this.#store.beginUpload(this.#roomId, { assetId, deviceId, size, time })
      upload.stored = true
    }
    await this.#store.appendPiece(this.#roomId, upload, upload.pieces, bytes, time)
    upload.pieces += 1
    upload.time = time
  }

  isComplete({ pieces, size }: Upload): boolean {
    return pieces === pieceCountOf(size)
  }

  async drop(upload: Upload): Promise<void> {
    if (upload.stored) await this.#store.dropUpload(this.#roomId, upload)
    this.#uploads?.delete(nameOf(upload))
  }

  /** The picture is stored: none of its uploads is there any more. */
  async forget(assetId: string): Promise<void> {
    for (const upload of await this.of(assetId)) this.#uploads?.delete(nameOf(upload))
  }

  /** Drops what nobody has gone on with for a long time. */
  async dropStale(): Promise<void> {
    if (this.#uploads === undefined) return
    const { uploadStaleMs } = this.#limits
    for (const upload of [...this.#uploads.values()]) {
      if (this.#now() - upload.time >= uploadStaleMs) await this.drop(upload)
    }
  }

  leave(session: AssetSession): void {
    for (const upload of this.#uploads?.values() ?? []) upload.sessions.delete(session)
  }

  /** Forgets offers and reads anew what is stored, after a failure that may have left it otherwise than it was thought to be. */
  reload(): void {
    this.#uploads = undefined
  }

  async #all(): Promise<Map<string, Upload>> {
    if (this.#uploads !== undefined) return this.#uploads
    const stored = await this.#store.listUploads(this.#roomId)
    const uploads = new Map<string, Upload>()
    for (const { assetId, deviceId, size, time, pieces } of stored) {
      const sessions = new Set<AssetSession>()
      const upload = { assetId, deviceId, size, time, pieces, stored: true, sessions }
      uploads.set(nameOf(upload), upload)
    }
    this.#uploads = uploads
    await this.dropStale()
    return uploads
  }
}

const nameOf = ({ assetId, deviceId }: UploadKey): string => `${assetId} ${deviceId}`
