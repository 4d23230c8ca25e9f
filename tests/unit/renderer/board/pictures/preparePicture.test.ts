import { describe, expect, it } from 'vitest'
import { MAX_ASSET_BYTES } from '../../../../../src/shared/assets/limits'
import { AssetError } from '../../../../../src/shared/assets/assetError'
import { preparePicture, type PictureCodec } from '../../../../../src/renderer/board/pictures/preparePicture'
import { readHeader } from '../../../../../src/renderer/board/pictures/readHeader'
import { FakeDecoder, pictureBytes, type FakePixels } from '../../../../lib/fakePixels'

/** A codec whose files have so many bytes; `sample`: what its pictures look like. */
function codecOf(sample: readonly number[] = PHOTO, sizes = { png: 100, jpeg: 50 }) {
  const decoder = new FakeDecoder()
  const written: string[] = []
  const codec: PictureCodec<FakePixels> = {
    decode: decoder.decode,
    encode: (pixels, mimeType) => {
      written.push(`${mimeType} ${pixels.width}x${pixels.height}`)
      const length = mimeType === 'image/png' ? sizes.png : sizes.jpeg
      return Promise.resolve(new Blob([new Uint8Array(length)], { type: mimeType }))
    },
    sample: () => sample,
  }
  return { codec, decoder, written }
}

const PHOTO = Array.from({ length: 4000 }, (_, i) =>
  i % 4 === 3 ? 255 : (Math.imul(i, 2_654_435_761) >>> 16) % 256,
)
const DRAWING = Array.from({ length: 4000 }, (_, i) => (i % 4 === 3 ? 255 : i % 2))
const SEE_THROUGH = PHOTO.map((value, i) => (i === 3 ? 0 : value))

const headed =
  (mimeType: string, width = 100, height = 100) =>
  (bytes: Uint8Array) => ({ mimeType, width, height, clean: () => bytes })

describe('a file that is to be a picture', () => {
  it('is stored as it is where it is small enough, with the size it is shown at', async () => {
    const { codec, written, decoder } = codecOf()
    const bytes = pictureBytes(1200, 800)
    const made = await preparePicture(new Blob([bytes]), codec, headed('image/png', 800, 1200))
    expect(made).toEqual({ bytes, width: 1200, height: 800 })
    expect(written).toEqual([])
    expect(decoder.held).toBe(0)
  })

  it('is made smaller where a side is over 4096 pixels: a photograph stays one', async () => {
    const { codec, written, decoder } = codecOf()
    const made = await preparePicture(new Blob([pictureBytes(8000, 6000)]), codec, headed('image/jpeg'))
    expect(made).toMatchObject({ width: 4096, height: 3072 })
    expect(written).toEqual(['image/jpeg 4096x3072'])
    expect(decoder.held).toBe(0)
  })

  it.each([
    ['a drawing of few colours', DRAWING],
    ['a picture one sees through', SEE_THROUGH],
  ])('stays PNG where it is %s', async (_what, sample) => {
    const { codec, written } = codecOf(sample)
    await preparePicture(new Blob([pictureBytes(5000, 100)]), codec, headed('image/png'))
    expect(written).toEqual(['image/png 4096x82'])
  })

  it('becomes JPEG where PNG would be too large, unless one sees through it', async () => {
    const sizes = { png: MAX_ASSET_BYTES + 1, jpeg: 5 }
    const drawing = codecOf(DRAWING, sizes)
    await preparePicture(new Blob([pictureBytes(5000, 5000)]), drawing.codec, headed('image/png'))
    expect(drawing.written).toEqual(['image/png 4096x4096', 'image/jpeg 4096x4096'])
    const glass = codecOf(SEE_THROUGH, sizes)
    await expect(
      preparePicture(new Blob([pictureBytes(5000, 5000)]), glass.codec, headed('image/png')),
    ).rejects.toMatchObject({ code: 'asset-too-large' })
    expect(glass.decoder.held).toBe(0)
  })

  it('stays a GIF, which may move, and is refused where that is too large', async () => {
    const { codec, written } = codecOf()
    const gif = headed('image/gif')
    const made = await preparePicture(new Blob([pictureBytes(5000, 5000)]), codec, gif)
    expect(made).toMatchObject({ width: 5000, height: 5000 })
    const large = new Blob([pictureBytes(50, 50), new Uint8Array(MAX_ASSET_BYTES)])
    await expect(preparePicture(large, codec, gif)).rejects.toMatchObject({ code: 'asset-too-large' })
    expect(written).toEqual([])
  })

  it('of a kind that only this browser reads becomes one that all read', async () => {
    const { codec, written } = codecOf()
    await preparePicture(new Blob([pictureBytes(640, 480)]), codec, () => undefined)
    expect(written).toEqual(['image/jpeg 640x480'])
  })

  it('is refused where it is none, or damaged', async () => {
    const { codec } = codecOf()
    for (const header of [() => undefined, headed('image/png')])
      await expect(preparePicture(new Blob(['%PDF-1.7']), codec, header)).rejects.toMatchObject({
        code: 'asset-not-an-image',
      })
  })

  it('is refused before it is decoded where its header tells of too many pixels', async () => {
    const { codec, decoder } = codecOf()
    // A PNG that says it has 60,000 by 60,000 pixels.
    const bomb = Uint8Array.from([
      0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0xea, 0x60,
      0, 0, 0xea, 0x60, 8, 2, 0, 0, 0, 0, 0, 0, 0,
    ])
    await expect(preparePicture(new Blob([bomb]), codec, readHeader)).rejects.toBeInstanceOf(AssetError)
    await expect(preparePicture(new Blob([bomb]), codec, readHeader)).rejects.toMatchObject({
      code: 'asset-too-many-pixels',
    })
    expect(decoder.sizes).toEqual([])
  })

  it('that cannot be read says so', async () => {
    const { codec } = codecOf()
    const gone = new Blob(['x'])
    gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'))
    await expect(preparePicture(gone, codec, () => undefined)).rejects.toMatchObject({
      code: 'file-unreadable',
    })
  })
})
