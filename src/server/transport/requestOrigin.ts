/** Host names, IPv4 addresses and bracketed IPv6 addresses with an optional port: what may stand in `Host`. */
const HOST_HEADER = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_])?\.?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i

/** Whether a `Host` header names a host, so that it may be repeated in an answer. */
export function isHostHeader(host: string | undefined): host is string {
  return host !== undefined && HOST_HEADER.test(host)
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
