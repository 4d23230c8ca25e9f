import { base64 } from '@scure/base'
import { pieceCountOf, pieceOf } from '../../shared/assets/limits'
import type { Clock } from '../../shared/clock'
import { isErrorCode, type ErrorCode } from '../../shared/protocol/errors'
import { Variable } from '../observable'
import type { AssetLink, AssetMessage } from './assetLink'

/** Pieces under way at a time. Two: the link is never idle, and an edit waits for 130 kB at most. */
const WINDOW = 2
/** Bytes queued in the socket above which no further piece is: what is queued delays edits. */
const MAX_BUFFERED_BYTES = 128 * 1024
/** Milliseconds until a full socket is looked at again. */
const FULL_RETRY_MS = 20
/** Milliseconds until what the server could not take is offered again. */
const REFUSED_RETRY_MS = 5_000
/** Refusals that say nothing against the picture. */
const PASSING: ReadonlySet<string> = new Set<ErrorCode>([
  'storage-failed',
  'too-many-uploads',
  'upload-unknown',
])

export interface AssetUploadsOptions {
  readonly clock: Clock
  /** The bytes as this device keeps them. */
  readonly read: (assetId: string) => Promise<Uint8Array | undefined>
  /** The server has the picture. */
  readonly onStored: (assetId: string) => void
  readonly onProgress: (assetId: string) => void
  /** The server will not take the picture. */
  readonly onRefused: (assetId: string, code: ErrorCode) => void
  readonly onError: (error: unknown) => void
}

interface Waiting {
  readonly assetId: string
  /** Bytes. */
  readonly size: number
  /** Pieces the server has. */
  acknowledged: number
  /** Not offered before this time. */
  notBefore: number
}

interface Current {
  readonly item: Waiting
  /** Undefined until the server has said from where it wants the picture and it has been read. */
  bytes: Uint8Array | undefined
  /** Pieces that were sent. */
  sent: number
  wanted: boolean
}

/** Sends pictures to the server, one after another and each from where the server has it. */
export class AssetUploads {
  /** Bytes that the server does not have yet. */
  readonly unsentBytes = new Variable(0)
  /** Pictures that the server does not have yet. */
  readonly unsentCount = new Variable(0)
  readonly #options: AssetUploadsOptions
  readonly #waiting = new Map<string, Waiting>()
  #current: Current | undefined
  #link: AssetLink | undefined
  #cancelFull: (() => void) | undefined
  #cancelRetry: (() => void) | undefined

  constructor(options: AssetUploadsOptions) {
    this.#options = options
  }

  has(assetId: string): boolean {
    return this.#waiting.has(assetId)
  }

  /** 0 to 1; undefined for what is not to be sent. */
  progressOf(assetId: string): number | undefined {
    const item = this.#waiting.get(assetId)
    return item && item.acknowledged / pieceCountOf(item.size)
  }

  /** Sends a picture when its turn comes. */
  add(assetId: string, size: number): void {
    if (this.#waiting.has(assetId)) return
    this.#waiting.set(assetId, { assetId, size, acknowledged: 0, notBefore: 0 })
    this.#count()
    this.#next()
  }

  connected(link: AssetLink): void {
    this.#link = link
    this.#next()
  }

  disconnected(): void {
    this.#link = undefined
    this.#current = undefined
    this.#cancelFull?.()
    this.#cancelFull = undefined
    this.#cancelRetry?.()
  }

  received(message: AssetMessage): void {
    const { assetId } = message
    const item = this.#waiting.get(assetId)
    if (item === undefined) return
    if (message.type === 'assetStored') {
      this.#remove(item)
      this.#options.onStored(assetId)
    } else if (message.type === 'assetRefused') this.#refused(item, message.code)
    else if (message.type === 'assetWanted') this.#wanted(item, message.index)
    this.#next()
  }

  #wanted(item: Waiting, index: number): void {
    const current = this.#current
    if (current?.item !== item) return
    item.acknowledged = current.wanted ? Math.max(item.acknowledged, index) : index
    current.sent = Math.max(current.sent, index)
    this.#count()
    this.#options.onProgress(item.assetId)
    if (current.wanted) return this.#sendPieces()
    current.wanted = true
    this.#read(current).catch(this.#options.onError)
  }

  async #read(current: Current): Promise<void> {
    const { item } = current
    const bytes = await this.#options.read(item.assetId)
    if (this.#current !== current) return
    if (bytes?.length === item.size) {
      current.bytes = bytes
      return this.#sendPieces()
    }
    // It is not on this device any more: whoever has it will be asked.
    this.#remove(item)
    this.#next()
  }

  #refused(item: Waiting, code: string): void {
    const current = this.#current
    // Answers to pieces of an earlier attempt come before the answer to the offer.
    if (current?.item === item && !current.wanted && code === 'upload-unknown') return
    if (!PASSING.has(code)) {
      this.#remove(item)
      this.#options.onRefused(item.assetId, isErrorCode(code) ? code : 'storage-failed')
      return
    }
    if (current?.item === item) this.#current = undefined
    item.notBefore = this.#options.clock.now() + REFUSED_RETRY_MS
  }

  #remove(item: Waiting): void {
    this.#waiting.delete(item.assetId)
    if (this.#current?.item === item) this.#current = undefined
    this.#count()
  }

  #next(): void {
    if (this.#link === undefined || this.#current !== undefined) return
    this.#cancelRetry?.()
    const now = this.#options.clock.now()
    const items = [...this.#waiting.values()]
    const item = items.find(({ notBefore }) => notBefore <= now)
    if (item !== undefined) {
      this.#current = { item, bytes: undefined, sent: 0, wanted: false }
      this.#link.send({ type: 'assetOffer', assetId: item.assetId, size: item.size })
    } else if (items.length > 0) {
      const first = Math.min(...items.map(({ notBefore }) => notBefore))
      this.#cancelRetry = this.#options.clock.after(first - now, () => this.#next())
    }
  }

  #sendPieces(): void {
    const { item, bytes } = this.#current ?? {}
    if (this.#current === undefined || item === undefined || bytes === undefined) return
    const count = pieceCountOf(item.size)
    while (this.#current.sent < count && this.#current.sent - item.acknowledged < WINDOW) {
      if (this.#link === undefined) return
      if (this.#link.bufferedAmount > MAX_BUFFERED_BYTES) {
        this.#cancelFull?.()
        this.#cancelFull = this.#options.clock.after(FULL_RETRY_MS, () => this.#sendPieces())
        return
      }
      const index = this.#current.sent
      this.#current.sent += 1
      const data = base64.encode(pieceOf(bytes, index))
      this.#link.send({ type: 'assetPiece', assetId: item.assetId, index, data })
    }
  }

  #count(): void {
    let bytes = 0
    for (const { size, acknowledged } of this.#waiting.values())
      bytes += Math.ceil(size * (1 - acknowledged / pieceCountOf(size)))
    this.unsentBytes.set(bytes)
    this.unsentCount.set(this.#waiting.size)
  }
}
