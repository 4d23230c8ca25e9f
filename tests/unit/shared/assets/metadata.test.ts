import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ASSET_TYPES } from '../../../../src/shared/assets/assetType'
import { withoutMetadata } from '../../../../src/shared/assets/metadata'
import { exif, jpeg, segment } from '../../../lib/sampleJpeg'

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))
const textOf = (bytes: Uint8Array | undefined): string => String.fromCharCode(...(bytes ?? []))

describe('a JPEG', () => {
  it('A13: loses where, when and with what it was taken, and nothing that is to be seen', () => {
    const kept = [segment(0xe0, 'JFIF\0'), segment(0xe2, 'ICC_PROFILE\0 colours'), segment(0xdb, 'tables')]
    const words = [
      exif(1, 'GPS 48.137 N'),
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<where/>'),
      segment(0xe2, 'MPF\0 another picture'),
      segment(0xed, 'Photoshop 3.0\0 by Ada'),
      segment(0xfe, 'a comment'),
    ]
    const mixed = [...words.slice(0, 2), ...kept, ...words.slice(2)]
    expect(withoutMetadata(jpeg(mixed), 'image/jpeg')).toEqual(jpeg(kept))
  })

  it.each(['II', 'MM'] as const)('A13: is turned as before, by Exif that says no more: %s', (order) => {
    const cleaned = withoutMetadata(jpeg([exif(6, 'GPS 48.137 N', order)]), 'image/jpeg')
    expect(cleaned).toEqual(jpeg([exif(6)]))
    expect(textOf(cleaned)).not.toContain('GPS')
    expect(withoutMetadata(cleaned ?? new Uint8Array(), 'image/jpeg')).toEqual(cleaned)
  })

  it('A13: ends where its picture ends, whatever phones have put behind it', () => {
    const film = Uint8Array.from([...jpeg([]), ...ascii('ftypmp42 48.137 N')])
    expect(withoutMetadata(film, 'image/jpeg')).toEqual(jpeg([]))
  })

  it('is the same bytes where there is nothing to leave out', () => {
    const plain = jpeg([segment(0xe0, 'JFIF\0'), segment(0xdb, 'tables')])
    expect(withoutMetadata(plain, 'image/jpeg')).toBe(plain)
  })

  it('is written anew where it is cut off or not understood', () => {
    const whole = jpeg([exif(1, 'GPS')])
    for (const length of [2, 3, 5, 20, whole.length - 1])
      expect(withoutMetadata(whole.subarray(0, length), 'image/jpeg')).toBeUndefined()
  })
})

describe('other pictures', () => {
  const chunk = (name: string, content = 'abcd'): number[] => [
    ...[0, 0, 0, content.length],
    ...ascii(name),
    ...ascii(content),
    ...[0, 0, 0, 0],
  ]
  const png = (...names: string[]): Uint8Array =>
    Uint8Array.from([
      0x89,
      ...ascii('PNG\r\n\x1a\n'),
      ...['IHDR', ...names, 'IDAT', 'IEND'].flatMap((name) => chunk(name)),
    ])
  const riff = (...names: string[]): number[] =>
    names.flatMap((name) => [...ascii(name), 3, 0, 0, 0, ...ascii('abc'), 0])
  const webp = (flags: number, ...names: string[]): Uint8Array => {
    const body = [...ascii('WEBPVP8X'), 10, 0, 0, 0, flags, ...Array<number>(9).fill(0), ...riff(...names)]
    return Uint8Array.from([...ascii('RIFF'), body.length & 255, body.length >> 8, 0, 0, ...body])
  }

  it('A13: a PNG loses its words, and is written anew where it has Exif', () => {
    expect(withoutMetadata(png('tEXt', 'iCCP', 'iTXt'), 'image/png')).toEqual(png('iCCP'))
    expect(withoutMetadata(png('eXIf'), 'image/png')).toBeUndefined()
    const plain = png()
    expect(withoutMetadata(plain, 'image/png')).toBe(plain)
  })

  it('A13: a WebP with Exif is written anew; one that moves loses its metadata', () => {
    expect(withoutMetadata(webp(0x08, 'VP8 ', 'EXIF'), 'image/webp')).toBeUndefined()
    const moving = withoutMetadata(webp(0x0e, 'ANIM', 'EXIF', 'XMP '), 'image/webp')
    expect(moving).toEqual(webp(0x02, 'ANIM'))
    const plain = webp(0, 'VP8 ')
    expect(withoutMetadata(plain, 'image/webp')).toBe(plain)
  })

  it('of any bytes neither fail nor keep who looks at them busy', () => {
    const starts = [[0xff, 0xd8, 0xff, 0xe1], [0xff, 0xd8, 0xff, 0xda], ascii('RIFFxxxxWEBP'), [0x89]]
    const bytes = fc
      .tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }))
      .map(([start, rest]) => Uint8Array.from([...start, ...rest]))
    fc.assert(
      fc.property(bytes, fc.constantFrom(...ASSET_TYPES), (some, type) => {
        expect((withoutMetadata(some, type) ?? some).length).toBeLessThanOrEqual(some.length + 36)
      }),
      { numRuns: 2000 },
    )
  })
})
