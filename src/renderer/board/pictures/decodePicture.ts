/** A picture in memory as pixels, upright as its EXIF data says. An `ImageBitmap`; tests have their own. */
export interface Pixels {
  readonly width: number
  readonly height: number
  /** Gives the memory back. */
  close(): void
}

/**
 * Decodes a picture, at `width` by `height` pixels where they are given. Rejects for bytes that are no picture. Of a
 * moving picture it is the first frame.
 */
export type DecodePicture<P extends Pixels> = (
  bytes: Blob,
  size?: { readonly width: number; readonly height: number },
) => Promise<P>

/** Browsers decode and scale off the main thread where they are given the bytes. */
export const decodePicture: DecodePicture<ImageBitmap> = (bytes, size) =>
  size === undefined
    ? createImageBitmap(bytes)
    : createImageBitmap(bytes, {
        resizeWidth: size.width,
        resizeHeight: size.height,
        // `high` takes twice the time and looks the same on a board.
        resizeQuality: 'medium',
      })
