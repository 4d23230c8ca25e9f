import { z } from 'zod'
import { fingerprintSchema } from '../access/inviteToken'

/**
 * Whom a login is meant for. A device signs it with each login, and a server takes only what is meant for itself: so
 * nobody who is logged in at can use the signature to log in somewhere else. One of two forms:
 *
 * - `cert:FINGERPRINT`: whoever holds the certificate that this connection has pinned, SHA-256, base64url;
 * - `origin:SCHEME://HOST[:PORT]`: whoever is met at this address, where the certificate is none of the host's own or there
 *   is none. As browsers write origins: lower case, the port left out where it is the scheme's own; no dot at the end.
 */
export type Audience = string

/** `origin:https://`, a DNS name, a port. */
const MAX_AUDIENCE_LENGTH = 15 + 253 + 6

export const audienceSchema = z
  .string()
  .max(MAX_AUDIENCE_LENGTH)
  .regex(/^(?:cert:[A-Za-z0-9_-]{43}|origin:https?:\/\/(?:(?![/?#@])[!-~])+)$/)

/** Whoever holds a certificate. Throws where that is no fingerprint. */
export function audienceOfCertificate(fingerprint: string): Audience {
  return `cert:${fingerprintSchema.parse(fingerprint)}`
}

/** Whoever is met at an address of the web or of a WebSocket (`http:`, `https:`, `ws:`, `wss:`). Throws where it is none. */
export function audienceOfAddress(address: string): Audience {
  const { origin } = new URL(address.replace(/^ws/i, 'http'))
  return audienceSchema.parse(`origin:${origin.replace(/\.(?=(?::\d+)?$)/, '')}`)
}

/** The audience of a connection: its pinned certificate counts more than where it leads. */
export function audienceOfConnection(address: string, fingerprint: string | undefined): Audience {
  return fingerprint === undefined ? audienceOfAddress(address) : audienceOfCertificate(fingerprint)
}
