import { expect, test } from '@playwright/test'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startServe, type ServeProcess } from '../lib/serveProcess'
import { makeTemporaryFolder, removeFolder } from '../lib/temporaryFolder'
import { startAppFor, type AppUser } from './lib/appUser'
import { GuestBrowser } from './lib/guestBrowser'
import { haveSameText, type Participant } from './lib/participant'
import { CLIENT_FOLDER } from './lib/testRoom'

const TOKEN = 'a token for those who may create rooms'

let user: AppUser
let browser: GuestBrowser
let anna: Participant
let folder: string
/** Lets anyone create rooms. */
let open: ServeProcess
/** Lets holders of the token create rooms. */
let guarded: ServeProcess

test.describe('a room on a server that runs elsewhere', () => {
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    folder = await makeTemporaryFolder()
    const tokenFile = join(folder, 'token')
    await writeFile(tokenFile, `${TOKEN}\n`)
    ;[user, browser, open, guarded] = await Promise.all([
      startAppFor('Anna'),
      GuestBrowser.launch(),
      startServe({ client: CLIENT_FOLDER, args: ['--strangers', 'admit'] }),
      startServe({
        client: CLIENT_FOLDER,
        args: ['--creation-token-file', tokenFile],
      }),
    ])
    anna = user.person
  })

  test.afterAll(async () => {
    await browser?.close()
    await user?.app.dispose()
    await Promise.all([open?.stop(), guarded?.stop()])
    if (folder !== undefined) await removeFolder(folder)
  })

  test('is created where anyone may, and others join by its link', async () => {
    await createRoom(anna, open.origin, 'Reading circle')
    await anna.isConnected()
    await expect(anna.page.getByTestId('room-title')).toHaveText('Reading circle')
    await anna.createFirstPage()
    await anna.editor.type('for all')
    const link = await anna.invitation()
    expect(new URL(link).origin).toBe(open.origin)
    const ben = await browser.join(link, 'Ben')
    await ben.editor.shows('for all')
    expect(await haveSameText([anna, ben])).toBe('for all')
    await expect(ben.page.getByTestId('room-title')).toHaveText('Reading circle')
  })

  test('belongs to whoever created it: they may close it, others may not', async () => {
    const ben = await browser.join(await anna.invitation(), 'Ben')
    await ben.hasPage()
    await ben.page.getByTestId('room-menu').click()
    await expect(ben.page.getByRole('menuitem', { name: ben.texts.t('room.leave') })).toBeVisible()
    await expect(ben.page.getByRole('menuitem', { name: ben.texts.t('room.close') })).toHaveCount(0)
    await anna.choose(anna.texts.t('room.close'))
    await anna.confirm(anna.texts.t('home.closeRoom'))
    await ben.isInState('roomClosed')
  })

  test('is refused without the token where the server asks for one, with what to do', async () => {
    for (const token of ['', 'not the right token at all']) {
      await createRoom(anna, guarded.origin, 'Secret circle', token)
      await expect(anna.says(anna.texts.error('room-creation-refused'))).toBeVisible()
      await expect(anna.page.getByTestId('home-host')).toBeVisible()
    }
  })

  test('is created with the token', async () => {
    await createRoom(anna, guarded.origin, 'Secret circle', TOKEN)
    await anna.isConnected()
    await expect(anna.page.getByTestId('room-title')).toHaveText('Secret circle')
    await anna.createFirstPage()
    await anna.leave()
  })

  test('needs the address of a server', async () => {
    await createRoom(anna, 'nowhere', 'A room')
    await expect(anna.says(anna.texts.t('home.remoteServerWrong'))).toBeVisible()
  })
})

async function createRoom(person: Participant, origin: string, title: string, token = ''): Promise<void> {
  const { page, texts } = person
  const server = page.getByLabel(texts.t('home.remoteServer'))
  if (!(await server.isVisible())) await page.getByText(texts.t('home.remote')).click()
  await server.fill(origin)
  await page.getByLabel(texts.t('home.remoteTitle')).fill(title)
  await page.getByLabel(texts.t('home.remoteToken')).fill(token)
  await page.getByRole('button', { name: texts.t('home.remoteCreate') }).click()
}
