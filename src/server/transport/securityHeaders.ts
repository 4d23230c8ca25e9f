/**
 * What a page from this server may do: run its own scripts, and talk to its own server, nothing else. So text that
 * somebody writes into a room can never become a script that acts for the reader.
 */
export function contentSecurityPolicy(host: string): string {
  // `'self'` covers the WebSocket in today's browsers; older Safari wants it named. IPv6 cannot be named at all.
  const sockets = host.startsWith('[') ? '' : ` ws://${host} wss://${host}`
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

/** Headers of every answer. `host` is the validated `Host` of the request. */
export function securityHeaders(host: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(host),
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    // The address of a room is what lets people in: it must not leak to the sites that a page links to.
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  }
}
