import { networkInterfaces } from 'node:os'
import { isIPv6 } from 'node:net'
import { formatRoomLink } from '../shared/roomLink'

/** One address of this machine. A structural part of Node's `NetworkInterfaceInfo`. */
export interface InterfaceAddress {
  readonly address: string
  readonly family: string
  readonly internal: boolean
}

export type Interfaces = Readonly<Record<string, readonly InterfaceAddress[] | undefined>>

/** Networks between this machine and its own containers and virtual machines: nobody else is in them. */
const INNER_INTERFACE =
  /^(?:docker|br-|veth(?!ernet)|virbr|vnet|vmnet|vboxnet|lxcbr|lxdbr|lxc|cni|flannel|cali|podman|kube|awdl|llw|anpi|bridge\d)|vEthernet|VirtualBox|VMware|Loopback/i

/** Tunnels: others can reach them, but only those who are in the same tunnel. */
const TUNNEL_INTERFACE = /^(?:tun|tap|utun|wg|ppp|tailscale|zt|ipsec)|Tailscale|ZeroTier|WireGuard/i

/**
 * The addresses of this machine that others can reach, the one most likely to work first: private IPv4 addresses of
 * real network cards, public ones, tunnels, IPv6, addresses a card gave itself. Networks towards containers and virtual
 * machines count only where there is nothing else, loopback only where there is nothing at all.
 */
export function reachableAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  const found = Object.entries(interfaces).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter(({ internal }) => !internal)
      .flatMap(({ address, family }) => {
        const rank = family === 'IPv4' ? rankOfIPv4(name, address) : rankOfIPv6(name, address)
        return rank === undefined ? [] : [{ address, rank, inner: INNER_INTERFACE.test(name) }]
      }),
  )
  const outer = found.filter(({ inner }) => !inner)
  const usable = outer.length > 0 ? outer : found
  if (usable.length === 0) return ['127.0.0.1']
  return usable.sort((a, b) => a.rank - b.rank).map(({ address }) => address)
}

function rankOfIPv4(name: string, address: string): number {
  if (address.startsWith('169.254.')) return 5
  if (TUNNEL_INTERFACE.test(name)) return 2
  return /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(address) ? 0 : 1
}

/** Undefined for an address that holds only together with a zone (`fe80::1%eth0`): it cannot stand in a link. */
function rankOfIPv6(name: string, address: string): number | undefined {
  if (/^fe[89ab]/i.test(address)) return undefined
  return TUNNEL_INTERFACE.test(name) ? 4 : 3
}

/** Where a server that listens is reached. */
export interface ListeningPlace {
  /** The address it listens on: 0.0.0.0 and :: stand for all of this machine's. */
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
  if (place.host === '0.0.0.0') return originOf('127.0.0.1', place)
  return originOf(place.host === '::' ? '::1' : place.host, place)
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
  if (host !== '0.0.0.0' && host !== '::') return [host]
  const addresses = reachableAddresses(interfaces)
  if (host === '::') return addresses
  const onlyIPv4 = addresses.filter((address) => !isIPv6(address))
  return onlyIPv4.length > 0 ? onlyIPv4 : ['127.0.0.1']
}

function originOf(host: string, { port, fingerprint }: ListeningPlace): string {
  const scheme = fingerprint === undefined ? 'http' : 'https'
  return `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${port}`
}
