import { base64 } from '@scure/base'
import { ASSET_PIECE_BYTES, MAX_ASSET_BYTES, pieceCountOf, pieceLengthOf } from '../../shared/assets/limits'
import { isErrorCode, type ErrorCode } from '../../shared/protocol/errors'
import type { ServerMessageOf } from '../../shared/protocol/serverMessages'
import type { AssetLink, AssetMessage } from './assetLink'

/** Pieces asked for at a time, over all pictures: with two, an edit waits for 130 kB at most. */
const WINDOW = 2

export interface AssetDownloadsOptions {
  /** `progress`: 0 to 1; undefined before anything has come. */
  readonly onProgress: (assetId: string, progress: number | undefined) => void
  /** The server does not have it yet, or there is no connection. */
  readonly onWaiting: (assetId: string) => void
  /** All of it has come; nothing is checked yet. */
  readonly onBytes: (assetId: string, bytes: Uint8Array) => void
  readonly onFailed: (assetId: string, code: ErrorCode) => void
}

interface Download {
  readonly assetId: string
  /** Bytes of the whole; undefined until the first piece has come. */
  bytes: Uint8Array | undefined
  /** Pieces that have come: 0 to this, without it. */
  received: number
  /** Pieces that were asked for. */
  asked: number
  /** The server does not have it. */
  missing: boolean
}

/** Fetches pictures piece by piece, those asked for first first. Each goes on where it was after a reconnect. */
export class AssetDownloads {
  readonly #options: AssetDownloadsOptions
  readonly #wanted = new Map<string, Download>()
  /** Unanswered requests by picture. */
  readonly #unanswered = new Map<string, number>()
  #link: AssetLink | undefined

  constructor(options: AssetDownloadsOptions) {
    this.#options = options
  }

  want(assetId: string): void {
    if (this.#wanted.has(assetId)) return
    this.#wanted.set(assetId, { assetId, bytes: undefined, received: 0, asked: 0, missing: false })
    if (this.#link === undefined) this.#options.onWaiting(assetId)
    else this.#options.onProgress(assetId, undefined)
    this.#ask()
  }

  /** Nobody waits for the picture any more. */
  forget(assetId: string): void {
    this.#wanted.delete(assetId)
  }

  connected(link: AssetLink): void {
    this.#link = link
    for (const download of this.#wanted.values()) {
      download.missing = false
      this.#tellProgress(download)
    }
    this.#ask()
  }

  disconnected(): void {
    this.#link = undefined
    this.#unanswered.clear()
    for (const download of this.#wanted.values()) {
      download.asked = download.received
      this.#options.onWaiting(download.assetId)
    }
  }

  received(message: AssetMessage): void {
    const { assetId } = message
    switch (message.type) {
      case 'assetPiece':
        this.#answered(assetId)
        this.#piece(message)
        break
      case 'assetMissing':
        this.#answered(assetId)
        this.#missing(assetId)
        break
      case 'assetRefused':
        if (!this.#answered(assetId)) return
        this.#fail(assetId, isErrorCode(message.code) ? message.code : 'storage-failed')
        break
      case 'assetStored':
        this.#arrived(assetId)
        break
      case 'assetWanted':
      case 'assetSought':
        return
    }
    this.#ask()
  }

  #piece({ assetId, index, size, data }: ServerMessageOf<'assetPiece'>): void {
    const download = this.#wanted.get(assetId)
    if (download === undefined || index !== download.received) return
    const piece = base64.decode(data)
    if (size > MAX_ASSET_BYTES) return this.#fail(assetId, 'asset-too-large')
    download.bytes ??= new Uint8Array(size)
    if (download.bytes.length !== size || piece.length !== pieceLengthOf(size, index))
      return this.#fail(assetId, 'asset-damaged')
    download.bytes.set(piece, index * ASSET_PIECE_BYTES)
    download.received += 1
    if (download.received < pieceCountOf(size)) return this.#tellProgress(download)
    this.#wanted.delete(assetId)
    this.#options.onBytes(assetId, download.bytes)
  }

  #missing(assetId: string): void {
    const download = this.#wanted.get(assetId)
    if (download === undefined || download.missing) return
    Object.assign(download, { missing: true, bytes: undefined, received: 0, asked: 0 })
    this.#options.onWaiting(assetId)
  }

  #arrived(assetId: string): void {
    const download = this.#wanted.get(assetId)
    if (download?.missing !== true) return
    download.missing = false
    this.#tellProgress(download)
  }

  #fail(assetId: string, code: ErrorCode): void {
    if (this.#wanted.delete(assetId)) this.#options.onFailed(assetId, code)
  }

  #answered(assetId: string): boolean {
    const count = this.#unanswered.get(assetId)
    if (count === undefined) return false
    if (count > 1) this.#unanswered.set(assetId, count - 1)
    else this.#unanswered.delete(assetId)
    return true
  }

  #ask(): void {
    if (this.#link === undefined) return
    let free = WINDOW
    for (const count of this.#unanswered.values()) free -= count
    for (const download of this.#wanted.values()) {
      if (free <= 0) return
      const { assetId, missing, bytes } = download
      // How many there are is known with the first.
      const end = bytes === undefined ? 1 : pieceCountOf(bytes.length)
      for (; !missing && free > 0 && download.asked < end; free--) {
        this.#link.send({ type: 'assetGet', assetId, index: download.asked })
        download.asked += 1
        this.#unanswered.set(assetId, (this.#unanswered.get(assetId) ?? 0) + 1)
      }
    }
  }

  #tellProgress({ assetId, bytes, received }: Download): void {
    const progress = bytes === undefined ? undefined : received / pieceCountOf(bytes.length)
    this.#options.onProgress(assetId, progress)
  }
}
