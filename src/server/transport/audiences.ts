import { isIP, isIPv6, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { audienceOfAddress, audienceOfCertificate, type Audience } from '../../shared/identity/audience'
import { certificateFingerprint } from '../nodeCrypto'
import { isFromOutside, LOOPBACK } from './isFromOutside'

/** By what clients know a server besides its certificate and its addresses. */
export interface KnownAs {
  /** Names of the machine and those it was started with. */
  readonly hostNames: ReadonlySet<string>
  /** Origins of a proxy in front of it. */
  readonly publicOrigins: readonly string[]
  /** Origins that lead to it unchanged. */
  readonly forwardedOrigins: readonly string[]
}

/**
 * Whom logins over a connection may be meant for: everything that a client may have seen of this server, and nothing that
 * the client says, such as its `Host`. The certificate is the one of this very connection; the address the one at which
 * it has arrived, as another machine may be at every other. Names of this machine count for it alone: `localhost` is
 * somebody else elsewhere, and behind a proxy everybody comes from here.
 */
export function audiencesOf(tcp: Socket, known: KnownAs): ReadonlySet<Audience> {
  const { hostNames, publicOrigins, forwardedOrigins } = known
  const origins = [...publicOrigins, ...forwardedOrigins]
  const scheme = tcp instanceof TLSSocket ? 'https' : 'http'
  const isFromHere = publicOrigins.length === 0 && !isFromOutside(tcp)
  const hosts = [...hostNames].filter((name) => isIP(name) === 0 && (isFromHere || !isOwnName(name)))
  const address = tcp.localAddress?.replace(/^::ffff:(?=\d+\.)/, '')
  // One with a zone (`fe80::1%eth0`) cannot stand in an origin.
  if (address !== undefined && !address.includes('%') && (isFromHere || !LOOPBACK.test(address)))
    hosts.push(isIPv6(address) ? `[${address}]` : address)
  const audiences = new Set<Audience>()
  for (const origin of [...origins, ...hosts.map((host) => `${scheme}://${host}:${tcp.localPort}`)])
    if (URL.canParse(origin)) audiences.add(audienceOfAddress(origin))
  const certificate = tcp instanceof TLSSocket ? tcp.getX509Certificate() : undefined
  if (certificate !== undefined) audiences.add(audienceOfCertificate(certificateFingerprint(certificate)))
  return audiences
}

/** Whether every machine calls itself so. */
function isOwnName(name: string): boolean {
  return name === 'localhost' || name.startsWith('localhost.')
}
