import { expect, test } from 'vitest'
import {
  isAllowedOrigin,
  isHostHeader,
  isOwnHost,
  ownHostNames,
} from '../../../../src/server/transport/requestOrigin'

test.each(['localhost', 'ada.local:4657', '192.168.1.20:80', '[fd00::1]:4657', 'my_pc', 'a-b.c.', 'X'])(
  '%j names a host',
  (host) => expect(isHostHeader(host)).toBe(true),
)

test.each([
  undefined,
  '',
  ' ',
  '-a',
  'a b',
  'a;b',
  'a/b',
  'a@b',
  'a:port',
  'a:123456',
  '[zz]',
  'é',
  "a'b",
  'a,b',
])('%j names no host', (host) => expect(isHostHeader(host)).toBe(false))

test.each([
  ['http://ada.local:4657', 'ada.local:4657'],
  ['http://ADA.local:4657', 'ada.LOCAL:4657'],
  ['http://ada.local', 'ada.local'],
  ['http://ada.local', 'ada.local:80'],
  ['https://ada.local', 'ada.local:443'],
  ['https://ada.local', 'ada.local'],
  ['http://[fd00::1]:4657', '[FD00::1]:4657'],
])('a page of %s may open a WebSocket of host %s', (origin, host) => {
  expect(isAllowedOrigin(origin, host, [])).toBe(true)
})

test.each([
  ['http://ada.local', 'ada.local:4657'],
  ['http://ada.local.evil.example', 'ada.local'],
  ['http://evil.example', 'ada.local'],
  ['http://ada.local@evil.example', 'ada.local'],
  ['null', 'null'],
  ['', 'ada.local'],
  ['file://', ''],
  ['chrome-extension://ada.local', 'ada.local'],
  ['http://ada.local', undefined],
  ['http://ada.local', 'not a host'],
])('a page of %s may not open a WebSocket of host %s', (origin, host) => {
  expect(isAllowedOrigin(origin, host, ['https://rooms.example.org'])).toBe(false)
})

const NAMES = ownHostNames('Ada-PC.example.net', 'rooms.school', ['https://rooms.example.org'])

test.each([
  '127.0.0.1:4657',
  '192.168.1.20',
  '[fd00::1]:4657',
  '[::1]',
  'localhost:4657',
  'LOCALHOST',
  'ada-pc',
  'ada-pc.local:4657',
  'ADA-PC.local.',
  'ada-pc.home.arpa',
  'ada-pc.lan:4657',
  'ada-pc.example.net',
  'rooms.school',
  'rooms.example.org',
])('Z6: %s names this server', (host) => expect(isOwnHost(host, NAMES)).toBe(true))

test.each([
  'evil.example',
  'ada-pc.evil.example',
  'rooms.example.org.evil.example',
  'localhost.evil.example',
  '192.168.1.20.evil.example',
  '127.0.0.1.nip.io:4657',
  'x.local',
  'local',
  '[evil]',
  '',
  '__proto__',
])('Z6: %j does not', (host) => expect(isOwnHost(host, NAMES)).toBe(false))

test('a page that came without encryption may not open an encrypted WebSocket', () => {
  expect(isAllowedOrigin('http://ada.local:4657', 'ada.local:4657', [], true)).toBe(false)
  expect(isAllowedOrigin('https://ada.local:4657', 'ada.local:4657', [], true)).toBe(true)
})
