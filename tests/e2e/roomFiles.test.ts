import { expect, test } from '@playwright/test'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeTemporaryFolder, removeFolder } from '../lib/temporaryFolder'
import { startAppFor, type AppUser } from './lib/appUser'
import { dropFile } from './lib/dropFile'
import { FileDialogs } from './lib/fileDialogs'
import { chooseFromMenuBar } from './lib/menuBar'
import { Participant } from './lib/participant'

const TEXT = '# Workshop\n\nWhat we found out: 汉字 and 🙂.'

let folder: string
let file: string
let anna: AppUser
let ben: AppUser | undefined

test.describe('rooms in files', () => {
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    folder = await makeTemporaryFolder()
    file = join(folder, 'Workshop.inkroom')
    anna = await startAppFor('Anna')
  })

  test.afterAll(async () => {
    await anna?.app.dispose()
    await ben?.app.dispose()
    if (folder !== undefined) await removeFolder(folder)
  })

  test('Y14: a room with a page and a board is saved from the menu bar, at the place the person chooses', async () => {
    const { person, app } = anna
    await person.host()
    await person.createFirstPage()
    await person.editor.type(TEXT)
    await person.hasSaved()
    await person.board.create()
    await person.board.draw('rectangle', [
      [-200, -100],
      [-60, 0],
    ])
    await person.board.placeWith('note', [120, 60], 'remember')
    await person.hasSaved()
    const suggested = await new FileDialogs(app).savesNext(file)
    await chooseFromMenuBar(app, 'save-room-file')
    await expect(person.says(person.texts.t('roomFile.saved', { name: 'Workshop.inkroom' }))).toBeVisible()
    expect(await suggested()).toMatch(/Anna’s room\.inkroom$/)
    expect((await readFile(file)).subarray(0, 2).toString()).toBe('PK')
  })

  test('U1, Y15: another app opens it after asking, offline, with the same text and the same board', async () => {
    ben = await startAppFor('Ben', {}, { args: [file] })
    const { person } = ben
    const question = person.page.getByRole('alertdialog')
    await expect(question).toContainText(person.texts.t('roomFile.openTitle', { name: 'Workshop.inkroom' }))
    await person.confirm(person.texts.t('roomFile.open'))
    await person.isConnected()
    await expect(person.page.getByTestId('room-title')).toHaveText('Anna’s room')
    const [page = '', board = ''] = await anna.person.pages.titles()
    expect(await person.pages.titles()).toEqual([page, board])
    await person.pages.open(page)
    await person.editor.shows(TEXT)
    await person.pages.open(board)
    await person.board.has(2)
    expect(await person.board.digest()).toBe(await anna.person.board.digest())
  })

  test('it is a room like any other: written in, there after a restart', async () => {
    if (ben === undefined) throw new Error('Ben has no app')
    const { person, app } = ben
    const [page = ''] = await person.pages.titles()
    await person.pages.open(page)
    await person.editor.goToEnd()
    await person.editor.type(' And more.')
    await person.hasSaved()
    await app.quit()
    const again = await app.relaunch()
    await again.isUsable()
    ben = { app: again, person: new Participant(again.page, person.texts) }
    await ben.person.openRecent('Anna’s room')
    await ben.person.isConnected()
    await ben.person.pages.open(page)
    await ben.person.editor.shows(`${TEXT} And more.`)
    // The room it came from knows nothing of it.
    await anna.person.pages.open(page)
    await anna.person.editor.shows(TEXT)
    await ben.person.leave()
  })

  test('U6, U7: a broken file is refused with a sentence, and nothing changes', async () => {
    if (ben === undefined) throw new Error('Ben has no app')
    const { person, app } = ben
    const broken = join(folder, 'Broken.inkroom')
    const bytes = await readFile(file)
    await writeFile(broken, bytes.subarray(0, bytes.length - 40))
    const before = await app.page.evaluate(() => window.inkroom.hosting.list())
    await new FileDialogs(app).opensNext(broken)
    await chooseFromMenuBar(app, 'open-room-file')
    await person.confirm(person.texts.t('roomFile.open'))
    const alert = person.page.getByRole('alert').filter({ hasText: person.texts.error('bundle-damaged') })
    await expect(alert).toBeVisible()
    expect(await app.page.evaluate(() => window.inkroom.hosting.list())).toEqual(before)
    expect((await stat(broken)).size).toBe(bytes.length - 40)
  })

  test('Y15: a file dropped onto the home screen is asked about, and no opens nothing', async () => {
    if (ben === undefined) throw new Error('Ben has no app')
    const { person, app } = ben
    const before = await app.page.evaluate(() => window.inkroom.hosting.list())
    await dropFile(person.page, file)
    const question = person.page.getByRole('alertdialog')
    await expect(question).toContainText('Workshop.inkroom')
    await person.confirm(person.texts.t('app.cancel'))
    expect(await app.page.evaluate(() => window.inkroom.hosting.list())).toEqual(before)
  })

  test('Y15: a second start with a file asks in a window of its own', async () => {
    if (ben === undefined) throw new Error('Ben has no app')
    const { app } = ben
    const opened = app.electron.waitForEvent('window')
    expect(await app.startSecond([file])).toBe(0)
    const window = await opened
    await expect(window.getByRole('alertdialog')).toContainText('Workshop.inkroom')
  })

  test('a room’s file chosen as a page says where it is opened', async () => {
    const { person, app } = anna
    await new FileDialogs(app).opensNext(file)
    await person.choose(person.texts.t('room.openFile'))
    const alert = person.page.getByRole('alert').filter({ hasText: person.texts.error('file-is-room') })
    await expect(alert).toBeVisible()
  })
})
