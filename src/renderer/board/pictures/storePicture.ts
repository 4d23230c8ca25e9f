import type { AssetClient } from '../../../client/api'
import { AssetError } from '../../../shared/assets/assetError'
import type { ExcalidrawPicture } from '../../../shared/board/excalidraw'
import { browserCodec } from './browserCodec'
import { fromDataUrl } from './dataUrl'
import { preparePicture } from './preparePicture'
import { readHeader } from './readHeader'

/** Longest side that a drawing of lines is given as a picture of pixels. */
const MAX_VECTOR_SIDE = 2048

/** Makes a picture of an `.excalidraw` file one of the room's. Throws AssetError. */
export async function storePicture(picture: ExcalidrawPicture, assets: AssetClient): Promise<string> {
  const blob =
    picture.mimeType === 'image/svg+xml'
      ? await svgAsPixels(picture.dataUrl)
      : new Blob([fromDataUrl(picture.dataUrl)], { type: picture.mimeType })
  const { bytes } = await preparePicture(blob, browserCodec, readHeader)
  return assets.add(bytes)
}

/**
 * An SVG as PNG: rooms take none, since they may hold scripts and addresses. In an `img` element neither does anything.
 */
async function svgAsPixels(address: string): Promise<Blob> {
  const image = new Image()
  image.src = address
  try {
    await image.decode()
  } catch (error) {
    throw new AssetError('asset-not-an-image', 'the SVG cannot be drawn', { cause: error })
  }
  const { naturalWidth, naturalHeight } = image
  const scale = MAX_VECTOR_SIDE / Math.max(naturalWidth, naturalHeight, 1)
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(naturalWidth * scale)),
    Math.max(1, Math.round(naturalHeight * scale)),
  )
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser cannot draw on a canvas')
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({ type: 'image/png' })
}
