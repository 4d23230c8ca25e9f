import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { openPromise } from 'yauzl'
import { beforeEach, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { BundleError } from '../../../src/server/bundle/bundleError'
import type { BundleLimits } from '../../../src/server/bundle/bundleLimits'
import { contentPath, updatesPath } from '../../../src/server/bundle/manifest'
import type { ServerLimits } from '../../../src/server/core/serverLimits'
import { PAGE_LIST_ID } from '../../../src/shared/protocol/values'
import { idOf } from '../../lib/idOf'
import { idOfPicture, samplePng } from '../../lib/samplePictures'
import { BundleGround, PageWriter } from './bundleGround'

type Files = Map<string, Buffer>

const picture = samplePng(9, 9, 60_000)
/** A file as it is exported: a page of text, a board, a picture. */
let files: Files
let pageId: string
let boardId: string
let bytes: Buffer

beforeEach(async () => {
  const ground = await BundleGround.start()
  const room = await ground.createRoom()
  const ids = await ground.listPages(room, ['text', 'board'])
  pageId = ids[0] ?? ''
  boardId = ids[1] ?? ''
  await new PageWriter(ground.store, room, pageId, 'text').type('x', 20)
  const board = new PageWriter(ground.store, room, boardId, 'board')
  await board.edit({ [idOf('shape')]: { put: { kind: 'rectangle', props: { x: 1, y: 2 } } } })
  await ground.addPicture(room, picture)
  await ground.bundles.export(room.roomId, ground.file())
  bytes = await readFile(ground.file())
  files = await unpack(ground.file())
})

describe('a file that is no whole room of this version', () => {
  it('U6: is told from other files', async () => {
    await refuses(Buffer.from('# Notes\n'), 'bundle-foreign', /begin/)
    await refuses(Buffer.alloc(0), 'bundle-foreign')
    await refuses(
      await pack(new Map([['word/document.xml', Buffer.from('<xml/>')]])),
      'bundle-foreign',
      /manifest/,
    )
    await refuses(await packWith('manifest.json', '{"name":"an extension"}'), 'bundle-foreign')
  })

  it('U6: is told from a room of a later version, whatever that looks like', async () => {
    await refuses(
      await packWith('manifest.json', '{"kind":"inkroom-room","format":2,"rooms":[]}'),
      'bundle-too-new',
      /format 2/,
    )
  })

  it('cannot be read', async () => {
    const ground = await BundleGround.start()
    await expect(ground.bundles.import(ground.file('nowhere'), idOf('Ben'))).rejects.toMatchObject({
      code: 'bundle-unreadable',
    })
    await expect(ground.bundles.import(ground.folder, idOf('Ben'))).rejects.toMatchObject({
      code: 'bundle-unreadable',
    })
  })

  it('U6: ends too early, wherever that is', async () => {
    for (const part of [0.05, 0.3, 0.6, 0.9, 0.999])
      await refuses(bytes.subarray(0, Math.floor(bytes.length * part)), 'bundle-damaged')
  })

  it('U7: has a byte that is another: it is refused, or the room is the same without it', async () => {
    const ground = await BundleGround.start()
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const altered = Buffer.from(bytes)
        altered[at] = (altered[at] ?? 0) ^ change
        await writeFile(ground.file(), altered)
        const before = await ground.store.listRooms()
        try {
          const room = await ground.bundles.import(ground.file(), idOf('Ben'))
          expect((await ground.page(room, pageId))?.content).toBe('x'.repeat(20))
          expect(await ground.pictures(room.roomId)).toEqual(
            new Map([[idOfPicture(picture), Buffer.from(picture)]]),
          )
        } catch (error) {
          if (!(error instanceof BundleError)) throw error
          expect(await ground.store.listRooms()).toEqual(before)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('a file whose parts do not fit together', () => {
  it.each([
    ['the content of a page', () => contentPath(pageId)],
    ['the history of a page', () => updatesPath(pageId)],
    ['a picture', () => picturePath()],
  ])('misses %s', async (_, path) => {
    files.delete(path())
    await refuses(await pack(files), 'bundle-damaged', /missing/)
  })

  it('U6: has a content that the history does not lead to', async () => {
    await refuses(await packWith(contentPath(pageId), 'x'.repeat(19)), 'bundle-damaged', /content\.txt/)
  })

  it('has a history with a gap, or one that ends early or goes on', async () => {
    const lines = files.get(updatesPath(pageId))?.toString().split('\n') ?? []
    const without = (index: number): string => lines.toSpliced(index, 1).join('\n')
    await refuses(
      await packWith(updatesPath(pageId), without(5)),
      'bundle-damaged',
      /version 7 follows version 5/,
    )
    await refuses(await packWith(updatesPath(pageId), without(19)), 'bundle-damaged', /version 19, not 20/)
    await refuses(await packWith(updatesPath(pageId), without(20)), 'bundle-damaged', /middle of a line/)
  })

  it('has lines that are no updates, or updates that do not fit', async () => {
    const lines = files.get(updatesPath(pageId))?.toString().split('\n') ?? []
    const withLine = (text: string): Promise<Buffer> =>
      packWith(updatesPath(pageId), lines.with(3, text).join('\n'))
    const update = { ...(JSON.parse(lines[3] ?? '') as object) }
    await refuses(await withLine('{'), 'bundle-damaged', /line 4/)
    await refuses(await withLine('null'), 'bundle-damaged', /line 4/)
    await refuses(await withLine(JSON.stringify({ ...update, author: '../..' })), 'bundle-damaged', /author/)
    await refuses(await withLine(JSON.stringify({ ...update, op: [99, 'x'] })), 'bundle-damaged', /version 4/)
    await refuses(await withLine(JSON.stringify({ ...update, op: [-1e9] })), 'bundle-damaged', /version 4/)
    await refuses(await withLine('['.repeat(100_000)), 'bundle-damaged', /line 4/)
  })

  it('has text that is not UTF-8', async () => {
    files.set(contentPath(pageId), Buffer.from([0xc3, 0x28]))
    await refuses(await pack(files), 'bundle-damaged', /UTF-8/)
  })

  it('has a picture that is none, or another', async () => {
    files.set(picturePath(), Buffer.from(samplePng(9, 9, 60_000, 1)))
    await refuses(await pack(files), 'bundle-damaged', /another picture/)
    const text = Buffer.from('<svg onload="alert(1)"/>')
    const id = createHash('sha256').update(text).digest('hex')
    files.set(`pictures/${id}.png`, text)
    await refuses(
      await packWith(
        'manifest.json',
        changedManifest({ assets: [{ id, type: 'image/png', size: text.length }] }),
      ),
      'bundle-damaged',
      /no PNG/,
    )
  })

  it('has a board with numbers that no board may have', async () => {
    const [line = ''] = files.get(updatesPath(boardId))?.toString().split('\n') ?? []
    const far = (text: string): string => text.replaceAll('"x":1', '"x":1e300')
    files.set(updatesPath(boardId), Buffer.from(`${far(line)}\n`))
    await refuses(
      await packWith(contentPath(boardId), far(files.get(contentPath(boardId))?.toString() ?? '')),
      'bundle-damaged',
      /content\.txt/,
    )
  })

  it('lists pages that the page list does not have, twice, as another kind, or none first', async () => {
    const { pages } = manifest()
    const [list, page, board] = pages
    const other = { ...page, id: idOf('somewhere else') }
    files.set(contentPath(other.id), Buffer.from('x'.repeat(20)))
    files.set(updatesPath(other.id), files.get(updatesPath(pageId)) ?? Buffer.alloc(0))
    for (const changed of [
      [list, other],
      [list, page, page],
      [list, { ...page, kind: 'board' }],
      [page, list, board],
    ])
      await refuses(await packWith('manifest.json', changedManifest({ pages: changed })), 'bundle-damaged')
  })

  it('names the field of the table of contents that is wrong', async () => {
    for (const [changes, said] of [
      [{ title: '' }, /title/],
      [{ title: 'a\u202eb' }, /title/],
      [{ exportedAt: -1 }, /exportedAt/],
      [{ pages: 'all' }, /pages/],
      [{ pages: [{ ...manifest().pages[0], id: '../../etc/passwd' }] }, /pages\.0\.id/],
    ] as const)
      await refuses(await packWith('manifest.json', changedManifest(changes)), 'bundle-damaged', said)
    await refuses(await packWith('manifest.json', '{'), 'bundle-damaged', /JSON/)
  })

  it('has a path that leads out of it', async () => {
    const evil = await pack(files)
    for (const { index } of [...evil.toString('latin1').matchAll(/manifest\.json/g)])
      evil.write('../ifest.json', index, 'latin1')
    await refuses(evil, 'bundle-damaged')
  })
})

describe('a file that holds too much', () => {
  const bundleLimit = (bundleLimits: Partial<BundleLimits>): object => ({ bundleLimits })
  const limit = (limits: Partial<ServerLimits>): object => ({ limits })

  it.each([
    ['files', bundleLimit({ maxEntries: 3 }), /files/],
    ['bytes in all', bundleLimit({ maxUnpackedBytes: 1_000 }), /unpacks/],
    ['bytes in its table of contents', bundleLimit({ maxManifestBytes: 10 }), /manifest/],
    ['bytes in a line', bundleLimit({ maxLineBytes: 20 }), /line/],
    ['text in a page', limit({ maxPageLength: 5 }), /content/],
    ['letters in an update', limit({ maxOpLength: 10 }), /longer/],
    ['pictures', limit({ maxAssetsPerRoom: 0 }), /pictures/],
    ['bytes of pictures', limit({ maxAssetBytesPerRoom: 100 }), /pictures/],
  ])('U8: too many %s', async (_, options, said) => {
    await refuses(bytes, 'bundle-too-large', said, options)
  })

  it('too many pages', async () => {
    await refuses(bytes, 'bundle-damaged', /at most 1 pages/, limit({ maxPages: 1 }))
  })

  it('U8: a bomb: a megabyte that unpacks to a gigabyte is not unpacked', async () => {
    files.set(contentPath(pageId), Buffer.alloc(50 * 1024 * 1024, 'x'))
    const before = process.memoryUsage().rss
    await refuses(await pack(files), 'bundle-too-large', /times its size/)
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
  })

  it('U8: more than its table of contents says', async () => {
    // The size of content.txt in the directory at the end, where readers look.
    const lying = await pack(files)
    const name = contentPath(pageId)
    const at = lying.lastIndexOf(name, undefined, 'latin1')
    lying.writeUInt32LE(3, at - 46 + 24)
    await refuses(lying, 'bundle-damaged', /content\.txt/)
  })

  it('twice the same', async () => {
    const zip = new ZipFile()
    zip.addBuffer(Buffer.from('{}'), 'manifest.json')
    zip.addBuffer(Buffer.from('{}'), 'manifest.json')
    await refuses(await finish(zip), 'bundle-damaged', /twice/)
  })
})

interface ManifestJson {
  pages: { id: string }[]
  assets: { id: string; type: string }[]
}

function manifest(): ManifestJson {
  return JSON.parse(files.get('manifest.json')?.toString() ?? '') as ManifestJson
}

function changedManifest(changes: object): string {
  return JSON.stringify({ ...manifest(), ...changes })
}

function picturePath(): string {
  return `pictures/${idOfPicture(picture)}.png`
}

function packWith(path: string, text: string): Promise<Buffer> {
  return pack(new Map(files).set(path, Buffer.from(text)))
}

function pack(contents: Files): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [path, content] of contents) zip.addBuffer(content, path)
  return finish(zip)
}

async function finish(zip: ZipFile): Promise<Buffer> {
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}

async function unpack(file: string): Promise<Files> {
  const zip = await openPromise(file, { autoClose: false, lazyEntries: true })
  const contents: Files = new Map()
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    contents.set(entry.fileName, Buffer.concat(chunks))
  }
  zip.close()
  return contents
}

/** U7: what is refused leaves nothing behind: no room, and nothing of one. */
async function refuses(
  content: Uint8Array,
  code: string,
  said = /./,
  options: Parameters<typeof BundleGround.start>[0] = {},
): Promise<void> {
  const ground = await BundleGround.start(options)
  await writeFile(ground.file(), content)
  const failed = await ground.bundles.import(ground.file(), idOf('Ben')).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(failed).toBeInstanceOf(BundleError)
  expect(failed).toMatchObject({ code, message: expect.stringMatching(said) as unknown })
  expect(await ground.store.listRooms()).toEqual([])
  expect(await ground.store.loadPage('a'.repeat(32), PAGE_LIST_ID)).toBeUndefined()
}
