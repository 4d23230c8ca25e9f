import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

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
