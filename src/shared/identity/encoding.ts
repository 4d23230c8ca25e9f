import { base32nopad, base64urlnopad } from '@scure/base'

/** Bytes as base64url without padding (RFC 4648 section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes)
}

/** Throws an Error for text that is not base64url without padding. */
export function fromBase64Url(text: string): Uint8Array {
  return base64urlnopad.decode(text)
}

/** Bytes as lower-case base32 without padding (RFC 4648 section 6): ids that survive being read aloud. */
export function toBase32(bytes: Uint8Array): string {
  return base32nopad.encode(bytes).toLowerCase()
}
