import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { hostname } from 'node:os'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import type { Clock } from '../../shared/clock'
import type { RoomServer } from '../core/roomServer'
import type { Logger } from '../logger'
import type { Encryption } from './encryption'
import { FrontDoor } from './frontDoor'
import { isHostHeader, isOwnHost, ownHostNames } from './requestOrigin'
import { answerMisdirected, answerRequest, pathOf, redirectToEncrypted, SOCKET_PATH } from './requests'
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
  /** Origins that lead here unchanged, such as a port that a router forwards. */
  readonly forwardedOrigins?: readonly string[]
  readonly encryption: Encryption
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
  /** Whether anybody has come from another machine. */
  readonly reachedFromOutside: boolean
  /** Whether browsers may come in without encryption. Always true where there is no encryption. */
  readonly plainBrowsers: boolean
  /** Switches that; off ends the connections that are not encrypted. Nothing to switch where there is no encryption. */
  setPlainBrowsers(on: boolean): void
  /** Takes no new connections; those there are go on. */
  stopAccepting(): void
  /** Closes what is still open and gives the port back. */
  close(): Promise<void>
}

/** How often Node looks for requests that exceed their time, milliseconds. */
const TIMEOUT_CHECK_MS = 1_000

/**
 * Serves the browser client, `/health` and the WebSocket at `/socket` on one port, encrypted and not. Throws StartError
 * `port-in-use`, `port-refused` or `address-unavailable`.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host, staticDir, roomServer, clock, logger, encryption } = options
  const { publicOrigins = [], forwardedOrigins = [] } = options
  const limits: TransportLimits = { ...DEFAULT_TRANSPORT_LIMITS, ...options.limits }
  const hostNames = ownHostNames(hostname(), host, [...publicOrigins, ...forwardedOrigins])
  const endpoint = new SocketEndpoint({
    roomServer,
    limits,
    publicOrigins,
    audiences: { hostNames, publicOrigins, forwardedOrigins },
    clock,
    logger,
  })
  const files = staticDir === undefined ? undefined : new StaticFiles(staticDir)
  let stopping = false
  let plainBrowsers = encryption === 'off' || encryption.plainBrowsers
  const isWelcome = ({ socket }: IncomingMessage): boolean => plainBrowsers || socket instanceof TLSSocket

  const isMeant = ({ headers }: IncomingMessage): boolean =>
    isHostHeader(headers.host) && isOwnHost(headers.host, hostNames)

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (!isMeant(request)) return answerMisdirected(request, response)
    if (!isWelcome(request)) return redirectToEncrypted(request, response)
    const health = () => ({ stopping, connections: endpoint.connections })
    answerRequest(request, response, { files, health }).catch((error: unknown) => {
      logger.error({ err: error, path: request.url }, 'A request could not be answered.')
      response.destroy()
    })
  }
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    if (!isMeant(request)) refuseUpgrade(stream, 421)
    else if (!isWelcome(request)) refuseUpgrade(stream, 426)
    else if (pathOf(request) === SOCKET_PATH) endpoint.upgrade(request, stream, head)
    else refuseUpgrade(stream, 404)
  }
  const settings = {
    headersTimeout: limits.handshakeTimeoutMs,
    requestTimeout: Math.max(limits.requestTimeoutMs, limits.handshakeTimeoutMs),
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(TIMEOUT_CHECK_MS, limits.handshakeTimeoutMs),
    maxHeaderSize: limits.maxHeaderBytes,
  }
  const plain = createServer(settings, onRequest).on('upgrade', onUpgrade)
  const secure =
    encryption === 'off'
      ? undefined
      : createSecureServer(
          { ...settings, ...encryption.identity, handshakeTimeout: limits.handshakeTimeoutMs },
          onRequest,
        ).on('upgrade', onUpgrade)
  const door = new FrontDoor({ plain, secure, limits, clock, logger })

  const port = await listen(door.server, host, options.port, options.portSearch)
  door.server.on('error', (error) => logger.error({ err: error }, 'The server met an error while listening.'))
  const closed = new Promise<void>((resolve) => door.server.once('close', resolve))
  const stopAccepting = (): void => {
    if (stopping) return
    stopping = true
    endpoint.stopAccepting()
    door.server.close()
    plain.close()
    secure?.close()
  }
  return {
    host,
    port,
    get connections() {
      return endpoint.connections
    },
    get reachedFromOutside() {
      return door.reachedFromOutside
    },
    get plainBrowsers() {
      return plainBrowsers
    },
    setPlainBrowsers(on) {
      if (encryption === 'off') return
      plainBrowsers = on
      if (!on) endpoint.closeUnencrypted()
    },
    stopAccepting,
    async close() {
      stopAccepting()
      await endpoint.close()
      plain.closeAllConnections()
      secure?.closeAllConnections()
      door.cutAll()
      await closed
    },
  }
}
