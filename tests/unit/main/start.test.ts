import type { BrowserWindow, WebContents } from 'electron'
import { expect, test } from 'vitest'
import { Router } from '../../../src/main/ipc/router'
import { serveStart, type StartServices } from '../../../src/main/ipc/start'
import { WindowSessions, type WindowSession } from '../../../src/main/windows/windowSession'
import { silentLogger } from '../../../src/server/logger'
import { defaultSettings } from '../../../src/shared/settings'
import { FakeIpc } from '../../lib/fakeIpc'

test('Y20: a page that starts before main is ready waits for it, and then starts', async () => {
  const contents: unknown = { on: () => undefined, once: () => undefined }
  const window: unknown = { webContents: contents }
  const page = { sender: contents as WebContents, senderFrame: { url: 'app://inkroom/', parent: null } }
  const sessions = new WindowSessions()
  sessions.add(window as BrowserWindow, { link: 'inkroom://a', needsConfirmation: true })
  const settings = defaultSettings('en')
  const ipc = new FakeIpc()
  const router = new Router(ipc, sessions.callers({ owns: () => true }), silentLogger)
  const serve = serveStart(router, sessions, { value: settings }, silentLogger)

  let reply: unknown
  const started = ipc.invoke(page, 'app.start', undefined).then((answer) => (reply = answer))
  await new Promise((resolve) => setImmediate(resolve))
  expect(reply).toBeUndefined()
  expect(sessions.sessionOf(page.sender)).toBeUndefined()

  const session: Partial<WindowSession> = { nearby: undefined }
  const services = { device: { publicKey: 'k' }, createSession: () => session } as unknown as StartServices
  serve(services)
  await started
  expect(reply).toEqual({
    value: {
      deviceKey: 'k',
      settings,
      looksNearby: false,
      startLink: 'inkroom://a',
      startLinkNeedsConfirmation: true,
    },
  })
  expect(sessions.sessionOf(page.sender)).toBe(session)
})
