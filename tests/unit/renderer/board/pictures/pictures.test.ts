import { describe, expect, it } from 'vitest'
import { Pictures } from '../../../../../src/renderer/board/pictures/pictures'
import { FakeAssets } from '../../../../lib/fakeAssets'
import { FakeDecoder, pictureBytes, settled } from '../../../../lib/fakePixels'

function picturesOf(assets = new FakeAssets()) {
  const decoder = new FakeDecoder()
  const pictures = new Pictures({
    assets,
    maxBytes: 64 * 1024 * 1024,
    captionOf: () => undefined,
    // Nothing is drawn here: what stands for pixels need not be an image.
    decode: decoder.decode as never,
  })
  const changed: string[] = []
  pictures.onChange = (id) => changed.push(id)
  return { assets, pictures, changed, decoder }
}

const ready = (upload?: number, bytes: Uint8Array = pictureBytes(400, 300)) =>
  ({ state: 'ready', bytes, mimeType: 'image/png', upload }) as const

describe('a picture on the board', () => {
  it('loads, opens and is shown, and says each time that it looks different', async () => {
    const { assets, pictures, changed } = picturesOf()
    expect(pictures.look('a', 100)).toEqual({ kind: 'loading', progress: undefined })
    assets.set('a', { state: 'loading', progress: 0.4 })
    expect(pictures.look('a', 100)).toEqual({ kind: 'loading', progress: 0.4 })
    assets.set('a', ready())
    expect(pictures.look('a', 100).kind).toBe('opening')
    await settled()
    expect(pictures.look('a', 100)).toMatchObject({ kind: 'shown', upload: undefined })
    expect(changed).toEqual(['a', 'a', 'a'])
  })

  it('is painted again for whole percents only', () => {
    const { assets, pictures, changed } = picturesOf()
    pictures.look('a', 100)
    for (let i = 0; i <= 1000; i++) assets.set('a', { state: 'loading', progress: i / 10_000 })
    expect(changed).toHaveLength(11)
  })

  it('shows how far its own upload is', async () => {
    const { assets, pictures } = picturesOf()
    assets.set('a', ready(0.5))
    pictures.look('a', 100)
    await settled()
    expect(pictures.look('a', 100)).toMatchObject({ kind: 'shown', upload: 0.5 })
    assets.set('a', ready(0.75))
    expect(pictures.look('a', 100)).toMatchObject({ kind: 'shown', upload: 0.75 })
  })

  it('waits, fails with a code and is asked for again', () => {
    const { assets, pictures, changed } = picturesOf()
    assets.set('a', { state: 'waiting' })
    expect(pictures.look('a', 100)).toEqual({ kind: 'waiting' })
    expect(pictures.retry('a')).toBe(false)
    assets.set('a', { state: 'failed', code: 'asset-damaged' })
    expect(pictures.look('a', 100)).toEqual({ kind: 'failed', code: 'asset-damaged' })
    expect(pictures.retry('a')).toBe(true)
    expect(assets.asked.get('a')).toBe(2)
    expect(changed).toEqual(['a', 'a'])
  })

  it('is broken where its bytes are no picture, and nothing throws', async () => {
    const { assets, pictures } = picturesOf()
    assets.set('a', ready(undefined, new TextEncoder().encode('nothing')))
    pictures.look('a', 100)
    await settled()
    expect(pictures.look('a', 100)).toEqual({ kind: 'broken' })
    expect(pictures.stateOf('a')).toEqual({ kind: 'broken' })
  })

  it('is let go of far out of view, once there are many', () => {
    const { assets, pictures } = picturesOf()
    for (let i = 0; i < 100; i++) {
      assets.set(`p${i}`, ready())
      pictures.look(`p${i}`, 100)
    }
    pictures.see(new Set(['p0', 'p1']))
    pictures.look('p0', 100)
    pictures.look('p2', 100)
    expect(assets.asked.get('p0')).toBe(1)
    expect(assets.asked.get('p2')).toBe(2)
  })
})
