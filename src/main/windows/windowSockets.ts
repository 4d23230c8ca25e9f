import { WebSocket } from 'ws'
import type { Logger } from '../../server/logger'
import { MAX_FRAME_LENGTH, type SocketEvent, type SocketRequest } from '../../shared/ipc/sockets'

/** How long a connection may take to open, milliseconds. */
const HANDSHAKE_TIMEOUT_MS = 10_000

/** Sockets one window may have: rooms it shows, with room for attempts that hang. */
const MAX_SOCKETS = 32

/** What fits into a close frame beside the code. */
const MAX_REASON_BYTES = 123

/** Close code for what did not connect or was cut, as in browsers. */
const ABNORMAL = 1006
const GOING_AWAY = 1001

/** The WebSockets that main has open for one page load. */
export class WindowSockets {
  readonly #sockets = new Map<number, WebSocket>()
  #ended = false

  constructor(
    private readonly emit: (event: SocketEvent) => void,
    private readonly log: Logger,
  ) {}

  request(request: SocketRequest): void {
    if (this.#ended) return
    switch (request.type) {
      case 'open':
        return this.#open(request.socketId, request.urls[0] ?? '')
      case 'send':
        return this.#send(request.socketId, request.frame)
      case 'close':
        return this.#close(request.socketId, request.code, request.reason)
    }
  }

  /** Closes everything; nothing more is reported. */
  end(): void {
    this.#ended = true
    for (const socket of this.#sockets.values()) {
      if (socket.readyState === WebSocket.OPEN) socket.close(GOING_AWAY)
      else socket.terminate()
    }
    this.#sockets.clear()
  }

  #open(socketId: number, url: string): void {
    if (this.#sockets.has(socketId)) return
    const refusal = this.#sockets.size >= MAX_SOCKETS ? 'too many sockets' : refusalOf(url)
    if (refusal !== undefined) {
      this.emit({ type: 'closed', socketId, code: ABNORMAL, reason: refusal })
      return
    }
    const socket = new WebSocket(url, {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      maxPayload: MAX_FRAME_LENGTH,
      // Frames are small or already dense; compressing them costs more time than it saves on a local network.
      perMessageDeflate: false,
      followRedirects: false,
    })
    this.#sockets.set(socketId, socket)
    const tell = (event: SocketEvent): void => {
      if (this.#sockets.get(socketId) === socket) this.emit(event)
    }
    socket.on('open', () => {
      tell({ type: 'opened', socketId })
    })
    socket.on('message', (data, isBinary) => {
      if (isBinary) socket.close(1003, 'text frames only')
      else tell({ type: 'received', socketId, frame: data.toString() })
    })
    socket.on('error', (error) => this.log.debug({ err: error, url }, 'socket error'))
    socket.on('close', (code, reason) => {
      tell({ type: 'closed', socketId, code, reason: reason.toString() })
      if (this.#sockets.get(socketId) === socket) this.#sockets.delete(socketId)
    })
  }

  #send(socketId: number, frame: string): void {
    const socket = this.#sockets.get(socketId)
    if (socket?.readyState !== WebSocket.OPEN) return
    socket.send(frame, () => {
      if (!this.#ended) this.emit({ type: 'flushed', socketId, length: frame.length })
    })
  }

  #close(socketId: number, code: number, reason: string): void {
    const socket = this.#sockets.get(socketId)
    if (socket === undefined) return
    if (socket.readyState === WebSocket.CONNECTING) socket.terminate()
    else socket.close(sendableCode(code), Buffer.byteLength(reason) <= MAX_REASON_BYTES ? reason : '')
  }
}

function refusalOf(url: string): string | undefined {
  if (!URL.canParse(url)) return 'not an address'
  const { protocol, username, password } = new URL(url)
  if (protocol !== 'ws:' && protocol !== 'wss:') return 'not a WebSocket address'
  return username === '' && password === '' ? undefined : 'an address with a password'
}

/** The protocol keeps some codes from being sent; what was meant with them is a normal end. */
function sendableCode(code: number): number {
  return code === 1000 || code >= 3000 ? code : 1000
}
