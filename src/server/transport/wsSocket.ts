import type { Socket as TcpSocket } from 'node:net'
import { WebSocket } from 'ws'
import type { Socket } from '../../shared/socket'

/** Longest reason of a close, bytes (RFC 6455 section 5.5). */
const MAX_REASON_BYTES = 123

/**
 * A `ws` connection as the room server sees it. Frames that the system does not take yet wait here and not inside `ws`,
 * so that a ping overtakes them: otherwise somebody who reads slowly could not answer in time and would count as gone.
 */
export class WsSocket implements Socket {
  readonly #waiting: Buffer[] = []
  #waitingBytes = 0

  constructor(
    private readonly webSocket: WebSocket,
    private readonly tcp: TcpSocket,
  ) {
    tcp.on('drain', () => this.#sendWaiting(() => tcp.writableNeedDrain))
  }

  /** True until one of the two sides has begun to close. */
  get open(): boolean {
    return this.webSocket.readyState === WebSocket.OPEN
  }

  send(frame: string): void {
    if (!this.open) return
    const bytes = encode(frame)
    if (this.#waiting.length === 0 && !this.tcp.writableNeedDrain) {
      this.webSocket.send(bytes, { binary: false })
      return
    }
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
  }

  close(code: number, reason: string): void {
    this.#sendWaiting(() => false)
    if (this.open) this.webSocket.close(code, shorten(reason))
  }

  get bufferedAmount(): number {
    return this.webSocket.bufferedAmount + this.#waitingBytes
  }

  #sendWaiting(isFull: () => boolean): void {
    while (this.open && this.#waiting.length > 0 && !isFull()) {
      const bytes = this.#waiting.shift() ?? NOTHING
      this.#waitingBytes -= bytes.length
      this.webSocket.send(bytes, { binary: false })
    }
  }
}

const NOTHING = Buffer.alloc(0)
let lastFrame = ''
let lastBytes = NOTHING

/**
 * A frame in UTF-8. A broadcast sends one string to many sockets one after the other, so the last result is kept:
 * comparing a string with itself costs nothing, encoding it again for each receiver does.
 */
function encode(frame: string): Buffer {
  if (frame !== lastFrame) {
    lastBytes = Buffer.from(frame, 'utf8')
    lastFrame = frame
  }
  return lastBytes
}

/** Cuts a text to what a close frame holds, never inside a character. */
function shorten(reason: string): string {
  const bytes = Buffer.from(reason, 'utf8')
  if (bytes.length <= MAX_REASON_BYTES) return reason
  let end = MAX_REASON_BYTES
  while (end > 0 && isContinuation(bytes[end])) end -= 1
  return bytes.toString('utf8', 0, end)
}

/** Whether a byte is the second or a later one of its character. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}
