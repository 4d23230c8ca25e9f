import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { WebSocket } from 'ws'
import { dialHost } from '../../../src/main/network/dialHost'
import type { HostCertificate } from '../../../src/server/host/certificate'
import type { HostAddress } from '../../../src/shared/socket'
import { testCertificate } from '../../lib/testCertificate'
import { startTestServer, type TestServer } from '../server/startTestServer'

const MISMATCH = 4495

let identity: HostCertificate
let other: HostCertificate
beforeAll(async () => {
  ;[identity, other] = [await testCertificate(), await testCertificate()]
})

/** How a dial ends. */
async function dial(
  host: HostAddress,
  options: { staggerMs?: number; timeoutMs?: number } = {},
): Promise<string> {
  return new Promise((resolve) => {
    dialHost(
      host,
      {
        opened: (webSocket) => {
          onTestFinished(() => webSocket.terminate())
          webSocket.on('error', () => undefined)
          resolve(`opened ${webSocket.url}`)
        },
        failed: (code, reason) => resolve(`failed ${code} ${reason}`),
      },
      { maxPayload: 1_000_000, ...options },
    )
  })
}

const startHost = (certificate: HostCertificate): Promise<TestServer> =>
  startTestServer({ encryption: { identity: certificate, plainBrowsers: true } })

const secureUrl = ({ http }: TestServer): string => `wss://127.0.0.1:${http.port}/socket`

/** A server that says nothing. `count`: connections so far. */
async function silentServer(server: Server): Promise<{ port: number; count: () => number }> {
  let count = 0
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    count += 1
    sockets.add(socket)
    socket.on('error', () => undefined).resume()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, count: () => count }
}

/** A TLS server that counts what it hears inside of the encryption, and hangs up on whoever says something. */
async function startImpostor(certificate: HostCertificate): Promise<{
  url: string
  heard: () => number
  firstClosed: Promise<unknown>
}> {
  let heard = 0
  const server = createTlsServer({ cert: certificate.cert, key: certificate.key }, (socket) => {
    socket
      .on('error', () => undefined)
      .on('data', (bytes: Buffer) => {
        heard += bytes.length
        socket.end()
      })
  })
  const firstClosed = new Promise((resolve) =>
    server.once('connection', (socket) => socket.once('close', resolve)),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return {
    url: `wss://127.0.0.1:${(server.address() as AddressInfo).port}/socket`,
    heard: () => heard,
    firstClosed,
  }
}

describe('a host that is dialled', () => {
  test('Z4: is taken by its certificate, whoever signed it and whatever it is called', async () => {
    const server = await startHost(identity)
    const url = secureUrl(server)
    expect(await dial({ urls: [url], fingerprint: identity.fingerprint })).toBe(`opened ${url}`)
  })

  test('Z4: with another certificate is refused, and is not sent a byte after the handshake', async () => {
    const impostor = await startImpostor(other)
    expect(await dial({ urls: [impostor.url], fingerprint: identity.fingerprint })).toMatch(
      `failed ${MISMATCH}`,
    )
    await impostor.firstClosed
    expect(impostor.heard()).toBe(0)
    // The same machine hears something as soon as its certificate is the one that was named.
    expect(
      await dial({ urls: [impostor.url], fingerprint: other.fingerprint }, { timeoutMs: 2_000 }),
    ).toMatch('failed 1006')
    expect(impostor.heard()).toBeGreaterThan(0)
  })

  test('Z4: is never tried without encryption where a certificate is named', async () => {
    const server = await startHost(identity)
    const plain = await silentServer(createServer())
    const urls = [server.socketUrl, `ws://127.0.0.1:${plain.port}/socket`]
    expect(await dial({ urls, fingerprint: identity.fingerprint })).toMatch(`failed ${MISMATCH}`)
    expect([plain.count(), server.rooms.connections.length]).toEqual([0, 0])
    // Not even where the encrypted address leads to another machine.
    const impostor = await startHost(other)
    expect(await dial({ urls: [secureUrl(impostor), ...urls], fingerprint: identity.fingerprint })).toMatch(
      `failed ${MISMATCH}`,
    )
    expect([plain.count(), impostor.rooms.connections.length]).toEqual([0, 0])
  })

  test('Z4: without a named certificate needs one that the system trusts', async () => {
    expect(await dial({ urls: [secureUrl(await startHost(identity))] })).toMatch(/^failed 1006 .*self-signed/)
  })

  test('Z5: is found where other addresses lead to somebody else, to nobody, or into silence', async () => {
    const [server, impostor] = [await startHost(identity), await startHost(other)]
    const silent = await silentServer(createServer())
    const url = secureUrl(server)
    const urls = [
      'wss://127.0.0.1:1/socket',
      `wss://127.0.0.1:${silent.port}/socket`,
      secureUrl(impostor),
      'wss://[::1]:1/socket',
      url,
    ]
    const began = performance.now()
    expect(await dial({ urls, fingerprint: identity.fingerprint })).toBe(`opened ${url}`)
    // The silent one would take 10 s.
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(impostor.rooms.connections).toHaveLength(0)
  })

  test('Z5: is asked once: other addresses of it are not tried while the first one answers in time', async () => {
    const server = await startHost(identity)
    const spare = await silentServer(createServer())
    const urls = [secureUrl(server), `wss://127.0.0.1:${spare.port}/socket`]
    await dial({ urls, fingerprint: identity.fingerprint }, { staggerMs: 60_000 })
    expect(spare.count()).toBe(0)
  })

  test('Z5: that answers too late counts as not there', async () => {
    const silent = await silentServer(createServer())
    const url = `wss://127.0.0.1:${silent.port}/socket`
    expect(await dial({ urls: [url], fingerprint: identity.fingerprint }, { timeoutMs: 100 })).toBe(
      'failed 1006 no answer in time',
    )
  })

  test('Z5: tells nothing more once it is given up, and its connections end', async () => {
    const silent = createServer()
    const { port } = await silentServer(silent)
    const connected = once(silent, 'connection') as Promise<[Socket]>
    const told: unknown[] = []
    const giveUp = dialHost(
      { urls: [`wss://127.0.0.1:${port}/socket`], fingerprint: identity.fingerprint },
      { opened: (webSocket: WebSocket) => told.push(webSocket), failed: (code) => told.push(code) },
      { maxPayload: 1_000 },
    )
    const [socket] = await connected
    giveUp()
    await once(socket, 'close')
    expect(told).toEqual([])
  })

  test.each([
    'http://127.0.0.1/',
    'not an address',
    'ws://user:secret@127.0.0.1/',
    'ws://127.0.0.1/#fragment',
  ])('is not looked for at %s', async (url) => {
    expect(await dial({ urls: [url] })).toMatch(/^failed 1006/)
  })
})
