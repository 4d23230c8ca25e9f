/** Limits of pictures that client and server agree on; docs/decisions/assets.md says why each is what it is. */

/** Bytes of one picture. 10 MiB: a photograph of a good phone, and a minute of a slow upload. */
export const MAX_ASSET_BYTES = 10 * 1024 * 1024

/** Pixels of one picture. 50 million: they take 200 MB once decoded, which a phone still has. */
export const MAX_ASSET_PIXELS = 50_000_000

/** Pixels of one side. 16,384: what browsers' canvases and graphics cards take. */
export const MAX_ASSET_SIDE = 16_384
