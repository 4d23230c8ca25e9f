import { compactVerify, errors, importJWK, SignJWT, type CryptoKey } from 'jose'
import {
  INVITE_TOKEN_TYPE,
  inviteClaimsSchema,
  MAX_TOKEN_LENGTH,
  type InviteClaims,
} from '../../shared/access/inviteToken'
import type { KeyPair } from '../../shared/identity/keys'

/** Makes and checks the tokens of invites. */
export interface InviteTokens {
  /** Claims as a token that a room's key has signed. */
  sign(claims: InviteClaims, room: KeyPair): Promise<string>
  /**
   * What a token says that a room has signed; undefined for every other text. Whether it still counts is not looked at:
   * the room knows more about its invites than their tokens do.
   */
  read(token: string, roomId: string, publicKey: string): Promise<InviteClaims | undefined>
}

const ALGORITHM = 'EdDSA'

/** Tokens by `jose`. */
export const joseTokens: InviteTokens = {
  async sign(claims, { publicKey, privateKey }) {
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: ALGORITHM, typ: INVITE_TOKEN_TYPE })
      .sign(await keyOf({ x: publicKey, d: privateKey }))
  },

  async read(token, roomId, publicKey) {
    if (token.length > MAX_TOKEN_LENGTH) return undefined
    try {
      const { payload, protectedHeader } = await compactVerify(token, await keyOf({ x: publicKey }), {
        algorithms: [ALGORITHM],
      })
      if (protectedHeader.typ !== INVITE_TOKEN_TYPE) return undefined
      const claims = inviteClaimsSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)))
      return claims.success && claims.data.iss === roomId ? claims.data : undefined
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof SyntaxError) return undefined
      throw error
    }
  },
}

async function keyOf(halves: { readonly x: string; readonly d?: string }): Promise<CryptoKey> {
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', ...halves }, ALGORITHM)
  if (key instanceof Uint8Array) throw new Error('a key of a room is no shared secret')
  return key
}
