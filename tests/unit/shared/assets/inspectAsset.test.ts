import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AssetError } from '../../../../src/shared/assets/assetError'
import { assetIdOf } from '../../../../src/shared/assets/assetIdOf'
import { assetTypeOf, inspectAsset } from '../../../../src/shared/assets/inspectAsset'
import {
  ASSET_PIECE_BYTES,
  MAX_ASSET_BYTES,
  pieceCountOf,
  pieceLengthOf,
  pieceOf,
} from '../../../../src/shared/assets/limits'
import { idOfPicture, samplePng } from '../../../lib/samplePictures'

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

/** Real starts of pictures of 5 by 7 pixels. */
const STARTS = {
  'image/png': samplePng(5, 7),
  'image/gif': bytesOf('474946383961 0500 0700 f00000'),
  // An APP0 segment, then the frame header.
  'image/jpeg': bytesOf(
    'ffd8 ffe00010 4a46494600010100000100010000 ffc00011 08 0007 0005 03012200021101031101',
  ),
  'image/webp': bytesOf('52494646 1e000000 57454250 56503858 0a000000 00000000 040000 060000'),
} as const

function codeOf(bytes: Uint8Array): string {
  try {
    return inspectAsset(bytes).mimeType
  } catch (error) {
    if (error instanceof AssetError) return error.code
    throw error
  }
}

describe('a picture', () => {
  it.each(Object.entries(STARTS))('A1: of %s is told with its size from its bytes', (mimeType, bytes) => {
    expect(inspectAsset(bytes)).toEqual({ mimeType, width: 5, height: 7 })
    expect(assetTypeOf(bytes)).toBe(mimeType)
  })

  it.each([
    ['nothing', new Uint8Array(0)],
    ['one byte', new Uint8Array(1)],
    ['SVG', new TextEncoder().encode('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a BMP', bytesOf('424d 46000000 00000000 36000000 28000000 05000000 07000000')],
    ['an AVIF', bytesOf('00000020 66747970 61766966 00000000 61766966 6d696631 6d696166')],
    ['a page', new TextEncoder().encode('<!doctype html><script>alert(1)</script>')],
    ['a PNG without a header', samplePng().slice(0, 15)],
    ['a JPEG without a frame', bytesOf('ffd8 ffda 0008 010100003f00')],
    ['a WebP of a kind that is none', bytesOf('52494646 1e000000 57454250 56503859 0a000000 0000')],
  ])('A1: that is %s is none', (_what, bytes) => {
    expect(codeOf(bytes)).toBe('asset-not-an-image')
  })

  it('A1: may have so many pixels and bytes, and not more', () => {
    expect(codeOf(samplePng(10_000, 5_000))).toBe('image/png')
    expect(codeOf(samplePng(10_000, 5_001))).toBe('asset-too-many-pixels')
    expect(codeOf(samplePng(16_384, 1))).toBe('image/png')
    expect(codeOf(samplePng(1, 16_385))).toBe('asset-too-many-pixels')
    expect(codeOf(samplePng(0xffff_ffff, 0xffff_ffff))).toBe('asset-too-many-pixels')
    expect(codeOf(samplePng(1, 1, MAX_ASSET_BYTES))).toBe('image/png')
    expect(codeOf(samplePng(1, 1, MAX_ASSET_BYTES + 1))).toBe('asset-too-large')
  })

  it('A1: of any bytes is a picture or refused with a code', () => {
    const start = fc.constantFrom(...Object.values(STARTS).map((bytes) => [...bytes]))
    const broken = fc
      .tuple(start, fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 6 }), fc.nat(60))
      .map(([bytes, changes, length]) => {
        const changed = Uint8Array.from(bytes)
        for (const [at, value] of changes) if (at < changed.length) changed[at] = value
        return changed.slice(0, length)
      })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), broken), (bytes) => {
        expect(codeOf(bytes)).toMatch(/^(image\/|asset-)/)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each<[string, (at: number) => number]>([
    ['markers without an end', () => 0xff],
    ['empty segments', (at) => [0xff, 0xe1, 0x00, 0x02][at % 4] ?? 0],
    ['segments of length 0', (at) => [0xff, 0xe1, 0x00, 0x00][at % 4] ?? 0],
    ['no marker', () => 0],
  ])('A1: of 10 MB made to keep the reader busy with %s does not', (_what, byteAt) => {
    const bytes = new Uint8Array(MAX_ASSET_BYTES).map((_, at) => byteAt(at))
    bytes.set([0xff, 0xd8, 0xff])
    const start = performance.now()
    expect(codeOf(bytes)).toBe('asset-not-an-image')
    expect(performance.now() - start).toBeLessThan(1_500)
  })

  it('A2: has the SHA-256 of its bytes for an id, however long it is', async () => {
    let pauses = 0
    for (const length of [33, 256 * 1024, 256 * 1024 + 1, 3_000_000]) {
      const bytes = samplePng(1, 1, length)
      expect(await assetIdOf(bytes, async () => void (pauses += 1))).toBe(idOfPicture(bytes))
    }
    expect(pauses).toBe(12)
  })

  it('A2: is the sum of its pieces', () => {
    for (const length of [1, ASSET_PIECE_BYTES, ASSET_PIECE_BYTES + 1, 3 * ASSET_PIECE_BYTES - 1]) {
      const bytes = samplePng(1, 1, Math.max(40, length)).slice(0, length)
      const pieces = Array.from({ length: pieceCountOf(length) }, (_, index) => pieceOf(bytes, index))
      expect(pieces.map((piece) => piece.length)).toEqual(
        pieces.map((_, index) => pieceLengthOf(length, index)),
      )
      expect(Uint8Array.from(pieces.flatMap((piece) => [...piece]))).toEqual(bytes)
      expect(pieceLengthOf(length, pieces.length)).toBeLessThanOrEqual(0)
    }
  })
})
