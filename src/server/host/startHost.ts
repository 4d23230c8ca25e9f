import type { RoomPolicy } from '../../shared/access/roomAccess'
import type { Clock } from '../../shared/clock'
import { formatRoomLink, roomLinkOfToken } from '../../shared/roomLink'
import { joinLinks, localLink, originsOf, type ListeningPlace } from '../addresses'
import { RoomBundles } from '../bundle/roomBundles'
import { createRoomServer } from '../core/createRoomServer'
import type { RoomCreation } from '../core/environment'
import type { RoomServer } from '../core/roomServer'
import { DEFAULT_LIMITS, type ServerLimits } from '../core/serverLimits'
import { prepareDataFolder } from '../dataFolder'
import type { Logger } from '../logger'
import { createNodeSigner, nodeRandomBytes, nodeSha256Hex } from '../nodeCrypto'
import { systemClock } from '../systemClock'
import type { TlsIdentity } from '../transport/encryption'
import { startHttpServer } from '../transport/httpServer'
import type { TransportLimits } from '../transport/transportLimits'
import { givenCertificate, ownCertificate, type HostCertificate } from './certificate'
import { ListedRooms, type HostDiscovery } from './listedRooms'
import { openStore } from './openStore'

export interface HostOptions {
  /** Folder of the database; made where it is missing. */
  readonly dataFolder: string
  /** Address to listen on; :: for all of this machine's, 0.0.0.0 for those of IPv4. */
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  /** How many ports after `port` are tried where it is taken. */
  readonly portSearch: number
  /** Folder with the build of the browser client, undefined for none. */
  readonly staticDir: string | undefined
  /** Origins of a proxy in front of this server. */
  readonly publicOrigins: readonly string[]
  /** Origins that lead here unchanged, such as a port that a router forwards: browsers may log in there. */
  readonly forwardedOrigins?: readonly string[] | undefined
  readonly encryption: HostEncryption
  readonly roomCreation: RoomCreation
  /** Who comes into rooms whose owner has set nothing else. */
  readonly defaultPolicy: RoomPolicy
  /** How others in the network find its rooms; undefined: they do not. */
  readonly discovery?: HostDiscovery | undefined
  readonly logger: Logger
  readonly limits?: Partial<ServerLimits>
  readonly transportLimits?: Partial<Omit<TransportLimits, 'maxFrameBytes'>>
  readonly clock?: Clock
}

/** Whether a host encrypts, and with which certificate. */
export type HostEncryption =
  /** For this machine alone, and behind a proxy that encrypts. */
  | 'off'
  | {
      /** `own`: made by the host at its first start and kept in its data folder. */
      readonly certificate: 'own' | TlsIdentity
      /** Whether browsers may also come in without encryption. */
      readonly plainBrowsers: boolean
    }

/** A room server that listens. */
export interface Host {
  readonly roomServer: RoomServer
  /** Its rooms as files. */
  readonly bundles: RoomBundles
  readonly host: string
  readonly port: number
  /** SHA-256 of the host's certificate, base64url; undefined where it does not encrypt. */
  readonly fingerprint: string | undefined
  /** WebSockets now. */
  readonly connections: number
  /** Whether anybody has come from another machine. */
  readonly reachedFromOutside: boolean
  /** Whether browsers may come in without encryption. */
  readonly plainBrowsers: boolean
  /** Switches that; off ends the connections that are not encrypted. */
  setPlainBrowsers(on: boolean): void
  /** Origins by which others reach it, best first. Asked anew each time: a laptop changes networks. */
  origins(): string[]
  /** Links by which others find a room, best first. */
  linksOf(roomId: string): string[]
  /**
   * Links with an invite that does not expire, one for each address, best first. `maxUses` null: for any number of devices.
   * Throws InkroomError.
   */
  inviteLinksOf(roomId: string, wish: Parameters<RoomServer['inviteTo']>[1]): Promise<string[]>
  /** Link by which programs on this machine join a room. */
  localLinkOf(roomId: string): string
  /** Lets others in the network find an open room by themselves, or not. */
  setListed(roomId: string, listed: boolean): void
  /** Commits what was submitted, says goodbye to everybody, closes the database and gives the port back. Once. */
  stop(): Promise<void>
}

/**
 * Starts a room server on this machine: storage, rooms and network. The headless server and the desktop app host with
 * it. Throws StartError.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { dataFolder, publicOrigins, roomCreation, defaultPolicy, logger, clock = systemClock } = options
  await prepareDataFolder(dataFolder)
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  let listedRooms: ListedRooms | undefined
  // Known once it listens; nobody asks before.
  let place: ListeningPlace = {
    host: options.host,
    port: options.port,
    fingerprint: undefined,
    publicOrigins,
  }
  const store = openStore(dataFolder)
  const sign = createNodeSigner()
  const roomServer = createRoomServer({
    store,
    clock,
    defer: (task) => void setImmediate(task),
    randomBytes: nodeRandomBytes,
    logger,
    limits,
    roomCreation,
    defaultPolicy,
    place: () => ({
      origins: originsOf(place),
      fingerprint: place.fingerprint,
      isBehindProxy: publicOrigins.length > 0,
    }),
    hash: nodeSha256Hex,
    sign,
    onRoomsChanged: () => listedRooms?.refresh(),
  })
  const listen = async () => {
    const certificate = await certificateOf(options)
    const http = await startHttpServer({
      host: options.host,
      port: options.port,
      portSearch: options.portSearch,
      staticDir: options.staticDir,
      publicOrigins,
      forwardedOrigins: options.forwardedOrigins ?? [],
      encryption:
        options.encryption === 'off' || certificate === undefined
          ? 'off'
          : { identity: certificate, plainBrowsers: options.encryption.plainBrowsers },
      roomServer,
      // One limit, two places: the server greets with it, the transport enforces it.
      limits: { ...options.transportLimits, maxFrameBytes: limits.maxFrameBytes },
      clock,
      logger,
    })
    return { http, fingerprint: certificate?.fingerprint }
  }
  // The database is open already: no other server uses the folder, and none makes a certificate there.
  const { http, fingerprint } = await listen().catch(async (error: unknown) => {
    await roomServer.stop()
    throw error
  })
  place = { host: http.host, port: http.port, fingerprint, publicOrigins }
  if (options.discovery !== undefined) {
    listedRooms = new ListedRooms({
      ...options.discovery,
      roomServer,
      port: http.port,
      fingerprint,
      hostKey: dataFolder,
      clock,
      logger,
    })
    listedRooms.refresh()
  }
  let stopping: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    await listedRooms?.stop()
    http.stopAccepting()
    try {
      await roomServer.stop()
    } finally {
      await http.close()
    }
  }
  const bundles = new RoomBundles({
    store,
    roomServer,
    limits,
    hash: nodeSha256Hex,
    sign,
    now: () => clock.now(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  })
  return {
    roomServer,
    bundles,
    host: http.host,
    port: http.port,
    fingerprint,
    get connections() {
      return http.connections
    },
    get reachedFromOutside() {
      return http.reachedFromOutside
    },
    get plainBrowsers() {
      return http.plainBrowsers
    },
    setPlainBrowsers: (on) => http.setPlainBrowsers(on),
    origins: () => originsOf(place),
    linksOf: (roomId) => joinLinks(roomId, place),
    inviteLinksOf: async (roomId, wish) => linksOfToken(await roomServer.inviteTo(roomId, wish)),
    localLinkOf: (roomId) => localLink(roomId, place),
    setListed: (roomId, listed) => listedRooms?.setListed(roomId, listed),
    stop() {
      stopping ??= stop()
      return stopping
    },
  }
}

/** Throws StartError. */
async function certificateOf({
  encryption,
  dataFolder,
  logger,
}: HostOptions): Promise<HostCertificate | undefined> {
  if (encryption === 'off') return undefined
  const { certificate } = encryption
  return certificate === 'own' ? ownCertificate(dataFolder, logger) : givenCertificate(certificate)
}

/** The same invite behind each of its addresses. */
function linksOfToken(token: string): string[] {
  const link = roomLinkOfToken(token)
  if (link === undefined) throw new Error('the server has made a token that it cannot read')
  return link.origins.map((origin) => formatRoomLink({ ...link, origins: [origin] }))
}
