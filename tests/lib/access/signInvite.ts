import { importJWK, SignJWT } from 'jose'
import { INVITE_TOKEN_TYPE } from '../../../src/shared/access/inviteToken'
import type { KeyPair } from '../../../src/shared/identity/keys'

/** An invite token with any claims, signed with `jose` by a key: also one that no server would make. */
export async function signInvite(
  claims: Readonly<Record<string, unknown>>,
  { publicKey, privateKey }: KeyPair,
  header: { readonly typ?: string } = { typ: INVITE_TOKEN_TYPE },
): Promise<string> {
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: publicKey, d: privateKey }, 'EdDSA')
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(key)
}
