import { decodeJwt, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { idOfPublicKey, verify } from '../identity/keys'
import { idSchema, keySchema, nameSchema, roleSchema, roomTitleSchema } from '../protocol/values'

/**
 * An invite token is a JSON Web Signature in compact form (RFC 7515, `EdDSA`) made by the room's key. It says where the
 * room is met, how its host is recognised and what who comes by it may do. The server makes and checks tokens with
 * `jose`; clients, which may have no Web Crypto, check the signature with the functions of `identity`.
 */

/** `typ` of the header: no other token of the same key passes for an invite. */
export const INVITE_TOKEN_TYPE = 'inkroom-invite+jwt'
/** UTF-16 units of a token. 4,096: eight times one with four addresses. */
export const MAX_TOKEN_LENGTH = 4_096
/** Origins named in a token. 8: more only make the code to scan harder to read. */
export const MAX_TOKEN_ORIGINS = 8

/** SHA-256 of a certificate (DER), base64url. */
export const fingerprintSchema = keySchema

/** An origin: `https://HOST:PORT`, without anything behind it. */
export const originSchema = z
  .string()
  .max(300)
  .refine((text) => isOrigin(text), 'an origin is http://HOST:PORT or https://HOST:PORT')

export const inviteClaimsSchema = z.object({
  /** Id of the room, from its key. */
  iss: idSchema,
  /** The room's public key. */
  key: keySchema,
  /** Id of the invite: the server knows how often it was used and whether it was revoked. */
  jti: idSchema,
  role: roleSchema,
  /** Title of the room when the token was made. */
  title: roomTitleSchema,
  /** Who invites. */
  by: nameSchema,
  /** Where the room is met, best first. */
  at: z.array(originSchema).min(1).max(MAX_TOKEN_ORIGINS),
  /** Fingerprint of the host's certificate. Missing: it is one that the system trusts, or there is no encryption. */
  fp: fingerprintSchema.optional(),
  /** Seconds since 1970 (RFC 7519). Missing: it does not expire. */
  exp: z.number().int().min(0).optional(),
})
export type InviteClaims = z.infer<typeof inviteClaimsSchema>

/**
 * What a token says. Undefined where it is none, or where the room it names has not signed it. Whether it still counts
 * (expiry, uses, revoked) is the server's to say: it alone knows, and clocks differ.
 */
export function readInviteToken(token: string): InviteClaims | undefined {
  if (token.length > MAX_TOKEN_LENGTH) return undefined
  try {
    const { alg, typ } = decodeProtectedHeader(token)
    if (alg !== 'EdDSA' || typ !== INVITE_TOKEN_TYPE) return undefined
    const claims = inviteClaimsSchema.safeParse(decodeJwt(token))
    if (!claims.success || idOfPublicKey(claims.data.key) !== claims.data.iss) return undefined
    const end = token.lastIndexOf('.')
    return verify(token.slice(end + 1), token.slice(0, end), claims.data.key) ? claims.data : undefined
  } catch {
    // `jose` throws at whatever is no token; so does a key that is none.
    return undefined
  }
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, origin } = new URL(text)
  return (protocol === 'http:' || protocol === 'https:') && origin === text
}
