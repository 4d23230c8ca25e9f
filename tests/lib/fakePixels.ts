import type { DecodePicture, Pixels } from '../../src/renderer/board/pictures/decodePicture'

/** Pixels that know whether their memory was given back. */
export interface FakePixels extends Pixels {
  isClosed: boolean
}

/** Decodes what {@link pictureFile} makes; rejects for anything else, as a browser does. */
export class FakeDecoder {
  readonly made: FakePixels[] = []
  /** The size asked for by each decoding; undefined for the picture's own. */
  readonly sizes: (string | undefined)[] = []

  readonly decode: DecodePicture<FakePixels> = async (blob, size) => {
    this.sizes.push(size === undefined ? undefined : `${size.width}x${size.height}`)
    const [, width, height] = /^picture (\d+) (\d+)/.exec(await blob.text()) ?? []
    if (width === undefined || height === undefined) throw new DOMException('no picture', 'InvalidStateError')
    const pixels = {
      width: size?.width ?? Number(width),
      height: size?.height ?? Number(height),
      isClosed: false,
      close: () => {
        pixels.isClosed = true
      },
    }
    this.made.push(pixels)
    return pixels
  }

  /** Bytes of pixels that are held. */
  get held(): number {
    return this.made.reduce(
      (sum, { width, height, isClosed }) => sum + (isClosed ? 0 : width * height * 4),
      0,
    )
  }
}

/** Bytes that stand for a picture of a size. */
export function pictureBytes(width: number, height: number, mark = ''): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`picture ${width} ${height} ${mark}`)
}

/** Runs what waits for promises that are resolved already. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 60; i++) await Promise.resolve()
  await new Promise((resolve) => setImmediate(resolve))
  for (let i = 0; i < 60; i++) await Promise.resolve()
}
