import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { TestApp } from './lib/launchApp'

/** Names that requests have, so that what is made up comes close to what is right. */
const FIELDS = [
  'roomId',
  'pageId',
  'claimId',
  'entries',
  'change',
  'title',
  'text',
  'fileId',
  'format',
  'suggestedName',
  'nonce',
  'windowId',
  'commands',
  'name',
  'colour',
  'locale',
  'theme',
  'assetId',
  'bytes',
  'unsent',
  'time',
  'draftId',
  'link',
  'listed',
  'on',
  'path',
  'assetIds',
]
/** Values that have broken programs before. */
const VALUES = [
  '',
  '../../etc/passwd',
  'a'.repeat(32),
  'a'.repeat(100_000),
  '\u0000',
  '\ud800',
  '__proto__',
  '[]',
  '{"kind":',
  -1,
  0,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  true,
  null,
  [],
  {},
]
const SEED = 20_261
const REQUESTS = 150

const request = fc.oneof(
  fc.constantFrom(...VALUES),
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(
    fc.constantFrom(...FIELDS),
    fc.oneof(fc.constantFrom(...VALUES), fc.jsonValue({ maxDepth: 2 })),
  ),
)

test.describe('a page that was taken over', () => {
  let app: TestApp
  test.beforeAll(async () => {
    app = await TestApp.launch()
    await app.isUsable()
    await app.electron.evaluate(({ dialog }) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' })
    })
  })
  test.afterAll(() => app.dispose())

  test('Y19: gets a code for each call that fits no contract, and main goes on', async () => {
    // As text: Playwright's types do not end with a JSON value.
    const requests = JSON.stringify(fc.sample(request, { numRuns: REQUESTS, seed: SEED }))
    const { answered, unanswered } = await app.page.evaluate(async (text) => {
      const made = JSON.parse(text) as unknown[]
      /** What crosses no bridge, or becomes something else on it. */
      const odd: unknown[] = [
        undefined,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        10n,
        Symbol('x'),
        () => 1,
        new Date(),
        new Map([['roomId', 1]]),
        new Uint8Array(10),
        document.body,
        Promise.resolve(1),
        /x/,
        new Error('x'),
        Object.create(null),
        {
          get roomId() {
            throw new Error('a trap')
          },
        },
        new Proxy({}, {}),
        Array(10_000).fill({ roomId: 1 }),
        { roomId: new String('a'.repeat(32)) },
        { toString: () => 'a'.repeat(32) },
        { roomId: { toJSON: () => 'x' } },
      ]
      const circular: { self?: unknown } = {}
      circular.self = circular
      odd.push(circular)
      const found = { answered: 0, unanswered: [] as string[] }
      type AnyCall = (request: unknown) => unknown
      const isReply = (reply: unknown): boolean => {
        if (typeof reply !== 'object' || reply === null) return false
        if ('value' in reply) return true
        const { code } = 'error' in reply ? (reply.error as { code: string }) : { code: 'none' }
        return /^[a-z-]+$/.test(code) && code !== 'internal' && code !== 'none'
      }
      for (const [domain, calls] of Object.entries(window.inkroom)) {
        for (const [name, call] of Object.entries(calls as Record<string, AnyCall>)) {
          // Those that take a listener; and the one that ends the session of whoever calls it.
          if (/^on[A-Z]/.test(name) || (domain === 'app' && name === 'start')) continue
          for (const [index, hostile] of [...made, ...odd].entries()) {
            try {
              const reply = await call(hostile)
              found.answered += 1
              // Sockets are told, not asked.
              if (domain !== 'sockets' && !isReply(reply))
                found.unanswered.push(`${domain}.${name} of ${String(hostile)}: ${JSON.stringify(reply)}`)
            } catch (error) {
              // The bridge itself refuses what it cannot copy; JSON it can.
              if (domain !== 'sockets' && index < made.length)
                found.unanswered.push(`${domain}.${name} of ${String(hostile)}: ${String(error)}`)
            }
          }
        }
      }
      return found
    }, requests)
    expect(unanswered).toEqual([])
    expect(answered).toBeGreaterThan(30 * REQUESTS)
    expect(app.log).not.toContain('"a call failed"')
    const again = await app.page.evaluate(() => window.inkroom.updates.state())
    expect(again).toMatchObject({ value: { way: 'nobody' } })
    // Some of what was made up fits by chance, and made rooms; they can be closed like any.
    const closed = await app.page.evaluate(async () => {
      const rooms = await window.inkroom.hosting.list()
      const open = 'value' in rooms ? rooms.value : []
      return Promise.all(open.map(({ roomId }) => window.inkroom.hosting.close({ roomId })))
    })
    expect(closed.filter((reply) => 'error' in reply)).toEqual([])
  })
})
