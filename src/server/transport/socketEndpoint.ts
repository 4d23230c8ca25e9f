import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Socket as TcpSocket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import type { Clock } from '../../shared/clock'
import { closeCodeOf, type ErrorCode } from '../../shared/protocol/errors'
import type { RoomServer } from '../core/roomServer'
import type { Logger } from '../logger'
import { audiencesOf, type KnownAs } from './audiences'
import { Liveness } from './liveness'
import { Pace } from './pace'
import { isAllowedOrigin } from './requestOrigin'
import type { TransportLimits } from './transportLimits'
import { UnfinishedMessages } from './unfinishedMessages'
import { WsSocket } from './wsSocket'

export interface SocketEndpointOptions {
  readonly roomServer: Pick<RoomServer, 'accept'>
  readonly limits: TransportLimits
  readonly publicOrigins: readonly string[]
  /** By what else than its certificates and addresses clients know this server. */
  readonly audiences: KnownAs
  readonly clock: Clock
  readonly logger: Logger
}

/** Turns upgrade requests into connections of the room server, and watches that they live. */
export class SocketEndpoint {
  private readonly options: SocketEndpointOptions
  private readonly webSocketServer: WebSocketServer
  private readonly unfinished: UnfinishedMessages<WsSocket>
  private readonly unencrypted = new Set<WsSocket>()
  private accepted = 0
  private refusing = false

  constructor(options: SocketEndpointOptions) {
    this.options = options
    this.unfinished = new UnfinishedMessages(options.limits.maxUnfinishedBytes, (socket) => {
      options.logger.warn({}, 'A connection is cut: too many messages have begun and not ended.')
      refuse(socket, 'rate-limited', 'too many messages have begun and not ended')
    })
    // A constant of its own, because the types of `ws` do not know `closeTimeout` yet.
    const settings = {
      noServer: true,
      maxPayload: options.limits.maxFrameBytes,
      closeTimeout: options.limits.closeTimeoutMs,
      // Compressing would cost each receiver of a broadcast its own pass and about 300 kB of memory, to save
      // bandwidth that a local network has.
      perMessageDeflate: false,
    }
    this.webSocketServer = new WebSocketServer(settings)
  }

  /** Connections the room server has now. */
  get connections(): number {
    return this.accepted
  }

  /** Refuses new connections from now on. */
  stopAccepting(): void {
    this.refusing = true
  }

  /** Ends the connections that are not encrypted, and says why. */
  closeUnencrypted(): void {
    for (const socket of this.unencrypted)
      refuse(socket, 'encryption-needed', 'the host encrypts from now on')
  }

  /** Waits until every connection is closed, and cuts those that are not within the time to close. */
  async close(): Promise<void> {
    this.refusing = true
    const { clients } = this.webSocketServer
    const closings = [...clients].map(
      (client) => new Promise<void>((done) => client.once('close', () => done())),
    )
    for (const client of clients) client.close(closeCodeOf('server-stopping'), 'server-stopping')
    const cancel = this.options.clock.after(this.options.limits.closeTimeoutMs, () => {
      for (const client of clients) client.terminate()
    })
    await Promise.all(closings)
    cancel()
  }

  /** Answers a request to become a WebSocket. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const { publicOrigins, logger, limits } = this.options
    // Until `ws` takes the stream over, nobody else listens for its errors.
    const onError = (error: Error): void =>
      logger.debug({ err: error }, 'A connection failed in its handshake.')
    stream.on('error', onError)
    if (this.refusing) return refuseUpgrade(stream, 503)
    const { origin, host } = request.headers
    if (!isAllowedOrigin(origin, host, publicOrigins, request.socket instanceof TLSSocket)) {
      logger.warn({ origin, host }, 'A page of another origin tried to open a WebSocket.')
      return refuseUpgrade(stream, 403)
    }
    this.webSocketServer.handleUpgrade(request, stream, head, (webSocket) => {
      stream.off('error', onError)
      webSocket.on('error', (error) =>
        logger.info({ err: error }, 'A connection broke the WebSocket protocol.'),
      )
      // A browser hides the status of a refused handshake, so the reason is told inside the WebSocket.
      const socket = new WsSocket(webSocket, request.socket)
      if (this.accepted < limits.maxConnections) this.connect(webSocket, request.socket, socket)
      else refuse(socket, 'too-many-connections', 'the server is full')
    })
  }

  private connect(webSocket: WebSocket, tcp: TcpSocket, socket: WsSocket): void {
    const { roomServer, logger, limits, clock } = this.options
    this.accepted += 1
    if (!(tcp instanceof TLSSocket)) this.unencrypted.add(socket)
    const liveness = new Liveness({
      clock,
      pingEveryMs: limits.pingEveryMs,
      deadAfterMs: limits.deadAfterMs,
      ping: () => webSocket.ping(),
      dead: () => {
        logger.info({ address: tcp.remoteAddress }, 'A connection went silent and is cut.')
        webSocket.terminate()
      },
    })
    const guarded = (task: () => void): void => {
      try {
        task()
      } catch (error) {
        logger.error({ err: error }, 'The room server failed at a connection, which is closed.')
        refuse(socket, 'internal', 'the server failed at this message')
      }
    }
    const pace = new Pace({
      limits,
      clock,
      pause: () => webSocket.pause(),
      resume: () => webSocket.resume(),
      exceeded: () => {
        logger.info({ address: tcp.remoteAddress }, 'A connection sends too much and is cut.')
        refuse(socket, 'rate-limited', 'too many messages at once')
      },
    })
    let listener: ReturnType<RoomServer['accept']> | undefined
    guarded(() => {
      const audiences = audiencesOf(tcp, this.options.audiences)
      listener = roomServer.accept(socket, { audiences, spend: (messages) => pace.message(messages) })
    })
    let bytesBeforeLogin = 0
    tcp.on('data', ({ length }: Buffer) => {
      // Any byte counts: the parts of a large message arrive long before the message is complete.
      liveness.heard()
      if (!socket.open) return
      pace.bytes(length)
      this.unfinished.came(socket, length)
      if (listener?.isLoggedIn === true) return
      bytesBeforeLogin += length
      if (bytesBeforeLogin > limits.maxBytesBeforeLogin) {
        webSocket.pause()
        refuse(socket, 'rate-limited', 'too much before the login')
      }
    })
    const onControl = ({ length }: Buffer): void => {
      pace.message()
      this.unfinished.control(socket, length + CONTROL_HEADER_BYTES)
    }
    webSocket.on('ping', onControl)
    webSocket.on('pong', onControl)
    webSocket.on('message', (data, isBinary) => {
      this.unfinished.finished(socket)
      // What comes after a close was sent before the peer knew of it, and nobody waits for it any more.
      if (!socket.open) return
      pace.message()
      if (isBinary) refuse(socket, 'message-malformed', 'a frame is text, this one is binary')
      else if (socket.open) guarded(() => listener?.received(textOf(data)))
    })
    webSocket.on('close', (code, reason) => {
      this.accepted -= 1
      this.unencrypted.delete(socket)
      this.unfinished.closed(socket)
      pace.stop()
      liveness.stop()
      guarded(() => listener?.closed(code, reason.toString('utf8')))
    })
  }
}

/** Bytes of a ping or pong of a client besides its content: head and mask (RFC 6455 section 5.2). */
const CONTROL_HEADER_BYTES = 6

/** Says why over the WebSocket, then closes it. */
function refuse(socket: WsSocket, code: ErrorCode, detail: string): void {
  socket.send(JSON.stringify({ type: 'error', code, detail }))
  socket.close(closeCodeOf(code) ?? 1000, code)
}

/** Answers a handshake with an HTTP error. */
export function refuseUpgrade(stream: Duplex, status: 403 | 404 | 421 | 426 | 503): void {
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
  stream.once('finish', () => stream.destroy())
}

function textOf(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString('utf8')
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)).toString('utf8')
}
