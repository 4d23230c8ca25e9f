import { lookup } from 'node:dns/promises'
import { connect, isIP, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { systemCodeOf } from '../../server/startError'
import { StepFailure, within } from './checkSteps'

/** Milliseconds that looking up a name may take. */
const RESOLVE_MS = 4_000
/** Milliseconds that a port may take to answer: a firewall that drops packets never does. */
const CONNECT_MS = 4_000
/** Milliseconds that agreeing on encryption may take. */
const TLS_MS = 4_000
/** Addresses of one name that are tried: more are no host of a room. */
const MAX_ADDRESSES = 4

/** The host of an origin, without the brackets of IPv6. */
export function hostOf(origin: string): string {
  return new URL(origin).hostname.replace(/^\[|\]$/g, '')
}

/** Looks a name up, as the system does. */
export type LookUp = (name: string) => Promise<readonly { readonly address: string }[]>

export const systemLookUp: LookUp = (name) => lookup(name, { all: true })

/** IP addresses of a name. Throws StepFailure. */
export async function resolveName(name: string, lookUp: LookUp): Promise<string[]> {
  const found = lookUp(name).catch((cause: unknown) => {
    const code = systemCodeOf(cause) === 'ENOTFOUND' ? 'name-unknown' : 'name-server-silent'
    throw new StepFailure(code, { cause })
  })
  const addresses = await within(RESOLVE_MS, 'name-server-silent', found)
  return addresses.slice(0, MAX_ADDRESSES).map(({ address }) => address)
}

/** A connection to a port. Throws StepFailure. */
export async function connectTo(address: string, origin: string): Promise<Socket> {
  const { port, protocol } = new URL(origin)
  const socket = connect({ host: address, port: Number(port) || (protocol === 'https:' ? 443 : 80) })
  // Whatever comes later is told by whoever reads from it.
  socket.on('error', () => undefined)
  try {
    await within(CONNECT_MS, 'port-silent', settled(socket, 'connect', connectFailure))
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** Encrypts a connection, with whoever is at the other end: who that is has not been looked at. Throws StepFailure. */
export async function encrypt(socket: Socket, origin: string): Promise<TLSSocket> {
  const host = hostOf(origin)
  const secured = connectTls({
    socket,
    ...(isIP(host) === 0 && { servername: host }),
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
  })
  secured.on('error', () => undefined)
  try {
    await within(TLS_MS, 'tls-failed', settled(secured, 'secureConnect', tlsFailure))
    return secured
  } catch (error) {
    secured.destroy()
    throw error
  }
}

/** Resolves at the event; rejects at an error, or when it closes before. */
function settled(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  failureOf: (code: string | undefined) => StepFailure['code'],
): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve())
    socket.once('error', (cause) => reject(new StepFailure(failureOf(systemCodeOf(cause)), { cause })))
    socket.once('close', () => reject(new StepFailure(failureOf(undefined))))
  })
}

function connectFailure(code: string | undefined): StepFailure['code'] {
  switch (code) {
    case 'ECONNREFUSED':
      return 'port-refused'
    case 'ETIMEDOUT':
      return 'port-silent'
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return isOnNetwork() ? 'no-route' : 'no-network'
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
    case 'EINVAL':
    case 'EACCES':
    case 'EPERM':
      return 'no-route'
    default:
      return 'connection-cut'
  }
}

function tlsFailure(code: string | undefined): StepFailure['code'] {
  // What answers in plain text reads as a record of no version.
  return code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG'
    ? 'tls-missing'
    : 'tls-failed'
}

function isOnNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal))
}
