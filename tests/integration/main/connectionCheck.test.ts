import { once } from 'node:events'
import { createServer as createHttp } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { checkConnection } from '../../../src/main/network/connectionCheck'
import type { LookUp } from '../../../src/main/network/reachHost'
import { BY_INVITE } from '../../../src/server/access/policies'
import type { Host, HostOptions } from '../../../src/server/host/startHost'
import { nodeRandomBytes } from '../../../src/server/nodeCrypto'
import { readInviteToken } from '../../../src/shared/access/inviteToken'
import { createKeyPair } from '../../../src/shared/identity/keys'
import { loginSigner } from '../../../src/shared/identity/loginSigner'
import type { ConnectionCheck } from '../../../src/shared/ipc/network'
import type { Role } from '../../../src/shared/protocol/values'
import type { RoomLink } from '../../../src/shared/roomLink'
import { idOf } from '../../lib/idOf'
import { startPlainHost } from '../../lib/plainHost'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'
import { testCertificate } from '../../lib/testCertificate'
import { TlsInterceptor } from '../../lib/tlsInterceptor'

const device = loginSigner(createKeyPair(nodeRandomBytes))
const ROOM_ID = idOf('a room').slice(0, 32)
const nobodyIsAsked: LookUp = () => Promise.reject(new Error('no name is looked up'))

function check(link: Partial<RoomLink> & Pick<RoomLink, 'origins'>, lookUp = nobodyIsAsked) {
  return checkConnection({ roomId: ROOM_ID, ...link }, device, lookUp)
}

/** What failed, and what became of each step: `o`k, `f`ailed or `s`kipped. */
function summary({ addresses, problem }: ConnectionCheck): string[] {
  return [
    problem === null ? 'fine' : `${problem.step}: ${problem.code}`,
    ...addresses.map(({ steps }) => steps.map(({ result }) => result[0]).join('')),
  ]
}

interface HostSetup extends Partial<Pick<HostOptions, 'defaultPolicy'>> {
  readonly encrypted?: boolean
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function host({ encrypted = false, ...options }: HostSetup = {}): Promise<Host> {
  const dataFolder = await makeTemporaryFolder()
  const started = await startPlainHost(dataFolder, {
    encryption: encrypted ? { certificate: 'own', plainBrowsers: false } : 'off',
    roomCreation: { mode: 'nobody' },
    ...options,
  })
  onTestFinished(async () => {
    await started.stop()
    await removeFolder(dataFolder)
  })
  return started
}

/** A server that greets like this and then says nothing. */
async function greeting(message: string): Promise<number> {
  const server = createHttp()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => socket.send(message))
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate()
  })
  return listening(server)
}

test('a room that can be joined is fine, at each address that leads to it', async () => {
  const { roomServer, port } = await host()
  const { roomId } = await roomServer.createRoom('Our room', idOf('owner'))
  const found = await check({ roomId, origins: [`http://127.0.0.1:${port}`, 'http://127.0.0.2:1'] })
  expect(summary(found)).toEqual(['fine', 'sossoo', 'sfssss'])
  expect((await roomServer.listRooms()).map(({ sessions }) => sessions)).toEqual([0])
})

test('N10: a room that is closed or unknown says so', async () => {
  const { roomServer, port } = await host()
  const { roomId } = await roomServer.createRoom('Our room', idOf('owner'))
  await roomServer.closeRoom(roomId)
  const origins = [`http://127.0.0.1:${port}`] as const
  expect(summary(await check({ roomId, origins }))).toEqual(['room: room-closed', 'sossof'])
  expect(summary(await check({ origins }))).toEqual(['room: room-unknown', 'sossof'])
})

test('N10: an invite that has expired, and a room that wants one, say so', async () => {
  const { roomServer, port } = await host({ defaultPolicy: BY_INVITE })
  const { roomId } = await roomServer.createRoom('Our room', idOf('owner'))
  const origins = [`http://127.0.0.1:${port}`] as const
  expect(summary(await check({ roomId, origins }))).toEqual(['room: invite-needed', 'sossof'])
  const linkBy = async (role: Role, lifetimeMs: number | null): Promise<RoomLink> => {
    const token = await roomServer.inviteTo(roomId, { role, maxUses: null, lifetimeMs })
    const claims = readInviteToken(token)
    if (claims === undefined) throw new Error('the room has signed no token')
    return { roomId, origins, invite: { token, claims } }
  }
  expect(summary(await check(await linkBy('editor', null)))).toEqual(['fine', 'sossoo'])
  expect(summary(await check(await linkBy('viewer', 0)))).toEqual(['room: invite-expired', 'sossof'])
})

test('a port that nobody listens on is refused', async () => {
  const server = createServer()
  const port = await listening(server)
  server.close()
  await once(server, 'close')
  const found = await check({ origins: [`http://127.0.0.1:${port}`] })
  expect(summary(found)).toEqual(['connect: port-refused', 'sfssss'])
  expect(found.problem).toMatchObject({ address: '127.0.0.1', origin: `http://127.0.0.1:${port}` })
})

test('a name that nobody knows, and one that nobody answers for, are told apart', async () => {
  const failing =
    (code: string): LookUp =>
    () =>
      Promise.reject(Object.assign(new Error(code), { code }))
  const origins = ['http://room.invalid:4660'] as const
  expect(summary(await check({ origins }, failing('ENOTFOUND')))).toEqual(['resolve: name-unknown', 'fsssss'])
  expect(summary(await check({ origins }, failing('EAI_AGAIN')))).toEqual([
    'resolve: name-server-silent',
    'fsssss',
  ])
})

test('a name leads to all its addresses', async () => {
  const { roomServer, port } = await host()
  const { roomId } = await roomServer.createRoom('Our room', idOf('owner'))
  const lookUp: LookUp = () => Promise.resolve([{ address: '127.0.0.9' }, { address: '127.0.0.1' }])
  const found = await check({ roomId, origins: [`http://localhost:${port}`] }, lookUp)
  expect(summary(found)).toEqual(['fine', 'ofssss', 'oossoo'])
  expect(found.addresses.map(({ address }) => address)).toEqual(['127.0.0.9', '127.0.0.1'])
})

test('what is no Inkroom, or one of another version, is told apart', async () => {
  const web = await listening(createHttp((_, response) => response.end('hello')))
  expect(summary(await check({ origins: [`http://127.0.0.1:${web}`] }))).toEqual([
    'protocol: not-inkroom',
    'sossfs',
  ])
  for (const [message, code] of [
    ['{"hello":1}', 'not-inkroom'],
    [
      JSON.stringify({
        type: 'greeting',
        protocols: [99],
        nonce: 'x'.repeat(26),
        limits: { maxFrameBytes: 1, maxOpLength: 1, maxPageLength: 1 },
        heartbeatMs: 1,
      }),
      'protocol-unsupported',
    ],
  ] as const) {
    const port = await greeting(message)
    expect(summary(await check({ origins: [`http://127.0.0.1:${port}`] }))).toEqual([
      `protocol: ${code}`,
      'sossfs',
    ])
  }
})

test('a server that connects and then says nothing is silent', async () => {
  const port = await listening(createServer(() => undefined))
  expect(summary(await check({ origins: [`http://127.0.0.1:${port}`] }))).toEqual([
    'protocol: server-silent',
    'sossfs',
  ])
})

test('a name that the host does not go by is refused', async () => {
  const { port } = await host()
  const found = await check({ origins: [`http://rebound.example:${port}`] }, () =>
    Promise.resolve([{ address: '127.0.0.1' }]),
  )
  expect(summary(found)).toEqual(['protocol: name-refused', 'oossfs'])
})

describe('encryption', () => {
  test('with the certificate of the link is fine', async () => {
    const { roomServer, port, fingerprint } = await host({ encrypted: true })
    const { roomId } = await roomServer.createRoom('Our room', idOf('owner'))
    const found = await check({ roomId, fingerprint, origins: [`https://127.0.0.1:${port}`] })
    expect(summary(found)).toEqual(['fine', 'sooooo'])
  })

  test('N11: with another certificate says so, and the man in the middle hears nothing', async () => {
    const { port, fingerprint } = await host({ encrypted: true })
    const man = await TlsInterceptor.start(await testCertificate(), port)
    onTestFinished(() => man.close())
    const found = await check({ fingerprint, origins: [`https://127.0.0.1:${man.port}`] })
    expect(summary(found)).toEqual(['fingerprint: certificate-mismatch', 'soofss'])
    expect(man.connections).toBe(1)
    expect(man.readFromVictims).toBe(0)
  })

  test('that nobody vouches for is not trusted where the link names no certificate', async () => {
    const { port } = await host({ encrypted: true })
    expect(summary(await check({ origins: [`https://127.0.0.1:${port}`] }))).toEqual([
      'tls: certificate-untrusted',
      'sofsss',
    ])
  })

  test('that the link forgot is asked for', async () => {
    const { port } = await host({ encrypted: true })
    expect(summary(await check({ origins: [`http://127.0.0.1:${port}`] }))).toEqual([
      'protocol: encryption-needed',
      'sossfs',
    ])
  })

  test('N11: that is missing is never done without', async () => {
    const { port } = await host()
    const fingerprint = 'A'.repeat(43)
    for (const scheme of ['http', 'https']) {
      const found = await check({ fingerprint, origins: [`${scheme}://127.0.0.1:${port}`] })
      expect(summary(found)).toEqual(['tls: tls-missing', 'sofsss'])
    }
  })
})
