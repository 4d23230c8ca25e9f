import { imageDimensionsFromData } from 'image-dimensions'
import { AssetError } from './assetError'
import type { AssetType } from './assetType'
import { MAX_ASSET_BYTES, MAX_ASSET_PIXELS, MAX_ASSET_SIDE } from './limits'

/** What the bytes of a picture say of themselves. */
export interface InspectedAsset {
  readonly mimeType: AssetType
  /** Pixels, before any orientation that a photograph may ask for. */
  readonly width: number
  readonly height: number
}

/**
 * Tells type and size of a picture from its bytes alone. Throws AssetError `asset-too-large`, `asset-not-an-image` or
 * `asset-too-many-pixels`. Looks at the picture's header: it takes no longer for bytes made to mislead it.
 */
export function inspectAsset(bytes: Uint8Array): InspectedAsset {
  checkAssetSize(bytes.length)
  const mimeType = assetTypeOf(bytes)
  // Asked only for formats that it reads in one pass: its reader of HEIC and AVIF is of no use here.
  const found = mimeType === undefined ? undefined : imageDimensionsFromData(bytes)
  if (mimeType === undefined || found === undefined || found.width < 1 || found.height < 1) {
    throw new AssetError('asset-not-an-image', 'the bytes are no PNG, JPEG, GIF or WebP picture')
  }
  const { width, height } = found
  if (Math.max(width, height) > MAX_ASSET_SIDE || width * height > MAX_ASSET_PIXELS) {
    throw new AssetError('asset-too-many-pixels', `the picture has ${width} by ${height} pixels`)
  }
  return { mimeType, width, height }
}

/** Throws AssetError `asset-too-large`. */
export function checkAssetSize(size: number): void {
  if (size > MAX_ASSET_BYTES)
    throw new AssetError('asset-too-large', `a picture has at most ${MAX_ASSET_BYTES} bytes, not ${size}`)
}

/** The type by the first bytes; undefined where they begin no picture. */
export function assetTypeOf(start: Uint8Array): AssetType | undefined {
  const begins = (at: number, ...bytes: number[]): boolean =>
    bytes.every((byte, index) => start[at + index] === byte)
  if (begins(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (begins(0, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (begins(0, 0x47, 0x49, 0x46, 0x38) && (start[4] === 0x37 || start[4] === 0x39) && start[5] === 0x61)
    return 'image/gif'
  if (begins(0, 0x52, 0x49, 0x46, 0x46) && begins(8, 0x57, 0x45, 0x42, 0x50)) return 'image/webp'
  return undefined
}
