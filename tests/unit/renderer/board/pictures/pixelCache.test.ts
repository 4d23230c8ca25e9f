import { describe, expect, it } from 'vitest'
import { PixelCache } from '../../../../../src/renderer/board/pictures/pixelCache'
import { FakeDecoder, pictureBytes, settled, type FakePixels } from '../../../../lib/fakePixels'

function cacheOf(pictures: Readonly<Record<string, Uint8Array<ArrayBuffer>>>, maxBytes = 64 * 1024 * 1024) {
  const decoder = new FakeDecoder()
  const changed: string[] = []
  const cache = new PixelCache<FakePixels>({
    maxBytes,
    decode: decoder.decode,
    bytesOf: (id) => (pictures[id] === undefined ? undefined : new Blob([pictures[id]])),
    changed: (id) => changed.push(id),
  })
  const side = (id: string, wanted: number): number | string | undefined => {
    const found = cache.get(id, wanted)
    return typeof found === 'object' ? Math.max(found.width, found.height) : found
  }
  return { cache, decoder, changed, side }
}

describe('pictures as pixels', () => {
  it('are told of once they are decoded, at the power of two above what is shown', async () => {
    const { side, changed, cache } = cacheOf({ a: pictureBytes(3000, 1500) })
    expect(side('a', 300)).toBeUndefined()
    await settled()
    expect(changed).toEqual(['a'])
    expect(side('a', 300)).toBe(512)
    expect(cache.sizeOf('a')).toEqual({ width: 3000, height: 1500 })
  })

  it('are never decoded larger than they are, nor than 4096', async () => {
    const { side } = cacheOf({ small: pictureBytes(100, 80), large: pictureBytes(8000, 2000) })
    side('small', 900)
    side('large', 9000)
    await settled()
    expect(side('small', 900)).toBe(100)
    side('large', 9000)
    await settled()
    expect(side('large', 9000)).toBe(4096)
  })

  it('are shown coarse until they are sharp, and are not decoded again when they come smaller again', async () => {
    const { side, decoder } = cacheOf({ a: pictureBytes(3000, 3000) })
    side('a', 100)
    await settled()
    expect(side('a', 1000)).toBe(128)
    await settled()
    expect(side('a', 1000)).toBe(1024)
    const decodings = decoder.sizes.length
    expect(side('a', 100)).toBe(128)
    await settled()
    expect(decoder.sizes).toHaveLength(decodings)
  })

  it('that are damaged are said to be so, and are not tried again', async () => {
    const { side, decoder, changed } = cacheOf({ a: new TextEncoder().encode('nothing') })
    side('a', 100)
    await settled()
    expect(side('a', 100)).toBe('broken')
    expect(side('a', 500)).toBe('broken')
    await settled()
    expect(decoder.sizes).toHaveLength(1)
    expect(changed).toEqual(['a'])
  })

  it('out of view are freed where there is no room, those used longest ago first', async () => {
    const { side, cache, decoder } = cacheOf(
      { a: pictureBytes(1024, 1024), b: pictureBytes(1024, 1024), c: pictureBytes(1024, 1024) },
      9 * 1024 * 1024,
    )
    for (const id of ['a', 'b']) {
      side(id, 1024)
      await settled()
    }
    side('a', 1024)
    cache.see(new Set(['c']))
    side('c', 1024)
    await settled()
    expect(decoder.held).toBe(cache.bytes)
    expect(cache.bytes).toBeLessThanOrEqual(9 * 1024 * 1024)
    expect(side('c', 1024)).toBe(1024)
    expect(cache.peek('b')).toBeUndefined()
  })

  it('in view that do not fit all are shown coarser instead of driving each other out', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const { side, cache, decoder } = cacheOf(
      Object.fromEntries(ids.map((id) => [id, pictureBytes(1024, 1024)])),
      9 * 1024 * 1024,
    )
    cache.see(new Set(ids))
    for (let round = 0; round < 4; round++) {
      for (const id of ids) side(id, 1024)
      await settled()
    }
    const decodings = decoder.sizes.length
    for (const id of ids) expect(side(id, 1024)).toBeGreaterThanOrEqual(64)
    await settled()
    expect(decoder.sizes).toHaveLength(decodings)
    // The smallest size is always there.
    expect(cache.bytes).toBeLessThanOrEqual(9 * 1024 * 1024 + ids.length * 64 * 64 * 4)
  })

  it('give all memory back at the end, also what is still being decoded', async () => {
    const { side, cache, decoder } = cacheOf({ a: pictureBytes(500, 500), b: pictureBytes(600, 600) })
    side('a', 500)
    await settled()
    side('b', 500)
    cache.stop()
    await settled()
    expect(decoder.held).toBe(0)
  })
})
