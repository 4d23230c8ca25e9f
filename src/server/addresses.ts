import { networkInterfaces } from 'node:os'
import { isIPv6 } from 'node:net'
import { MAX_TOKEN_ORIGINS } from '../shared/access/inviteToken'
import { formatRoomLink } from '../shared/roomLink'

/** One address of this machine. A structural part of Node's `NetworkInterfaceInfo`. */
export interface InterfaceAddress {
  readonly address: string
  readonly family: string
  readonly internal: boolean
  /** Number of the card, for IPv6. */
  readonly scopeid?: number | undefined
}

export type Interfaces = Readonly<Record<string, readonly InterfaceAddress[] | undefined>>

/** Networks between this machine and its own containers and virtual machines: nobody else is in them. */
const INNER_INTERFACE =
  /^(?:docker|br-|veth(?!ernet)|virbr|vnet|vmnet|vboxnet|lxcbr|lxdbr|lxc|cni|flannel|cali|podman|kube|awdl|llw|anpi)|vEthernet \((?:WSL|Default Switch)|VirtualBox|VMware|Loopback/i

/**
 * Bridges with virtual machines behind them, or everybody: macOS shares its internet connection over `bridge100`, and an
 * external switch of Hyper-V has the addresses of the card it took.
 */
const SHARED_INTERFACE = /^bridge\d|^vEthernet/i

/** Tunnels: others can reach them, but only those who are in the same tunnel. */
const TUNNEL_INTERFACE = /^(?:tun|tap|utun|wg|ppp|tailscale|zt|ipsec)|Tailscale|ZeroTier|WireGuard/i

/** What an address of this machine is good for. */
export type AddressKind =
  /** Everybody in the same network. */
  | 'local'
  /** The whole internet, unless a router in between keeps it out. */
  | 'public'
  /** Those in the same VPN. */
  | 'tunnel'
  /** Virtual machines of this machine, or everybody behind a bridge that looks the same. */
  | 'shared'
  /** Containers and virtual machines of this machine. */
  | 'inner'
  /** Those on the same cable, where nothing gives out addresses. */
  | 'self-assigned'

/** An address of this machine that can stand in a link. */
export interface OwnAddress {
  readonly address: string
  /** The network card, as the system names it. */
  readonly interfaceName: string
  readonly kind: AddressKind
}

/**
 * All addresses that can stand in a link, the one most likely to work first: private IPv4 addresses of real network
 * cards, public ones, tunnels, IPv6, addresses a card gave itself, bridges; those towards containers and virtual machines last.
 */
export function ownAddresses(interfaces: Interfaces = networkInterfaces()): OwnAddress[] {
  return Object.entries(interfaces)
    .flatMap(([interfaceName, addresses]) =>
      (addresses ?? []).flatMap(({ address, internal }) => {
        const kind = internal ? undefined : kindOf(interfaceName, address)
        return kind === undefined ? [] : [{ address, interfaceName, kind, rank: rankOf(kind, address) }]
      }),
    )
    .sort((a, b) => a.rank - b.rank)
    .map(({ address, interfaceName, kind }) => ({ address, interfaceName, kind }))
}

/**
 * The addresses that others can reach, best first. Networks towards containers and virtual machines count only where
 * there is nothing else, loopback only where there is nothing at all. Never more than an invite has room for: some
 * systems give a card a new IPv6 address every day.
 */
export function reachableAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  const found = ownAddresses(interfaces)
  const outer = found.filter(({ kind }) => kind !== 'inner')
  const usable = outer.length > 0 ? outer : found
  if (usable.length === 0) return ['127.0.0.1']
  return usable.slice(0, MAX_TOKEN_ORIGINS).map(({ address }) => address)
}

/** Whether a network card leads only to this machine's own containers and virtual machines. */
export function isInnerInterface(name: string): boolean {
  return INNER_INTERFACE.test(name)
}

/** Undefined for an address that holds only together with a zone (`fe80::1%eth0`): it cannot stand in a link. */
function kindOf(interfaceName: string, address: string): AddressKind | undefined {
  if (/^fe[89ab]/i.test(address)) return undefined
  if (isInnerInterface(interfaceName)) return 'inner'
  if (address.startsWith('169.254.')) return 'self-assigned'
  if (SHARED_INTERFACE.test(interfaceName)) return 'shared'
  if (TUNNEL_INTERFACE.test(interfaceName)) return 'tunnel'
  return PRIVATE_ADDRESS.test(address) ? 'local' : 'public'
}

function rankOf(kind: AddressKind, address: string): number {
  if (kind === 'inner') return isIPv6(address) ? 9 : 8
  if (kind === 'shared') return isIPv6(address) ? 7 : 6
  if (kind === 'self-assigned') return 5
  if (isIPv6(address)) return kind === 'tunnel' ? 4 : 3
  return { local: 0, public: 1, tunnel: 2 }[kind]
}

/** The networks of RFC 1918 and RFC 4193: nobody outside gets there. */
const PRIVATE_ADDRESS = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/i

/** What to listen on for all of this machine's addresses, IPv6 and IPv4. */
export const EVERY_ADDRESS = '::'

/** Where a server that listens is reached. */
export interface ListeningPlace {
  /** The address it listens on: :: stands for all of this machine's, 0.0.0.0 for those of IPv4. */
  readonly host: string
  readonly port: number
  /** Fingerprint of its certificate; undefined where it does not encrypt. */
  readonly fingerprint: string | undefined
  /** Origins of a proxy in front of it. Where there are some, they are what others use. */
  readonly publicOrigins: readonly string[]
}

/** Origins under which others reach a server, best first. */
export function originsOf(place: ListeningPlace, interfaces?: Interfaces): string[] {
  if (place.publicOrigins.length > 0) return [...place.publicOrigins]
  return hostsOf(place.host, interfaces).map((name) => originOf(name, place))
}

/** The origin under which programs on this very machine reach a server. */
export function localOriginOf(place: ListeningPlace): string {
  // What listens on :: takes IPv4 as well, and the machine may have no IPv6.
  const isEvery = place.host === '0.0.0.0' || place.host === EVERY_ADDRESS
  return originOf(isEvery ? '127.0.0.1' : place.host, place)
}

/** Links by which others join a room, best first. */
export function joinLinks(roomId: string, place: ListeningPlace, interfaces?: Interfaces): string[] {
  // A proxy shows a certificate of its own.
  const fingerprint = place.publicOrigins.length > 0 ? undefined : place.fingerprint
  return originsOf(place, interfaces).map((origin) =>
    formatRoomLink({ roomId, origins: [origin], fingerprint }),
  )
}

/** Link by which programs on this very machine join a room. */
export function localLink(roomId: string, place: ListeningPlace): string {
  return formatRoomLink({ roomId, origins: [localOriginOf(place)], fingerprint: place.fingerprint })
}

function hostsOf(host: string, interfaces: Interfaces | undefined): string[] {
  if (host !== '0.0.0.0' && host !== EVERY_ADDRESS) return [host]
  const addresses = reachableAddresses(interfaces)
  if (host === EVERY_ADDRESS) return addresses
  const onlyIPv4 = addresses.filter((address) => !isIPv6(address))
  return onlyIPv4.length > 0 ? onlyIPv4 : ['127.0.0.1']
}

function originOf(host: string, { port, fingerprint }: ListeningPlace): string {
  const scheme = fingerprint === undefined ? 'http' : 'https'
  return `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${port}`
}
