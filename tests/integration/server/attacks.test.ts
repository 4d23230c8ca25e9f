import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { HostCertificate } from '../../../src/server/host/certificate'
import type { TransportLimits } from '../../../src/server/transport/transportLimits'
import { testCertificate } from '../../lib/testCertificate'
import { WsPeer } from '../../lib/wsPeer'
import { startTestServer, type TestServer } from './startTestServer'

let identity: HostCertificate
beforeAll(async () => {
  identity = await testCertificate()
})

const start = (limits: Partial<TransportLimits>): Promise<TestServer> =>
  startTestServer({ encryption: { identity, plainBrowsers: true }, limits })

/** Sends a byte now and then for as long as it may; resolves with the milliseconds until it was cut. */
async function drip(socket: Socket, bytes: Iterable<string | Buffer>): Promise<number> {
  onTestFinished(() => void socket.destroy())
  const began = performance.now()
  const iterator = bytes[Symbol.iterator]()
  const timer = setInterval(() => {
    const next = iterator.next()
    if (next.done !== true && socket.writable) socket.write(next.value)
  }, 20)
  socket.on('error', () => undefined).resume()
  // Not `once` of events, which takes a reset, as good an end as any, for a failure.
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(timer)
  return performance.now() - began
}

function* endless(...pieces: (string | Buffer)[]): Generator<string | Buffer> {
  yield* pieces
  for (;;) yield 'x'
}

describe('somebody who drips bytes', () => {
  const TIMEOUT = { handshakeTimeoutMs: 400 }

  test('L7: gains no time before encryption is agreed on', async () => {
    const { http } = await start(TIMEOUT)
    // A record of 16 KiB that never becomes whole.
    const hello = Buffer.from([0x16, 3, 1, 0x40, 0])
    expect(await drip(connect(http.port, '127.0.0.1'), endless(hello))).toBeLessThan(4_000)
  })

  test('L7: gains no time in the headers, encrypted or not', async () => {
    // Agreeing on encryption has to be over before, on a busy machine too.
    const { http } = await start({ handshakeTimeoutMs: 1_500 })
    const head = 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: '
    expect(await drip(connect(http.port, '127.0.0.1'), endless(head))).toBeLessThan(4_000)
    const secure = connectTls({ host: '127.0.0.1', port: http.port, rejectUnauthorized: false })
    await once(secure, 'secureConnect')
    expect(await drip(secure, endless(head))).toBeLessThan(4_000)
  })

  test('L7: gains nothing by saying nothing at all', async () => {
    const { http } = await start(TIMEOUT)
    expect(await drip(connect(http.port, '127.0.0.1'), [])).toBeLessThan(4_000)
  })
})

describe('somebody who sends too much', () => {
  test('L4: at once is told rate-limited and cut; others go on', async () => {
    const { rooms, socketUrl } = await start({ messagesPerSecond: 10, messageBurst: 20, maxPauseMs: 1_000 })
    const [flood, honest] = [await WsPeer.connect(socketUrl), await WsPeer.connect(socketUrl)]
    for (let i = 0; i < 1_000; i += 1) flood.send('x')
    expect(await flood.wasClosed()).toEqual({ code: 4430, reason: 'rate-limited' })
    expect(JSON.parse(flood.frames.at(-1) ?? '')).toMatchObject({ type: 'error', code: 'rate-limited' })
    expect((await rooms.connection(0)).frames.length).toBeLessThanOrEqual(31)
    honest.send('still here')
    await (await rooms.connection(1)).framesCame(1)
  })

  test('L4: in pings is cut as well', async () => {
    const { socketUrl } = await start({ messagesPerSecond: 10, messageBurst: 20, maxPauseMs: 1_000 })
    const flood = await WsPeer.connect(socketUrl)
    for (let i = 0; i < 1_000; i += 1) flood.webSocket.ping('x')
    expect((await flood.wasClosed()).code).toBe(4430)
  })

  test('L4: for a while is read more slowly, and nothing is lost', async () => {
    const { rooms, socketUrl } = await start({
      messagesPerSecond: 200,
      messageBurst: 100,
      maxPauseMs: 60_000,
    })
    const peer = await WsPeer.connect(socketUrl)
    const began = performance.now()
    for (let i = 0; i < 300; i += 1) peer.send(String(i))
    const connection = await rooms.connection()
    await connection.framesCame(300)
    peer.send('last')
    await connection.framesCame(301)
    expect(performance.now() - began).toBeGreaterThan(900)
    expect(connection.frames).toEqual([...Array.from({ length: 300 }, (_, i) => String(i)), 'last'])
    expect(peer.closing).toBeUndefined()
  })

  test('L4: in bytes is read more slowly, and nothing is lost', async () => {
    const { rooms, socketUrl } = await start({ bytesPerSecond: 10_000_000, byteBurst: 1_000_000 })
    const peer = await WsPeer.connect(socketUrl)
    const began = performance.now()
    for (let i = 0; i < 6; i += 1) peer.send('x'.repeat(1_000_000))
    await (await rooms.connection()).framesCame(6)
    expect(performance.now() - began).toBeGreaterThan(450)
    expect(peer.closing).toBeUndefined()
  })

  test('L5: before it has logged in is cut', async () => {
    const { rooms, socketUrl } = await start({ maxBytesBeforeLogin: 10_000 })
    rooms.isLoggedIn = false
    const peer = await WsPeer.connect(socketUrl)
    peer.send('x'.repeat(5_000))
    await (await rooms.connection()).framesCame(1)
    // The beginning of a message is enough.
    peer.webSocket.send('x'.repeat(20_000), { fin: false })
    expect((await peer.wasClosed()).code).toBe(4430)
    rooms.isLoggedIn = true
    const known = await WsPeer.connect(socketUrl)
    known.send('x'.repeat(20_000))
    await (await rooms.connection(1)).framesCame(1)
  })

  test('L5: in messages that never end is cut, however many connections it uses; who pastes is not', async () => {
    const { rooms, socketUrl } = await start({ maxUnfinishedBytes: 1_000_000 })
    const honest = await WsPeer.connect(socketUrl)
    honest.webSocket.send('x'.repeat(100_000), { fin: false })
    const attackers = await Promise.all(Array.from({ length: 6 }, () => WsPeer.connect(socketUrl)))
    for (const { webSocket } of attackers) webSocket.send('x'.repeat(200_000), { fin: false })
    expect((await Promise.race(attackers.map((peer) => peer.wasClosed()))).code).toBe(4430)
    honest.webSocket.send('end')
    await (await rooms.connection(0)).framesCame(1)
    expect(honest.closing).toBeUndefined()
  })
})

test('L6: connections of one address are limited, and others free again when they end', async () => {
  const { http, socketUrl } = await start({ maxConnectionsPerAddress: 3 })
  const peers = await Promise.all([1, 2, 3].map(() => WsPeer.connect(socketUrl)))
  await expect(WsPeer.connect(socketUrl)).rejects.toThrow(/hang up|ECONNRESET/)
  // Another address, as far as one machine has some.
  const neighbour = connect({ port: http.port, host: '127.0.0.1', localAddress: '127.0.0.9' })
  neighbour.write('GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  const [answer] = (await once(neighbour, 'data')) as [Buffer]
  expect(answer.toString()).toMatch(/^HTTP\/1.1 200/)
  neighbour.destroy()
  peers[0]?.webSocket.terminate()
  await expect
    .poll(() =>
      WsPeer.connect(socketUrl)
        .then((peer) => peer.frame(0))
        .catch(() => 'refused'),
    )
    .toBe('hello')
})
