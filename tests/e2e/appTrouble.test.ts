import { expect, test } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { audienceOfConnection } from '../../src/shared/identity/audience'
import { loginText, verify } from '../../src/shared/identity/keys'
import { parseRoomLink, socketUrls } from '../../src/shared/roomLink'
import { idOf } from '../lib/idOf'
import { TestApp } from './lib/launchApp'

test.describe('the desktop app, when something goes wrong', () => {
  let app: TestApp
  test.beforeAll(async () => {
    app = await TestApp.launch()
    await app.isUsable()
  })
  test.afterAll(() => app?.dispose())

  const log = (name: string): Promise<string> => readFile(join(app.userData, 'logs', name), 'utf8')

  test('Y2: signs logins for its page, and nothing that is none', async () => {
    const nonce = 'n'.repeat(26)
    const windowId = idOf('window')
    const room = await app.page.evaluate(() => window.inkroom.hosting.create({ title: 'A room' }))
    if ('error' in room) throw new Error(room.error.message)
    const { origins, fingerprint } = parseRoomLink(room.value.localLink ?? '') ?? { origins: [] }
    const [url = ''] = socketUrls(origins)
    const audience = audienceOfConnection(url, fingerprint)
    const before = await app.page.evaluate((login) => window.inkroom.app.signLogin(login), {
      audience,
      nonce,
      windowId,
    })
    expect(before).toMatchObject({ error: { code: 'not-allowed' } })
    const opened = await app.page.evaluate(
      async (host) =>
        new Promise((resolve) => {
          window.inkroom.sockets.onEvent(resolve)
          window.inkroom.sockets.request({ type: 'open', socketId: 900, ...host })
        }),
      { urls: [url], fingerprint },
    )
    expect(opened).toMatchObject({ type: 'opened', audience })
    const replies = await app.page.evaluate(
      async ([login, hostile]) => {
        const { app: calls } = window.inkroom
        return Promise.all([
          calls.signLogin(login),
          calls.signLogin({ ...login, nonce: hostile }),
          calls.signLogin({ ...login, windowId: hostile }),
          calls.signLogin({ ...login, audience: `${login.audience}\n${hostile}` }),
          calls.signLogin({ ...login, audience: 'origin:https://mallory.example' }),
        ])
      },
      [{ audience, nonce, windowId }, `${nonce}\ninkroom-room-1`] as const,
    )
    const [signed, ...refused] = replies
    const start = await app.page.evaluate(() => window.inkroom.app.start())
    if (signed === undefined || 'error' in signed || 'error' in start) throw new Error('not signed')
    expect(verify(signed.value, loginText({ audience, nonce, windowId }), start.value.deviceKey)).toBe(true)
    expect(refused).toMatchObject(
      ['bad-request', 'bad-request', 'bad-request', 'not-allowed'].map((code) => ({ error: { code } })),
    )
    expect(JSON.stringify(start)).not.toContain('rivateKey')
  })

  test('Y3: logs what main and the room server have to say, each in a file', async () => {
    const room = await app.page.evaluate(() => window.inkroom.hosting.create({ title: 'A room' }))
    if ('error' in room) throw new Error(room.error.message)
    expect(await log('main.log')).toContain('the app starts')
    await app.killRoomServer()
    await expect.poll(() => log('main.log')).toContain('a process of the app has crashed')
    expect(await log('room-server.log')).toContain('the room server starts')
  })

  test('Y5: loads a page again that has crashed, and asks when it crashes again', async () => {
    const crash = (): Promise<void> =>
      app.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
      )
    const first = await processOf(app)
    const isAnother = async (than: readonly number[]): Promise<boolean> => {
      const pid = await processOf(app)
      return pid !== 0 && !than.includes(pid)
    }
    await crash()
    await expect.poll(() => isAnother([first]), { timeout: 60_000 }).toBe(true)
    expect(await app.dialogs()).toEqual([])
    expect(await log('main.log')).toContain('a page has crashed')
    const second = await processOf(app)
    await crash()
    await expect.poll(() => isAnother([first, second]), { timeout: 60_000 }).toBe(true)
    expect(await app.dialogs()).toMatchObject([{ message: 'This window has crashed twice within a minute' }])
  })
})

test.describe('the desktop app, when a page hangs', () => {
  // An app of its own: where pages have crashed just before, it is asked about as one that crashes again.
  let app: TestApp
  test.beforeAll(async () => {
    app = await TestApp.launch()
    await app.isUsable()
  })
  test.afterAll(() => app?.dispose())

  test('Y5: asks about a page that does not answer, and loads it again where the person wants that', async () => {
    const hangs = (): Promise<void> =>
      app.electron.evaluate(({ BrowserWindow }) => {
        // Chromium says so after half a minute.
        BrowserWindow.getAllWindows()[0]?.webContents.emit('unresponsive')
      })
    const first = await processOf(app)
    let isHanging = true
    void app.page
      .evaluate(() => {
        for (;;);
      })
      .catch(() => {
        isHanging = false
      })
    await hangs()
    await expect.poll(async () => (await app.dialogs()).length).toBe(1)
    expect(await app.dialogs()).toMatchObject([{ message: 'This window does not answer' }])
    expect(await processOf(app)).toBe(first)
    expect(isHanging).toBe(true)
    await app.answer('Load again')
    await hangs()
    await expect
      .poll(
        async () => {
          const pid = await processOf(app)
          return pid !== 0 && pid !== first
        },
        { timeout: 60_000 },
      )
      .toBe(true)
  })
})

/** The process of the app's page once it has loaded; 0 until then. */
function processOf({ electron }: TestApp): Promise<number> {
  return electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const isThere = contents !== undefined && !contents.isCrashed() && !contents.isLoading()
    return isThere ? contents.getOSProcessId() : 0
  })
}
