import { WebSocket } from 'ws'
import { dialHost } from '../../../src/main/network/dialHost'
import type { Audience } from '../../../src/shared/identity/audience'
import type { Dial, HostAddress, Socket, SocketListener } from '../../../src/shared/socket'

/** Codes a client may close with; others mean a normal end. */
const isSendable = (code: number): boolean => code === 1000 || (code >= 3000 && code <= 4999)

/** Bytes of the longest frame that is taken. */
const MAX_PAYLOAD = 64 * 1024 * 1024

/** Connects with the same code as the desktop app's main process: the address that answers first, pinned. */
export const webSocketDial: Dial = (host, listener) => new NodeSocket(host, listener)

class NodeSocket implements Socket {
  readonly #giveUp: () => void
  #webSocket: WebSocket | undefined
  /** The engine has closed it, or it has been told of the end. */
  #ended = false

  constructor(host: HostAddress, listener: SocketListener) {
    const closed = (code: number, reason: string): void => {
      if (this.#ended) return
      this.#ended = true
      listener.closed(code, reason)
    }
    const opened = (webSocket: WebSocket, audience: Audience): void => {
      this.#webSocket = webSocket
      webSocket.on('message', (data: Buffer) => {
        if (!this.#ended) listener.received(data.toString('utf8'))
      })
      // What is wrong is followed by `close`.
      webSocket.on('error', () => undefined)
      webSocket.on('close', (code, reason) => closed(code, reason.toString('utf8')))
      listener.opened(audience)
    }
    this.#giveUp = dialHost(host, { opened, failed: closed }, { maxPayload: MAX_PAYLOAD })
  }

  get bufferedAmount(): number {
    return this.#webSocket?.bufferedAmount ?? 0
  }

  send(frame: string): void {
    if (this.#webSocket?.readyState === WebSocket.OPEN) this.#webSocket.send(frame)
  }

  close(code: number, reason: string): void {
    this.#ended = true
    this.#giveUp()
    this.#webSocket?.close(isSendable(code) ? code : 1000, reason)
  }
}
