import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { audienceOfAddress } from '../../../src/shared/identity/audience'
import { createKeyPair, createId, loginText, sign } from '../../../src/shared/identity/keys'
import { PROTOCOL_VERSION } from '../../../src/shared/protocol/values'
import { serverMessageSchema, type ServerMessage } from '../../../src/shared/protocol/serverMessages'
import { nodeRandomBytes } from '../../../src/server/nodeCrypto'
import { parseRoomLink } from '../../../src/shared/roomLink'
import { runServe, startServe, type ServeOptions, type ServeProcess } from '../../lib/serveProcess'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'
import { WsPeer } from '../../lib/wsPeer'

let folder: string

beforeEach(async () => {
  folder = await makeTemporaryFolder()
})
afterEach(() => removeFolder(folder))

/** Starts a server in the test's folder; whatever happens, it ends with the test. */
async function start(options: ServeOptions = {}): Promise<ServeProcess> {
  const server = await startServe({ data: folder, ...options })
  onTestFinished(async () => {
    await server.kill()
  })
  return server
}

const socketUrlOf = ({ port }: ServeProcess): string => `ws://127.0.0.1:${port}/socket`

const messageOf = (frame: string): ServerMessage => serverMessageSchema.parse(JSON.parse(frame))

/** Logs in as a new device and returns what the server says about itself. */
async function logIn(server: ServeProcess): Promise<{ peer: WsPeer; roomCreation: string }> {
  const peer = await WsPeer.connect(socketUrlOf(server))
  const greeting = messageOf(await peer.frame(0))
  if (greeting.type !== 'greeting') throw new Error(`greeted with ${greeting.type}`)
  const device = createKeyPair(nodeRandomBytes)
  const windowId = createId(nodeRandomBytes)
  const audience = audienceOfAddress(socketUrlOf(server))
  const signature = sign(loginText({ audience, nonce: greeting.nonce, windowId }), device.privateKey)
  const login = {
    type: 'login',
    protocol: PROTOCOL_VERSION,
    windowId,
    audience,
    deviceKey: device.publicKey,
    signature,
    challenge: windowId,
  }
  peer.send(JSON.stringify({ ...login, name: 'Ada', colour: 0 }))
  const answer = messageOf(await peer.frame(1))
  if (answer.type !== 'loggedIn') throw new Error(`answered with ${answer.type}`)
  return { peer, roomCreation: answer.roomCreation }
}

test('one JSON line on stdout says where it listens, logs go to stderr, and SIGTERM ends it with 0', async () => {
  const server = await start()
  expect(server.line).toEqual({
    event: 'listening',
    port: server.port,
    host: '127.0.0.1',
    url: server.origin,
    urls: [server.origin],
    data: folder,
    pid: server.process.pid,
  })
  expect((await fetch(`${server.origin}/health`)).status).toBe(200)
  const { code, stdout, stderr } = await server.stop()
  expect(code).toBe(0)
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  const lines = stderr.trimEnd().split('\n')
  for (const line of lines) expect(JSON.parse(line)).toHaveProperty('msg')
  expect(lines.join()).toContain('The server has stopped.')
})

test('SIGTERM tells everybody that the server stops', async () => {
  const server = await start()
  const { peer } = await logIn(server)
  const stopped = server.stop()
  expect(messageOf(await peer.frame(2))).toMatchObject({ type: 'error', code: 'server-stopping' })
  expect((await peer.wasClosed()).code).toBe(1012)
  expect((await stopped).code).toBe(0)
})

test('a second signal ends it at once with 1, although somebody does not say goodbye', async () => {
  const server = await start()
  const stubborn = createConnection(server.port, '127.0.0.1').on('error', () => undefined)
  stubborn.write(
    `GET /socket HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  )
  await once(stubborn, 'data')
  // The goodbye comes after the first signal was taken.
  const goodbye = new Promise<void>((resolve) => {
    stubborn.on('data', (bytes: Buffer) => {
      if (bytes.includes('server-stopping')) resolve()
    })
  })
  server.process.kill('SIGTERM')
  await goodbye
  server.process.kill('SIGINT')
  expect((await server.exited).code).toBe(1)
})

test('--room makes a room once, and prints the same invites after a restart', async () => {
  const first = await start({ room: 'Weekly meeting' })
  const { room } = first.line
  expect(room?.title).toBe('Weekly meeting')
  expect(room?.links[0]).toBe(room?.link)
  const [editor, owner] = [room?.link, room?.ownerLink].map((link) => parseRoomLink(link ?? ''))
  expect([editor, owner]).toMatchObject([
    { roomId: room?.id, origins: [first.origin], invite: { claims: { role: 'editor' } } },
    { roomId: room?.id, origins: [first.origin], invite: { claims: { role: 'owner' } } },
  ])
  expect(editor?.invite?.claims).not.toHaveProperty('exp')
  await first.stop()
  const second = await start({ room: 'Weekly meeting', port: first.port })
  expect(second.line.room).toEqual(room)
  await second.stop()
  const third = await start({ room: 'Another meeting' })
  expect(third.line.room?.id).not.toBe(room?.id)
})

test.each([
  ['invite-needed', []],
  ['waiting', ['--strangers', 'ask']],
  ['joined', ['--strangers', 'admit']],
] as const)(
  'who has no invite is %s with %s; who comes by ownerLink first is an owner',
  async (expected, args) => {
    const server = await start({ room: 'Team', args })
    const { id = '', ownerLink = '' } = server.line.room ?? {}
    const answer = async (invite?: string): Promise<string> => {
      const { peer } = await logIn(server)
      peer.send(JSON.stringify({ type: 'join', roomId: id, invite }))
      const message = messageOf(await peer.frame(2))
      if (message.type === 'joined') return invite === undefined ? 'joined' : message.role
      return message.type === 'error' ? message.code : message.type
    }
    const token = parseRoomLink(ownerLink)?.invite?.token
    expect([await answer(), await answer(token), await answer(token)]).toEqual([
      expected,
      'owner',
      'invite-used-up',
    ])
  },
)

test('--public-origin is what the links name, and what pages from there may connect with', async () => {
  const server = await start({ room: 'Open', args: ['--public-origin', 'https://rooms.example.org/'] })
  expect(server.line.url).toBe('https://rooms.example.org')
  expect(server.line.room?.link).toMatch(/^https:\/\/rooms\.example\.org\/room\/[a-z2-7]{32}#invite=/)
  await WsPeer.connect(socketUrlOf(server), { origin: 'https://rooms.example.org' })
  await expect(WsPeer.connect(socketUrlOf(server), { origin: 'https://evil.example' })).rejects.toThrow('403')
})

test('the browser client of --client is served', async () => {
  await writeFile(join(folder, 'index.html'), '<!doctype html>the app')
  const server = await start({ client: folder })
  expect(await (await fetch(server.origin)).text()).toBe('<!doctype html>the app')
})

test('--creation-token-file lets holders of the token create rooms, and nobody else', async () => {
  const tokenFile = join(folder, 'token')
  await writeFile(tokenFile, 'a token of good length\n')
  const { peer, roomCreation } = await logIn(await start({ args: ['--creation-token-file', tokenFile] }))
  expect(roomCreation).toBe('token')
  peer.send(JSON.stringify({ type: 'createRoom', title: 'Mine', token: 'another of good length' }))
  expect(messageOf(await peer.frame(2))).toMatchObject({ type: 'error', code: 'room-creation-refused' })
  peer.send(JSON.stringify({ type: 'createRoom', title: 'Mine', token: 'a token of good length' }))
  expect(messageOf(await peer.frame(3))).toMatchObject({ type: 'roomCreated' })
})

/** Runs a start that must fail; the sentence and the log line must name the code, stdout must stay empty. */
async function failingStart(options: ServeOptions): Promise<{ code: string; sentence: string }> {
  const result = await runServe({ data: folder, ...options })
  expect(result).toMatchObject({ code: 1, signal: null, stdout: '' })
  const [first = '', ...rest] = result.stderr.trimEnd().split('\n')
  const [, code = '', sentence = ''] = /^inkroom: ([a-z-]+): (.+)$/.exec(first) ?? []
  expect(JSON.parse(rest.at(-1) ?? '')).toMatchObject({ level: 50, code })
  return { code, sentence }
}

test('a port that is taken is port-in-use', async () => {
  const other = await start()
  const { code, sentence } = await failingStart({ data: join(folder, 'other'), port: other.port })
  expect(code).toBe('port-in-use')
  expect(sentence).toContain(String(other.port))
})

test('a database that is none is database-corrupt, and stays as it is', async () => {
  const file = join(folder, 'rooms.sqlite')
  const content = 'This is a letter, not a database. '.repeat(500)
  await writeFile(file, content)
  const { code, sentence } = await failingStart({})
  expect(code).toBe('database-corrupt')
  expect(sentence).toContain(file)
  expect(await readFile(file, 'utf8')).toBe(content)
})

test('wrong usage ends with 2 and says what is wrong', async () => {
  const { code, stdout, stderr } = await runServe({ data: folder, args: ['--port-search', 'many'] })
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain("error: option '--port-search <number>' argument 'many' is invalid")
})
