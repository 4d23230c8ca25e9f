/**
 * The entries of an .icns file that hold a PNG, with their sides in pixels. Some sizes occur twice: once for themselves
 * and once for a smaller icon on a display with doubled pixels.
 * @type {readonly { type: string, side: number }[]}
 */
export const ICNS_ENTRIES = [
  { type: 'icp4', side: 16 },
  { type: 'icp5', side: 32 },
  { type: 'ic11', side: 32 },
  { type: 'ic12', side: 64 },
  { type: 'ic07', side: 128 },
  { type: 'ic13', side: 256 },
  { type: 'ic08', side: 256 },
  { type: 'ic14', side: 512 },
  { type: 'ic09', side: 512 },
  { type: 'ic10', side: 1024 },
]

const HEADER_BYTES = 8

/**
 * Packs PNGs into the icon format of macOS: after a header, each entry is four letters, its length, its bytes.
 * @param {(side: number) => Buffer} pngOf
 * @returns {Buffer}
 */
export function toIcns(pngOf) {
  const entries = ICNS_ENTRIES.map(({ type, side }) => chunk(type, pngOf(side)))
  return chunk('icns', Buffer.concat(entries))
}

/**
 * @param {string} type
 * @param {Buffer} content
 * @returns {Buffer}
 */
function chunk(type, content) {
  const header = Buffer.alloc(HEADER_BYTES)
  header.write(type, 0, 'latin1')
  header.writeUInt32BE(HEADER_BYTES + content.length, 4)
  return Buffer.concat([header, content])
}
