import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** A PNG of a size in pixels, padded to a number of bytes with a chunk that readers skip. Nobody decodes it. */
export function samplePng(width = 4, height = 3, length = 100, seed = 0): Uint8Array {
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  view.setUint32(16, width)
  view.setUint32(20, height)
  for (let at = 33; at < length; at++) bytes[at] = (at * 31 + seed * 17 + (at >> 8)) & 255
  return bytes
}

export const idOfPicture = (bytes: Uint8Array): string => bytesToHex(sha256(bytes))
