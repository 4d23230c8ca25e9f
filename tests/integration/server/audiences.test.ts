import { beforeAll, expect, test } from 'vitest'
import type { HostCertificate } from '../../../src/server/host/certificate'
import type { HttpServerOptions } from '../../../src/server/transport/httpServer'
import { testCertificate } from '../../lib/testCertificate'
import { WsPeer } from '../../lib/wsPeer'
import { startTestServer } from './startTestServer'

let identity: HostCertificate
beforeAll(async () => {
  identity = await testCertificate()
})

/** Whom logins over a connection may be meant for. `{port}` stands for the server's. */
async function audiencesOver(
  scheme: 'ws' | 'wss',
  options: Partial<HttpServerOptions> = {},
  headers: Record<string, string> = {},
): Promise<string[]> {
  const { http, rooms } = await startTestServer({
    encryption: { identity, plainBrowsers: true },
    ...options,
  })
  await WsPeer.connect(`${scheme}://127.0.0.1:${http.port}/socket`, { rejectUnauthorized: false, headers })
  const { arrival } = await rooms.connection()
  return [...arrival.audiences].map((audience) => audience.replace(`:${http.port}`, ':{port}'))
}

test('I13: encrypted logins are meant for the certificate of the connection, or its address with https', async () => {
  const audiences = await audiencesOver('wss')
  expect(audiences).toContain(`cert:${identity.fingerprint}`)
  expect(audiences).toContain('origin:https://127.0.0.1:{port}')
  expect(audiences).toContain('origin:https://localhost:{port}')
  expect(audiences.filter((audience) => audience.startsWith('origin:http:'))).toEqual([])
})

test('I13: logins without encryption are meant for no certificate, nor for an address with https', async () => {
  const audiences = await audiencesOver('ws')
  expect(audiences).toContain('origin:http://127.0.0.1:{port}')
  expect(audiences.filter((audience) => !audience.startsWith('origin:http:'))).toEqual([])
})

test('I13: what a client says in Host or Origin makes no login meant for this server', async () => {
  const plain = await audiencesOver('ws')
  for (const foreign of ['10.9.8.7:4657', '[fd00::9]:4657', '127.0.0.1:1'])
    expect(await audiencesOver('ws', {}, { Host: foreign, Origin: `http://${foreign}` })).toEqual(plain)
})

test('I13: behind a proxy its origins count, and what every machine calls itself does not', async () => {
  const audiences = await audiencesOver('ws', {
    encryption: 'off',
    publicOrigins: ['https://Rooms.example.org:443', 'http://rooms.example.org:8080'],
  })
  expect(audiences.slice(0, 2)).toEqual([
    'origin:https://rooms.example.org',
    'origin:http://rooms.example.org:8080',
  ])
  expect(audiences.filter((audience) => /\/\/(localhost|127\.|\[::1)/.test(audience))).toEqual([])
})

test('I13: a port that leads here counts beside the server’s own', async () => {
  const audiences = await audiencesOver('ws', { forwardedOrigins: ['https://192.168.1.1:8443'] })
  expect(audiences).toContain('origin:https://192.168.1.1:8443')
  expect(audiences).toContain('origin:http://127.0.0.1:{port}')
})
