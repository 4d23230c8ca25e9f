import { MAX_UNANSWERED_ASSET_MESSAGES } from '../../shared/assets/limits'
import type { ClientMessageOf } from '../../shared/protocol/clientMessages'
import { InkroomError } from '../../shared/protocol/errors'
import type { ServerMessage } from '../../shared/protocol/serverMessages'
import type { Socket } from '../../shared/socket'
import type { Environment } from '../core/environment'
import type { AssetSession } from './assetSession'
import type { RoomAssets } from './roomAssets'

/** What the desk needs of the session it belongs to. */
export interface DeskSession {
  readonly socket: Socket
  readonly environment: Environment
  send(message: ServerMessage): void
  /** Tells the client an error; one with a close code ends the connection. */
  fail(error: InkroomError): void
}

/** Milliseconds until a receiver that reads slowly is looked at again. */
const RETRY_MS = 20

/**
 * What one session does with the pictures of its room. Nothing here holds up what else the session sends, and what it
 * may have under way is bounded: pieces are read from the store only when the receiver has read the ones before.
 */
export class AssetDesk implements AssetSession {
  readonly #session: DeskSession
  readonly #assets: RoomAssets
  readonly #mayWrite: () => boolean
  readonly #gets: ClientMessageOf<'assetGet'>[] = []
  #giving = false
  #unanswered = 0
  #ended = false

  /** `mayWrite`: whether the session may add pictures now. */
  constructor(
    session: DeskSession,
    readonly deviceId: string,
    assets: RoomAssets,
    mayWrite: () => boolean,
  ) {
    this.#session = session
    this.#assets = assets
    this.#mayWrite = mayWrite
  }

  send(message: ServerMessage): void {
    if (!this.#ended) this.#session.send(message)
  }

  /** The session has joined, and has been told so. */
  welcome(): void {
    this.#assets.welcome(this)
  }

  /** The session has left: nothing that is still under way is answered. */
  end(): void {
    this.#ended = true
    this.#gets.length = 0
    this.#assets.leave(this)
  }

  offer(message: ClientMessageOf<'assetOffer'>): void {
    this.#take()
    void this.#answer(
      message.assetId,
      this.#upload(message.assetId, () => this.#assets.offer(this, message)),
    )
  }

  piece(message: ClientMessageOf<'assetPiece'>): void {
    this.#take()
    void this.#answer(
      message.assetId,
      this.#upload(message.assetId, () => this.#assets.piece(this, message)),
    )
  }

  get(message: ClientMessageOf<'assetGet'>): void {
    this.#take()
    this.#gets.push(message)
    if (!this.#giving) void this.#giveWaiting()
  }

  /** Throws InkroomError `out-of-turn` where the session has too much under way. */
  #take(): void {
    if (this.#unanswered >= MAX_UNANSWERED_ASSET_MESSAGES) {
      const detail = `at most ${MAX_UNANSWERED_ASSET_MESSAGES} messages about pictures may be unanswered`
      throw new InkroomError('out-of-turn', detail)
    }
    this.#unanswered += 1
  }

  async #upload(assetId: string, upload: () => Promise<void>): Promise<void> {
    if (this.#mayWrite()) return upload()
    const detail = 'this role does not change any page'
    this.send({ type: 'assetRefused', assetId, code: 'not-allowed', detail })
  }

  async #answer(assetId: string, answering: Promise<void>): Promise<void> {
    try {
      await answering
    } catch (error) {
      this.#failed(assetId, error)
    } finally {
      this.#unanswered -= 1
    }
  }

  async #giveWaiting(): Promise<void> {
    const { environment, socket } = this.#session
    this.#giving = true
    for (let next = this.#gets.shift(); next !== undefined; next = this.#gets.shift()) {
      while (socket.bufferedAmount > environment.limits.maxBufferedBytes && !this.#ended) {
        await new Promise<void>((resolve) => environment.clock.after(RETRY_MS, resolve))
      }
      await this.#answer(next.assetId, this.#give(next))
      // One piece at a time for everybody, so that many receivers share what there is.
      await new Promise<void>((resolve) => environment.defer(resolve))
    }
    this.#giving = false
  }

  async #give({ assetId, index }: ClientMessageOf<'assetGet'>): Promise<void> {
    if (this.#ended) return
    const piece = await this.#assets.read(assetId, index)
    if (this.#ended) return
    if (piece === undefined) {
      this.send({ type: 'assetMissing', assetId })
      this.#assets.seek(this, assetId)
      return
    }
    const { size, bytes } = piece
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
    this.send({ type: 'assetPiece', assetId, index, size, data })
  }

  #failed(assetId: string, error: unknown): void {
    if (this.#ended) return
    if (error instanceof InkroomError) return this.#session.fail(error)
    this.#session.environment.logger.error({ err: error, assetId }, 'handling a picture failed')
    const detail = 'the picture cannot be stored or read now'
    this.send({ type: 'assetRefused', assetId, code: 'storage-failed', detail })
  }
}
