import { InvalidArgumentError, Option, type Command } from 'commander'
import { isIP } from 'node:net'
import type { RoomPolicy } from '../../shared/access/roomAccess'
import { roomTitleSchema } from '../../shared/protocol/values'
import { BY_INVITE } from '../access/policies'
import { EVERY_ADDRESS } from '../addresses'
import type { ServerLimits } from '../core/serverLimits'
import { defaultDataFolder } from '../dataFolder'
import { LOG_LEVELS, type LogLevel } from '../logger'
import { DEFAULT_TRANSPORT_LIMITS, type TransportLimits } from '../transport/transportLimits'

/** Port tried first where none is named: the letters I N K R on a telephone's keys. Registered for nothing else. */
export const DEFAULT_PORT = 4657
/** How many ports after the default one are tried. */
const DEFAULT_PORT_SEARCH = 20

/** What `serve` was called with. */
export interface ServeFlags {
  /** Undefined: the default one or the next free. */
  readonly port?: number
  readonly portSearch?: number
  readonly host: string
  readonly data: string
  readonly createRooms?: 'anyone' | 'token' | 'nobody'
  readonly creationTokenFile?: string
  readonly publicOrigin: readonly string[]
  readonly forwardedOrigin: readonly string[]
  /** False: connections are not encrypted, because a proxy does it or nobody else can reach the server. */
  readonly encryption: boolean
  /** Files of a certificate of one's own, PEM; undefined: one that the server makes. */
  readonly tlsCert?: string
  readonly tlsKey?: string
  /** Whether browsers may also come in without encryption. */
  readonly plainBrowsers: boolean
  /** Connections of one address at once; undefined: the server's own, and none where it does not encrypt. */
  readonly connectionsPerAddress?: number
  /** Announces the open rooms in the local network. */
  readonly discoverable: boolean
  /** An address of the one network card to announce on. */
  readonly discoveryInterface?: string
  readonly room?: string
  readonly strangers: RoomPolicy['strangers']
  /** Folder of the browser client; undefined: the one beside the program; false: none. */
  readonly client?: string | false
  /** Days for which what was deleted and how pages came to be is kept; undefined: the server's own. */
  readonly keepDeleted?: number
  /** Megabytes of pictures that a room may have; undefined: the server's own. */
  readonly roomPictures?: number
  readonly logLevel: LogLevel
}

/** Gives a command the options of `serve`. */
export function addServeFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-p, --port <number>',
        `port to listen on, 0 for any (default: ${DEFAULT_PORT}, or the next free one)`,
      ).argParser(wholeNumber(0, 65_535)),
    )
    .addOption(
      new Option(
        '--port-search <number>',
        'how many of the next ports to try where the port is taken',
      ).argParser(wholeNumber(0, 1_000)),
    )
    .option('--host <address>', 'address to listen on; 127.0.0.1 for this machine only', EVERY_ADDRESS)
    .option('--data <folder>', 'folder of the database', defaultDataFolder())
    .addOption(
      new Option(
        '--create-rooms <who>',
        'who may create rooms (default: anyone; token with --creation-token-file)',
      ).choices(['anyone', 'token', 'nobody']),
    )
    .option('--creation-token-file <file>', 'file with the token that lets its holders create rooms')
    .addOption(
      new Option(
        '--public-origin <url>',
        'where people reach this server through a proxy, such as https://rooms.example.org; may be repeated',
      )
        .argParser(collectOrigin)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--forwarded-origin <url>',
        'another address that leads here unchanged, such as a forwarded port, for browsers; may be repeated',
      )
        .argParser(collectOrigin)
        .default([], 'none'),
    )
    .option('--discoverable', 'let people in the same network find the open rooms by themselves', false)
    .addOption(
      new Option(
        '--discovery-interface <address>',
        'with --discoverable: the address of the one network card to announce on',
      ).argParser(ipAddress),
    )
    .option('--no-encryption', 'speak plain http: behind a proxy that encrypts, or for this machine alone')
    .option('--tls-cert <file>', 'certificate to encrypt with, PEM (default: one made at the first start)')
    .option('--tls-key <file>', 'private key of that certificate, PEM')
    .option(
      '--plain-browsers',
      'let browsers in without encryption, too: whoever is on the way can read and change all they see and send',
      false,
    )
    .addOption(
      new Option(
        '--connections-per-address <number>',
        'connections that one address may have at once (default: 256; any number with --no-encryption, as a proxy has all); more than 512 and 1,000 also let an IPv6 network and site have as many',
      ).argParser(wholeNumber(1, 1_000_000)),
    )
    .option(
      '--room <title>',
      'make sure that a room with this title exists, and print links with invites',
      roomTitle,
    )
    .addOption(
      new Option(
        '--strangers <how>',
        'what happens to people without an invite, in rooms whose owner has set nothing else',
      )
        .choices(['refuse', 'ask', 'admit'])
        .default(BY_INVITE.strangers),
    )
    .option('--client <folder>', 'folder of the browser client (default: the one built beside the program)')
    .option('--no-client', 'serve no browser client')
    .addOption(
      new Option(
        '--keep-deleted <days>',
        'how long deleted shapes and the history of pages are kept, 0 for not at all (default: 7)',
      ).argParser(wholeNumber(0, 36_500)),
    )
    .addOption(
      new Option(
        '--room-pictures <megabytes>',
        'how many megabytes of pictures a room may have (default: 2048)',
      ).argParser(wholeNumber(0, 1_000_000)),
    )
    .addOption(
      new Option('--log-level <level>', 'least level of the log on stderr')
        .choices(LOG_LEVELS)
        .default('info'),
    )
}

/** The port to begin with and how many after it to try. A port somebody named is meant as it is. */
export function portsOf({ port, portSearch }: ServeFlags): { port: number; portSearch: number } {
  return {
    port: port ?? DEFAULT_PORT,
    portSearch: portSearch ?? (port === undefined ? DEFAULT_PORT_SEARCH : 0),
  }
}

/** Who comes into rooms whose owner has set nothing else. */
export function policyOf({ strangers }: Pick<ServeFlags, 'strangers'>): RoomPolicy {
  return { ...BY_INVITE, strangers }
}

/** The server's limits as far as flags name them. */
export function limitsOf({ keepDeleted, roomPictures }: ServeFlags): Partial<ServerLimits> {
  const keepDeletedMs = keepDeleted === undefined ? undefined : keepDeleted * 24 * 3_600_000
  return {
    ...(keepDeletedMs !== undefined && { keepDeletedMs, keepLogMs: keepDeletedMs }),
    ...(roomPictures !== undefined && { maxAssetBytesPerRoom: roomPictures * 1024 * 1024 }),
  }
}

/** The transport's limits as far as flags name them. */
export function transportLimitsOf({
  encryption,
  connectionsPerAddress,
}: Pick<ServeFlags, 'encryption' | 'connectionsPerAddress'>): Partial<TransportLimits> {
  // Behind a proxy everybody comes from its address.
  const most = connectionsPerAddress ?? (encryption ? undefined : Number.POSITIVE_INFINITY)
  if (most === undefined) return {}
  const { maxConnectionsPerIPv6Network, maxConnectionsPerIPv6Site } = DEFAULT_TRANSPORT_LIMITS
  return {
    maxConnectionsPerAddress: most,
    // Where one address may have more, so may the networks that it is in.
    maxConnectionsPerIPv6Network: Math.max(most, maxConnectionsPerIPv6Network),
    maxConnectionsPerIPv6Site: Math.max(most, maxConnectionsPerIPv6Site),
  }
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`)
  }
}

function collectOrigin(text: string, before: readonly string[]): readonly string[] {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
  if (!isOrigin)
    throw new InvalidArgumentError('It is a scheme, a host and perhaps a port: https://rooms.example.org')
  return [...before, url.origin]
}

function ipAddress(text: string): string {
  if (isIP(text) !== 0) return text
  throw new InvalidArgumentError('It is an IP address of this machine.')
}

function roomTitle(text: string): string {
  const parsed = roomTitleSchema.safeParse(text)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError('A title has 1 to 100 visible characters.')
}
