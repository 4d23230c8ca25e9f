import { WebSocket } from 'ws'
import type { Dial, Socket, SocketListener } from '../../../src/shared/socket'

/** Milliseconds until a connection that does not open counts as failed. */
const HANDSHAKE_TIMEOUT_MS = 10_000

/** Codes a client may close with; others mean a normal end. */
const isSendable = (code: number): boolean => code === 1000 || (code >= 3000 && code <= 4999)

/** Connects to the first address with the `ws` package, as the desktop app's main process does. */
export const webSocketDial: Dial = ({ urls: [url = ''] }, listener) =>
  new NodeSocket(new WebSocket(url, OPTIONS), listener)

const OPTIONS = {
  handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  perMessageDeflate: false,
  maxPayload: 64 * 1024 * 1024,
}

class NodeSocket implements Socket {
  readonly #webSocket: WebSocket
  /** The engine has closed it, or it has been told of the end. */
  #ended = false

  constructor(webSocket: WebSocket, listener: SocketListener) {
    this.#webSocket = webSocket
    webSocket.on('open', () => {
      if (!this.#ended) listener.opened()
    })
    webSocket.on('message', (data: Buffer) => {
      if (!this.#ended) listener.received(data.toString('utf8'))
    })
    // What is wrong is followed by `close`.
    webSocket.on('error', () => undefined)
    webSocket.on('close', (code, reason) => {
      if (this.#ended) return
      this.#ended = true
      listener.closed(code, reason.toString('utf8'))
    })
  }

  get bufferedAmount(): number {
    return this.#webSocket.bufferedAmount
  }

  send(frame: string): void {
    if (this.#webSocket.readyState === WebSocket.OPEN) this.#webSocket.send(frame)
  }

  close(code: number, reason: string): void {
    this.#ended = true
    if (this.#webSocket.readyState === WebSocket.CONNECTING) this.#webSocket.terminate()
    else this.#webSocket.close(isSendable(code) ? code : 1000, reason)
  }
}
