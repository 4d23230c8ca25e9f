import { expect, test } from '@playwright/test'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeTemporaryFolder, removeFolder } from '../lib/temporaryFolder'
import { startAppFor, type AppUser } from './lib/appUser'
import { dropFile } from './lib/dropFile'
import { FileDialogs } from './lib/fileDialogs'
import { GuestBrowser } from './lib/guestBrowser'
import { haveSameText, type Participant } from './lib/participant'

/** Bytes that are no text: the beginning of a PNG. */
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])

let user: AppUser
let dialogs: FileDialogs
let browser: GuestBrowser
/** In the app, hosting. */
let anna: Participant
/** In a browser. */
let ben: Participant
let folder: string

test.describe('real files', () => {
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    ;[user, browser, folder] = await Promise.all([
      startAppFor('Anna'),
      GuestBrowser.launch(),
      makeTemporaryFolder(),
    ])
    anna = user.person
    dialogs = new FileDialogs(user.app)
    await anna.host()
    ben = await browser.join(await anna.invitation(), 'Ben')
  })

  test.afterAll(async () => {
    await browser?.close()
    await user?.app.dispose()
    if (folder !== undefined) await removeFolder(folder)
  })

  test('a Markdown file with CRLF and a byte order mark, edited by two, is saved byte for byte', async () => {
    const path = await fileWith('notes.md', '\ufeff# Notes\r\n\r\nfirst line 汉字\r\n\r\n- one\r\n- two\r\n')
    await dialogs.opensNext(path)
    await anna.choose(anna.texts.t('room.openFile'))
    await expect(anna.says(anna.texts.t('editor.fileOpened', { name: 'notes.md' }))).toBeVisible()
    await anna.pages.show(['notes.md'])
    await Promise.all(
      [anna, ben].map(({ editor }) => editor.shows('# Notes\n\nfirst line 汉字\n\n- one\n- two\n')),
    )

    await anna.editor.putCaretAfter('first line')
    await ben.editor.putCaretAfter('- two')
    await Promise.all([anna.editor.type(' by Anna', 20), ben.editor.type('\nthree by Ben 🙂', 20)])
    await haveSameText([anna, ben])

    await anna.page.keyboard.press('Control+s')
    await expect(anna.says(anna.texts.t('editor.fileSaved', { name: 'notes.md' }))).toBeVisible()
    expect(await readFile(path, 'utf8')).toBe(
      '\ufeff# Notes\r\n\r\nfirst line by Anna 汉字\r\n\r\n- one\r\n- two\r\n- three by Ben 🙂\r\n',
    )
  })

  test('an export asks where to, confirms, and leaves the opened file alone', async () => {
    const [before, other] = [await readFile(join(folder, 'notes.md')), join(folder, 'copy.md')]
    await anna.editor.goToEnd()
    await anna.editor.type('more')
    const suggested = await dialogs.savesNext(other)
    await anna.choose(anna.texts.t('room.exportFile'))
    await expect(anna.says(anna.texts.t('editor.fileSaved', { name: 'copy.md' }))).toBeVisible()
    expect(await suggested()).toMatch(/notes\.md$/)
    expect(await readFile(other, 'utf8')).toBe(`${before.toString('utf8')}more`)
    expect(await readFile(join(folder, 'notes.md'))).toEqual(before)
  })

  test('a guest in a browser opens a file and gets it back as a download, byte for byte', async () => {
    const { page, texts } = ben
    const path = await fileWith('script.py', 'if True:\r\n\tpass\r\n')
    const chooser = page.waitForEvent('filechooser')
    await ben.choose(texts.t('room.openFile'))
    await (await chooser).setFiles(path)
    await ben.pages.show(['notes.md', 'script.py'])
    await ben.editor.shows('if True:\n\tpass\n')
    await ben.editor.goToEnd()
    await ben.editor.type('x = 1')
    const download = page.waitForEvent('download')
    await page.keyboard.press('Control+s')
    await expect(ben.says(texts.t('editor.fileSaved', { name: 'script.py' }))).toBeVisible()
    expect((await download).suggestedFilename()).toBe('script.py')
    expect(await readFile(await (await download).path(), 'utf8')).toBe('if True:\r\n\tpass\r\nx = 1')
  })

  test('a file dropped onto the app becomes a page, and saving writes to it', async () => {
    const path = await fileWith('dropped.txt', 'dropped\r\n')
    await dropFile(anna.page, path)
    await anna.pages.show(['notes.md', 'script.py', 'dropped.txt'])
    await anna.editor.shows('dropped\n')
    await anna.editor.goToEnd()
    await anna.editor.type('and saved')
    await anna.page.keyboard.press('Control+s')
    await expect(anna.says(anna.texts.t('editor.fileSaved', { name: 'dropped.txt' }))).toBeVisible()
    expect(await readFile(path, 'utf8')).toBe('dropped\r\nand saved')
  })

  test('a file dropped onto a browser becomes a page for everybody', async () => {
    await dropFile(ben.page, await fileWith('from-ben.md', '# From Ben\n'))
    await ben.editor.shows('# From Ben\n')
    await anna.pages.open('from-ben.md')
    await anna.editor.shows('# From Ben\n')
  })

  test('a file that is no text is refused with a sentence that says what to do, and changes nothing', async () => {
    const path = await fileWith('picture.png', PICTURE)
    const titles = await anna.pages.titles()
    await dialogs.opensNext(path)
    await anna.choose(anna.texts.t('room.openFile'))
    await dropFile(ben.page, path)
    for (const person of [anna, ben]) {
      const notice = person.page.getByRole('alert').filter({ hasText: person.texts.error('file-not-text') })
      await expect(notice).toBeVisible()
      await notice.getByRole('button', { name: person.texts.t('app.dismiss') }).click()
      await expect(notice).toBeHidden()
      expect(await person.pages.titles()).toEqual(titles)
    }
    expect(await readFile(path)).toEqual(PICTURE)
  })

  test('where a file cannot be written any more, the person is told and the page stays', async () => {
    const path = await fileWith('gone.txt', 'kept')
    await dialogs.opensNext(path)
    await anna.choose(anna.texts.t('room.openFile'))
    await anna.editor.shows('kept')
    await removeFolder(folder)
    await anna.page.keyboard.press('Control+s')
    await expect(anna.says(anna.texts.error('file-unwritable'))).toBeVisible()
    await anna.editor.shows('kept')
  })
})

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
