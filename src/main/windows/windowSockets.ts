import { WebSocket } from 'ws'
import type { Logger } from '../../server/logger'
import { MAX_FRAME_LENGTH, type SocketEvent, type SocketRequest } from '../../shared/ipc/sockets'
import type { Audience } from '../../shared/identity/audience'
import type { HostAddress } from '../../shared/socket'
import { dialHost } from '../network/dialHost'

/** Sockets one window may have: rooms it shows, with room for attempts that hang. */
const MAX_SOCKETS = 32

/** What fits into a close frame beside the code. */
const MAX_REASON_BYTES = 123

/** Close code for what did not connect or was cut, as in browsers. */
const ABNORMAL = 1006
const GOING_AWAY = 1001

/** A connection: being dialled, then open. */
type WindowSocket = { readonly giveUp: () => void } | WebSocket

/** The WebSockets that main has open for one page load. */
export class WindowSockets {
  readonly #sockets = new Map<number, WindowSocket>()
  /** Whom logins over the open ones are meant for. */
  readonly #audiences = new Map<number, Audience>()
  #ended = false

  constructor(
    private readonly emit: (event: SocketEvent) => void,
    private readonly log: Logger,
  ) {}

  request(request: SocketRequest): void {
    if (this.#ended) return
    switch (request.type) {
      case 'open':
        return this.#open(request.socketId, request)
      case 'send':
        return this.#send(request.socketId, request.frame)
      case 'close':
        return this.#close(request.socketId, request.code, request.reason)
    }
  }

  /** Whether one of them is open to an audience: only for that are logins signed. */
  isOpenTo(audience: Audience): boolean {
    return [...this.#audiences.values()].includes(audience)
  }

  /** Closes everything; nothing more is reported. */
  end(): void {
    this.#ended = true
    for (const socket of this.#sockets.values()) {
      if (socket instanceof WebSocket) socket.close(GOING_AWAY)
      else socket.giveUp()
    }
    this.#sockets.clear()
    this.#audiences.clear()
  }

  #open(socketId: number, { urls, fingerprint }: HostAddress): void {
    if (this.#sockets.has(socketId)) return
    if (this.#sockets.size >= MAX_SOCKETS) {
      this.emit({ type: 'closed', socketId, code: ABNORMAL, reason: 'too many sockets' })
      return
    }
    const giveUp = dialHost(
      { urls, fingerprint },
      {
        opened: (webSocket, audience) => this.#opened(socketId, webSocket, audience),
        failed: (code, reason) => {
          this.log.debug({ urls, code, reason }, 'a host could not be reached')
          this.#closed(socketId, code, reason)
        },
      },
      { maxPayload: MAX_FRAME_LENGTH },
    )
    this.#sockets.set(socketId, { giveUp })
  }

  #opened(socketId: number, socket: WebSocket, audience: Audience): void {
    this.#sockets.set(socketId, socket)
    this.#audiences.set(socketId, audience)
    socket.on('message', (data, isBinary) => {
      if (isBinary) socket.close(1003, 'text frames only')
      else if (this.#sockets.get(socketId) === socket)
        this.emit({ type: 'received', socketId, frame: data.toString() })
    })
    socket.on('error', (error) => this.log.debug({ err: error }, 'socket error'))
    socket.on('close', (code, reason) => {
      if (this.#sockets.get(socketId) === socket) this.#closed(socketId, code, reason.toString())
    })
    this.emit({ type: 'opened', socketId, audience })
  }

  #closed(socketId: number, code: number, reason: string): void {
    this.#sockets.delete(socketId)
    this.#audiences.delete(socketId)
    this.emit({ type: 'closed', socketId, code, reason })
  }

  #send(socketId: number, frame: string): void {
    const socket = this.#sockets.get(socketId)
    if (!(socket instanceof WebSocket) || socket.readyState !== WebSocket.OPEN) return
    socket.send(frame, () => {
      if (!this.#ended) this.emit({ type: 'flushed', socketId, length: frame.length })
    })
  }

  #close(socketId: number, code: number, reason: string): void {
    const socket = this.#sockets.get(socketId)
    if (socket === undefined) return
    if (socket instanceof WebSocket) {
      socket.close(sendableCode(code), Buffer.byteLength(reason) <= MAX_REASON_BYTES ? reason : '')
    } else {
      socket.giveUp()
      this.#closed(socketId, ABNORMAL, 'given up')
    }
  }
}

/** The protocol keeps some codes from being sent; what was meant with them is a normal end. */
function sendableCode(code: number): number {
  return code === 1000 || code >= 3000 ? code : 1000
}
