import { AssetError } from '../../shared/assets/assetError'
import { assetIdOf } from '../../shared/assets/assetIdOf'
import { assetTypeOf, inspectAsset } from '../../shared/assets/inspectAsset'
import type { AssetCache } from '../../shared/cache/assetCache'
import type { Clock } from '../../shared/clock'
import { errorText } from '../../shared/errorText'
import type { ErrorCode } from '../../shared/protocol/errors'
import { hashSchema } from '../../shared/protocol/values'
import type { AssetClient, AssetState } from '../api'
import type { Observable } from '../observable'
import { AssetDownloads } from './assetDownloads'
import { AssetHandle } from './assetHandle'
import type { AssetLink, AssetMessage } from './assetLink'
import { AssetUploads } from './assetUploads'
import { SoughtByOthers } from './soughtByOthers'

/** Milliseconds that the bytes of a picture stay in memory when nobody watches it any more. */
const SLEEP_AFTER_MS = 10_000
/** Milliseconds until a picture that the server could not read is asked for again. */
const FAILED_RETRY_MS = 10_000

export interface AssetEngineOptions {
  readonly roomId: string
  readonly cache: AssetCache
  readonly clock: Clock
  /** Told of errors that no state shows. */
  readonly onError: (error: unknown) => void
}

/** The pictures of one room in one window. */
export class AssetEngine implements AssetClient {
  readonly #options: AssetEngineOptions
  readonly #handles = new Map<string, AssetHandle>()
  readonly #uploads: AssetUploads
  readonly #downloads: AssetDownloads
  readonly #sought: SoughtByOthers
  /** What the server would not take on this connection. */
  readonly #refused = new Map<string, ErrorCode>()
  #mayAdd = true
  #ended = false

  constructor(options: AssetEngineOptions) {
    const { clock, onError } = options
    this.#options = options
    this.#uploads = new AssetUploads({
      clock,
      read: (assetId) => this.read(assetId),
      onStored: (assetId) => this.#stored(assetId),
      onProgress: (assetId) => this.#showUpload(assetId),
      onRefused: (assetId, code) => {
        this.#refused.set(assetId, code)
        this.#handles.get(assetId)?.set({ state: 'failed', code })
      },
      onError,
    })
    this.#downloads = new AssetDownloads({
      onProgress: (assetId, progress) => this.#show(assetId, { state: 'loading', progress }),
      onWaiting: (assetId) => this.#show(assetId, { state: 'waiting' }),
      onBytes: (assetId, bytes) => void this.#fetched(assetId, bytes).catch(onError),
      onFailed: (assetId, code) => this.#failed(assetId, code),
    })
    this.#sought = new SoughtByOthers(clock, (assetIds) => void this.#offer(assetIds).catch(onError))
    this.sendUnsent()
  }

  get unsentBytes(): Observable<number> {
    return this.#uploads.unsentBytes
  }

  /** Pictures that are still to be sent. */
  get unsentCount(): Observable<number> {
    return this.#uploads.unsentCount
  }

  async add(bytes: Uint8Array): Promise<string> {
    const { roomId, cache, clock } = this.#options
    inspectAsset(bytes)
    const copy = bytes.slice()
    const assetId = await assetIdOf(copy, () => this.#pause())
    try {
      await cache.put({ roomId, assetId, bytes: copy, unsent: true, time: clock.now() })
    } catch (error) {
      throw new AssetError('storage-failed', errorText(error), { cause: error })
    }
    this.#downloads.forget(assetId)
    this.#refused.delete(assetId)
    this.#uploads.add(assetId, copy.length)
    this.#showBytes(assetId, copy)
    return assetId
  }

  watch(assetId: string): Observable<AssetState> {
    const known = this.#handles.get(assetId)
    const handle =
      known ??
      new AssetHandle(
        assetId,
        (watched) => this.#wake(watched),
        (unwatched) => this.#sleepLater(unwatched),
      )
    this.#handles.set(assetId, handle)
    this.#wake(handle)
    return handle
  }

  async read(assetId: string): Promise<Uint8Array | undefined> {
    const shown = this.#handles.get(assetId)?.value
    if (shown?.state === 'ready') return shown.bytes
    return this.#options.cache.get(assetId, this.#options.clock.now())
  }

  connected(link: AssetLink): void {
    this.#uploads.connected(link)
    this.#downloads.connected(link)
    // What was refused before may be taken now: there is room again, or this is another server.
    this.#takeUpRefused()
  }

  /** Whether the server takes pictures of this person. */
  setMayAdd(mayAdd: boolean): void {
    if (mayAdd && !this.#mayAdd) this.#takeUpRefused()
    this.#mayAdd = mayAdd
  }

  disconnected(): void {
    this.#uploads.disconnected()
    this.#downloads.disconnected()
  }

  received(message: AssetMessage): void {
    if (message.type === 'assetSought') {
      // Others keep it, too, and one of them may give it.
      if (this.#mayAdd && !this.#uploads.has(message.assetId)) this.#sought.add(message.assetId)
      return
    }
    this.#uploads.received(message)
    this.#downloads.received(message)
  }

  /** Sends what this device keeps unsent for the room: of earlier runs, and of other windows. */
  sendUnsent(): void {
    this.#sendUnsent().catch(this.#options.onError)
  }

  /** The server was restored from a backup: it may have lost pictures as well, so all are offered. */
  serverLostHistory(): void {
    const { cache, roomId, onError } = this.#options
    cache
      .list(roomId)
      .then((kept) =>
        cache.setUnsent(
          roomId,
          kept.map(({ assetId }) => assetId),
          true,
        ),
      )
      .then(() => this.#sendUnsent())
      .catch(onError)
  }

  end(): void {
    this.#ended = true
    this.#sought.end()
    this.disconnected()
  }

  #takeUpRefused(): void {
    const refused = [...this.#refused.keys()]
    this.#refused.clear()
    for (const assetId of refused) this.#reload(assetId)
    this.sendUnsent()
  }

  async #sendUnsent(): Promise<void> {
    const kept = await this.#options.cache.list(this.#options.roomId)
    if (this.#ended) return
    for (const { assetId, size, unsent } of kept)
      if (unsent && !this.#refused.has(assetId)) this.#uploads.add(assetId, size)
  }

  /** Offers those of the pictures that others seek which this device keeps for this room, and no other's. */
  async #offer(assetIds: ReadonlySet<string>): Promise<void> {
    const kept = await this.#options.cache.list(this.#options.roomId)
    if (this.#ended) return
    for (const { assetId, size } of kept) if (assetIds.has(assetId)) this.#uploads.add(assetId, size)
  }

  #wake(handle: AssetHandle): void {
    if (!handle.asleep || this.#ended) return
    handle.asleep = false
    if (hashSchema.safeParse(handle.assetId).success) this.#load(handle).catch(this.#options.onError)
    else handle.set({ state: 'failed', code: 'asset-damaged' })
  }

  async #load(handle: AssetHandle): Promise<void> {
    const { assetId } = handle
    const refused = this.#refused.get(assetId)
    if (refused !== undefined) return handle.set({ state: 'failed', code: refused })
    const { cache, clock, onError } = this.#options
    const bytes = await cache.get(assetId, clock.now()).catch((error: unknown) => {
      onError(error)
      return undefined
    })
    if (this.#ended || handle.asleep || handle.value.state === 'ready') return
    if (bytes === undefined) this.#downloads.want(assetId)
    else this.#showBytes(assetId, bytes)
    if (!handle.isWatched) this.#sleepLater(handle)
  }

  #sleepLater(handle: AssetHandle): void {
    this.#options.clock.after(SLEEP_AFTER_MS, () => {
      if (handle.isWatched || handle.asleep) return
      this.#downloads.forget(handle.assetId)
      handle.fallAsleep()
    })
  }

  #reload(assetId: string): void {
    const handle = this.#handles.get(assetId)
    if (handle === undefined || handle.asleep) return
    handle.fallAsleep()
    this.#wake(handle)
  }

  #stored(assetId: string): void {
    const { cache, roomId, onError } = this.#options
    cache.setUnsent(roomId, [assetId], false).catch(onError)
    this.#showUpload(assetId)
  }

  #showUpload(assetId: string): void {
    const handle = this.#handles.get(assetId)
    if (handle?.value.state !== 'ready') return
    handle.set({ ...handle.value, upload: this.#uploads.progressOf(assetId) })
  }

  /** Shows how a picture that is not here stands; not over one that has come meanwhile. */
  #show(assetId: string, state: AssetState): void {
    const handle = this.#handles.get(assetId)
    if (handle !== undefined && handle.value.state !== 'ready') handle.set(state)
  }

  #showBytes(assetId: string, bytes: Uint8Array): void {
    const handle = this.#handles.get(assetId)
    if (handle === undefined || handle.asleep) return
    const mimeType = assetTypeOf(bytes)
    if (mimeType === undefined) handle.set({ state: 'failed', code: 'asset-damaged' })
    else handle.set({ state: 'ready', bytes, mimeType, upload: this.#uploads.progressOf(assetId) })
  }

  async #fetched(assetId: string, bytes: Uint8Array): Promise<void> {
    const { cache, roomId, clock, onError } = this.#options
    if ((await assetIdOf(bytes, () => this.#pause())) !== assetId)
      return this.#failed(assetId, 'asset-damaged')
    try {
      inspectAsset(bytes)
    } catch (error) {
      if (!(error instanceof AssetError)) throw error
      return this.#failed(assetId, error.code)
    }
    this.#showBytes(assetId, bytes)
    // It is shown also where it cannot be kept; then it is fetched again next time.
    await cache.put({ roomId, assetId, bytes, unsent: false, time: clock.now() }).catch(onError)
  }

  #failed(assetId: string, code: ErrorCode): void {
    this.#show(assetId, { state: 'failed', code })
    if (code !== 'storage-failed') return
    this.#options.clock.after(FAILED_RETRY_MS, () => {
      const handle = this.#handles.get(assetId)
      if (handle?.value.state === 'failed' && handle.isWatched) this.#reload(assetId)
    })
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#options.clock.after(0, resolve))
  }
}
