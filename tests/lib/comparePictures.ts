import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

/**
 * Share of the pixels, from 0 to 1, in which two PNG pictures of one size differ by more than the smoothing of edges.
 * Throws RangeError where their sizes differ.
 */
export function differenceOf(a: Buffer, b: Buffer): number {
  const [first, second] = [PNG.sync.read(a), PNG.sync.read(b)]
  const { width, height } = first
  if (second.width !== width || second.height !== height)
    throw new RangeError(
      `${width} x ${height} pixels cannot be compared with ${second.width} x ${second.height}`,
    )
  return pixelmatch(first.data, second.data, undefined, width, height) / (width * height)
}

/** A PNG picture of one colour. */
export function plainPicture(width: number, height: number, [red, green, blue]: Rgb): Buffer {
  const png = new PNG({ width, height })
  for (let at = 0; at < png.data.length; at += 4) png.data.set([red, green, blue, 255], at)
  return PNG.sync.write(png)
}

/** How many pixels of a PNG picture have exactly one colour. */
export function pixelsOf(picture: Buffer, [red, green, blue]: Rgb): number {
  const { data } = PNG.sync.read(picture)
  let count = 0
  for (let at = 0; at < data.length; at += 4)
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count++
  return count
}
