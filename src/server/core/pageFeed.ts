import type { Clock } from '../../shared/clock'
import type { Socket } from '../../shared/socket'
import type { ServerMessage } from '../../shared/protocol/serverMessages'
import type { StoredUpdate } from '../storage/roomStore'
import { encodeUpdates, type UpdateFrame } from './updateFrames'

/** Milliseconds until a receiver that reads slowly is looked at again. */
const RETRY_MS = 20
/** Milliseconds until the log is read again after reading it failed. */
const RETRY_READING_MS = 5_000

export interface PageFeedOptions {
  readonly pageId: string
  readonly sessionId: string
  readonly socket: Socket
  readonly clock: Clock
  readonly maxBufferedBytes: number
  readonly pieceLength: number
  /** Newest version and its signature. */
  readonly head: () => { version: number; signature: string | undefined }
  /** Updates after a version, at most a few hundred; from memory at once or from the store. */
  readonly readAfter: (version: number) => readonly StoredUpdate[] | Promise<readonly StoredUpdate[]>
  /** The receiver has everything: presence may follow. */
  readonly onLive: () => void
  /** The log no longer reaches back to what was sent last: the page has to be opened anew. */
  readonly onGap: () => void
  readonly onError: (error: unknown) => void
}

/**
 * One session's subscription of one page: everything after a version, in order, without gaps, as fast as the
 * receiver reads. A receiver whose socket backs up is not sent to; it catches up from the log later, so a slow
 * phone costs the server no memory.
 */
export class PageFeed {
  readonly sessionId: string
  readonly #options: PageFeedOptions
  #sent: number
  /** Snapshot pieces still to be sent. */
  #pieces: string[]
  #pumping = false
  #closed = false
  #live = false
  /** Set while the next look at the receiver is due at a time. */
  #cancelRetry: (() => void) | undefined

  /** Starts after version `from`, once `pieces` (frames of a snapshot of that version) are sent. */
  constructor(options: PageFeedOptions, from: number, pieces: readonly string[]) {
    this.#options = options
    this.sessionId = options.sessionId
    this.#sent = from
    this.#pieces = [...pieces]
  }

  /** True while the receiver has been sent everything committed. */
  get live(): boolean {
    return this.#live
  }

  /** Version up to which the receiver has been sent updates. */
  get sent(): number {
    return this.#sent
  }

  start(): void {
    void this.#pump()
  }

  /** Sends a batch at once where the receiver is up to date and reading, else catches up. */
  push(frames: readonly UpdateFrame[], from: number, to: number): void {
    if (this.#live && this.#sent === from && !this.#congested) {
      for (const frame of frames) this.#options.socket.send(frame.text)
      this.#sent = to
    } else {
      this.#live = false
      void this.#pump()
    }
  }

  /** Sends a message that may be left out when the receiver is behind, such as presence. */
  sendIfLive(frame: string): void {
    if (this.#live && !this.#congested) this.#options.socket.send(frame)
  }

  close(): void {
    this.#closed = true
    this.#live = false
    this.#cancelRetry?.()
  }

  get #congested(): boolean {
    return this.#options.socket.bufferedAmount > this.#options.maxBufferedBytes
  }

  async #pump(): Promise<void> {
    if (this.#pumping || this.#closed || this.#cancelRetry !== undefined) return
    this.#pumping = true
    try {
      await this.#sendWaiting()
    } catch (error) {
      this.#options.onError(error)
      this.#retryIn(RETRY_READING_MS)
    } finally {
      this.#pumping = false
    }
    // A batch that did not fit in may have come between the end of the loop and here.
    if (!this.#live) void this.#pump()
  }

  #retryIn(ms: number): void {
    if (this.#closed) return
    this.#cancelRetry = this.#options.clock.after(ms, () => {
      this.#cancelRetry = undefined
      void this.#pump()
    })
  }

  /** Sends until the receiver has everything, is congested (then looks again later) or the feed is closed. */
  async #sendWaiting(): Promise<void> {
    const { socket, head, readAfter } = this.#options
    while (!this.#closed) {
      if (this.#congested) return this.#retryIn(RETRY_MS)
      const piece = this.#pieces.shift()
      if (piece !== undefined) {
        socket.send(piece)
        continue
      }
      const { version, signature } = head()
      if (this.#sent >= version) {
        this.#live = true
        this.#options.onLive()
        return
      }
      const read = readAfter(this.#sent)
      this.#sendUpdates(read instanceof Promise ? await read : read, version, signature)
    }
  }

  /** Sends updates from the log, as many as the receiver takes. `signature` is of the head. */
  #sendUpdates(updates: readonly StoredUpdate[], headVersion: number, signature: string | undefined): void {
    const { socket, pageId, pieceLength } = this.#options
    if (this.#closed) return
    if (updates[0]?.version !== this.#sent + 1) {
      this.close()
      this.#options.onGap()
      return
    }
    const reachesHead = updates.at(-1)?.version === headVersion
    for (const frame of encodeUpdates(pageId, updates, reachesHead ? signature : undefined, pieceLength)) {
      if (this.#congested) return
      socket.send(frame.text)
      this.#sent = frame.to
    }
  }
}

/** The frames of a snapshot, in pieces that never split a surrogate pair. */
export function encodeSnapshot(pageId: string, text: string, pieceLength: number): string[] {
  const starts: number[] = []
  for (let at = 0; at < text.length || at === 0; at = nextStart(text, at, pieceLength)) starts.push(at)
  return starts.map((start, index) => {
    const message: ServerMessage = {
      type: 'snapshot',
      pageId,
      index,
      count: starts.length,
      text: text.slice(start, starts[index + 1] ?? text.length),
    }
    return JSON.stringify(message)
  })
}

function nextStart(text: string, at: number, pieceLength: number): number {
  const end = at + pieceLength
  const splitsPair = end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))
  return splitsPair ? end - 1 : end
}
