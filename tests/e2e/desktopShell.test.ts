import { expect, test } from '@playwright/test'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DIALOG_TEXTS } from '../../src/main/dialogs/texts'
import { MENU_STRINGS } from '../../src/main/menu/strings'
import { restart, startAppFor, type AppUser } from './lib/appUser'
import { GuestBrowser } from './lib/guestBrowser'
import type { TestApp } from './lib/launchApp'
import { chooseFromMenuBar } from './lib/menuBar'
import { Participant } from './lib/participant'

test.describe('the window of the app and its menu bar', () => {
  let anna: AppUser

  test.beforeAll(async () => {
    anna = await startAppFor('Anna')
  })
  test.afterAll(() => anna?.app.dispose())

  for (const locale of ['zh-CN', 'en'] as const) {
    test(`Y7: speaks the chosen language in every menu: ${locale}`, async () => {
      await anna.app.page.evaluate(
        (language) =>
          window.inkroom.settings.save({ name: 'Anna', colour: 0, locale: language, theme: 'light' }),
        locale,
      )
      const labels = await labelsOf(anna.app)
      const known = new Set<string>(Object.values(MENU_STRINGS[locale]))
      expect(labels.filter((label) => !known.has(label))).toEqual([])
      const { file, hostRoom, openRoomFile, showLogs, checkForUpdates } = MENU_STRINGS[locale]
      expect(labels).toEqual(
        expect.arrayContaining([file, hostRoom, openRoomFile, showLogs, checkForUpdates]),
      )
    })
  }

  test('Y7: offers what means something on the screen, and carries it out', async () => {
    const { app, person } = anna
    await app.page.evaluate(() =>
      window.inkroom.settings.save({ name: 'Anna', colour: 0, locale: 'en', theme: 'light' }),
    )
    const names = ['host-room', 'open-room-file', 'save-room-file', 'new-page', 'leave-room']
    expect(await enabledOf(app, names)).toEqual(['host-room', 'open-room-file'])
    await chooseFromMenuBar(app, 'host-room')
    await person.isConnected()
    await expect.poll(() => enabledOf(app, names)).toEqual(['save-room-file', 'new-page', 'leave-room'])
    await chooseFromMenuBar(app, 'new-page')
    await expect(person.editor.content).toBeVisible()
  })

  test('Y3: “Show logs” opens the folder with the logs', async () => {
    const { app } = anna
    await app.electron.evaluate(({ shell }) => {
      shell.openPath = (path) => {
        Reflect.set(globalThis, 'openedFolder', path)
        return Promise.resolve('')
      }
    })
    await chooseFromMenuBar(app, 'show-logs')
    const opened = (): Promise<unknown> =>
      app.electron.evaluate(() => Reflect.get(globalThis, 'openedFolder'))
    await expect.poll(opened).toBe(join(app.userData, 'logs'))
    expect(await readFile(join(app.userData, 'logs', 'main.log'), 'utf8')).toContain('the app starts')
  })

  test('Y16: says of an app that was built without a feed that it does not look for updates', async () => {
    await chooseFromMenuBar(anna.app, 'check-for-updates')
    await expect
      .poll(async () => (await anna.app.dialogs()).at(-1)?.detail)
      .toContain(DIALOG_TEXTS.en.updates.nobody)
  })

  test('Y11: its window opens where it was, and as large', async () => {
    const place = { x: 140, y: 90, width: 910, height: 640 }
    await anna.app.electron.evaluate(
      ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
      place,
    )
    await expect.poll(() => boundsOf(anna.app)).toEqual(place)
    await anna.app.quit()
    anna = await restart(anna)
    expect(await boundsOf(anna.app)).toEqual(place)
  })
})

test.describe('the app, started by a link', () => {
  test('N12: a link of another program is followed only after the person agreed', async () => {
    const room = 'a'.repeat(32)
    const ben = await startAppFor('Ben', {}, { args: ['--', `inkroom://127.0.0.1:9/room/${room}`] })
    try {
      const { app, person } = ben
      const question = app.page.getByRole('alertdialog')
      await expect(question.getByTestId('join-facts')).toContainText('127.0.0.1:9')
      await expect(person.status).toBeHidden()
      await person.confirm(person.texts.t('app.cancel'))
      await expect(app.page.getByTestId('home-host')).toBeVisible()
      expect(await app.page.evaluate(() => window.inkroom.cache.listRooms())).toEqual({ value: [] })
    } finally {
      await ben.app.dispose()
    }
  })
})

test.describe('quitting while somebody is connected', () => {
  test.describe.configure({ mode: 'serial' })
  let anna: AppUser
  let browser: GuestBrowser
  let ben: Participant

  /** How many guests main knows of. It looks once a second. */
  const people = (): Promise<number | undefined> =>
    anna.app.page.evaluate(async () => {
      const reply = await window.inkroom.hosting.status()
      return 'error' in reply ? undefined : reply.value.people[0]?.guests
    })

  test.beforeAll(async () => {
    ;[anna, browser] = await Promise.all([startAppFor('Anna'), GuestBrowser.launch()])
    await anna.person.host()
    ben = await browser.join(await anna.person.invitation(), 'Ben')
    await expect.poll(people).toBe(1)
  })

  test.afterAll(async () => {
    await browser?.close()
    await anna?.app.dispose()
  })

  test('Y8: asks, and goes on where the person cancels', async () => {
    const { app } = anna
    await app.answer('Cancel')
    await app.electron.evaluate(({ app: electronApp }) => electronApp.quit())
    await expect
      .poll(async () => (await app.dialogs()).map(({ message, buttons }) => [message, ...buttons]))
      .toEqual([['1 person is connected to “Anna’s room”', 'Quit', 'Cancel']])
    expect(app.electron.windows()).toHaveLength(1)
    await ben.isConnected()
  })

  test('Y10: warns its person when the machine is put to sleep, and lets the guest in again when it wakes up', async () => {
    const shown = await anna.app.electron.evaluate(({ Notification, powerMonitor }) => {
      const titles: string[] = []
      Notification.isSupported = () => true
      Notification.prototype.show = function () {
        titles.push(this.title)
      }
      powerMonitor.emit('suspend')
      return titles
    })
    expect(shown).toEqual(['1 person is connected to “Anna’s room”'])
    await ben.isInState('reconnecting')
    await anna.app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
    await ben.tryNow()
    await expect.poll(people).toBe(1)
  })

  test('Y9: closing the last window keeps hosting where the person says so, and a start brings a window back', async () => {
    const { app } = anna
    await app.answer('Keep hosting without a window')
    const closed = app.page.waitForEvent('close')
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await closed
    expect((await app.dialogs()).at(-1)?.buttons).toEqual(['Keep hosting without a window', 'Quit', 'Cancel'])
    await ben.createFirstPage()
    await ben.editor.type('still here')
    await ben.hasSaved()
    const opened = app.electron.waitForEvent('window')
    expect(await app.startSecond([])).toBe(0)
    const again = new Participant(await opened)
    await again.openRecent('Anna’s room')
    await again.isConnected()
    await again.hasPage()
    await again.editor.shows('still here')
  })

  test('Y8: quits where the person says so, and the guest goes on without the host', async () => {
    const { app } = anna
    await app.answer('Quit')
    const ended = once(app.program, 'exit')
    await app.electron.evaluate(({ app: electronApp }) => electronApp.quit())
    await ended
    await ben.isInState('reconnecting')
    await ben.editor.type(' and alone')
    await ben.editor.shows('still here and alone')
  })
})

/** All that the menu bar says, but separators. */
function labelsOf({ electron }: TestApp): Promise<string[]> {
  return electron.evaluate(({ Menu }) => {
    const all = (menu: Electron.Menu | null | undefined): string[] =>
      (menu?.items ?? [])
        .filter(({ type }) => type !== 'separator')
        .flatMap(({ label, submenu }) => [label, ...all(submenu)])
    return all(Menu.getApplicationMenu())
  })
}

/** Which of these entries can be chosen. */
function enabledOf({ electron }: TestApp, names: readonly string[]): Promise<string[]> {
  return electron.evaluate(
    ({ Menu }, wanted) =>
      wanted.filter((name) => Menu.getApplicationMenu()?.getMenuItemById(name)?.enabled === true),
    names,
  )
}

function boundsOf({ electron }: TestApp): Promise<unknown> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
}
