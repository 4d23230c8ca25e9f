import fc from 'fast-check'
import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openPromise } from 'yauzl'
import { describe, expect, it } from 'vitest'
import { editRecord, putRecord, removeRecord } from '../../../src/shared/ot/records'
import { readPages } from '../../../src/shared/pages'
import { otTypeOf } from '../../../src/shared/ot/anyType'
import type { RecordsSnapshot } from '../../../src/shared/ot/records'
import { PAGE_LIST_ID } from '../../../src/shared/protocol/values'
import { idOf } from '../../lib/idOf'
import { samplePng } from '../../lib/samplePictures'
import { BundleGround, PageWriter } from './bundleGround'

/** What happens to a text: it becomes another, or what came before is forgotten. */
const textStep = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => ({ text })) },
  { weight: 1, arbitrary: fc.constant('forget' as const) },
)
const boardStep = fc.record({
  shape: fc.integer({ min: 0, max: 4 }),
  x: fc.integer({ min: -1_000, max: 1_000 }),
  remove: fc.boolean(),
})
const pages = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('text' as const), steps: fc.array(textStep, { maxLength: 12 }) }),
    fc.record({ kind: fc.constant('board' as const), steps: fc.array(boardStep, { maxLength: 12 }) }),
  ),
  { maxLength: 4 },
)
const pictures = fc.array(fc.integer({ min: 40, max: 120_000 }), { maxLength: 3 })

type Step = { readonly text: string } | 'forget' | { shape: number; x: number; remove: boolean }

async function take(writer: PageWriter, step: Step): Promise<void> {
  if (step === 'forget') {
    if (writer.head.version > 0) await writer.forget(Math.ceil(writer.head.version / 2))
  } else if ('text' in step) {
    await writer.become(step.text.replaceAll('\r', ''))
  } else {
    const id = idOf(`shape ${step.shape}`)
    const known = (writer.content as RecordsSnapshot).records.get(id)
    if (known === undefined) await writer.edit(putRecord(id, { kind: 'rectangle', props: { x: step.x } }))
    else await writer.edit(step.remove ? removeRecord(id) : editRecord(id, { set: { x: step.x } }))
  }
}

describe('a room that goes through a file', () => {
  it('U1: has the same pages, with the same history, and the same pictures', async () => {
    await fc.assert(
      fc.asyncProperty(pages, pictures, async (made, sizes) => {
        const from = await BundleGround.start()
        const to = await BundleGround.start()
        const room = await from.createRoom('Plans · 计划')
        const ids = await from.listPages(
          room,
          made.map(({ kind }) => kind),
        )
        for (const [index, { kind, steps }] of made.entries()) {
          const writer = new PageWriter(from.store, room, ids[index] ?? '', kind)
          for (const step of steps) await take(writer, step)
        }
        for (const [index, size] of sizes.entries()) await from.addPicture(room, samplePng(9, 9, size, index))

        await from.bundles.export(room.roomId, from.file())
        const imported = await to.bundles.import(from.file(), idOf('somebody else'))

        expect(imported.title).toBe(room.title)
        for (const id of [PAGE_LIST_ID, ...ids])
          expect(await to.page(imported, id)).toEqual(await from.page(room, id))
        expect(await to.pictures(imported.roomId)).toEqual(await from.pictures(room.roomId))
      }),
      { numRuns: 20 },
    )
  })

  it('U2: is a new room, of whoever imports it, and the file has no key of the old one', async () => {
    const ground = await BundleGround.start()
    const room = await ground.createRoom()
    const [id = ''] = await ground.listPages(room, ['text'])
    await new PageWriter(ground.store, room, id, 'text').become('words')
    await ground.bundles.export(room.roomId, ground.file())
    const imported = await ground.bundles.import(ground.file(), idOf('Ben'))

    expect(imported).toMatchObject({ owner: idOf('Ben'), open: false })
    const { members, invites } = await ground.store.loadAccess(imported.roomId)
    expect(members.map(({ deviceId, role }) => [deviceId, role])).toEqual([[idOf('Ben'), 'owner']])
    expect(invites).toEqual([])
    expect(imported.roomId).not.toBe(room.roomId)
    expect(imported.privateKey).not.toBe(room.privateKey)
    for (const text of await textsIn(ground.file())) {
      expect(text).not.toContain(room.privateKey)
      expect(text).not.toContain(room.roomId)
    }
    // It can be written on as any other: what somebody brings from the old room counts for nothing.
    expect((await ground.page(imported, id))?.history).toHaveLength(1)
    expect(await ground.store.loadPage(imported.roomId, id)).toMatchObject({ clients: [] })
  })

  it('can be read by people: every text page is in it as Markdown, under its title', async () => {
    const ground = await BundleGround.start()
    const room = await ground.createRoom()
    const [id = ''] = await ground.listPages(room, ['text'])
    await new PageWriter(ground.store, room, id, 'text').become('# Words\n')
    await ground.bundles.export(room.roomId, ground.file())
    expect(await namesIn(ground.file())).toContain('text/001 Page 0.md')
    expect(await textsIn(ground.file())).toContain('# Words\n')
  })

  it('U1: is complete though nobody ever wrote in it, and though it is closed', async () => {
    const ground = await BundleGround.start()
    const room = await ground.createRoom('Empty')
    await ground.server.closeRoom(room.roomId)
    await ground.bundles.export(room.roomId, ground.file())
    const imported = await ground.bundles.import(ground.file(), idOf('Ben'))
    expect(imported.title).toBe('Empty')
    expect(await ground.page(imported, PAGE_LIST_ID)).toBeUndefined()
  })

  it('G5: has each page as the kind that it is stored as, whatever the list says', async () => {
    const ground = await BundleGround.start()
    const room = await ground.createRoom()
    const [id = ''] = await ground.listPages(room, ['text'])
    await new PageWriter(ground.store, room, id, 'board').edit(putRecord('a', { kind: 'note' }))
    await ground.bundles.export(room.roomId, ground.file())
    expect(await textsIn(ground.file())).toContain('{"a":{"kind":"note"}}')
  })

  it('U3: is each page as it was at one moment, while people write in it', async () => {
    const from = await BundleGround.start()
    const to = await BundleGround.start()
    const room = await from.createRoom()
    const [id = ''] = await from.listPages(room, ['text'])
    const writer = new PageWriter(from.store, room, id, 'text')
    await writer.type('x', 600)
    let writing = true
    const written = (async () => {
      while (writing) {
        await writer.type('x', 1)
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    await from.bundles.export(room.roomId, from.file())
    writing = false
    await written

    const imported = await to.bundles.import(from.file(), idOf('Ben'))
    const page = await to.page(imported, id)
    expect(page?.version).toBeGreaterThanOrEqual(600)
    expect(page?.version).toBeLessThan(writer.head.version + 1)
    expect(page?.content).toBe('x'.repeat(page?.version ?? 0))
  })

  it('U3: keeps what upkeep would forget meanwhile', async () => {
    const ground = await BundleGround.start()
    const room = await ground.createRoom()
    const [id = ''] = await ground.listPages(room, ['text'])
    const writer = new PageWriter(ground.store, room, id, 'text')
    await writer.type('x', 1_200)
    await writer.forget(0)
    ground.clock.advance(30 * 24 * 3_600_000)
    const exported = ground.bundles.export(room.roomId, ground.file())
    await ground.server.keepUp()
    await exported
    const imported = await ground.bundles.import(ground.file(), idOf('Ben'))
    expect(await ground.page(imported, id)).toMatchObject({ start: 0, version: 1_200 })
    await ground.server.keepUp()
    expect(await ground.store.logStart(room.roomId, id)).toBe(1_200)
  })

  it('U4: is written as fast as it is read, and read a picture and a batch of updates at a time', async () => {
    const ground = await BundleGround.start()
    const room = await ground.createRoom()
    const [id = ''] = await ground.listPages(room, ['text'])
    await new PageWriter(ground.store, room, id, 'text').type('x', 2_000)
    const size = 5_000_000
    for (const seed of [1, 2]) await ground.addPicture(room, samplePng(9, 9, size, seed))
    const { assets } = ground.store
    const readPiece = assets.readPiece.bind(assets)
    let read = 0
    let furthest = 0
    assets.readPiece = async (...args) => {
      const partial = (await readdir(ground.folder)).find((name) => name.endsWith('.partial')) ?? ''
      furthest = Math.max(furthest, read - (await stat(join(ground.folder, partial))).size)
      const piece = await readPiece(...args)
      read += piece?.length ?? 0
      return piece
    }
    await ground.bundles.export(room.roomId, ground.file())
    assets.readPiece = readPiece
    expect(read).toBeGreaterThanOrEqual(2 * size)
    expect(furthest).toBeLessThan(size / 5)

    const happened: string[] = []
    const beginUpload = assets.beginUpload.bind(assets)
    const finishUpload = assets.finishUpload.bind(assets)
    const append = ground.store.append.bind(ground.store)
    assets.beginUpload = (...args) => (happened.push('begin'), beginUpload(...args))
    assets.finishUpload = (...args) => (happened.push('finish'), finishUpload(...args))
    let largest = 0
    ground.store.append = (batch) => {
      largest = Math.max(largest, ...batch.map(({ updates }) => updates.length))
      return append(batch)
    }
    await ground.bundles.import(ground.file(), idOf('Ben'))
    expect(happened).toEqual(['begin', 'finish', 'begin', 'finish'])
    expect(largest).toBe(500)
  })

  it('U5: leaves what was in its place where it is stopped, and nothing beside it', async () => {
    const ground = await BundleGround.start()
    const room = await ground.createRoom()
    await ground.bundles.export(room.roomId, ground.file())
    const before = await readFile(ground.file())
    await ground.addPicture(room, samplePng(9, 9, 500_000))
    const stop = new AbortController()
    const onProgress = (): void => stop.abort()
    await expect(
      ground.bundles.export(room.roomId, ground.file(), { signal: stop.signal, onProgress }),
    ).rejects.toMatchObject({ code: 'bundle-cancelled' })
    expect(await readFile(ground.file())).toEqual(before)
    expect((await readdir(ground.folder)).filter((name) => name.includes('.inkroom'))).toEqual([
      'room.inkroom',
    ])
  })

  it('U5: says that the place cannot be written', async () => {
    const ground = await BundleGround.start()
    const room = await ground.createRoom()
    await expect(
      ground.bundles.export(room.roomId, ground.file('nowhere/room.inkroom')),
    ).rejects.toMatchObject({ code: 'bundle-unwritable' })
  })

  it('says how far it is, up to the whole', async () => {
    const ground = await BundleGround.start()
    const room = await ground.createRoom()
    await ground.addPicture(room, samplePng(9, 9, 300_000))
    const seen: number[] = []
    await ground.bundles.export(room.roomId, ground.file(), { onProgress: (done) => seen.push(done) })
    expect(seen.at(-1)).toBe(1)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    seen.length = 0
    await ground.bundles.import(ground.file(), idOf('Ben'), { onProgress: (done) => seen.push(done) })
    expect(seen.at(-1)).toBe(1)
  })

  it('X16: is purged of what was deleted when that has been in it for 7 days, though nobody opens it', async () => {
    const ground = await BundleGround.start()
    const room = await ground.createRoom()
    const [id = ''] = await ground.listPages(room, ['board'])
    const writer = new PageWriter(ground.store, room, id, 'board')
    for (const name of ['gone', 'stays']) await writer.edit(putRecord(name, { kind: 'note' }))
    await writer.edit(removeRecord('gone'))
    await ground.bundles.export(room.roomId, ground.file())
    const imported = await ground.bundles.import(ground.file(), idOf('Ben'))
    await ground.server.reopenRoom(imported.roomId)
    await ground.keepUp()
    expect((await ground.page(imported, id))?.content).toContain('gone')
    ground.clock.advance(7 * 24 * 3_600_000)
    await ground.keepUp()
    expect((await ground.page(imported, id))?.content).toBe('{"stays":{"kind":"note"}}')
  })

  it('lists pages that were deleted, so that taking it back brings them', async () => {
    const ground = await BundleGround.start()
    const room = await ground.createRoom()
    const [id = ''] = await ground.listPages(room, ['text'])
    await new PageWriter(ground.store, room, id, 'text').become('deleted words')
    const list = await ground.page(room, PAGE_LIST_ID)
    const writer = new PageWriter(ground.store, room, PAGE_LIST_ID, 'records')
    writer.content = otTypeOf('records').parseSnapshot(list?.content ?? '')
    writer.head = (await ground.store.loadPage(room.roomId, PAGE_LIST_ID))?.head ?? writer.head
    await writer.edit(removeRecord(id))
    await ground.bundles.export(room.roomId, ground.file())
    const imported = await ground.bundles.import(ground.file(), idOf('Ben'))
    const content = (await ground.page(imported, PAGE_LIST_ID))?.content ?? ''
    const [page] = readPages(otTypeOf('records').parseSnapshot(content) as RecordsSnapshot)
    expect(page).toMatchObject({ id, deleted: true })
    expect((await ground.page(imported, id))?.content).toBe('deleted words')
  })
})

async function namesIn(file: string): Promise<string[]> {
  const zip = await openPromise(file)
  const names: string[] = []
  for await (const { fileName } of zip.eachEntry()) names.push(fileName)
  return names
}

async function textsIn(file: string): Promise<string[]> {
  const zip = await openPromise(file, { autoClose: false, lazyEntries: true })
  const texts: string[] = []
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    texts.push(Buffer.concat(chunks).toString())
  }
  zip.close()
  return texts
}
