import { decodePicture } from './decodePicture'
import type { PictureCodec } from './preparePicture'

/** Pixels looked at along each side. */
const SAMPLES = 96

/** Reads and writes pictures with what the browser has. */
export const browserCodec: PictureCodec<ImageBitmap> = {
  decode: decodePicture,

  encode(pixels, mimeType, quality) {
    const { canvas, context } = canvasOf(pixels.width, pixels.height)
    context.drawImage(pixels, 0, 0)
    return canvas.convertToBlob({ type: mimeType, ...(quality === undefined ? {} : { quality }) })
  },

  sample(pixels) {
    const width = Math.min(SAMPLES, pixels.width)
    const height = Math.min(SAMPLES, pixels.height)
    const { context } = canvasOf(width, height)
    // Without it neighbouring pixels would be mixed to colours the picture does not have.
    context.imageSmoothingEnabled = false
    context.drawImage(pixels, 0, 0, width, height)
    return context.getImageData(0, 0, width, height).data
  },
}

function canvasOf(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser cannot draw on a canvas')
  return { canvas, context }
}

/** Pixels as a PNG, for the clipboard. */
export function asPng(pixels: ImageBitmap): Promise<Blob> {
  return browserCodec.encode(pixels, 'image/png')
}
