/** Limits of pictures that client and server agree on; docs/decisions/assets.md says why each is what it is. */

/** Bytes of one picture. 10 MiB: a photograph of a good phone, and a minute of a slow upload. */
export const MAX_ASSET_BYTES = 10 * 1024 * 1024

/** Pixels of one picture. 50 million: they take 200 MB once decoded, which a phone still has. */
export const MAX_ASSET_PIXELS = 50_000_000

/** Pixels of one side. 16,384: what browsers' canvases and graphics cards take. */
export const MAX_ASSET_SIDE = 16_384

/** Bytes of every piece but the last. 48 KiB: 65,536 characters of base64, 5 ms of a 100 Mbit/s link. */
export const ASSET_PIECE_BYTES = 48 * 1024

/** Most messages about pictures that a session may have unanswered. 32: honest clients have four. */
export const MAX_UNANSWERED_ASSET_MESSAGES = 32

/** Pieces of a picture, which are numbered from 0. `size` in bytes. */
export function pieceCountOf(size: number): number {
  return Math.ceil(size / ASSET_PIECE_BYTES)
}

/** Bytes of a piece; at most 0 where there is no such piece. */
export function pieceLengthOf(size: number, index: number): number {
  return Math.min(ASSET_PIECE_BYTES, size - index * ASSET_PIECE_BYTES)
}

/** A piece of a picture, without copying it. */
export function pieceOf(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.subarray(index * ASSET_PIECE_BYTES, (index + 1) * ASSET_PIECE_BYTES)
}
