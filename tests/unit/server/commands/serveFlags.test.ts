import { Command, CommanderError } from 'commander'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { roomCreationOf } from '../../../../src/server/commands/roomCreation'
import {
  addServeFlags,
  DEFAULT_PORT,
  limitsOf,
  portsOf,
  type ServeFlags,
} from '../../../../src/server/commands/serveFlags'

function parse(...args: string[]): ServeFlags {
  const command = addServeFlags(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
  return command.parse(args, { from: 'user' }).opts<ServeFlags>()
}

test('without flags it listens on all addresses, on the default port or one near it', () => {
  const flags = parse()
  expect(flags).toMatchObject({ host: '::', publicOrigin: [], logLevel: 'info' })
  expect(portsOf(flags)).toEqual({ port: DEFAULT_PORT, portSearch: 20 })
})

test('a port that was named is meant as it is, unless a search is asked for', () => {
  expect(portsOf(parse('--port', '8080'))).toEqual({ port: 8080, portSearch: 0 })
  expect(portsOf(parse('-p', '0'))).toEqual({ port: 0, portSearch: 0 })
  expect(portsOf(parse('--port', '8080', '--port-search', '5'))).toEqual({ port: 8080, portSearch: 5 })
})

test('public origins may be several, and lose a slash at the end', () => {
  const { publicOrigin } = parse(
    '--public-origin',
    'https://a.example/',
    '--public-origin',
    'http://b.example:8080',
  )
  expect(publicOrigin).toEqual(['https://a.example', 'http://b.example:8080'])
})

test('what is deleted and the history are kept for as many days as are named, otherwise as the server does', () => {
  expect(limitsOf(parse())).toEqual({})
  expect(limitsOf(parse('--keep-deleted', '30'))).toEqual({
    keepDeletedMs: 30 * 86_400_000,
    keepLogMs: 30 * 86_400_000,
  })
  expect(limitsOf(parse('--room-pictures', '500'))).toEqual({ maxAssetBytesPerRoom: 500 * 1024 * 1024 })
  expect(limitsOf(parse('--keep-deleted', '0'))).toEqual({ keepDeletedMs: 0, keepLogMs: 0 })
})

test('the browser client may be another one or none', () => {
  expect(parse().client).toBeUndefined()
  expect(parse('--client', 'folder').client).toBe('folder')
  expect(parse('--no-client').client).toBe(false)
})

test.each([
  ['--port', '65536'],
  ['--port', '-1'],
  ['--port', '80.5'],
  ['--port', '0x50'],
  ['--port', ''],
  ['--port-search', '1001'],
  ['--keep-deleted', '1.5'],
  ['--keep-deleted', '-1'],
  ['--room-pictures', 'all'],
  ['--create-rooms', 'some'],
  ['--public-origin', 'https://a.example/path'],
  ['--public-origin', 'https://a.example?query'],
  ['--public-origin', 'https://user@a.example'],
  ['--public-origin', 'ws://a.example'],
  ['--public-origin', 'a.example'],
  ['--room', ' '],
  ['--room', 'x'.repeat(101)],
  ['--room', 'two\nlines'],
  ['--log-level', 'loud'],
  ['--unknown', 'x'],
])('%s %j is refused', (flag, value) => {
  expect(() => parse(flag, value)).toThrow(CommanderError)
})

async function tokenFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'inkroom-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'token'), content)
  return join(folder, 'token')
}

test('anyone creates rooms unless it is said otherwise', async () => {
  expect(await roomCreationOf({})).toEqual({ mode: 'anyone' })
  expect(await roomCreationOf({ createRooms: 'nobody' })).toEqual({ mode: 'nobody' })
})

test('a file with a token means that its holders create rooms', async () => {
  const creationTokenFile = await tokenFile(' sixteen letters!\n')
  const expected = { mode: 'token', token: 'sixteen letters!' }
  expect(await roomCreationOf({ creationTokenFile })).toEqual(expected)
  expect(await roomCreationOf({ creationTokenFile, createRooms: 'token' })).toEqual(expected)
  expect(await roomCreationOf({ creationTokenFile, createRooms: 'anyone' })).toEqual({ mode: 'anyone' })
})

test.each([
  ['no file', undefined],
  ['a file that is not there', '/nonexistent/token'],
])('a token from %s is token-file-unreadable', async (_name, creationTokenFile) => {
  const flags = {
    createRooms: 'token' as const,
    ...(creationTokenFile !== undefined && { creationTokenFile }),
  }
  await expect(roomCreationOf(flags)).rejects.toMatchObject({ code: 'token-file-unreadable' })
})

test.each(['', 'fifteen letters', 'x'.repeat(201)])('%j is no usable token', async (content) => {
  const creationTokenFile = await tokenFile(content)
  await expect(roomCreationOf({ creationTokenFile })).rejects.toMatchObject({ code: 'token-file-unreadable' })
})
