import { expect, test } from '@playwright/test'
import { once } from 'node:events'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeTemporaryFolder, removeFolder } from '../lib/temporaryFolder'
import { UpdateFeed } from '../lib/updateFeed'
import { restart, startAppFor, type AppUser } from './lib/appUser'
import { GuestBrowser } from './lib/guestBrowser'
import { installLike } from './lib/installedLike'
import { chooseFromMenuBar } from './lib/menuBar'

const OLD = 'the AppImage that runs'

let folder: string
let appImage: string
/** Written by the new version when it starts. */
let marker: string
let feed: UpdateFeed
let anna: AppUser

test.describe('new versions of the installed app', () => {
  test.describe.configure({ mode: 'serial' })
  test.skip(process.platform !== 'linux', 'the new version of the test is an AppImage')

  test.beforeAll(async () => {
    folder = await makeTemporaryFolder()
    feed = await UpdateFeed.start()
    appImage = join(folder, 'Inkroom.AppImage')
    marker = join(folder, 'started')
    await writeFile(appImage, OLD)
    await chmod(appImage, 0o755)
    const program = await installLike(join(folder, 'installed'), feed.url)
    const env = { APPIMAGE: appImage, XDG_CACHE_HOME: join(folder, 'cache') }
    anna = await startAppFor('Anna', {}, { program, env })
  })

  test.afterAll(async () => {
    await anna?.app.dispose()
    await feed?.stop()
    if (folder !== undefined) await removeFolder(folder)
  })

  test('Y16: the menu says that there is none', async () => {
    const { app } = anna
    feed.release = { version: '0.0.1', content: Buffer.from('older') }
    await chooseFromMenuBar(app, 'check-for-updates')
    await expect
      .poll(async () => (await app.dialogs()).map(({ message }) => message))
      .toEqual(['Inkroom is up to date'])
  })

  test('Y16: the menu finds one, the home screen says when it is ready, and nothing is installed', async () => {
    const { app, person } = anna
    feed.release = { version: '9.9.9', content: Buffer.from(`#!/bin/sh\necho started > '${marker}'\n`) }
    await app.answer('Later')
    await chooseFromMenuBar(app, 'check-for-updates')
    const notice = person.page.getByTestId('update-ready')
    await expect(notice).toContainText('9.9.9')
    expect(await readFile(appImage, 'utf8')).toBe(OLD)
  })

  test('Y16: quitting does not install it', async () => {
    await anna.app.quit()
    expect(await readFile(appImage, 'utf8')).toBe(OLD)
    anna = await restart(anna)
    await anna.app.answer('Later')
    await chooseFromMenuBar(anna.app, 'check-for-updates')
    await expect(anna.person.page.getByTestId('update-ready')).toBeVisible()
  })

  test('Y16: with people connected, restarting asks first; then the new version is in place and runs', async () => {
    const { app, person } = anna
    const browser = await GuestBrowser.launch()
    try {
      await person.host()
      await browser.join(await person.invitation(), 'Ben')
      await expect(person.people).toHaveAccessibleName(/Ben/)
      const ready = (): Promise<unknown> => app.page.evaluate(() => window.inkroom.updates.restart())
      await app.answer('Cancel')
      await ready()
      expect((await app.dialogs()).at(-1)).toMatchObject({
        message: '1 person is connected to “Anna’s room”',
        buttons: ['Restart and update', 'Cancel'],
      })
      expect(app.program.exitCode).toBeNull()
      expect(await readFile(appImage, 'utf8')).toBe(OLD)

      await app.answer('Restart and update')
      const ended = once(app.program, 'exit')
      void ready().catch(() => undefined)
      await ended
    } finally {
      await browser.close()
    }
    await expect.poll(() => readFile(marker, 'utf8').catch(() => '')).toBe('started\n')
    expect(await readFile(appImage, 'utf8')).toContain('#!/bin/sh')
  })
})
