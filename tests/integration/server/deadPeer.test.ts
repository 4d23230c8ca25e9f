import { expect, onTestFinished, test } from 'vitest'
import type { HttpServerOptions } from '../../../src/server/transport/httpServer'
import { DEFAULT_TRANSPORT_LIMITS } from '../../../src/server/transport/transportLimits'
import { ManualClock } from '../../lib/manualClock'
import { TcpProxy } from '../../lib/tcpProxy'
import { WsPeer } from '../../lib/wsPeer'
import { startTestServer } from './startTestServer'

const { pingEveryMs, deadAfterMs } = DEFAULT_TRANSPORT_LIMITS

/** A server whose clock the test moves, and a peer that is connected to it through a proxy. */
async function connectThroughProxy(options: Partial<HttpServerOptions>) {
  const { http, rooms } = await startTestServer(options)
  const proxy = await TcpProxy.start(http.port)
  onTestFinished(() => proxy.close())
  const peer = await WsPeer.connect(`ws://127.0.0.1:${proxy.port}/socket`)
  await peer.frame(0)
  return { proxy, peer, connection: await rooms.connection() }
}

test('K2: a peer whose connection swallows everything is noticed within 10 s', async () => {
  const clock = new ManualClock()
  const { proxy, connection } = await connectThroughProxy({ clock })
  proxy.halfOpen()
  clock.advance(10_000)
  expect((await connection.wasClosed()).code).toBe(1006)
})

test('K2: a peer that is stalled for good is noticed within 10 s, also while bytes to it pile up', async () => {
  const clock = new ManualClock()
  const { proxy, connection } = await connectThroughProxy({ clock })
  proxy.stall()
  for (let piece = 0; piece < 32; piece += 1) connection.socket.send('x'.repeat(1024 * 1024))
  clock.advance(10_000)
  expect((await connection.wasClosed()).code).toBe(1006)
})

test('a cut connection is noticed at once', async () => {
  const { proxy, connection } = await connectThroughProxy({ clock: new ManualClock() })
  proxy.cut()
  expect((await connection.wasClosed()).code).toBe(1006)
})

test('K2: a silent peer that answers pings stays connected for as long as it likes', async () => {
  const clock = new ManualClock()
  const { rooms, socketUrl } = await startTestServer({ clock })
  const peer = await WsPeer.connect(socketUrl)
  const connection = await rooms.connection()
  let pings = 0
  peer.webSocket.on('ping', () => (pings += 1))
  for (let round = 1; round <= 20; round += 1) {
    clock.advance(pingEveryMs)
    // A frame sent after the pong: once it is there, so is the pong.
    while (pings < round) await new Promise((resolve) => peer.webSocket.once('ping', resolve))
    peer.send(`round ${round}`)
    await connection.framesCame(round)
  }
  expect(connection.closing).toBeUndefined()
})

test('K2: a peer that sends one large frame slowly is alive, although it cannot answer pings meanwhile', async () => {
  // The real times, shortened: bytes come every 20 ms for nearly twice as long as a silent peer is waited for.
  const haste = 10
  const limits = { pingEveryMs: pingEveryMs / haste, deadAfterMs: deadAfterMs / haste }
  const { proxy, peer, connection } = await connectThroughProxy({ limits })
  proxy.throttle('up', 60_000)
  const since = performance.now()
  peer.send('x'.repeat(100_000))
  await connection.framesCame(1)
  expect(performance.now() - since).toBeGreaterThan(1.5 * limits.deadAfterMs)
  expect(connection.closing).toBeUndefined()
})

test('K2: a peer that reads slowly gets the pings before what waits for it', async () => {
  const { rooms, socketUrl } = await startTestServer({ limits: { pingEveryMs: 10 } })
  const peer = await WsPeer.connect(socketUrl)
  const connection = await rooms.connection()
  peer.webSocket.pause()
  const overtaken: number[] = []
  peer.webSocket.on('ping', () => overtaken.push(peer.frames.length))
  const frames = Array.from({ length: 64 }, (_, index) => `${index} ${'x'.repeat(1024 * 1024)}`)
  for (const frame of frames) connection.socket.send(frame)
  peer.webSocket.resume()
  await peer.frame(frames.length)
  expect(peer.frames.slice(1).every((frame, index) => frame === frames[index])).toBe(true)
  expect(overtaken.some((count) => count > 1 && count < frames.length)).toBe(true)
})
