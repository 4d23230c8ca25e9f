/**
 * What a page from this server may do: run its own scripts, and talk to its own server, nothing else. So text that
 * somebody writes into a room can never become a script that acts for the reader.
 */
export function contentSecurityPolicy(host: string, encrypted: boolean): string {
  // `'self'` covers the WebSocket in today's browsers; older Safari wants it named. IPv6 cannot be named at all. Without
  // encryption here a proxy may still have spoken TLS to the browser.
  const schemes = encrypted ? ['wss'] : ['ws', 'wss']
  const sockets = host.startsWith('[') ? '' : schemes.map((scheme) => ` ${scheme}://${host}`).join('')
  return [
    "default-src 'none'",
    "script-src 'self'",
    // CodeMirror writes its theme into style elements and positions into style attributes.
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src 'self'${sockets}`,
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    // Not upgrade-insecure-requests: on a local network the server speaks plain http.
  ].join('; ')
}

/** Headers of every answer to a request that is meant for this server. `host` is its validated `Host`. */
export function securityHeaders(host: string, encrypted: boolean): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(host, encrypted),
    // Browsers ignore it without encryption, and complain.
    ...(encrypted && { 'Cross-Origin-Opener-Policy': 'same-origin' }),
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    // The address of a room is what lets people in: it must not leak to the sites that a page links to.
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  }
}

/** Headers of answers that only say what is wrong. */
export const REFUSAL_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
}
