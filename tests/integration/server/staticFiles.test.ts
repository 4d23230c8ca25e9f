import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StaticFiles } from '../../../src/server/transport/staticFiles'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'
import { getRaw, sendRaw, statusOf } from './rawHttp'
import { startTestServer, type TestServer } from './startTestServer'

const ROOM_ID = 'abcdefghijklmnopqrstuvwxyz234567'
const SCRIPT = 'console.log("Inkroom")\n'.repeat(100)

let folder: string
let server: TestServer

beforeEach(async () => {
  folder = await makeTemporaryFolder()
  const root = join(folder, 'client')
  await mkdir(join(root, 'assets'), { recursive: true })
  await mkdir(join(root, '.git'))
  await writeFile(
    join(root, 'index.html'),
    '<!doctype html><script type="module" src="./assets/index-B7xkQ2a_.js"></script><link href="./icon.svg">',
  )
  await writeFile(join(root, 'assets', 'index-B7xkQ2a_.js'), SCRIPT)
  await writeFile(join(root, 'assets', 'face-C0FFEE00.woff2'), 'not really a font')
  await writeFile(join(root, 'icon.svg'), '<svg/>')
  await writeFile(join(root, '.git', 'config'), 'hidden')
  await writeFile(join(root, '.env'), 'hidden')
  await writeFile(join(folder, 'secret.txt'), 'secret')
  server = await startTestServer({ staticDir: root })
})

afterEach(() => removeFolder(folder))

test.each(['/', `/room/${ROOM_ID}`, `/room/${ROOM_ID}/`, `/room/${ROOM_ID}?from=qr`])(
  'the app is at %s, and names its files from the root',
  async (path) => {
    const response = await fetch(server.origin + path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(await response.text()).toBe(
      '<!doctype html><script type="module" src="/assets/index-B7xkQ2a_.js"></script><link href="/icon.svg">',
    )
  },
)

test.each([
  '/room/',
  '/room/short',
  `/room/${ROOM_ID.toUpperCase()}`,
  `/room/${ROOM_ID}/assets/x.js`,
  '/nothing',
  '/assets',
])('there is nothing at %s', async (path) => {
  expect((await fetch(server.origin + path)).status).toBe(404)
})

test('a file with a hash in its name is never asked for again, any other is revalidated', async () => {
  const script = await fetch(`${server.origin}/assets/index-B7xkQ2a_.js`)
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(await script.text()).toBe(SCRIPT)
  const icon = await fetch(`${server.origin}/icon.svg`)
  expect(icon.headers.get('cache-control')).toBe('no-cache')
  const again = await fetch(`${server.origin}/icon.svg`, {
    headers: { 'If-None-Match': icon.headers.get('etag') ?? '' },
  })
  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
})

test('a file that changed on disk is served as it is now, under another tag', async () => {
  const before = await fetch(`${server.origin}/icon.svg`)
  await writeFile(join(folder, 'client', 'icon.svg'), '<svg><path/></svg>')
  const after = await fetch(`${server.origin}/icon.svg`, {
    headers: { 'If-None-Match': before.headers.get('etag') ?? '' },
  })
  expect(after.status).toBe(200)
  expect(await after.text()).toBe('<svg><path/></svg>')
})

test('text is compressed for those who take it, and each form has its own tag', async () => {
  const answers = await Promise.all(
    [undefined, 'gzip, br', 'gzip;q=0', 'br'].map((accepted) =>
      headersOf('/assets/index-B7xkQ2a_.js', accepted),
    ),
  )
  expect(answers.map((headers) => headers['content-encoding'])).toEqual([
    undefined,
    'gzip',
    undefined,
    undefined,
  ])
  expect(answers.every((headers) => headers['vary'] === 'Accept-Encoding')).toBe(true)
  expect(answers[0]?.['etag']).not.toBe(answers[1]?.['etag'])
  expect((await headersOf('/assets/face-C0FFEE00.woff2', 'gzip'))['content-encoding']).toBeUndefined()
  expect(await (await fetch(`${server.origin}/assets/index-B7xkQ2a_.js`)).text()).toBe(SCRIPT)
})

test('HEAD has the headers and no body', async () => {
  const response = await fetch(`${server.origin}/icon.svg`, { method: 'HEAD' })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-length')).toBe('6')
  expect(await response.text()).toBe('')
})

test.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/assets/../../secret.txt',
  '/assets/..\\..\\secret.txt',
  '/..%5csecret.txt',
  '/%252e%252e/secret.txt',
  '/..%c0%afsecret.txt',
  '/icon.svg%00.html',
  '//secret.txt',
  '/./../secret.txt',
  '/.env',
  '/.git/config',
  '/assets/.%2e/.env',
  '/%2fetc/passwd',
  '//etc/passwd',
  'http://127.0.0.1/../secret.txt',
  'file:///etc/passwd',
  '*',
])('nothing outside the client folder, and nothing hidden, is served: %s', async (target) => {
  const answer = await getRaw(server.http.port, target)
  expect([400, 404]).toContain(statusOf(answer))
  expect(answer).not.toMatch(/secret|hidden|root:/)
})

test('Z7: nothing outside the client folder is served, whatever the path is made of', async () => {
  const parts = fc.constantFrom(
    ...[
      '..',
      '.',
      '',
      '...',
      'assets',
      'client',
      'secret.txt',
      '.git',
      'config',
      '.env',
      'icon.svg',
      'etc',
      'passwd',
    ],
    ...[
      '%2e%2e',
      '%2E.',
      '.%2e',
      '%252e%252e',
      '%c0%ae%c0%ae',
      '%u002e',
      '..;',
      '..%00',
      '..\\',
      'C:',
      '~',
      '\u00a0',
    ],
  )
  const separators = fc.constantFrom('/', '//', '\\', '%2f', '%5c', '%252f', '/./', ';/')
  const targets = fc
    .array(fc.tuple(separators, parts), { minLength: 1, maxLength: 7 })
    .map((pieces) => `/${pieces.map(([separator, part]) => separator + part).join('')}`)
  const root = join(folder, 'client')
  const files = new StaticFiles(root)
  const inside = new Set([
    '/index.html',
    '/icon.svg',
    '/assets/index-B7xkQ2a_.js',
    '/assets/face-C0FFEE00.woff2',
  ])
  await fc.assert(
    fc.asyncProperty(targets, async (target) => {
      const found = await files.find(target)
      expect(found === undefined || inside.has(target)).toBe(true)
    }),
    { numRuns: 3_000 },
  )
  await fc.assert(
    fc.asyncProperty(targets, async (target) => {
      expect(await getRaw(server.http.port, target)).not.toMatch(/secret$|hidden|root:/)
    }),
    { numRuns: 200 },
  )
})

test('every answer carries the security headers', async () => {
  const host = `127.0.0.1:${server.http.port}`
  for (const path of ['/', '/icon.svg', '/health', '/nothing', '/socket']) {
    const { headers } = await fetch(server.origin + path)
    const policy = (headers.get('content-security-policy') ?? '').split('; ')
    expect(policy).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "font-src 'self'",
      "img-src 'self' data: blob:",
      `connect-src 'self' ws://${host} wss://${host}`,
      "manifest-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "object-src 'none'",
    ])
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('access-control-allow-origin')).toBeNull()
  }
})

test.each(["a; script-src 'unsafe-inline'", 'a b', '', 'a/b', 'a"b', 'a,b'])(
  'a Host header that names no host is refused and not repeated: %j',
  async (host) => {
    const answer = await getRaw(server.http.port, '/', { Host: host })
    expect(statusOf(answer)).toBe(400)
    expect(answer).not.toContain('connect-src')
  },
)

test('an IPv6 host keeps the policy valid', async () => {
  const answer = await getRaw(server.http.port, '/', { Host: '[fd00::1]:4657' })
  expect(answer).toContain("connect-src 'self'; ")
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH'])('%s is not answered', async (method) => {
  const answer = await sendRaw(
    server.http.port,
    `${method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`,
  )
  expect(statusOf(answer)).toBe(405)
  expect(answer).toContain('Allow: GET, HEAD')
})

test('headers above their limit are refused', async () => {
  const answer = await getRaw(server.http.port, '/', { 'X-Long': 'x'.repeat(9_000) })
  expect(statusOf(answer)).toBe(431)
})

test('/health says that the server is well and how many are connected', async () => {
  const response = await fetch(`${server.origin}/health`)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({ status: 'ok', protocol: 1, connections: 0 })
})

test('without a browser client the server says so instead of the app', async () => {
  const bare = await startTestServer()
  const response = await fetch(`${bare.origin}/room/${ROOM_ID}`)
  expect(response.status).toBe(404)
  expect(await response.text()).toContain('no browser client')
})

function headersOf(path: string, accepted: string | undefined): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const headers = accepted === undefined ? {} : { 'Accept-Encoding': accepted }
    request(server.origin + path, { headers }, (response) => {
      response.resume()
      resolve(response.headers)
    })
      .on('error', reject)
      .end()
  })
}

test('Z7: only names that the build had at first are looked up, however a disk takes other spellings of them', async () => {
  const root = join(folder, 'client')
  const files = new StaticFiles(root)
  expect((await files.find('/icon.svg'))?.body.toString()).toBe('<svg/>')
  // What a disk that does not tell large letters from small ones answers to.
  await writeFile(join(root, 'Icon.svg'), '<svg/>')
  expect(await files.find('/Icon.svg')).toBeUndefined()
  await writeFile(join(root, 'icon.svg'), '<svg id="new"/>')
  expect((await files.find('/icon.svg'))?.body.toString()).toBe('<svg id="new"/>')
})
