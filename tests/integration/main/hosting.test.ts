import Database from 'better-sqlite3'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { parseServerMessage } from '../../../src/shared/protocol/parse'
import { parseRoomLink, socketUrls } from '../../../src/shared/roomLink'
import { Participant } from '../../../tools/lib/client/participant'
import { WsPeer } from '../../lib/wsPeer'
import { freePort, HostingGround, occupyPort, type InnerProcess } from './hostingGround'

let ground: HostingGround

beforeEach(async () => {
  ground = await HostingGround.make()
})

function portOf(link: string | null): number {
  return Number(new URL(link ?? 'none').port)
}

describe('hosting on this machine', () => {
  it('starts nothing before a room is made', async () => {
    const processes: InnerProcess[] = []
    expect(await ground.open(processes).list()).toEqual([])
    expect(processes).toHaveLength(0)
  })

  it('makes a room that a socket reaches by its link', async () => {
    await ground.rememberPort(await freePort())
    const room = await ground.open().create('Our room')
    expect(room).toMatchObject({ title: 'Our room', open: true })
    expect(room.links).toEqual([room.localLink])
    const link = parseRoomLink(room.localLink ?? '')
    expect(link?.roomId).toBe(room.roomId)
    expect(link?.origins).toEqual([expect.stringMatching(/^https:/)])
    const peer = await WsPeer.connect(socketUrls(link?.origins ?? [])[0] ?? '', { rejectUnauthorized: false })
    expect(parseServerMessage(await peer.frame(0))).toMatchObject({ type: 'greeting' })
    peer.webSocket.close()
  })

  it('I1: asks its owner before somebody without an invite comes into a room of the app', async () => {
    await ground.rememberPort(await freePort())
    const room = await ground.open().create('Our room')
    const stranger = new Participant(room.localLink ?? '', { name: 'Stranger' })
    try {
      const { status } = stranger.client
      await stranger.until(() => !['connecting', 'reconnecting'].includes(status.value.state), 'is answered')
      expect(status.value).toEqual({ state: 'waiting' })
    } finally {
      await stranger.leave()
    }
  })

  it('lists its rooms after a restart without starting a server, and opens them again at the same port', async () => {
    await ground.rememberPort(await freePort())
    const first = ground.open()
    const { roomId, localLink } = await first.create('Our room')
    await first.stop()
    const processes: InnerProcess[] = []
    const second = ground.open(processes)
    expect(await second.list()).toEqual([
      { roomId, title: 'Our room', open: false, links: [], localLink: null, listed: true },
    ])
    expect(processes).toHaveLength(0)
    expect(await second.reopen(roomId)).toMatchObject({ roomId, open: true, localLink })
  })

  it('takes the next free port where its own is taken, and keeps that one', async () => {
    const { server, port } = await occupyPort()
    await ground.rememberPort(port)
    const first = ground.open()
    const taken = portOf((await first.create('Our room')).localLink)
    expect(taken).toBeGreaterThan(port)
    await first.stop()
    server.close()
    const stored: unknown = JSON.parse(await readFile(join(ground.userData, 'hosting.json'), 'utf8'))
    expect(stored).toMatchObject({ port: taken })
    expect(portOf((await ground.open().create('Another')).localLink)).toBe(taken)
  })

  it('closes a room, and opens it again', async () => {
    await ground.rememberPort(await freePort())
    const rooms = ground.open()
    const { roomId } = await rooms.create('Our room')
    await rooms.close(roomId)
    expect(await rooms.list()).toMatchObject([{ roomId, open: false, links: [], localLink: null }])
    expect(await rooms.reopen(roomId)).toMatchObject({ roomId, open: true })
  })

  it('remembers which rooms others shall not find by themselves', async () => {
    await ground.rememberPort(await freePort())
    const first = ground.open()
    const { roomId, listed } = await first.create('Our room')
    expect(listed).toBe(true)
    await first.setListed(roomId, false)
    expect(await first.list()).toMatchObject([{ roomId, open: true, listed: false }])
    await first.stop()
    const second = ground.open()
    expect(await second.list()).toMatchObject([{ roomId, open: false, listed: false }])
    await second.setListed(roomId, true)
    expect(await second.reopen(roomId)).toMatchObject({ roomId, listed: true })
  })

  it('comes back with its rooms after the server crashed', async () => {
    await ground.rememberPort(await freePort())
    const processes: InnerProcess[] = []
    const rooms = ground.open(processes)
    const { roomId } = await rooms.create('Our room')
    // The database of the crashed process is closed here, as the system does it.
    processes[0]?.postMessage({ type: 'stop' })
    await expect.poll(() => processes.length).toBe(2)
    expect(await rooms.list()).toMatchObject([{ roomId, open: true }])
  })

  it('says why it cannot start: the code of a database from a newer version', async () => {
    await ground.rememberPort(await freePort())
    const first = ground.open()
    await first.create('Our room')
    await first.stop()
    const file = (await readdir(join(ground.userData, 'rooms'))).find((name) => name.endsWith('.sqlite'))
    const database = new Database(join(ground.userData, 'rooms', file ?? ''))
    database.pragma('user_version = 9999')
    database.close()
    await expect(ground.open().create('Another')).rejects.toMatchObject({ code: 'database-too-new' })
  })

  it('Y6: gives a link with an invite to an open room, in the form that browsers are let in by', async () => {
    await ground.rememberPort(await freePort())
    const rooms = ground.open()
    const { roomId } = await rooms.create('Our room')
    const link = await rooms.inviteLink(roomId)
    expect(link).toMatch(/^https:/)
    expect(parseRoomLink(link)).toMatchObject({
      roomId,
      invite: {
        claims: { role: 'editor', exp: expect.closeTo(Date.now() / 1000 + 7 * 24 * 3600, -3) as number },
      },
    })
    await rooms.setPlainBrowsers(true)
    expect(await rooms.inviteLink(roomId)).toBe(link.replace('https:', 'http:'))
    await rooms.close(roomId)
    await expect(rooms.inviteLink(roomId)).rejects.toMatchObject({ code: 'host-failed' })
  })

  it('refuses a room it does not have with host-failed', async () => {
    await ground.rememberPort(await freePort())
    await expect(ground.open().reopen('z'.repeat(32))).rejects.toMatchObject({ code: 'host-failed' })
  })

  it('Z3: says how it is going, and remembers whether browsers may come in without encryption', async () => {
    const port = await freePort()
    await ground.rememberPort(port)
    const first = ground.open()
    expect(await first.status()).toEqual({
      port,
      fingerprint: null,
      addresses: [],
      plainBrowsers: false,
      connections: 0,
      people: [],
      reachedFromOutside: false,
    })
    const link = parseRoomLink((await first.create('Our room')).localLink ?? '')
    const plainUrl = `ws://127.0.0.1:${port}/socket`
    await expect(WsPeer.connect(plainUrl)).rejects.toThrow('426')
    await first.setPlainBrowsers(true)
    await WsPeer.connect(plainUrl)
    expect(await first.status()).toEqual({
      port,
      fingerprint: link?.fingerprint,
      addresses: [`https://127.0.0.1:${port}`],
      plainBrowsers: true,
      connections: 1,
      // Counted once a second.
      people: expect.any(Array),
      reachedFromOutside: false,
    })
    await first.stop()
    const second = ground.open()
    expect(await second.status()).toMatchObject({ plainBrowsers: true, addresses: [] })
    const again = parseRoomLink((await second.create('Another')).localLink ?? '')
    expect(again?.fingerprint).toBe(link?.fingerprint)
    await WsPeer.connect(plainUrl)
  })
})
