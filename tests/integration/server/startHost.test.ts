import Database from 'better-sqlite3'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Host, HostOptions } from '../../../src/server/host/startHost'
import { StartError } from '../../../src/server/startError'
import { parseRoomLink, socketUrls } from '../../../src/shared/roomLink'
import { startPlainHost } from '../../lib/plainHost'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'
import { WsPeer } from '../../lib/wsPeer'

let folder: string

beforeEach(async () => {
  folder = await makeTemporaryFolder()
})
afterEach(() => removeFolder(folder))

async function start(options: Partial<HostOptions> = {}): Promise<Host> {
  const host = await startPlainHost(folder, options)
  onTestFinished(() => host.stop())
  return host
}

/** Code of a start that must fail. */
async function failureOf(options: Partial<HostOptions> = {}): Promise<string> {
  const error: unknown = await start(options).then(
    () => 'it started',
    (reason: unknown) => reason,
  )
  return error instanceof StartError ? error.code : String(error)
}

test('E9: rooms are there again after a restart, closed ones closed', async () => {
  const first = await start()
  const open = await first.roomServer.createRoom('Open', 'a'.repeat(32))
  const closed = await first.roomServer.createRoom('Closed', 'a'.repeat(32))
  await first.roomServer.closeRoom(closed.roomId)
  await first.stop()
  const rooms = await (await start()).roomServer.listRooms()
  expect(rooms.map(({ room, open }) => [room.title, open]).sort()).toEqual([
    ['Closed', false],
    ['Open', true],
  ])
  expect(rooms.find(({ room }) => room.roomId === open.roomId)?.room).toEqual(open)
})

test('the links lead to a socket that greets', async () => {
  const host = await start()
  const { roomId } = await host.roomServer.createRoom('A room', 'a'.repeat(32))
  expect(host.linksOf(roomId)).toEqual([`http://127.0.0.1:${host.port}/room/${roomId}`])
  const link = parseRoomLink(host.localLinkOf(roomId))
  expect(link?.roomId).toBe(roomId)
  const peer = await WsPeer.connect(socketUrls(link?.origins ?? [])[0] ?? '')
  expect(JSON.parse(await peer.frame(0))).toMatchObject({
    type: 'greeting',
    limits: { maxFrameBytes: 4_194_304 },
  })
  expect(host.connections).toBe(1)
})

test('W4: the limit of a frame that the server greets with is the one it enforces', async () => {
  const host = await start({ limits: { maxFrameBytes: 5_000 } })
  const peer = await WsPeer.connect(`ws://127.0.0.1:${host.port}/socket`)
  expect(JSON.parse(await peer.frame(0))).toMatchObject({ limits: { maxFrameBytes: 5_000 } })
  peer.send('x'.repeat(5_001))
  expect((await peer.wasClosed()).code).toBe(1009)
})

test('the data folder is made for its owner alone', async () => {
  const dataFolder = join(folder, 'deep', 'data')
  await start({ dataFolder })
  expect((await stat(dataFolder)).mode & 0o777).toBe(0o700)
})

test('a start that fails for its port lets go of the database', async () => {
  const other = await start({ dataFolder: join(folder, 'other') })
  expect(await failureOf({ port: other.port })).toBe('port-in-use')
  await start()
})

test('B4: a data folder that another server uses is database-locked', async () => {
  await start()
  expect(await failureOf()).toBe('database-locked')
})

test('B4: a database of a newer version is database-too-new, and stays as it is', async () => {
  await (await start()).stop()
  const version = changeVersion(1_000_000)
  const before = await readFile(join(folder, 'rooms.sqlite'))
  expect(await failureOf()).toBe('database-too-new')
  expect(await readFile(join(folder, 'rooms.sqlite'))).toEqual(before)
  changeVersion(version)
  await start()
})

test('B4: a file that is no database is database-corrupt, and stays as it is', async () => {
  const content = 'This is a letter, not a database. '.repeat(500)
  await writeFile(join(folder, 'rooms.sqlite'), content)
  expect(await failureOf()).toBe('database-corrupt')
  expect(await readFile(join(folder, 'rooms.sqlite'), 'utf8')).toBe(content)
  expect(await readdir(folder)).toEqual(['rooms.sqlite'])
})

test('a data folder that cannot be made is data-unwritable', async () => {
  await writeFile(join(folder, 'file'), '')
  expect(await failureOf({ dataFolder: join(folder, 'file', 'data') })).toBe('data-unwritable')
})

test('a database that cannot be opened is data-unwritable', async () => {
  await mkdir(join(folder, 'rooms.sqlite'))
  expect(await failureOf()).toBe('data-unwritable')
})

/** Sets the version of the database in the test's folder, and returns what it was. */
function changeVersion(version: number): number {
  const database = new Database(join(folder, 'rooms.sqlite'))
  const before = Number(database.pragma('user_version', { simple: true }))
  database.pragma(`user_version = ${version}`)
  database.close()
  return before
}
