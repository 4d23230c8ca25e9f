import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { describeDay } from '../../../../src/renderer/composables/describeDay'
import { parseServerAddress, useRooms } from '../../../../src/renderer/composables/useRooms'
import { PlatformError } from '../../../../src/renderer/platform/platformError'
import { InkroomError } from '../../../../src/shared/protocol/errors'
import { FakePlatform, type FakePlatformOptions } from '../../../lib/fakePlatform'
import { testApp, withSetup } from '../../../lib/withApp'

const ROOM = 'c'.repeat(32)
const OWN = 'b'.repeat(32)

async function rooms(options: FakePlatformOptions = {}) {
  const app = testApp(new FakePlatform(options))
  const { result } = withSetup(app, useRooms)
  await app.platform.ready
  await result.load()
  return { app, rooms: result }
}

const joined = {
  roomId: ROOM,
  title: 'Their room',
  link: `http://10.0.0.5:4600/room/${ROOM}`,
  hosted: false,
  lastUsed: 1_000,
}
const own = {
  roomId: OWN,
  title: 'My room',
  link: `http://127.0.0.1:4600/room/${OWN}`,
  hosted: true,
  lastUsed: 2_000,
}
const hosted = { roomId: OWN, title: 'My room', open: false, links: [], localLink: undefined, listed: true }

describe('the rooms of a device', () => {
  it('stand newest first, hosted ones with whether they are open', async () => {
    const { rooms: list } = await rooms({ rooms: [joined, own], hosted: [hosted] })
    expect(list.entries.value.map(({ title, hosted: isHosted, open }) => [title, isHosted, open])).toEqual([
      ['My room', true, false],
      ['Their room', false, false],
    ])
  })

  it('contain a hosted room that was forgotten, last: it is never out of reach', async () => {
    const { rooms: list } = await rooms({ rooms: [joined], hosted: [hosted] })
    expect(list.entries.value.map(({ title, lastUsed }) => [title, lastUsed])).toEqual([
      ['Their room', 1_000],
      ['My room', 0],
    ])
  })

  it('are opened by the link where they were last met', async () => {
    const { app, rooms: list } = await rooms({ rooms: [joined] })
    const [entry] = list.entries.value
    if (entry !== undefined) await list.open(entry)
    expect(app.opened[0]).toMatchObject({
      link: { roomId: ROOM, origins: ['http://10.0.0.5:4600'] },
      title: 'Their room',
      hosted: false,
    })
    expect(app.navigation.screen.value.name).toBe('room')
  })

  it('that are hosted here are opened again before they are entered', async () => {
    const { app, rooms: list } = await rooms({ rooms: [own], hosted: [hosted] })
    const [entry] = list.entries.value
    if (entry !== undefined) await list.open(entry)
    expect(app.opened[0]).toMatchObject({ link: { origins: ['http://127.0.0.1:4600'] }, hosted: true })
  })

  it('are there where those hosted here cannot be read, with the reason', async () => {
    const { app, rooms: list } = await rooms({ rooms: [joined] })
    app.platform.hostingError = new PlatformError('database-corrupt', 'not a database')
    await list.load()
    expect(list.entries.value.map(({ title }) => title)).toEqual(['Their room'])
    expect(list.problem.value).toEqual({ place: 'list', code: 'database-corrupt' })
  })

  it('go when they are forgotten', async () => {
    const { app, rooms: list } = await rooms({ rooms: [joined] })
    const [entry] = list.entries.value
    const key = { roomId: joined.roomId, pageId: 'b'.repeat(26), theme: 'dark' } as const
    const bounds = { x: 0, y: 0, width: 1, height: 1 }
    await app.platform.previews.put(key, { bounds, bytes: new Uint8Array(1) })
    if (entry !== undefined) await list.forget(entry)
    expect(list.entries.value).toEqual([])
    expect(await app.platform.previews.get(key)).toBeUndefined()
  })
})

describe('hosting a room', () => {
  it('takes one step and gives the room its host’s name', async () => {
    const { app, rooms: list } = await rooms()
    await list.host()
    expect(app.opened[0]?.title).toBe('Anna’s room')
    expect(app.navigation.screen.value.name).toBe('room')
  })

  it('says what is wrong where the person pressed, and stays there', async () => {
    const { app, rooms: list } = await rooms()
    app.platform.hostingError = new PlatformError('port-in-use', 'EADDRINUSE')
    await list.host()
    expect(list.problem.value).toEqual({ place: 'host', code: 'port-in-use' })
    expect(app.notices.announcement.value).toContain('network ports')
    expect(app.navigation.screen.value.name).toBe('home')
    expect(list.busy.value).toBeUndefined()
  })

  it('is not offered in a browser', async () => {
    const { rooms: list } = await rooms({ kind: 'web' })
    expect(list.canHost).toBe(false)
  })
})

describe('joining by a link', () => {
  it('goes to the room, blanks around the link allowed', async () => {
    const { app, rooms: list } = await rooms()
    expect(list.join(` http://10.0.0.5:4600/room/${ROOM}\n`)).toBe(true)
    expect(app.opened[0]).toMatchObject({ link: { roomId: ROOM }, title: 'Room at 10.0.0.5' })
  })

  it.each([
    '',
    'hello',
    'http://10.0.0.5:4600/',
    `ftp://10.0.0.5/room/${ROOM}`,
    'http://10.0.0.5/room/short',
  ])('refuses %j', async (text) => {
    const { app, rooms: list } = await rooms()
    expect(list.join(text)).toBe(false)
    expect(app.opened).toEqual([])
  })
})

describe('creating a room on a server', () => {
  it('asks the server and enters', async () => {
    const { app, rooms: list } = await rooms()
    await list.createOn('https://ink.example.org', 'Team', 'secret')
    expect(app.created[0]).toMatchObject({
      origin: 'https://ink.example.org',
      title: 'Team',
      token: 'secret',
    })
    expect(app.opened[0]).toMatchObject({ title: 'Team', link: { origins: ['https://ink.example.org'] } })
  })

  it('says why the server refused', async () => {
    const { app, rooms: list } = await rooms()
    app.createAnswer = new InkroomError('room-creation-refused', 'wrong token')
    await list.createOn('https://ink.example.org', 'Team', '')
    await flushPromises()
    expect(list.problem.value).toEqual({ place: 'create', code: 'room-creation-refused' })
    expect(app.created[0]?.token).toBeUndefined()
  })

  it.each([
    ['https://ink.example.org', 'https://ink.example.org'],
    [' http://10.0.0.5:4600/whatever ', 'http://10.0.0.5:4600'],
    ['ink.example.org', undefined],
    ['ws://10.0.0.5', undefined],
  ])('takes the address %j as %j', (text, origin) => {
    expect(parseServerAddress(text)).toBe(origin)
  })
})

describe('the day a room was last used', () => {
  const now = new Date(2026, 4, 20, 15, 0).getTime()
  it.each([
    [new Date(2026, 4, 20, 0, 1), 'today'],
    [new Date(2026, 4, 19, 23, 59), 'yesterday'],
    [new Date(2026, 4, 15, 12, 0), '5 days ago'],
    [new Date(2026, 3, 1, 12, 0), 'Apr 1, 2026'],
    [new Date(2026, 4, 20, 16, 0), 'today'],
  ])('%s is %j', (time, text) => {
    expect(describeDay(time.getTime(), now, 'en')).toBe(text)
  })
})
