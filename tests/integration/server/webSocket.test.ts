import { createConnection } from 'node:net'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { expect, onTestFinished, test } from 'vitest'
import { WsPeer } from '../../lib/wsPeer'
import { getRaw, statusOf } from './rawHttp'
import { startTestServer } from './startTestServer'

const HANDSHAKE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

test('a connection greets at once and carries text both ways in order', async () => {
  const { rooms, socketUrl } = await startTestServer()
  const peer = await WsPeer.connect(socketUrl)
  expect(await peer.frame(0)).toBe('hello')
  const texts = ['a', 'ü 写字 🖋', 'x'.repeat(100_000), '']
  for (const text of texts) peer.send(text)
  const connection = await rooms.connection()
  await connection.framesCame(4)
  expect(connection.frames).toEqual(texts)
  for (const text of texts) connection.socket.send(text)
  await peer.frame(4)
  expect(peer.frames.slice(1)).toEqual(texts)
})

test('one frame broadcast between other frames reaches every receiver whole', async () => {
  const { rooms, socketUrl } = await startTestServer()
  const peers = await Promise.all([1, 2, 3].map(() => WsPeer.connect(socketUrl)))
  await rooms.connection(2)
  const frames = ['one', 'tw☃', 'one', 'three', 'three']
  for (const frame of frames) for (const { socket } of rooms.connections) socket.send(frame)
  for (const peer of peers) {
    await peer.frame(5)
    expect(peer.frames.slice(1)).toEqual(frames)
  }
})

test('W4: a frame above the limit closes the connection with 1009 and reaches nobody', async () => {
  const { rooms, socketUrl } = await startTestServer({ limits: { maxFrameBytes: 1_000 } })
  const peer = await WsPeer.connect(socketUrl)
  peer.send('x'.repeat(1_000))
  const connection = await rooms.connection()
  await connection.framesCame(1)
  peer.send('x'.repeat(1_001))
  expect((await peer.wasClosed()).code).toBe(1009)
  await connection.wasClosed()
  expect(connection.frames).toHaveLength(1)
})

test('W4: a frame above the limit in fragments closes the connection with 1009', async () => {
  const { socketUrl } = await startTestServer({ limits: { maxFrameBytes: 1_000 } })
  const peer = await WsPeer.connect(socketUrl)
  for (let part = 0; part < 5; part += 1) peer.webSocket.send('x'.repeat(300), { fin: false })
  expect((await peer.wasClosed()).code).toBe(1009)
})

test('W4: the default limit of a frame is 4 MiB', async () => {
  const { rooms, socketUrl } = await startTestServer()
  const peer = await WsPeer.connect(socketUrl)
  peer.send('x'.repeat(4 * 1024 * 1024))
  await (await rooms.connection()).framesCame(1)
  peer.send('x'.repeat(4 * 1024 * 1024 + 1))
  expect((await peer.wasClosed()).code).toBe(1009)
})

test('W1: a binary frame is answered with message-malformed, and nothing after it is read', async () => {
  const { rooms, socketUrl } = await startTestServer()
  const peer = await WsPeer.connect(socketUrl)
  peer.webSocket.send(Buffer.from('{}'))
  peer.send('later')
  expect(JSON.parse(await peer.frame(1))).toMatchObject({ type: 'error', code: 'message-malformed' })
  expect(await peer.wasClosed()).toEqual({ code: 4400, reason: 'message-malformed' })
  const connection = await rooms.connection()
  await connection.wasClosed()
  expect(connection.frames).toEqual([])
})

test('text that is not UTF-8 closes the connection with 1007', async () => {
  const { socketUrl } = await startTestServer()
  const peer = await WsPeer.connect(socketUrl)
  peer.webSocket.send(Buffer.from([0xff, 0xfe]), { binary: false })
  expect((await peer.wasClosed()).code).toBe(1007)
})

test('a close by the room server carries its code and as much of the reason as fits', async () => {
  const { rooms, socketUrl } = await startTestServer()
  const peer = await WsPeer.connect(socketUrl)
  const connection = await rooms.connection()
  connection.socket.close(4410, '写'.repeat(100))
  connection.socket.send('after the close')
  expect(await peer.wasClosed()).toEqual({ code: 4410, reason: '写'.repeat(41) })
  expect((await connection.wasClosed()).code).toBe(4410)
  expect(peer.frames).toEqual(['hello'])
})

test('a close by the client is told once, with its code and reason', async () => {
  const { http, rooms, socketUrl } = await startTestServer()
  const peer = await WsPeer.connect(socketUrl)
  const connection = await rooms.connection()
  expect(http.connections).toBe(1)
  peer.webSocket.close(4000, 'bye')
  expect(await connection.wasClosed()).toEqual({ code: 4000, reason: 'bye' })
  expect(http.connections).toBe(0)
})

test('a client that never answers a close is cut after the time to close', async () => {
  const { rooms, http } = await startTestServer()
  const stubborn = createConnection(http.port, '127.0.0.1')
  onTestFinished(() => void stubborn.destroy())
  stubborn.on('error', () => undefined)
  const lines = Object.entries({ Host: `127.0.0.1:${http.port}`, ...HANDSHAKE }).map((line) =>
    line.join(': '),
  )
  stubborn.write(`GET /socket HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  const connection = await rooms.connection()
  connection.socket.close(1012, 'server-stopping')
  expect((await connection.wasClosed()).code).toBe(1006)
})

test('W3: an error inside the room server closes that connection with 1011 and no other', async () => {
  const { rooms, socketUrl } = await startTestServer()
  rooms.onFrame = (frame) => {
    if (frame === 'bad') throw new Error('a bug')
  }
  const [broken, fine] = [await WsPeer.connect(socketUrl), await WsPeer.connect(socketUrl)]
  broken.send('bad')
  expect((await broken.wasClosed()).code).toBe(1011)
  fine.send('good')
  await (await rooms.connection(1)).framesCame(1)
})

test('L1: a connection too many is told so and closed, and the others go on', async () => {
  const { rooms, http, socketUrl } = await startTestServer({ limits: { maxConnections: 2 } })
  const first = await WsPeer.connect(socketUrl)
  const second = await WsPeer.connect(socketUrl)
  const third = await WsPeer.connect(socketUrl)
  expect(JSON.parse(await third.frame(0))).toMatchObject({ type: 'error', code: 'too-many-connections' })
  expect(await third.wasClosed()).toEqual({ code: 4429, reason: 'too-many-connections' })
  expect(http.connections).toBe(2)
  second.webSocket.close()
  await (await rooms.connection(1)).wasClosed()
  expect(await (await WsPeer.connect(socketUrl)).frame(0)).toBe('hello')
  first.send('still here')
  await (await rooms.connection(0)).framesCame(1)
})

test.each([
  ['no Origin, as programs that are no browsers', undefined, 'opens'],
  ['the origin of this server', 'http://127.0.0.1:PORT', 'opens'],
  ['another origin', 'http://evil.example', 'is refused'],
  ['this host on another port', 'http://127.0.0.1:1', 'is refused'],
  ['a file', 'null', 'is refused'],
  ['another scheme', 'ftp://127.0.0.1:PORT', 'is refused'],
  ['no address', 'nonsense', 'is refused'],
  ['a proxy named when it started', 'https://rooms.example.org', 'opens'],
])('a WebSocket from a page of %s %s', async (_name, origin, outcome) => {
  const { socketUrl, http, rooms } = await startTestServer({ publicOrigins: ['https://rooms.example.org'] })
  const connecting = WsPeer.connect(socketUrl, { origin: origin?.replace('PORT', String(http.port)) })
  if (outcome === 'opens') await expect(connecting).resolves.toBeInstanceOf(WsPeer)
  else await expect(connecting).rejects.toThrow('403')
  expect(rooms.connections).toHaveLength(outcome === 'opens' ? 1 : 0)
})

test('there is a WebSocket at /socket only', async () => {
  const { http, origin } = await startTestServer()
  expect(statusOf(await getRaw(http.port, '/other', HANDSHAKE))).toBe(404)
  const plain = await fetch(`${origin}/socket`)
  expect(plain.status).toBe(426)
})

test('compression is not negotiated', async () => {
  const { socketUrl } = await startTestServer()
  const peer = await WsPeer.connect(socketUrl, { perMessageDeflate: true })
  expect(peer.webSocket.extensions).toBe('')
})

test('E11: stopping refuses new connections, then closes those there are with 1012 and frees the port', async () => {
  const { http, rooms, socketUrl, origin } = await startTestServer()
  const peer = await WsPeer.connect(socketUrl)
  http.stopAccepting()
  await expect(fetch(`${origin}/health`)).rejects.toThrow()
  peer.send('still heard')
  await (await rooms.connection()).framesCame(1)
  await http.close()
  expect((await peer.wasClosed()).code).toBe(1012)
  const again = await startTestServer({ port: http.port })
  expect(again.http.port).toBe(http.port)
})

test('a client that reads nothing shows as bytes that pile up', async () => {
  const { rooms, socketUrl } = await startTestServer()
  const peer = await WsPeer.connect(socketUrl)
  const { socket } = await rooms.connection()
  expect(socket.bufferedAmount).toBe(0)
  peer.webSocket.pause()
  for (let piece = 0; piece < 64; piece += 1) socket.send('x'.repeat(1024 * 1024))
  expect(socket.bufferedAmount).toBeGreaterThan(32 * 1024 * 1024)
  peer.webSocket.resume()
  await peer.frame(64)
  peer.send('read all')
  await (await rooms.connection()).framesCame(1)
  expect(socket.bufferedAmount).toBe(0)
})

test('a handshake in pieces works within its time', async () => {
  const { rooms, http } = await startTestServer()
  const slow = createConnection(http.port, '127.0.0.1')
  onTestFinished(() => void slow.destroy())
  const request = `GET /socket HTTP/1.1\r\n${Object.entries({ Host: `127.0.0.1:${http.port}`, ...HANDSHAKE })
    .map((line) => line.join(': '))
    .join('\r\n')}\r\n\r\n`
  for (const letter of request) slow.write(letter)
  const [answer] = (await once(slow, 'data')) as [Buffer]
  expect(statusOf(answer.toString())).toBe(101)
  await rooms.connection()
})

test('a handshake that does not come to its end is closed within its time', async () => {
  const { http, rooms } = await startTestServer({ limits: { handshakeTimeoutMs: 300 } })
  const silent = createConnection(http.port, '127.0.0.1')
  const partial = createConnection(http.port, '127.0.0.1', () =>
    partial.write('GET /socket HTTP/1.1\r\nHost: a\r\nUpg'),
  )
  const closings = [silent, partial].map(
    (socket) =>
      new Promise((resolve) => {
        socket
          .resume()
          .on('error', () => socket.destroy())
          .on('close', resolve)
      }),
  )
  await Promise.all(closings)
  expect(rooms.connections).toEqual([])
})

test('a WebSocket handshake that is none is refused', async () => {
  const { http, rooms } = await startTestServer()
  expect(statusOf(await getRaw(http.port, '/socket', { ...HANDSHAKE, 'Sec-WebSocket-Key': 'short' }))).toBe(
    400,
  )
  expect(statusOf(await getRaw(http.port, '/socket', { ...HANDSHAKE, 'Sec-WebSocket-Version': '7' }))).toBe(
    400,
  )
  expect(rooms.connections).toEqual([])
})

test('TCP connections beyond their limit are dropped', async () => {
  const { http, socketUrl } = await startTestServer({ limits: { maxTcpConnections: 1 } })
  await WsPeer.connect(socketUrl)
  const second = new WebSocket(`ws://127.0.0.1:${http.port}/socket`)
  const [error] = (await once(second, 'error')) as [Error]
  expect(error.message).toMatch(/hang up|ECONNRESET/)
})
