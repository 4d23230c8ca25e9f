import { AssetError } from '../../../shared/assets/assetError'
import { MAX_ASSET_BYTES } from '../../../shared/assets/limits'
import { PlatformError } from '../../platform/platformError'
import type { DecodePicture, Pixels } from './decodePicture'

/** Larger files are not even read: no camera makes them, and reading them would take all memory. In bytes. */
const MAX_FILE_BYTES = 200 * 1024 * 1024
/** Longest side of what is stored: more is not to be seen on a board, and costs everybody time and memory. */
export const MAX_STORED_SIDE = 4096
const JPEG_QUALITY = 0.9
/** Pictures with fewer colours, among the pixels looked at, are drawings: JPEG would smear their edges. */
const FEW_COLOURS = 256

/** How pictures are decoded and written anew. */
export interface PictureCodec<P extends Pixels> {
  readonly decode: DecodePicture<P>
  encode(pixels: P, mimeType: 'image/png' | 'image/jpeg', quality?: number): Promise<Blob>
  /** Red, green, blue and opacity, 0 to 255, of some pixels from all over the picture, none of them mixed. */
  sample(pixels: P): ArrayLike<number>
}

/** A picture as it is stored. */
export interface PreparedPicture {
  readonly bytes: Uint8Array
  /** In pixels, upright. */
  readonly width: number
  readonly height: number
}

/** What a file's first bytes say of it. */
export interface PictureHeader {
  readonly mimeType: string
  readonly width: number
  readonly height: number
  /** The file without what it says of its maker, place and time; undefined where it has to be written anew for that. */
  clean(): Uint8Array | undefined
}

/** Reads a header. Throws AssetError where the picture has too many pixels; undefined for what it does not know. */
export type ReadHeader = (bytes: Uint8Array) => PictureHeader | undefined

/**
 * Makes of a file what a room stores: the file itself where it may be, less its metadata, a smaller picture where it is
 * too large, another kind of file where it is of one that only this browser reads. Throws AssetError, or PlatformError `file-unreadable`.
 */
export async function preparePicture<P extends Pixels>(
  file: Blob,
  codec: PictureCodec<P>,
  readHeader: ReadHeader,
): Promise<PreparedPicture> {
  if (file.size > MAX_FILE_BYTES) throw tooLarge(file.size)
  const bytes = await bytesOf(file)
  // Before anything is decoded: a few bytes may unpack to more pixels than there is memory.
  const header = readHeader(bytes)
  const pixels = await decoded(file, codec, header)
  const { width, height } = pixels
  try {
    // A GIF would lose its motion.
    const isGif = header?.mimeType === 'image/gif'
    const clean = isGif || Math.max(width, height) <= MAX_STORED_SIDE ? header?.clean() : undefined
    if (clean !== undefined && clean.length <= MAX_ASSET_BYTES) return { bytes: clean, width, height }
    if (isGif) throw tooLarge(bytes.length)
    return await rewritten(file, pixels, codec, header?.mimeType === 'image/jpeg')
  } finally {
    pixels.close()
  }
}

async function bytesOf(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (error) {
    // A folder, a file that has gone since, one without permission.
    throw new PlatformError('file-unreadable', 'the browser cannot read the file', { cause: error })
  }
}

async function decoded<P extends Pixels>(
  file: Blob,
  codec: PictureCodec<P>,
  header: PictureHeader | undefined,
): Promise<P> {
  try {
    return await codec.decode(file)
  } catch (error) {
    const what = header === undefined ? 'of no known kind' : `a damaged ${header.mimeType}`
    throw new AssetError('asset-not-an-image', `the file is ${what}`, { cause: error })
  }
}

async function rewritten<P extends Pixels>(
  file: Blob,
  pixels: P,
  codec: PictureCodec<P>,
  wasJpeg: boolean,
): Promise<PreparedPicture> {
  const scale = Math.min(1, MAX_STORED_SIDE / Math.max(pixels.width, pixels.height))
  const width = Math.max(1, Math.round(pixels.width * scale))
  const height = Math.max(1, Math.round(pixels.height * scale))
  const { hasOpacity, hasFewColours } = wasJpeg
    ? { hasOpacity: false, hasFewColours: false }
    : looksOf(codec.sample(pixels))
  const small = scale < 1 ? await codec.decode(file, { width, height }) : pixels
  try {
    const kinds =
      hasOpacity || hasFewColours ? (['image/png', 'image/jpeg'] as const) : (['image/jpeg'] as const)
    let size = 0
    for (const kind of kinds) {
      if (kind === 'image/jpeg' && hasOpacity) continue
      const blob = await codec.encode(small, kind, kind === 'image/jpeg' ? JPEG_QUALITY : undefined)
      size = blob.size
      if (size <= MAX_ASSET_BYTES) return { bytes: await bytesOf(blob), width, height }
    }
    throw tooLarge(size)
  } finally {
    if (small !== pixels) small.close()
  }
}

function looksOf(sample: ArrayLike<number>): { hasOpacity: boolean; hasFewColours: boolean } {
  const colours = new Set<number>()
  let hasOpacity = false
  for (let i = 0; i + 3 < sample.length; i += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = [sample[i], sample[i + 1], sample[i + 2], sample[i + 3]]
    if (alpha < 255) hasOpacity = true
    colours.add((red << 16) | (green << 8) | blue)
  }
  return { hasOpacity, hasFewColours: colours.size <= FEW_COLOURS }
}

function tooLarge(bytes: number): AssetError {
  return new AssetError('asset-too-large', `the picture has ${bytes} bytes, the limit is ${MAX_ASSET_BYTES}`)
}
