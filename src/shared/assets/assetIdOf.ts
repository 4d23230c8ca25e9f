import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** Bytes hashed between two pauses: some 3 ms. */
const SLICE_BYTES = 256 * 1024

/**
 * The id of a picture: SHA-256 of its bytes in lower-case hex. Hashing 10 MB takes 100 ms and more in JavaScript, so it
 * is done in slices; `pause` lets other work go on between two of them.
 */
export async function assetIdOf(bytes: Uint8Array, pause: () => Promise<void>): Promise<string> {
  const hash = sha256.create()
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    if (at > 0) await pause()
    hash.update(bytes.subarray(at, at + SLICE_BYTES))
  }
  return bytesToHex(hash.digest())
}
