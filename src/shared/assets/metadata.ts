/**
 * What cameras and programs write into pictures besides the picture: where it was taken, when, with which device, by
 * whom. It is left out without touching a pixel, except for how the picture is to be turned and its colour profile.
 */
import type { AssetType } from './assetType'

/**
 * The picture without its metadata: the same bytes where it has none. Undefined where they have to be written anew to
 * be rid of it: what stands in them is not understood, or says how to turn a picture in a way that is not kept here.
 */
export function withoutMetadata(bytes: Uint8Array, type: AssetType): Uint8Array | undefined {
  switch (type) {
    case 'image/jpeg':
      return withoutSegments(bytes)
    case 'image/png':
      return withoutPngChunks(bytes)
    case 'image/webp':
      return withoutWebpChunks(bytes)
    case 'image/gif':
      // No camera writes them.
      return bytes
  }
}

/** The bytes of some stretches in a row; `bytes` itself where that is all of them. */
function joined(bytes: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (length === bytes.length && parts.every((part) => part.buffer === bytes.buffer)) return bytes
  const out = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** True where an ASCII text stands at a place. */
function stands(bytes: Uint8Array, at: number, text: string): boolean {
  return [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0))
}

const START = 0xd8
const END = 0xd9
const SCAN = 0xda
const COMMENT = 0xfe
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP14 = 0xee
const APP15 = 0xef

/** A JPEG up to its end: phones put films and second pictures, with metadata of their own, behind that. */
function withoutSegments(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== START) return undefined
  const parts = [bytes.subarray(0, 2)]
  let at = 2
  let hasTurn = false
  for (;;) {
    const from = at
    if (bytes[at] !== 0xff) return undefined
    while (bytes[at + 1] === 0xff) at++
    const marker = bytes[at + 1]
    if (marker === END) return joined(bytes, [...parts, bytes.subarray(from, at + 2)])
    if (marker === undefined || marker < 0xc0 || at + 4 > bytes.length) return undefined
    const length = viewOf(bytes).getUint16(at + 2)
    const content = at + 4
    at = marker === SCAN ? endOfScan(bytes, at + 2 + length) : at + 2 + length
    if (length < 2 || at > bytes.length) return undefined
    if (marker === APP1 && !hasTurn && stands(bytes, content, 'Exif\0\0')) {
      const turn = turnIn(bytes.subarray(content + 6, at))
      hasTurn = turn > 1
      if (hasTurn) parts.push(turnSegment(turn))
    }
    if (isKept(bytes, marker, content)) parts.push(bytes.subarray(from, at))
  }
}

function isKept(bytes: Uint8Array, marker: number, content: number): boolean {
  if (marker === APP2) return stands(bytes, content, 'ICC_PROFILE\0')
  if (marker === APP0 || marker === APP14) return true
  return marker !== COMMENT && (marker < APP0 || marker > APP15)
}

/** Where the marker stands that ends the compressed pixels from `at` on. */
function endOfScan(bytes: Uint8Array, at: number): number {
  for (let next = bytes.indexOf(0xff, at); next !== -1; next = bytes.indexOf(0xff, next + 1)) {
    const marker = bytes[next + 1]
    // A byte of pixels, or a place to take up decoding again.
    const isPixels = marker === 0 || (marker !== undefined && marker >= 0xd0 && marker <= 0xd7)
    if (!isPixels) return next
  }
  return bytes.length
}

const ORIENTATION = 0x0112

/** How a picture is to be turned and mirrored, 1 to 8, as Exif in a TIFF says; 1, as it is, where it does not. */
function turnIn(tiff: Uint8Array): number {
  const view = viewOf(tiff)
  if (tiff.length < 8) return 1
  const isLittle = stands(tiff, 0, 'II')
  const first = view.getUint32(4, isLittle)
  if (first + 2 > tiff.length) return 1
  const count = view.getUint16(first, isLittle)
  for (let entry = first + 2, i = 0; i < count && entry + 12 <= tiff.length; entry += 12, i++) {
    if (view.getUint16(entry, isLittle) !== ORIENTATION) continue
    const turn = view.getUint16(entry + 8, isLittle)
    return turn >= 1 && turn <= 8 ? turn : 1
  }
  return 1
}

/** Exif that says nothing but how to turn the picture. */
function turnSegment(turn: number): Uint8Array {
  const segment = new Uint8Array(36)
  const view = viewOf(segment)
  view.setUint16(0, 0xff00 + APP1)
  view.setUint16(2, 34)
  segment.set(
    [...'Exif\0\0MM'].map((letter) => letter.charCodeAt(0)),
    4,
  )
  view.setUint16(12, 42)
  view.setUint32(14, 8)
  view.setUint16(18, 1)
  view.setUint16(20, ORIENTATION)
  // One value of two bytes.
  view.setUint16(22, 3)
  view.setUint32(24, 1)
  view.setUint16(28, turn)
  return segment
}

const PNG_WORDS = new Set(['tEXt', 'zTXt', 'iTXt', 'tIME'])

function withoutPngChunks(bytes: Uint8Array): Uint8Array | undefined {
  const parts = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + viewOf(bytes).getUint32(at)
    const name = nameAt(bytes, at + 4)
    if (name === 'eXIf' || end > bytes.length) return undefined
    if (!PNG_WORDS.has(name)) parts.push(bytes.subarray(at, end))
    if (name === 'IEND') return joined(bytes, parts)
    at = end
  }
  return undefined
}

/** Flags in the header of a WebP. */
const MOVES = 0x02
const HAS_METADATA = 0x0c

function withoutWebpChunks(bytes: Uint8Array): Uint8Array | undefined {
  const header = bytes.slice(0, 12)
  const parts = [header]
  let hasMetadata = false
  let moves = false
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = viewOf(bytes).getUint32(at + 4, true)
    const end = at + 8 + length + (length % 2)
    const name = nameAt(bytes, at)
    if (end > bytes.length) return undefined
    const isMetadata = name === 'EXIF' || name === 'XMP '
    hasMetadata ||= isMetadata
    const part = bytes.slice(at, end)
    if (name === 'VP8X') {
      moves = ((part[8] ?? 0) & MOVES) !== 0
      part[8] = (part[8] ?? 0) & ~HAS_METADATA
    }
    if (!isMetadata) parts.push(part)
    at = end
  }
  if (!hasMetadata) return bytes
  // Exif may turn the picture. One that moves cannot be written anew, and no camera makes it.
  if (!moves) return undefined
  const made = joined(bytes, parts)
  viewOf(made).setUint32(4, made.length - 8, true)
  return made
}

function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}
