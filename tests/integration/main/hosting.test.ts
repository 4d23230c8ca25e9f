import Database from 'better-sqlite3'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HostedRooms } from '../../../src/main/hosting/hostedRooms'
import type { FromServer } from '../../../src/main/hosting/messages'
import type { ChildProcess } from '../../../src/main/hosting/serverProcess'
import { ServerWorker } from '../../../src/main/hosting/serverWorker'
import { startHost } from '../../../src/server/host/startHost'
import { silentLogger } from '../../../src/server/logger'
import { systemClock } from '../../../src/server/systemClock'
import { parseServerMessage } from '../../../src/shared/protocol/parse'
import { parseRoomLink, socketUrls } from '../../../src/shared/roomLink'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'
import { Participant } from '../../../tools/lib/client/participant'
import { WsPeer } from '../../lib/wsPeer'

/** The room server's process, inside this one: messages are cloned as between processes. */
class InnerProcess implements ChildProcess {
  readonly #worker: ServerWorker
  #onMessage: (message: unknown) => void = () => undefined
  #onExit: (code: number) => void = () => undefined

  constructor() {
    this.#worker = new ServerWorker({
      startHost,
      reply: (message: FromServer) => this.#onMessage(structuredClone(message)),
      exit: (code) => this.#onExit(code),
      clock: systemClock,
      logger: silentLogger,
    })
  }

  postMessage(message: unknown): void {
    this.#worker.received(structuredClone(message))
  }

  on(event: 'message' | 'exit', listener: (value: never) => void): unknown {
    if (event === 'message') this.#onMessage = listener as (message: unknown) => void
    else this.#onExit = listener as (code: number) => void
    return this
  }

  kill(): boolean {
    this.#onExit(143)
    return true
  }
}

/** A server on a free port of loopback, which keeps that port from others. */
async function occupyPort(): Promise<{ server: Server; port: number }> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { server, port: address.port }
}

let userData: string
const opened: { stop(): Promise<void> }[] = []

beforeEach(async () => {
  userData = await makeTemporaryFolder()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((rooms) => rooms.stop()))
  await removeFolder(userData)
})

/** Hosting of an app with this user data, which remembers `port`. */
function openHosting(startedProcesses: InnerProcess[] = []): HostedRooms {
  const rooms = new HostedRooms({
    userData,
    clientFolder: join(userData, 'client'),
    host: '127.0.0.1',
    owner: 'd'.repeat(32),
    discovery: undefined,
    fork: () => {
      const child = new InnerProcess()
      startedProcesses.push(child)
      return child
    },
    networkInterfaces: () => ({}),
    clock: systemClock,
    log: silentLogger,
  })
  opened.push(rooms)
  return rooms
}

async function rememberPort(port: number): Promise<void> {
  await writeFile(join(userData, 'hosting.json'), JSON.stringify({ port, rooms: [] }))
}

async function freePort(): Promise<number> {
  const { server, port } = await occupyPort()
  server.close()
  await once(server, 'close')
  return port
}

function portOf(link: string | null): number {
  return Number(new URL(link ?? 'none').port)
}

describe('hosting on this machine', () => {
  it('starts nothing before a room is made', async () => {
    const processes: InnerProcess[] = []
    expect(await openHosting(processes).list()).toEqual([])
    expect(processes).toHaveLength(0)
  })

  it('makes a room that a socket reaches by its link', async () => {
    await rememberPort(await freePort())
    const room = await openHosting().create('Our room')
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
    await rememberPort(await freePort())
    const room = await openHosting().create('Our room')
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
    await rememberPort(await freePort())
    const first = openHosting()
    const { roomId, localLink } = await first.create('Our room')
    await first.stop()
    const processes: InnerProcess[] = []
    const second = openHosting(processes)
    expect(await second.list()).toEqual([
      { roomId, title: 'Our room', open: false, links: [], localLink: null, listed: true },
    ])
    expect(processes).toHaveLength(0)
    expect(await second.reopen(roomId)).toMatchObject({ roomId, open: true, localLink })
  })

  it('takes the next free port where its own is taken, and keeps that one', async () => {
    const { server, port } = await occupyPort()
    await rememberPort(port)
    const first = openHosting()
    const taken = portOf((await first.create('Our room')).localLink)
    expect(taken).toBeGreaterThan(port)
    await first.stop()
    server.close()
    const stored: unknown = JSON.parse(await readFile(join(userData, 'hosting.json'), 'utf8'))
    expect(stored).toMatchObject({ port: taken })
    expect(portOf((await openHosting().create('Another')).localLink)).toBe(taken)
  })

  it('closes a room, and opens it again', async () => {
    await rememberPort(await freePort())
    const rooms = openHosting()
    const { roomId } = await rooms.create('Our room')
    await rooms.close(roomId)
    expect(await rooms.list()).toMatchObject([{ roomId, open: false, links: [], localLink: null }])
    expect(await rooms.reopen(roomId)).toMatchObject({ roomId, open: true })
  })

  it('remembers which rooms others shall not find by themselves', async () => {
    await rememberPort(await freePort())
    const first = openHosting()
    const { roomId, listed } = await first.create('Our room')
    expect(listed).toBe(true)
    await first.setListed(roomId, false)
    expect(await first.list()).toMatchObject([{ roomId, open: true, listed: false }])
    await first.stop()
    const second = openHosting()
    expect(await second.list()).toMatchObject([{ roomId, open: false, listed: false }])
    await second.setListed(roomId, true)
    expect(await second.reopen(roomId)).toMatchObject({ roomId, listed: true })
  })

  it('comes back with its rooms after the server crashed', async () => {
    await rememberPort(await freePort())
    const processes: InnerProcess[] = []
    const rooms = openHosting(processes)
    const { roomId } = await rooms.create('Our room')
    // The database of the crashed process is closed here, as the system does it.
    processes[0]?.postMessage({ type: 'stop' })
    await expect.poll(() => processes.length).toBe(2)
    expect(await rooms.list()).toMatchObject([{ roomId, open: true }])
  })

  it('says why it cannot start: the code of a database from a newer version', async () => {
    await rememberPort(await freePort())
    const first = openHosting()
    await first.create('Our room')
    await first.stop()
    const file = (await readdir(join(userData, 'rooms'))).find((name) => name.endsWith('.sqlite'))
    const database = new Database(join(userData, 'rooms', file ?? ''))
    database.pragma('user_version = 9999')
    database.close()
    await expect(openHosting().create('Another')).rejects.toMatchObject({ code: 'database-too-new' })
  })

  it('refuses a room it does not have with host-failed', async () => {
    await rememberPort(await freePort())
    await expect(openHosting().reopen('z'.repeat(32))).rejects.toMatchObject({ code: 'host-failed' })
  })

  it('Z3: says how it is going, and remembers whether browsers may come in without encryption', async () => {
    const port = await freePort()
    await rememberPort(port)
    const first = openHosting()
    expect(await first.status()).toEqual({
      port,
      fingerprint: null,
      addresses: [],
      plainBrowsers: false,
      connections: 0,
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
      reachedFromOutside: false,
    })
    await first.stop()
    const second = openHosting()
    expect(await second.status()).toMatchObject({ plainBrowsers: true, addresses: [] })
    const again = parseRoomLink((await second.create('Another')).localLink ?? '')
    expect(again?.fingerprint).toBe(link?.fingerprint)
    await WsPeer.connect(plainUrl)
  })
})
