import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Clock } from '../../shared/clock'
import type { RoomServer } from '../core/roomServer'
import type { Logger } from '../logger'
import { answerRequest, pathOf, SOCKET_PATH } from './requests'
import { listen } from './listen'
import { refuseUpgrade, SocketEndpoint } from './socketEndpoint'
import { StaticFiles } from './staticFiles'
import { DEFAULT_TRANSPORT_LIMITS, type TransportLimits } from './transportLimits'

export interface HttpServerOptions {
  /** Address to listen on; 0.0.0.0 for all of IPv4, :: for all. */
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  /** How many ports after `port` are tried where it is taken. */
  readonly portSearch: number
  /** Folder with the build of the browser client; undefined serves no client, only the WebSocket. */
  readonly staticDir: string | undefined
  /** Origins under which people reach this server through a proxy, such as `https://rooms.example.org`. */
  readonly publicOrigins?: readonly string[]
  readonly roomServer: Pick<RoomServer, 'accept'>
  readonly limits?: Partial<TransportLimits>
  readonly clock: Clock
  readonly logger: Logger
}

export interface HttpServer {
  readonly host: string
  /** The port it listens on. */
  readonly port: number
  /** WebSockets the room server has now. */
  readonly connections: number
  /** Takes no new connections; those there are go on. */
  stopAccepting(): void
  /** Closes what is still open and gives the port back. */
  close(): Promise<void>
}

/** How often Node looks for requests that exceed their time, milliseconds. */
const TIMEOUT_CHECK_MS = 1_000

/**
 * Serves the browser client, `/health` and the WebSocket at `/socket` on one port. Throws StartError
 * `port-in-use`, `port-refused` or `address-unavailable`.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host, staticDir, roomServer, clock, logger, publicOrigins = [] } = options
  const limits: TransportLimits = { ...DEFAULT_TRANSPORT_LIMITS, ...options.limits }
  const endpoint = new SocketEndpoint({ roomServer, limits, publicOrigins, clock, logger })
  const files = staticDir === undefined ? undefined : new StaticFiles(staticDir)
  let stopping = false

  const server = createServer(
    {
      headersTimeout: limits.handshakeTimeoutMs,
      requestTimeout: Math.max(limits.requestTimeoutMs, limits.handshakeTimeoutMs),
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      connectionsCheckingInterval: Math.min(TIMEOUT_CHECK_MS, limits.handshakeTimeoutMs),
      maxHeaderSize: limits.maxHeaderBytes,
    },
    (request: IncomingMessage, response: ServerResponse) => {
      const health = () => ({ stopping, connections: endpoint.connections })
      answerRequest(request, response, { files, health }).catch((error: unknown) => {
        logger.error({ err: error, path: request.url }, 'A request could not be answered.')
        response.destroy()
      })
    },
  )
  server.maxConnections = limits.maxTcpConnections
  server.on('upgrade', (request, stream, head) => {
    if (pathOf(request) === SOCKET_PATH) endpoint.upgrade(request, stream, head)
    else refuseUpgrade(stream, 404)
  })
  server.on('drop', () =>
    logger.warn({ limit: limits.maxTcpConnections }, 'A connection was dropped: too many.'),
  )

  const port = await listen(server, host, options.port, options.portSearch)
  server.on('error', (error) => logger.error({ err: error }, 'The server met an error while listening.'))
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  const stopAccepting = (): void => {
    if (stopping) return
    stopping = true
    endpoint.stopAccepting()
    server.close()
  }
  return {
    host,
    port,
    get connections() {
      return endpoint.connections
    },
    stopAccepting,
    async close() {
      stopAccepting()
      await endpoint.close()
      server.closeAllConnections()
      await closed
    },
  }
}
