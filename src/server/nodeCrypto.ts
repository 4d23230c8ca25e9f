import {
  createPrivateKey,
  createPublicKey,
  hash,
  randomBytes,
  sign,
  type KeyObject,
  type X509Certificate,
} from 'node:crypto'
import type { RandomBytes } from '../shared/identity/keys'
import type { HashFunction } from '../shared/update'

/**
 * The crypto of src/shared done by Node's OpenSSL: equal results, many times faster. The server hashes and signs
 * for every update, so it matters here and nowhere else.
 */

/** SHA-256 of a text (UTF-8) as lower-case hex: equals `sha256Hex`. */
export const nodeSha256Hex: HashFunction = (text) => hash('sha256', text, 'hex')

/** What stands before the 32 bytes of a raw Ed25519 key in PKCS #8 (RFC 8410 section 7). */
const PKCS8_ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const ED25519_KEY_BYTES = 32

/** Rooms whose key stays unpacked. More are still right, only slower. */
const MAX_UNPACKED_KEYS = 256

/** A signer of texts (UTF-8) by an Ed25519 private key in base64url: equals `sign` of src/shared/identity/keys.ts. */
export function createNodeSigner(): (text: string, privateKey: string) => string {
  const unpacked = new Map<string, KeyObject>()
  return (text, privateKey) => {
    let key = unpacked.get(privateKey)
    if (key === undefined) {
      key = unpack(privateKey)
      if (unpacked.size >= MAX_UNPACKED_KEYS) unpacked.clear()
      unpacked.set(privateKey, key)
    }
    return sign(null, Buffer.from(text, 'utf8'), key).toString('base64url')
  }
}

/** The public half of an Ed25519 key, both in base64url: equals `createKeyPair` of src/shared/identity/keys.ts. */
export function nodePublicKeyOf(privateKey: string): string {
  const { x } = createPublicKey(unpack(privateKey)).export({ format: 'jwk' })
  if (x === undefined) throw new Error('the key has no public half')
  return x
}

function unpack(privateKey: string): KeyObject {
  const seed = Buffer.from(privateKey, 'base64url')
  if (seed.length !== ED25519_KEY_BYTES) throw new Error('a private key is 32 bytes in base64url')
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519_PREFIX, seed]), format: 'der', type: 'pkcs8' })
}

/** Unguessable bytes. */
export const nodeRandomBytes: RandomBytes = (length) => new Uint8Array(randomBytes(length))

/** What identifies a certificate: SHA-256 of its DER form, base64url. */
export function certificateFingerprint(certificate: X509Certificate): string {
  return Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
}
