import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Host } from '../../src/server/host/startHost'
import type { RoomClient } from '../../src/client/api'
import { startPlainHost } from '../lib/plainHost'
import { idOfPicture, samplePng } from '../lib/samplePictures'
import { SeededRandom } from '../lib/simulation/seededRandom'
import { makeTemporaryFolder, removeFolder } from '../lib/temporaryFolder'
import { Connection, Device, newId, sha256 } from './documentClient/connection'
import { DocumentPage } from './documentClient/page'
import { fetchPicture, upload } from './documentClient/pictures'
import type { Op } from './documentClient/textOps'
import { joinWithEngine, openText, until, type TextPage } from './enginePeer'

const CLIENT = fileURLToPath(new URL('./documentClient', import.meta.url))

let folder: string
let host: Host
let url: string
const connections: Connection[] = []
const engines: RoomClient[] = []

beforeEach(async () => {
  folder = await makeTemporaryFolder()
  host = await startPlainHost(folder)
  url = `ws://127.0.0.1:${host.port}/socket`
})
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.leave()
  for (const connection of connections.splice(0)) connection.close()
  await host.stop()
  await removeFolder(folder)
})

function connect(): Connection {
  const connection = new Connection(url)
  connections.push(connection)
  return connection
}

/** A room with a text page, both made by the client of the document. */
async function makeRoom(
  device: Device,
  windowId: string,
): Promise<{ connection: Connection; roomId: string; roomKey: string; pageId: string }> {
  const connection = connect()
  expect(await connection.logIn(device, windowId, 'Doc')).toMatchObject({ roomCreation: 'anyone' })
  const { roomId } = (await connection.ask(
    { type: 'createRoom', title: 'By the book' },
    'roomCreated',
  )) as unknown as { roomId: string }
  const roomKey = await connection.join(roomId)
  const clientId = newId()
  const list = await connection.ask(
    { type: 'open', request: 0, pageId: 'pages', known: [], wants: 'cheapest', clients: [clientId] },
    'opened',
  )
  const pageId = newId()
  const put = { kind: 'page', props: { kind: 'text', order: 'a0' }, texts: { title: 'Notes' } }
  const head = list['head'] as { version: number; hash: string }
  const submit = {
    type: 'submit',
    pageId: 'pages',
    ...head,
    clientId,
    after: 0,
    seq: 1,
    op: { [pageId]: { put } },
  }
  const { from, updates, hash } = await connection.ask(submit, 'updates')
  const [update] = updates as { author: string; time: number }[]
  const chained = JSON.stringify([1, clientId, 0, 1, update?.author, update?.time, submit.op])
  expect([from, hash]).toEqual([0, sha256(`${head.hash}\n${chained}`).toString('hex')])
  return { connection, roomId, roomKey, pageId }
}

/** The app's own engine in the same page. */
async function enterPage(roomId: string, pageId: string): Promise<{ engine: RoomClient; page: TextPage }> {
  const engine = joinWithEngine(url, roomId, 'Engine')
  engines.push(engine)
  return { engine, page: await openText(engine, pageId) }
}

/** Both have exchanged everything, and have one text. */
async function exchanged(document: DocumentPage, connection: Connection, page: TextPage): Promise<void> {
  await connection.until(() => document.isSaved || undefined)
  await until(
    page.saveState,
    () => page.saveState.value.synced && page.saveState.value.version >= document.head.version,
  )
  await connection.until(() => document.shown === page.content.toString() || undefined)
}

/** Types, deletes and replaces somewhere in a text, surrogate pairs whole. */
function someEdit(text: string, random: SeededRandom): Op {
  const whole = (at: number): number => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at)
  const from = whole(random.below(text.length + 1))
  const to = whole(Math.min(text.length, from + (random.chance(0.4) ? random.below(6) : 0)))
  const typed = random.pick(['a', 'bc', ' ', '\n', '😀', '写', '']) ?? ''
  const inserted = typed === '' && to === from ? 'x' : typed
  return [
    ...(from > 0 ? [from] : []),
    ...(inserted === '' ? [] : [inserted]),
    ...(to > from ? [from - to] : []),
  ]
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a client written from docs/PROTOCOL.md alone', () => {
  it('W1: imports nothing but Node and a WebSocket', () => {
    for (const file of readdirSync(CLIENT)) {
      const imports = [...readFileSync(join(CLIENT, file), 'utf8').matchAll(/from '([^']+)'/g)].map(
        ([, name = '']) => name,
      )
      expect(imports.filter((name) => !/^(node:|ws$|\.\/)/.test(name))).toEqual([])
    }
  })

  it('C3: writes concurrently with the engine of the app, and both end with one text and one history', async () => {
    const { connection, roomId, roomKey, pageId } = await makeRoom(new Device(), newId())
    const document = new DocumentPage(roomId, pageId, roomKey, connection)
    const { page } = await enterPage(roomId, pageId)
    const random = new SeededRandom(20_251_122)
    for (let i = 0; i < 400; i++) {
      if (random.chance(0.5)) document.edit(someEdit(document.shown, random))
      else page.edit(page.type.parseOp(someEdit(page.content.toString(), random)))
      if (random.chance(0.3)) await turn()
    }
    await exchanged(document, connection, page)
    expect(document.shown.length).toBeGreaterThan(100)
    expect([document.acknowledged > 5, document.signatures > 5]).toEqual([true, true])
    const reader = connect()
    await reader.logIn(new Device(), newId(), 'Reader')
    await reader.join(roomId)
    const opened = await reader.ask(
      { type: 'open', request: 1, pageId, known: [], wants: 'snapshot', clients: [] },
      'opened',
    )
    expect(opened['head']).toEqual(document.head)
    expect((await reader.message('snapshot'))['text']).toBe(document.shown)
  })

  it('C11: goes on after its connection was cut at any moment, and doubles nothing', async () => {
    const [device, windowId] = [new Device(), newId()]
    const room = await makeRoom(device, windowId)
    const { roomId, roomKey, pageId } = room
    let { connection } = room
    const document = new DocumentPage(roomId, pageId, roomKey, connection)
    const { page } = await enterPage(roomId, pageId)
    await connection.until(() => document.isSaved || undefined)
    const random = new SeededRandom(7)
    let typed = 0
    for (let round = 0; round < 12; round++) {
      for (let i = 0; i < 6; i++) {
        typed += 1
        document.edit([...(document.shown.length > 0 ? [document.shown.length] : []), `<${typed}>`])
        if (random.chance(0.5)) await turn()
        page.edit(page.type.parseOp(['.']))
      }
      for (let wait = random.below(8); wait > 0; wait--) await turn()
      connection.cut()
      connection = connect()
      await connection.logIn(device, windowId, 'Doc')
      await connection.join(roomId)
      document.follow(connection)
    }
    await exchanged(document, connection, page)
    const marks = document.shown.match(/<\d+>/g) ?? []
    expect(marks).toEqual(Array.from({ length: typed }, (_, index) => `<${index + 1}>`))
  })

  it('P1: sees the caret of the engine where it is, and shows its own', async () => {
    const { connection, roomId, roomKey, pageId } = await makeRoom(new Device(), newId())
    const document = new DocumentPage(roomId, pageId, roomKey, connection)
    const { engine, page } = await enterPage(roomId, pageId)
    document.edit(['Hello world'])
    await until(page.saveState, () => page.saveState.value.version === 1)
    page.setPlace([5, 5])
    const { value: session = '' } = engine.sessionId
    await connection.until(() => document.carets.get(session) === 5 || undefined)
    document.edit(['>> '])
    expect(document.carets.get(session)).toBe(8)
    await until(page.saveState, () => page.saveState.value.version === 2)
    await until(page.others, () => page.others.value.length === 1)
    expect(page.others.value[0]).toMatchObject({
      person: { name: 'Doc', colour: 3 },
      place: [document.caret, document.caret],
    })
    expect(await connection.ask({ type: 'leave' }, 'left')).toEqual({ type: 'left' })
    await until(engine.people, () => engine.people.value.length === 1)
  })

  it('A2, A5: gives and gets pictures, also one that it asks for too early', async () => {
    const { connection, roomId } = await makeRoom(new Device(), newId())
    const engine = joinWithEngine(url, roomId, 'Engine')
    engines.push(engine)
    const [mine, theirs] = [samplePng(4, 3, 100_000, 1), samplePng(4, 3, 200_000, 2)]
    const fetched = fetchPicture(connection, idOfPicture(theirs))
    await connection.message('assetMissing')
    await engine.assets.add(theirs)
    expect(new Uint8Array(await fetched)).toEqual(theirs)
    const assetId = await upload(connection, Buffer.from(mine))
    expect(assetId).toBe(idOfPicture(mine))
    expect(await upload(connection, Buffer.from('no picture'))).toBe('asset-not-an-image')
    const asset = engine.assets.watch(assetId)
    await until(asset, () => asset.value.state === 'ready')
    expect(asset.value).toMatchObject({ bytes: mine, mimeType: 'image/png', upload: undefined })
  })
})
