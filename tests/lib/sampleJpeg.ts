const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))

/** A segment of a JPEG with a marker. */
export function segment(marker: number, content: string): number[] {
  const length = content.length + 2
  return [0xff, marker, length >> 8, length & 255, ...ascii(content)]
}

/** Exif that says how to turn a picture, 1 to 8, with more words behind that. */
export function exif(turn: number, words = '', order: 'II' | 'MM' = 'MM'): number[] {
  const number = (value: number, bytes: number): number[] => {
    const big = Array.from({ length: bytes }, (_, i) => (value >> (8 * (bytes - 1 - i))) & 255)
    return order === 'MM' ? big : big.reverse()
  }
  const entry = [...number(0x0112, 2), ...number(3, 2), ...number(1, 4), ...number(turn, 2), 0, 0]
  const tiff = [
    ...ascii(order),
    ...number(42, 2),
    ...number(8, 4),
    ...number(1, 2),
    ...entry,
    ...number(0, 4),
    ...ascii(words),
  ]
  return segment(0xe1, `Exif\0\0${String.fromCharCode(...tiff)}`)
}

/** A JPEG with segments and pixels that look like markers. Nobody decodes it. */
export function jpeg(segments: readonly (readonly number[])[]): Uint8Array {
  const pixels = [...segment(0xda, 'scan'), 1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]
  return Uint8Array.from([0xff, 0xd8, ...segments.flat(), ...pixels, 0xff, 0xd9])
}
