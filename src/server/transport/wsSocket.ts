import { WebSocket } from 'ws'
import type { Socket } from '../../shared/socket'

/** Longest reason of a close, bytes (RFC 6455 section 5.5). */
const MAX_REASON_BYTES = 123

/** A `ws` connection as the room server sees it. */
export class WsSocket implements Socket {
  constructor(private readonly webSocket: WebSocket) {}

  /** True until one of the two sides has begun to close. */
  get open(): boolean {
    return this.webSocket.readyState === WebSocket.OPEN
  }

  send(frame: string): void {
    if (this.open) this.webSocket.send(encode(frame), { binary: false })
  }

  close(code: number, reason: string): void {
    if (this.open) this.webSocket.close(code, shorten(reason))
  }

  get bufferedAmount(): number {
    return this.webSocket.bufferedAmount
  }
}

let lastFrame = ''
let lastBytes = Buffer.alloc(0)

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
