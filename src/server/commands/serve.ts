import { resolve } from 'node:path'
import { ensureRoom } from '../host/ensureRoom'
import { startHost, type Host } from '../host/startHost'
import type { Logger } from '../logger'
import { encryptionOf } from './encryption'
import { roomCreationOf } from './roomCreation'
import { limitsOf, policyOf, portsOf, transportLimitsOf, type ServeFlags } from './serveFlags'

/** The line on stdout that says that the server listens. Fields are only ever added. */
export interface ListeningLine {
  readonly event: 'listening'
  readonly port: number
  readonly host: string
  /** Where others open it in a browser: the best of `urls`. */
  readonly url: string
  readonly urls: readonly string[]
  /** SHA-256 of the certificate, base64url; missing without encryption. */
  readonly fingerprint?: string
  /** Absolute path of the data folder. */
  readonly data: string
  /** Process to send SIGTERM to. */
  readonly pid: number
  /**
   * The room asked for with `--room`. `link` is the best of `links`: an invite for editors that does not expire.
   * `ownerLink` makes whoever comes by it first an owner.
   */
  readonly room?: {
    readonly id: string
    readonly title: string
    readonly link: string
    readonly links: readonly string[]
    readonly ownerLink: string
  }
}

/**
 * Starts the headless server and says so on one line. `clientFolder` is the browser client beside the program, undefined
 * where there is none. Throws StartError.
 */
export async function serve(
  flags: ServeFlags,
  clientFolder: string | undefined,
  logger: Logger,
): Promise<Host> {
  const dataFolder = resolve(flags.data)
  const staticDir =
    flags.client === undefined ? clientFolder : flags.client === false ? undefined : resolve(flags.client)
  if (flags.client === undefined && clientFolder === undefined) {
    logger.warn({}, 'The browser client has not been built: people join with the app only.')
  }
  const host = await startHost({
    dataFolder,
    host: flags.host,
    ...portsOf(flags),
    staticDir,
    publicOrigins: flags.publicOrigin,
    forwardedOrigins: flags.forwardedOrigin,
    encryption: await encryptionOf(flags),
    roomCreation: await roomCreationOf(flags),
    defaultPolicy: policyOf(flags),
    limits: limitsOf(flags),
    transportLimits: transportLimitsOf(flags),
    discovery: flags.discoverable ? { card: flags.discoveryInterface, unlisted: [] } : undefined,
    logger,
  })
  try {
    await announce(host, flags.room, dataFolder)
  } catch (error) {
    await host.stop()
    throw error
  }
  logger.info({ host: host.host, port: host.port, data: dataFolder }, 'The room server listens.')
  return host
}

async function announce(host: Host, title: string | undefined, data: string): Promise<void> {
  const urls = host.origins()
  const line: ListeningLine = {
    event: 'listening',
    port: host.port,
    host: host.host,
    url: urls[0] ?? '',
    urls,
    ...(host.fingerprint !== undefined && { fingerprint: host.fingerprint }),
    data,
    pid: process.pid,
    ...(title !== undefined && { room: await announcedRoom(host, title) }),
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

async function announcedRoom(host: Host, title: string): Promise<NonNullable<ListeningLine['room']>> {
  const id = await ensureRoom(host.roomServer, title)
  const links = await host.inviteLinksOf(id, { role: 'editor', maxUses: null, lifetimeMs: null })
  const ownerLinks = await host.inviteLinksOf(id, { role: 'owner', maxUses: 1, lifetimeMs: null })
  return { id, title, link: links[0] ?? '', links, ownerLink: ownerLinks[0] ?? '' }
}
