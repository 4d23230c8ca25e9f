import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../../src/server/systemClock'
import { DEFAULT_TRANSPORT_LIMITS } from '../../../src/server/transport/transportLimits'
import { ManualClock } from '../../lib/manualClock'
import { TcpProxy } from '../../lib/tcpProxy'
import { WsPeer } from '../../lib/wsPeer'
import { startTestServer } from './startTestServer'

/** The real times, shortened by this factor. */
const HASTE = 20
const HASTY_LIMITS = {
  pingEveryMs: DEFAULT_TRANSPORT_LIMITS.pingEveryMs / HASTE,
  deadAfterMs: DEFAULT_TRANSPORT_LIMITS.deadAfterMs / HASTE,
}
const NOTICED_WITHIN_MS = 10_000 / HASTE

async function startProxied(limits = HASTY_LIMITS) {
  const server = await startTestServer({ limits })
  const proxy = await TcpProxy.start(server.http.port)
  onTestFinished(() => proxy.close())
  return { ...server, proxy, proxiedUrl: `ws://127.0.0.1:${proxy.port}/socket` }
}

test('a peer whose connection swallows everything is noticed within 10 s', async () => {
  const { proxy, proxiedUrl, rooms } = await startProxied()
  await (await WsPeer.connect(proxiedUrl)).frame(0)
  const connection = await rooms.connection()
  proxy.halfOpen()
  const since = systemClock.now()
  expect((await connection.wasClosed()).code).toBe(1006)
  const took = systemClock.now() - since
  // Data may have come up to the moment of the fault; a busy machine may look a little late.
  expect(took).toBeGreaterThanOrEqual(HASTY_LIMITS.deadAfterMs - HASTY_LIMITS.pingEveryMs)
  expect(took).toBeLessThanOrEqual(NOTICED_WITHIN_MS + 300)
})

test('a peer that is stalled for good is noticed, also while bytes to it pile up', async () => {
  const { proxy, proxiedUrl, rooms } = await startProxied()
  await (await WsPeer.connect(proxiedUrl)).frame(0)
  const connection = await rooms.connection()
  proxy.stall()
  for (let piece = 0; piece < 32; piece += 1) connection.socket.send('x'.repeat(1024 * 1024))
  expect((await connection.wasClosed()).code).toBe(1006)
})

test('a cut connection is noticed at once', async () => {
  const { proxy, proxiedUrl, rooms } = await startProxied(DEFAULT_TRANSPORT_LIMITS)
  await (await WsPeer.connect(proxiedUrl)).frame(0)
  const connection = await rooms.connection()
  proxy.cut()
  expect((await connection.wasClosed()).code).toBe(1006)
})

test('a silent peer that answers pings stays connected for as long as it likes', async () => {
  const clock = new ManualClock()
  const { rooms, socketUrl } = await startTestServer({ clock })
  const peer = await WsPeer.connect(socketUrl)
  const connection = await rooms.connection()
  let pings = 0
  peer.webSocket.on('ping', () => (pings += 1))
  for (let round = 1; round <= 20; round += 1) {
    clock.advance(DEFAULT_TRANSPORT_LIMITS.pingEveryMs)
    // A frame sent after the pong: once it is there, so is the pong.
    while (pings < round) await new Promise((resolve) => peer.webSocket.once('ping', resolve))
    peer.send(`round ${round}`)
    await connection.framesCame(round)
  }
  expect(connection.closing).toBeUndefined()
})

test('a peer that sends one large frame slowly is alive, although it cannot answer pings meanwhile', async () => {
  const { proxy, proxiedUrl, rooms } = await startProxied()
  const peer = await WsPeer.connect(proxiedUrl)
  const connection = await rooms.connection()
  proxy.throttle('up', 100_000)
  const since = performance.now()
  peer.send('x'.repeat(100_000))
  await connection.framesCame(1)
  expect(performance.now() - since).toBeGreaterThan(1.5 * HASTY_LIMITS.deadAfterMs)
  expect(connection.closing).toBeUndefined()
})

test('a peer that reads slowly gets the pings before what waits for it', async () => {
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
