import type { Box } from '../../../shared/board/shape'
import type { Camera } from '../camera'
import type { DrawContext } from '../draw/drawShape'

/** A picture of a whole board, to be seen until the board itself is. */
export interface BoardPreview {
  readonly picture: ImageBitmap
  /** What of the board it shows, in board units. */
  readonly bounds: Box
  /** As of a kept preview: names what it shows. */
  readonly mark: string | undefined
}

/** A picture of a whole board that has just been taken. */
export interface TakenPicture {
  readonly canvas: OffscreenCanvas
  /** As of {@link BoardPreview}. */
  readonly bounds: Box
}

/** Draws paper and, where the camera sees it, the picture on all of a canvas. `density`: device for each CSS pixel. */
export function drawPreview(
  context: DrawContext,
  { picture, bounds }: BoardPreview,
  paper: string,
  camera: Camera,
  density: number,
): void {
  const scale = camera.zoom * density
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.fillStyle = paper
  context.fillRect(0, 0, context.canvas.width, context.canvas.height)
  context.imageSmoothingEnabled = true
  context.imageSmoothingQuality = 'medium'
  context.drawImage(
    picture,
    Math.round((bounds.x - camera.x) * scale),
    Math.round((bounds.y - camera.y) * scale),
    Math.max(1, Math.round(bounds.width * scale)),
    Math.max(1, Math.round(bounds.height * scale)),
  )
}
