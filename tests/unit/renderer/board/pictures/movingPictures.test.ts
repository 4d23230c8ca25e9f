import { describe, expect, it } from 'vitest'
import { addPictures } from '../../../../../src/renderer/board/pictures/addPictures'
import { picturesOn } from '../../../../../src/renderer/board/pictures/clipboardPictures'
import { fromDataUrl, toDataUrl } from '../../../../../src/renderer/board/pictures/dataUrl'
import { assetIdsOf, gatherPictures } from '../../../../../src/renderer/board/pictures/gatherPictures'
import { importDrawing } from '../../../../../src/renderer/composables/board/importDrawing'
import { AssetError } from '../../../../../src/shared/assets/assetError'
import { exportExcalidraw } from '../../../../../src/shared/board/excalidraw'
import { finish, type Steps } from '../../../../../src/shared/board/steps'
import { BoardDesk } from '../../../../lib/boardDesk'
import { FakeAssets } from '../../../../lib/fakeAssets'
import { pictureBytes, settled } from '../../../../lib/fakePixels'
import { ManualClock } from '../../../../lib/manualClock'

const atOnce = <T>(steps: Steps<T>) => Promise.resolve(finish(steps))
const ready = (bytes: Uint8Array = pictureBytes(4, 3)) =>
  ({ state: 'ready', bytes, mimeType: 'image/png', upload: undefined }) as const

describe('several files at once', () => {
  it('go in one by one; those that are refused are named and keep nobody out', async () => {
    const assets = new FakeAssets()
    const files = ['one.png', 'notes.txt', 'two words.png'].map((name) => new File([name], name))
    const told: number[] = []
    const { pictures, refused } = await addPictures(
      files,
      assets,
      async (file) => {
        if (file.name.endsWith('.txt')) throw new AssetError('asset-not-an-image', 'no picture')
        return { bytes: new Uint8Array(await file.arrayBuffer()), width: 4, height: 3 }
      },
      (n) => told.push(n),
    )
    expect(pictures.map(({ label }) => label)).toEqual(['one', 'two words'])
    expect(refused).toEqual([{ name: 'notes.txt', code: 'asset-not-an-image' }])
    expect(told).toEqual([1, 2, 3])
    expect(assets.added).toHaveLength(2)
  })

  it('say why where the room does not take them', async () => {
    const assets = new FakeAssets()
    assets.refuses = 'storage-failed'
    const prepared = () => Promise.resolve({ bytes: pictureBytes(4, 3), width: 4, height: 3 })
    const { refused } = await addPictures([new File([], 'a.png')], assets, prepared, () => undefined)
    expect(refused).toEqual([{ name: 'a.png', code: 'storage-failed' }])
  })
})

describe('what is pasted', () => {
  const data = (text: string, ...names: string[]) => ({
    files: names.map((name) => new File(['x'], name, { type: 'image/png' })),
    getData: (type: string) => (type === 'text/plain' ? text : ''),
  })

  it.each([
    ['a screenshot', '', ['image.png']],
    ['several pictures', '', ['a.png', 'b.png']],
    ['files, by their names', 'a.png\nb.png', ['a.png', 'b.png']],
    ['a picture of a page, by its address', 'https://example.org/cat.png', ['image.png']],
  ])('is pictures for %s', (_what, text, names) => {
    expect(picturesOn(data(text, ...names)).map(({ name }) => name)).toEqual(names)
  })

  it('is text for words that an office program has drawn as a picture too', () => {
    expect(picturesOn(data('Minutes of Monday', 'image.png'))).toEqual([])
  })
})

describe('pictures for an export', () => {
  it('are fetched first, and left out where they do not come', async () => {
    const assets = new FakeAssets()
    const clock = new ManualClock()
    assets.set('here', ready())
    assets.set('never', { state: 'waiting' })
    assets.set('bad', { state: 'failed', code: 'asset-damaged' })
    let isSlow = false
    const gathering = gatherPictures(['here', 'coming', 'never', 'bad'], assets, clock, () => {
      isSlow = true
    })
    clock.advance(5000)
    assets.set('coming', { state: 'loading', progress: 0.5 })
    clock.advance(5000)
    assets.set('coming', ready())
    const { files, missing } = await gathering
    expect([...files.keys()]).toEqual(['here', 'coming'])
    expect(missing).toBe(2)
    expect(isSlow).toBe(true)
    expect(clock.waiting).toBe(0)
  })

  it('are each asked for once', () => {
    const desk = new BoardDesk()
    for (const id of ['x', 'y'])
      desk.put({ id, type: 'image', x: 0, y: 0, width: 10, height: 10, assetId: 'same' })
    expect(assetIdsOf(desk.shapes)).toEqual(['same'])
  })

  it('come back from their address byte for byte', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31) % 256)
    expect(fromDataUrl(toDataUrl(bytes, 'image/png'))).toEqual(bytes)
  })
})

describe('a drawing with pictures', () => {
  const store = (picture: { readonly dataUrl: string }, assets: FakeAssets) =>
    assets.add(fromDataUrl(picture.dataUrl))

  it('comes out of one room and into another with them', async () => {
    const desk = new BoardDesk()
    const bytes = pictureBytes(4, 3)
    const here = new FakeAssets()
    const assetId = await here.add(bytes)
    desk.put({ id: 'p', type: 'image', x: 0, y: 0, width: 40, height: 30, assetId, flipX: true })
    const text = exportExcalidraw(desk.shapes, {
      picture: () => ({ mimeType: 'image/png', dataUrl: toDataUrl(bytes, 'image/png') }),
    })
    const [there, other] = [new FakeAssets(), new BoardDesk()]
    const made = await importDrawing(other.editor, text, there, (picture) => store(picture, there), atOnce)
    expect(made).toEqual({ shapes: 1, lost: 0 })
    expect(there.added).toEqual([{ id: assetId, bytes }])
    expect(other.shapes).toMatchObject([{ type: 'image', assetId, flipX: true }])
    other.editor.undo()
    expect(other.shapes).toEqual([])
  })

  it('comes without those that cannot be taken, and says how many', async () => {
    const desk = new BoardDesk()
    desk.put(
      { id: 'p', type: 'image', x: 0, y: 0, width: 40, height: 30, assetId: 'a' },
      { id: 'q', type: 'image', x: 0, y: 0, width: 40, height: 30, assetId: 'b' },
      { id: 'r', type: 'rectangle', x: 0, y: 0, width: 40, height: 30 },
    )
    const text = exportExcalidraw(desk.shapes, {
      picture: (id) =>
        id === 'a' ? { mimeType: 'image/png', dataUrl: 'data:image/png;base64,AAAA' } : undefined,
    })
    const other = new BoardDesk()
    const refuse = () => Promise.reject(new AssetError('asset-not-an-image', 'no picture'))
    expect(await importDrawing(other.editor, text, new FakeAssets(), refuse, atOnce)).toEqual({
      shapes: 3,
      lost: 2,
    })
    await settled()
    expect(other.shapes.flatMap((shape) => (shape.type === 'image' ? [shape.assetId] : []))).toEqual([
      undefined,
      undefined,
    ])
  })
})
