import { expect, test } from '@playwright/test'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { parseRoomLink } from '../../src/shared/roomLink'
import { sampleCheckpoint, sampleEdit } from '../integration/storage/replicaSamples'
import { TestApp } from './lib/launchApp'
import { Participant } from './lib/participant'
import { textsOf } from './lib/texts'

test.describe('the life of the desktop app', () => {
  test('survives a kill with its identity and its rooms, and finds its port free', async () => {
    let run = await TestApp.launch()
    try {
      await run.isUsable()
      const first = await run.page.evaluate(() => window.inkroom.hosting.create({ title: 'A room' }))
      if ('error' in first) throw new Error(first.error.message)
      const device = await readFile(join(run.userData, 'device.json'), 'utf8')
      if (process.platform !== 'win32') {
        expect((await stat(join(run.userData, 'device.json'))).mode & 0o777).toBe(0o600)
      }
      await run.kill()
      run = await run.relaunch()
      await run.isUsable()
      expect(await readFile(join(run.userData, 'device.json'), 'utf8')).toBe(device)
      const { roomId } = first.value
      const again = await run.page.evaluate((id) => window.inkroom.hosting.reopen({ roomId: id }), roomId)
      expect(again).toEqual(first)
    } finally {
      await run.dispose()
    }
  })

  test('asks for a name once, and keeps what was chosen on the screen', async () => {
    let run = await TestApp.launch()
    try {
      await run.isUsable()
      const { t } = textsOf('en')
      await run.page.getByRole('radio', { name: t('profile.themeDark') }).click()
      await new Participant(run.page, textsOf('en')).introduce('Ada')
      await expect(run.page.getByRole('heading', { level: 1 })).toHaveText(
        t('home.greeting', { name: 'Ada' }),
      )
      await run.quit()
      run = await run.relaunch()
      await expect(run.page.getByRole('heading', { level: 1 })).toHaveText(
        t('home.greeting', { name: 'Ada' }),
      )
      expect(await run.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    } finally {
      await run.dispose()
    }
  })

  test('has in its cache what a page wrote in the moment its window closed', async () => {
    const roomId = 'a'.repeat(32)
    const { snapshot, ...head } = sampleCheckpoint()
    const change = JSON.stringify({ head, keepUpdates: 0 })
    const entries = JSON.stringify([sampleEdit(1)])
    const claim = (run: TestApp): Promise<number> =>
      run.page.evaluate(async (id) => {
        const reply = await window.inkroom.cache.claim({ roomId: id, pageId: 'pages' })
        if ('error' in reply) throw new Error(reply.error.message)
        return reply.value.claimId
      }, roomId)
    let run = await TestApp.launch()
    try {
      await run.isUsable()
      const claimId = await claim(run)
      const ended = once(run.program, 'exit')
      await run.page.evaluate(
        (request) => {
          void window.inkroom.cache.checkpoint(request)
          void window.inkroom.cache.append(request)
          window.close()
        },
        { claimId, change, snapshot, entries },
      )
      await ended
      run = await run.relaunch()
      await run.isUsable()
      const again = await claim(run)
      const loaded = await run.page.evaluate((id) => window.inkroom.cache.load({ claimId: id }), again)
      if ('error' in loaded) throw new Error(loaded.error.message)
      expect(loaded.value?.snapshot).toBe(snapshot)
      expect(JSON.parse(loaded.value?.replica ?? 'null')).toMatchObject({ journal: [sampleEdit(1)] })
    } finally {
      await run.dispose()
    }
  })
})

test.describe('the desktop app while it runs', () => {
  test.describe.configure({ mode: 'serial' })
  let run: TestApp
  test.beforeAll(async () => {
    run = await TestApp.launch()
    await run.isUsable()
  })
  test.afterAll(() => run?.dispose())

  test('is the only one for its user data folder: a link goes to it', async () => {
    const opened = run.electron.waitForEvent('window')
    expect(await run.startSecond([`http://127.0.0.1:9/room/${'a'.repeat(32)}`])).toBe(0)
    await opened
    expect(run.electron.windows()).toHaveLength(2)
  })

  test('ends its room server when it quits', async () => {
    const room = await run.page.evaluate(() => window.inkroom.hosting.create({ title: 'A room' }))
    if ('error' in room) throw new Error(room.error.message)
    const origin = parseRoomLink(room.value.localLink ?? '')?.origins[0] ?? ''
    expect(await isListening(origin)).toBe(true)
    await run.quit()
    expect(await isListening(origin)).toBe(false)
  })
})

/** Whether anybody takes connections at an origin. */
function isListening(origin: string): Promise<boolean> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
