import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { HostCertificate } from '../../../src/server/host/certificate'
import { testCertificate } from '../../lib/testCertificate'
import { WsPeer } from '../../lib/wsPeer'
import { getRaw, sendRaw, statusOf } from './rawHttp'
import { startTestServer, type TestServer } from './startTestServer'

let identity: HostCertificate
beforeAll(async () => {
  identity = await testCertificate()
})

async function startEncrypted(
  options: { plainBrowsers?: boolean; handshakeTimeoutMs?: number } = {},
): Promise<TestServer & { readonly secureUrl: string }> {
  const { plainBrowsers = false, handshakeTimeoutMs } = options
  const server = await startTestServer({
    encryption: { identity, plainBrowsers },
    ...(handshakeTimeoutMs !== undefined && { limits: { handshakeTimeoutMs } }),
  })
  return { ...server, secureUrl: `wss://127.0.0.1:${server.http.port}/socket` }
}

const TRUSTING = { rejectUnauthorized: false }

/** Status and headers of an encrypted request. */
async function getSecure(port: number, path: string) {
  const asked = request({ host: '127.0.0.1', port, path, agent: false, ...TRUSTING }).end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  response.resume()
  return response
}

test('Z2: one port serves pages and WebSockets encrypted', async () => {
  const { http, rooms, secureUrl } = await startEncrypted()
  expect((await getSecure(http.port, '/health')).statusCode).toBe(200)
  const peer = await WsPeer.connect(secureUrl, TRUSTING)
  expect(await peer.frame(0)).toBe('hello')
  const texts = ['a', 'x'.repeat(1_000_000), '写']
  for (const text of texts) peer.send(text)
  const connection = await rooms.connection()
  await connection.framesCame(3)
  expect(connection.frames).toEqual(texts)
  for (const text of texts) connection.socket.send(text)
  await peer.frame(3)
  expect(peer.frames.slice(1)).toEqual(texts)
})

test('Z2: without encryption a page is sent to https at the same port, a WebSocket is refused', async () => {
  const { http, socketUrl, rooms } = await startEncrypted()
  const answer = await getRaw(http.port, `/room/${'a'.repeat(32)}?from=qr`)
  expect(statusOf(answer)).toBe(308)
  expect(answer).toContain(`Location: https://127.0.0.1:${http.port}/room/${'a'.repeat(32)}?from=qr\r\n`)
  expect(answer.toLowerCase()).not.toContain('strict-transport-security')
  await expect(WsPeer.connect(socketUrl)).rejects.toThrow('426')
  expect(rooms.connections).toEqual([])
})

test.each(['//evil.example/', '/\\evil.example', '/@evil.example', 'http://evil.example/'])(
  'Z2: the target %s is not sent to another host',
  async (target) => {
    const { http } = await startEncrypted()
    const location = /^Location: (.*)\r$/m.exec(await getRaw(http.port, target))?.[1]
    expect(new URL(location ?? '').host).toBe(`127.0.0.1:${http.port}`)
  },
)

test('Z3: browsers without encryption are let in while the switch is on, and put out when it goes off', async () => {
  const { http, socketUrl, secureUrl } = await startEncrypted({ plainBrowsers: true })
  expect(statusOf(await getRaw(http.port, '/health'))).toBe(200)
  const plain = await WsPeer.connect(socketUrl)
  const secure = await WsPeer.connect(secureUrl, TRUSTING)
  http.setPlainBrowsers(false)
  expect(await plain.wasClosed()).toEqual({ code: 4426, reason: 'encryption-needed' })
  expect(JSON.parse(await plain.frame(1))).toMatchObject({ type: 'error', code: 'encryption-needed' })
  await expect(WsPeer.connect(socketUrl)).rejects.toThrow('426')
  expect(secure.closing).toBeUndefined()
  http.setPlainBrowsers(true)
  expect(await (await WsPeer.connect(socketUrl)).frame(0)).toBe('hello')
  expect(http.connections).toBe(2)
})

test('Z2: no answer has a Strict-Transport-Security header: the switch must go on working', async () => {
  const { http } = await startEncrypted()
  expect((await getSecure(http.port, '/health')).headers['strict-transport-security']).toBeUndefined()
})

test('Z2: a page of this host without encryption may not open an encrypted WebSocket', async () => {
  const { http, secureUrl } = await startEncrypted()
  const from = (scheme: string) =>
    WsPeer.connect(secureUrl, { ...TRUSTING, origin: `${scheme}://127.0.0.1:${http.port}` })
  await expect(from('http')).rejects.toThrow('403')
  expect(await (await from('https')).frame(0)).toBe('hello')
})

test('Z2: TLS older than 1.2 is refused', async () => {
  const { http } = await startEncrypted()
  const old = connectTls({
    host: '127.0.0.1',
    port: http.port,
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1',
    ciphers: 'ALL:@SECLEVEL=0',
    ...TRUSTING,
  })
  onTestFinished(() => void old.destroy())
  const [error] = (await once(old, 'error')) as [Error]
  expect(error.message).toMatch(/alert|version|unsupported/i)
})

test('E11: a server that stops closes encrypted connections and gives the port back', async () => {
  const { http, secureUrl } = await startEncrypted()
  const peer = await WsPeer.connect(secureUrl, TRUSTING)
  const idle = connect(http.port, '127.0.0.1')
  await once(idle, 'connect')
  idle.on('error', () => undefined)
  idle.end()
  await http.close()
  expect((await peer.wasClosed()).code).toBe(1012)
  const again = await startTestServer({ port: http.port })
  expect(again.http.port).toBe(http.port)
})

test('E11: somebody who goes silently after TLS, before asking for anything, does not hold up a server that stops', async () => {
  const { http } = await startEncrypted({ handshakeTimeoutMs: 60_000 })
  const gone = connectTls({ host: '127.0.0.1', port: http.port, ...TRUSTING })
  await once(gone, 'secureConnect')
  gone.destroy()
  await once(gone, 'close')
  await http.close()
})

test('noise instead of TLS or HTTP ends that connection and no other', async () => {
  const { http, secureUrl } = await startEncrypted()
  const peer = await WsPeer.connect(secureUrl, TRUSTING)
  expect(statusOf(await sendRaw(http.port, 'noise\r\n\r\n'))).toBe(400)
  const broken = connect(http.port, '127.0.0.1', () => broken.end(Buffer.from([0x16, 3, 1, 255, 255, 7, 7])))
  broken.on('error', () => undefined).resume()
  await once(broken, 'close')
  peer.webSocket.ping()
  await once(peer.webSocket, 'pong')
})

test('Z6: a name that somebody else made lead here gets nothing, neither pages nor a WebSocket', async () => {
  const { http, rooms, secureUrl } = await startEncrypted({ plainBrowsers: true })
  const headers = { Host: `evil.example:${http.port}` }
  for (const path of ['/', '/health', `/room/${'a'.repeat(32)}`, '/socket']) {
    const answer = await getRaw(http.port, path, headers)
    expect(statusOf(answer)).toBe(421)
    expect(answer).toContain("Content-Security-Policy: default-src 'none'")
  }
  const origin = `https://evil.example:${http.port}`
  await expect(WsPeer.connect(secureUrl, { ...TRUSTING, headers, origin })).rejects.toThrow('421')
  await expect(WsPeer.connect(secureUrl, { ...TRUSTING, headers })).rejects.toThrow('421')
  http.setPlainBrowsers(false)
  const redirected = await getRaw(http.port, '/', headers)
  expect([statusOf(redirected), redirected.includes('Location')]).toEqual([421, false])
  expect(rooms.connections).toEqual([])
})

test('Z7: an encrypted page may talk to this server alone, encrypted', async () => {
  const { http } = await startEncrypted()
  const { headers } = await getSecure(http.port, '/health')
  expect(headers['content-security-policy']).toContain(`connect-src 'self' wss://127.0.0.1:${http.port};`)
  expect(headers['content-security-policy']).not.toContain(' ws://')
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
})
