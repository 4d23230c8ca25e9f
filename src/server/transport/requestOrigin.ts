import { isIP } from 'node:net'

/** Host names, IPv4 addresses and bracketed IPv6 addresses with an optional port: what may stand in `Host`. */
const HOST_HEADER = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_])?\.?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i

/** Whether a `Host` header names a host, so that it may be repeated in an answer. */
export function isHostHeader(host: string | undefined): host is string {
  return host !== undefined && HOST_HEADER.test(host)
}

/** Suffixes that home routers and mDNS give to a machine's name. Nobody can register a name under them. */
const LOCAL_SUFFIXES = ['local', 'lan', 'home', 'home.arpa', 'internal', 'localdomain']

/**
 * Names under which people reach this server: those of the machine, and those it was started with. `machine` is what the
 * system calls itself.
 */
export function ownHostNames(
  machine: string,
  listenHost: string,
  origins: readonly string[],
): ReadonlySet<string> {
  const [shortName = ''] = machine.toLowerCase().split('.', 1)
  return new Set(
    [
      'localhost',
      machine,
      shortName,
      ...LOCAL_SUFFIXES.map((suffix) => `${shortName}.${suffix}`),
      listenHost,
      ...origins.map((origin) => new URL(origin).hostname),
    ].map((name) => name.toLowerCase()),
  )
}

/**
 * Whether a `Host` header names this server: by an address, or by one of its names. A page of another site can make its
 * own name lead here ("DNS rebinding"), and would be of the same origin as this server then; it cannot be called by an
 * address or by a name that is not its own.
 */
export function isOwnHost(host: string, names: ReadonlySet<string>): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '')
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || names.has(name)
}

/**
 * Whether a WebSocket may be opened by the page that asks for it. Browsers let any page on the web open one to any
 * address, also inside a home network, and tell by `Origin` which page it is: only pages that came from this server
 * itself may. Programs that are no browsers (the desktop app's main process) send no `Origin`. `encrypted`: the request
 * came over TLS.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  publicOrigins: readonly string[],
  encrypted = false,
): boolean {
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const asked = new URL(origin)
  if (asked.protocol !== 'http:' && asked.protocol !== 'https:') return false
  if (publicOrigins.includes(asked.origin)) return true
  // A page that came without encryption may be anybody's.
  if (encrypted && asked.protocol === 'http:') return false
  // The port may be left out where it is the scheme's own. Behind a proxy that speaks TLS the page is `https:`.
  return isHostHeader(host) && new URL(`${asked.protocol}//${host}`).host === asked.host
}
