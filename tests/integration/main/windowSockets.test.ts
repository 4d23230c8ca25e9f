import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { WindowSockets } from '../../../src/main/windows/windowSockets'
import { createDesktopDial } from '../../../src/renderer/platform/desktop/desktopSockets'
import { silentLogger } from '../../../src/server/logger'
import { socketEventSchema, socketRequestSchema, type SocketEvent } from '../../../src/shared/ipc/sockets'
import type { Dial, Socket } from '../../../src/shared/socket'

let server: WebSocketServer
let url: string
let sockets: WindowSockets
let dial: Dial

/** A page's dial over main's sockets: what crosses is cloned and parsed as in the app. */
beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  url = `ws://127.0.0.1:${address.port}/socket`
  let toPage: (event: SocketEvent) => void = () => undefined
  sockets = new WindowSockets(
    (event) => toPage(socketEventSchema.parse(structuredClone(event))),
    silentLogger,
  )
  dial = createDesktopDial({
    request: (request) => sockets.request(socketRequestSchema.parse(structuredClone(request))),
    onEvent: (listener) => {
      toPage = listener
      return () => undefined
    },
  })
})
afterEach(async () => {
  sockets.end()
  for (const client of server.clients) client.terminate()
  server.close()
  await once(server, 'close')
})

class Listener {
  readonly happened: string[] = []
  audience = ''
  opened(audience: string): void {
    this.happened.push('opened')
    this.audience = audience
  }
  received(frame: string): void {
    this.happened.push(`received ${frame}`)
  }
  closed(code: number, reason: string): void {
    this.happened.push(`closed ${code} ${reason}`)
  }
}

async function connect(): Promise<{ socket: Socket; listener: Listener; peer: WebSocket }> {
  const connected = once(server, 'connection') as Promise<[WebSocket]>
  const listener = new Listener()
  const socket = dial({ urls: [url] }, listener)
  const [peer] = await connected
  await expect.poll(() => listener.happened).toEqual(['opened'])
  return { socket, listener, peer }
}

describe('a socket of a window', () => {
  it('carries frames both ways, in order', async () => {
    const { socket, listener, peer } = await connect()
    const got: string[] = []
    peer.on('message', (data: Buffer) => got.push(data.toString()))
    for (const frame of ['a', '汉字 😀', '']) socket.send(frame)
    await expect.poll(() => got).toEqual(['a', '汉字 😀', ''])
    for (const frame of ['1', '2', '3']) peer.send(frame)
    await expect.poll(() => listener.happened).toEqual(['opened', 'received 1', 'received 2', 'received 3'])
  })

  it('counts what is not flushed, down to nothing', async () => {
    const { socket } = await connect()
    socket.send('x'.repeat(1_000_000))
    socket.send('y')
    expect(socket.bufferedAmount).toBe(1_000_001)
    await expect.poll(() => socket.bufferedAmount).toBe(0)
  })

  it('says once how the peer closed it, and sends nothing afterwards', async () => {
    const { socket, listener, peer } = await connect()
    peer.close(4400, 'malformed')
    await expect.poll(() => listener.happened).toEqual(['opened', 'closed 4400 malformed'])
    socket.send('late')
    socket.close(1000, '')
    expect(socket.bufferedAmount).toBe(0)
    expect(listener.happened).toHaveLength(2)
  })

  it('tells the peer the code and reason of its own close', async () => {
    const { socket, listener, peer } = await connect()
    const closed = once(peer, 'close') as Promise<[number, Buffer]>
    socket.close(4001, 'leaving')
    const [code, reason] = await closed
    expect([code, reason.toString()]).toEqual([4001, 'leaving'])
    await expect.poll(() => listener.happened.at(-1)).toBe('closed 4001 leaving')
  })

  it('closes normally where the code or the reason may not be sent', async () => {
    const { socket, peer } = await connect()
    const closed = once(peer, 'close') as Promise<[number, Buffer]>
    socket.close(1006, '汉'.repeat(100))
    const [code, reason] = await closed
    expect([code, reason.toString()]).toEqual([1000, ''])
  })

  it('is closed with 1006 where nobody listens, and where it is cut', async () => {
    const nobody = new Listener()
    dial({ urls: ['ws://127.0.0.1:1/socket'] }, nobody)
    await expect.poll(() => nobody.happened).toEqual([expect.stringMatching(/^closed 1006/)])
    const { listener, peer } = await connect()
    peer.terminate()
    await expect.poll(() => listener.happened.at(-1)).toMatch(/^closed 1006/)
  })

  it('can be given up while it connects', async () => {
    const listener = new Listener()
    dial({ urls: [url] }, listener).close(1000, '')
    await expect.poll(() => listener.happened).toEqual([expect.stringMatching(/^closed 1006/)])
  })

  it('is refused for addresses that are no WebSocket', async () => {
    for (const address of [
      'http://127.0.0.1/',
      'file:///etc/passwd',
      'not an address',
      'ws://user:secret@127.0.0.1/',
    ]) {
      const listener = new Listener()
      dial({ urls: [address] }, listener)
      await expect.poll(() => listener.happened).toEqual([expect.stringMatching(/^closed 1006/)])
    }
    expect(server.clients.size).toBe(0)
  })

  it('ends with its window', async () => {
    const { peer, listener } = await connect()
    const closed = once(peer, 'close') as Promise<[number]>
    sockets.end()
    expect((await closed)[0]).toBe(1001)
    expect(listener.happened).toEqual(['opened'])
  })

  it('that gets a binary frame is closed: the protocol has none', async () => {
    const { listener, peer } = await connect()
    peer.send(Buffer.from([1, 2, 3]))
    await expect.poll(() => listener.happened.at(-1)).toMatch(/^closed 1003/)
  })
})
