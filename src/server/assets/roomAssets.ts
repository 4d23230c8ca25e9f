import { AssetError } from '../../shared/assets/assetError'
import { assetTypeOf, checkAssetSize } from '../../shared/assets/inspectAsset'
import { pieceCountOf, pieceLengthOf } from '../../shared/assets/limits'
import { InOrder } from '../../shared/inOrder'
import type { ClientMessageOf } from '../../shared/protocol/clientMessages'
import { InkroomError } from '../../shared/protocol/errors'
import type { ServerMessage } from '../../shared/protocol/serverMessages'
import type { Environment } from '../core/environment'
import type { AssetSession } from './assetSession'
import { AssetUploads, type Upload } from './assetUploads'
import { checkUpload, type Refusal } from './checkUpload'
import { SoughtAssets } from './soughtAssets'

/** Most sought pictures a session is told of when it joins. */
const MAX_TOLD = 500

/** Milliseconds after which a picture that is offered again counts as stored now. 1 hour: few offers write. */
const TOUCH_AFTER_MS = 3_600_000

/** A piece of a stored picture, with the size of the whole. */
export interface GivenPiece {
  readonly size: number
  readonly bytes: Uint8Array
}

/** The pictures of a room: takes uploads, gives pieces, and brings those who seek a picture together with who has it. */
export class RoomAssets {
  readonly #roomId: string
  readonly #environment: Environment
  readonly #tellAll: (message: ServerMessage) => void
  readonly #uploads: AssetUploads
  readonly #sought: SoughtAssets
  /** Whatever changes uploads, one after another. */
  readonly #changes = new InOrder()

  constructor(roomId: string, environment: Environment, tellAll: (message: ServerMessage) => void) {
    const { store, limits, clock } = environment
    this.#roomId = roomId
    this.#environment = environment
    this.#tellAll = tellAll
    this.#uploads = new AssetUploads(store.assets, roomId, limits, () => clock.now())
    this.#sought = new SoughtAssets(limits.maxSoughtAssets)
  }

  /** Tells a session that has joined what others seek. */
  welcome(session: AssetSession): void {
    for (const assetId of this.#sought.list(MAX_TOLD)) session.send({ type: 'assetSought', assetId })
  }

  /** Answers an offer. Throws what the store throws. */
  offer(session: AssetSession, message: ClientMessageOf<'assetOffer'>): Promise<void> {
    return this.#change(() => this.#offer(session, message))
  }

  /** Takes a piece. Throws what the store throws. */
  piece(session: AssetSession, message: ClientMessageOf<'assetPiece'>): Promise<void> {
    return this.#change(() => this.#piece(session, message))
  }

  /** A piece, or undefined where the room does not have the picture. Throws InkroomError `out-of-turn` where it has no such piece. */
  async read(assetId: string, index: number): Promise<GivenPiece | undefined> {
    const { assets } = this.#environment.store
    const asset = await assets.findAsset(this.#roomId, assetId)
    if (asset === undefined) return undefined
    if (index >= pieceCountOf(asset.size))
      throw new InkroomError('out-of-turn', `the picture has no piece ${index}`)
    const bytes = await assets.readPiece(this.#roomId, assetId, index)
    if (bytes?.length !== pieceLengthOf(asset.size, index))
      throw new Error(`piece ${index} of picture ${assetId} is not what was stored`)
    return { size: asset.size, bytes }
  }

  /** A session was told that the room does not have a picture: it hears when that changes. */
  seek(session: AssetSession, assetId: string): void {
    if (this.#sought.add(session, assetId)) this.#tellAll({ type: 'assetSought', assetId })
  }

  leave(session: AssetSession): void {
    this.#uploads.leave(session)
    this.#sought.leave(session)
  }

  /** Drops uploads that nobody goes on with. */
  tidy(): Promise<void> {
    return this.#change(() => this.#uploads.dropStale())
  }

  #change(task: () => Promise<void>): Promise<void> {
    return this.#changes.run(async () => {
      try {
        await task()
      } catch (error) {
        this.#uploads.reload()
        throw error
      }
    })
  }

  async #offer(session: AssetSession, message: ClientMessageOf<'assetOffer'>): Promise<void> {
    const { assetId, size } = message
    const { store, clock } = this.#environment
    const stored = await store.assets.findAsset(this.#roomId, assetId)
    if (stored !== undefined) {
      // A board will name it once more; what none names is deleted some time after it was stored.
      if (clock.now() - stored.time > TOUCH_AFTER_MS)
        await store.assets.touchAsset(this.#roomId, assetId, clock.now())
      return session.send({ type: 'assetStored', assetId })
    }
    const key = { assetId, deviceId: session.deviceId }
    let upload = await this.#uploads.find(key)
    if (upload !== undefined && upload.size !== size) {
      await this.#end(upload, { code: 'upload-unknown', detail: 'offered anew with another size' })
      upload = undefined
    }
    if (upload === undefined) {
      const refusal = await this.#refusalOf(size)
      if (refusal !== undefined) return refuse(session, assetId, refusal)
      const begun = await this.#uploads.begin(key, size)
      if (begun === undefined) {
        const detail = 'as many pictures as may be are being uploaded to this room'
        return refuse(session, assetId, { code: 'too-many-uploads', detail })
      }
      for (const { sessions, assetId: other } of begun.dropped) {
        const dropped = { code: 'upload-unknown', detail: 'dropped for another upload' } as const
        for (const each of sessions) refuse(each, other, dropped)
      }
      upload = begun.upload
    }
    upload.sessions.add(session)
    // Complete already: the server ended before it had checked it.
    if (this.#uploads.isComplete(upload)) return this.#finish(upload)
    session.send({ type: 'assetWanted', assetId, index: upload.pieces })
  }

  async #refusalOf(size: number): Promise<Refusal | undefined> {
    try {
      checkAssetSize(size)
    } catch (error) {
      if (!(error instanceof AssetError)) throw error
      return { code: error.code, detail: error.message }
    }
    const { store, limits } = this.#environment
    const stored = await store.assets.assetUsage(this.#roomId)
    const offered = await this.#uploads.offered()
    const bytes = stored.bytes + offered.bytes + size
    if (stored.count + offered.count < limits.maxAssetsPerRoom && bytes <= limits.maxAssetBytesPerRoom)
      return undefined
    const detail = `a room has at most ${limits.maxAssetsPerRoom} pictures of ${limits.maxAssetBytesPerRoom} bytes`
    return { code: 'too-many-assets', detail }
  }

  async #piece(session: AssetSession, message: ClientMessageOf<'assetPiece'>): Promise<void> {
    const { assetId, index, data } = message
    const upload = await this.#uploads.find({ assetId, deviceId: session.deviceId })
    if (upload === undefined) {
      // Pieces that were on their way when the picture was stored are of no use any more, and no fault.
      const isStored = await this.#environment.store.assets.findAsset(this.#roomId, assetId)
      if (isStored !== undefined) return session.send({ type: 'assetStored', assetId })
      return refuse(session, assetId, { code: 'upload-unknown', detail: 'offer the picture first' })
    }
    // Two windows of one device may upload the same picture.
    if (index < upload.pieces) return session.send({ type: 'assetWanted', assetId, index: upload.pieces })
    const bytes = Buffer.from(data, 'base64')
    const refusal = refusalOfPiece(upload, index, bytes)
    if (refusal !== undefined) return this.#end(upload, refusal)
    await this.#uploads.append(upload, bytes)
    if (this.#uploads.isComplete(upload)) await this.#finish(upload)
    else session.send({ type: 'assetWanted', assetId, index: upload.pieces })
  }

  async #finish(upload: Upload): Promise<void> {
    const { store, clock, defer, assetChecks } = this.#environment
    const { assetId } = upload
    const refusal = await assetChecks.run(() =>
      checkUpload({
        assetId,
        size: upload.size,
        readPiece: (index) => store.assets.readUploadPiece(this.#roomId, upload, index),
        pause: () => new Promise((resolve) => defer(resolve)),
      }),
    )
    if (refusal !== undefined) return this.#end(upload, refusal)
    const uploaders = (await this.#uploads.of(assetId)).flatMap(({ sessions }) => [...sessions])
    await store.assets.finishUpload(this.#roomId, upload, clock.now())
    await this.#uploads.forget(assetId)
    for (const session of new Set([...uploaders, ...this.#sought.take(assetId)])) {
      session.send({ type: 'assetStored', assetId })
    }
  }

  async #end(upload: Upload, refusal: Refusal): Promise<void> {
    await this.#uploads.drop(upload)
    for (const session of upload.sessions) refuse(session, upload.assetId, refusal)
  }
}

function refusalOfPiece({ pieces, size }: Upload, index: number, bytes: Uint8Array): Refusal | undefined {
  if (index !== pieces)
    return { code: 'asset-damaged', detail: `piece ${index} came, piece ${pieces} is the next` }
  if (bytes.length !== pieceLengthOf(size, index))
    return { code: 'asset-damaged', detail: `piece ${index} has ${bytes.length} bytes` }
  if (index === 0 && assetTypeOf(bytes) === undefined)
    return { code: 'asset-not-an-image', detail: 'the bytes begin no picture' }
  return undefined
}

function refuse(session: AssetSession, assetId: string, { code, detail }: Refusal): void {
  session.send({ type: 'assetRefused', assetId, code, detail })
}
