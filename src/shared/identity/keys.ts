import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Audience } from './audience'
import { fromBase64Url, toBase32, toBase64Url } from './encoding'

/** An Ed25519 key pair, both halves base64url. Rooms and devices have one each from their first moment. */
export interface KeyPair {
  readonly publicKey: string
  readonly privateKey: string
}

/** Source of unguessable bytes: Web Crypto or Node's crypto; fixed in tests. */
export type RandomBytes = (length: number) => Uint8Array

/** A key pair from 32 random bytes. */
export function createKeyPair(randomBytes: RandomBytes): KeyPair {
  const secret = randomBytes(32)
  return { privateKey: toBase64Url(secret), publicKey: toBase64Url(ed25519.getPublicKey(secret)) }
}

/**
 * Id of the holder of a public key (a room or a device): the first 20 bytes of its SHA-256 in lower-case
 * base32, 32 characters. 160 bits, so it cannot be guessed and nobody makes a second key for it.
 */
export function idOfPublicKey(publicKey: string): string {
  return toBase32(sha256(fromBase64Url(publicKey)).subarray(0, 20))
}

/** Signature of a text (UTF-8), base64url. */
export function sign(text: string, privateKey: string): string {
  return toBase64Url(ed25519.sign(utf8ToBytes(text), fromBase64Url(privateKey)))
}

/** False for a wrong signature and for anything that is none. */
export function verify(signature: string, text: string, publicKey: string): boolean {
  const signatureBytes = bytesOrUndefined(signature, 64)
  const keyBytes = bytesOrUndefined(publicKey, 32)
  return (
    signatureBytes !== undefined &&
    keyBytes !== undefined &&
    // Strict: the looser rule of ZIP 215 takes keys of small order, for which anybody can make a signature.
    ed25519.verify(signatureBytes, utf8ToBytes(text), keyBytes, { zip215: false })
  )
}

function bytesOrUndefined(text: string, length: number): Uint8Array | undefined {
  try {
    const bytes = fromBase64Url(text)
    return bytes.length === length ? bytes : undefined
  } catch {
    return undefined
  }
}

/** What a device signs to prove that it holds its key. */
export interface LoginProof {
  /** Whom it is meant for: it is worthless to anybody else. */
  readonly audience: Audience
  /** The server's: makes it worthless a second time. */
  readonly nonce: string
  readonly windowId: string
}

/** The text of a {@link LoginProof} that is signed. */
export function loginText({ audience, nonce, windowId }: LoginProof): string {
  return `inkroom-login-1\n${audience}\n${nonce}\n${windowId}`
}

/**
 * The text a room signs for whoever joins: it holds the room's key, and its host has the certificate with this
 * fingerprint (null: none of its own). The challenge is the client's, so that an old answer is worth nothing.
 */
export function roomProofText(challenge: string, sessionId: string, fingerprint: string | null): string {
  return `inkroom-room-1\n${challenge}\n${sessionId}\n${fingerprint ?? ''}`
}

/** A fresh id of 128 random bits in base32 (26 characters): clients, pages, records. */
export function createId(randomBytes: RandomBytes): string {
  return toBase32(randomBytes(16))
}
