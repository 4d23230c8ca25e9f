import type { Shape } from '../model'
import { decodePicture, type DecodePicture, type Pixels } from './decodePicture'
import type { PictureFile } from './gatherPictures'
import type { PictureLook, PictureSource } from './pictureLook'

/** Pictures as pixels for one drawing, to be freed after it. */
export interface DrawingPictures extends PictureSource {
  free(): void
}

/** Decodes the pictures that shapes show, no larger than they are drawn. `scale`: pixels for each board unit. */
export async function picturesForDrawing(
  shapes: readonly Shape[],
  files: ReadonlyMap<string, PictureFile>,
  scale: number,
  decode: DecodePicture<Pixels & CanvasImageSource> = decodePicture,
): Promise<DrawingPictures> {
  const sides = new Map<string, number>()
  for (const shape of shapes) {
    if (shape.type !== 'image' || shape.assetId === undefined) continue
    const side = Math.max(shape.box.width, shape.box.height) * scale
    sides.set(shape.assetId, Math.max(side, sides.get(shape.assetId) ?? 0))
  }
  const looks = new Map<string, PictureLook>()
  const held: Pixels[] = []
  for (const [id, side] of sides) {
    const file = files.get(id)
    if (file === undefined) continue
    const image = await decoded(file, side, decode)
    if (image === undefined) continue
    held.push(image)
    looks.set(id, { kind: 'shown', image, upload: undefined })
  }
  return {
    look: (assetId) => looks.get(assetId) ?? { kind: 'missing' },
    captionOf: () => undefined,
    free: () => {
      for (const pixels of held) pixels.close()
    },
  }
}

async function decoded(
  file: PictureFile,
  side: number,
  decode: DecodePicture<Pixels & CanvasImageSource>,
): Promise<(Pixels & CanvasImageSource) | undefined> {
  const blob = new Blob([Uint8Array.from(file.bytes)], { type: file.mimeType })
  try {
    const full = await decode(blob)
    const factor = side / Math.max(full.width, full.height)
    if (factor > 0.7) return full
    const size = {
      width: Math.max(1, Math.round(full.width * factor)),
      height: Math.max(1, Math.round(full.height * factor)),
    }
    full.close()
    return await decode(blob, size)
  } catch {
    // It is no picture: the drawing has a card in its place, as the board has.
    return undefined
  }
}
