import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { PlatformError } from '../../../../src/renderer/platform/platformError'
import { useCurrentPage } from '../../../../src/renderer/composables/useCurrentPage'
import { fileNameOf, useFiles } from '../../../../src/renderer/composables/useFiles'
import { usePages } from '../../../../src/renderer/composables/usePages'
import type { OpenedFile } from '../../../../src/renderer/platform/platform'
import { FakePlatform } from '../../../lib/fakePlatform'
import { onlineClient, testApp, withSetup } from '../../../lib/withApp'

const unmounts: (() => void)[] = []
afterEach(() => {
  for (const unmount of unmounts.splice(0)) unmount()
})

function roomWithFiles(canWrite = true, startFile?: OpenedFile) {
  const app = testApp(new FakePlatform(startFile === undefined ? {} : { startFile }))
  const client = onlineClient()
  const { result, unmount } = withSetup(app, () => {
    const pages = usePages(client)
    const current = useCurrentPage(client, pages)
    return { pages, current, files: useFiles(pages, current, () => canWrite) }
  })
  unmounts.push(unmount)
  const text = (): string => result.current.text.value?.page.content.toString() ?? ''
  return { app, ...result, text }
}

const file: OpenedFile = {
  name: 'notes.txt',
  text: 'one\ntwo\n',
  format: { bom: true, lineBreak: '\r\n' },
  fileId: 'file-7',
}

describe('a file that is opened', () => {
  it('becomes a page named after it, on the screen, and says so', async () => {
    const { app, files, current, text } = roomWithFiles()
    app.platform.nextFile = file
    await files.open()
    expect(current.entry.value?.title).toBe('notes.txt')
    expect(text()).toBe('one\ntwo\n')
    expect(app.notices.toasts.value.at(-1)?.text).toBe('“notes.txt” is now a page')
  })

  it('is saved where it came from, with the marks and line breaks it had', async () => {
    const { app, files } = roomWithFiles()
    app.platform.nextFile = file
    app.platform.nextSave = { name: 'notes.txt', fileId: 'file-7' }
    await files.open()
    await files.save(false)
    expect(app.platform.saved).toEqual([
      { text: 'one\ntwo\n', suggestedName: 'notes.txt', format: file.format, fileId: 'file-7' },
    ])
    expect(app.notices.toasts.value.at(-1)?.text).toBe('Saved to “notes.txt”')
  })

  it('asks for a place when it is exported', async () => {
    const { app, files } = roomWithFiles()
    app.platform.nextFile = file
    await files.open()
    await files.save(true)
    expect(app.platform.saved[0]?.fileId).toBeUndefined()
  })

  it('with the app itself becomes a page in the first room, once', async () => {
    const { app, current } = roomWithFiles(true, file)
    await flushPromises()
    expect(current.entry.value?.title).toBe('notes.txt')
    expect(app.navigation.takeStartFile()).toBeUndefined()
  })

  it('leaves everything as it was when nothing was chosen', async () => {
    const { app, files, pages } = roomWithFiles()
    app.platform.nextFile = undefined
    await files.open()
    expect(pages.list.value).toEqual([])
    expect(files.busy.value).toBeUndefined()
  })

  it('stays on the screen as a problem when it is not text, and leaves no page', async () => {
    const { app, files, pages } = roomWithFiles()
    app.platform.nextFile = new PlatformError('file-not-text', 'a byte is not UTF-8')
    await files.open()
    expect(files.problem.value).toBe('file-not-text')
    expect(pages.list.value).toEqual([])
    expect(app.notices.toasts.value).toEqual([])
  })

  it('does not come any more once the person gave up waiting', async () => {
    const { app, files, pages } = roomWithFiles()
    app.platform.nextFile = file
    const opening = files.open()
    expect(files.busy.value).toBe('opening')
    files.cancel()
    await opening
    expect(pages.list.value).toEqual([])
    expect(files.busy.value).toBeUndefined()
  })

  it('is not opened where one may only read', async () => {
    const { app, files, pages } = roomWithFiles(false)
    app.platform.nextFile = file
    await files.open()
    expect(pages.list.value).toEqual([])
  })

  it('that fails to be written keeps its problem until it is dismissed', async () => {
    const { app, files } = roomWithFiles()
    app.platform.nextFile = file
    await files.open()
    app.platform.nextSave = new PlatformError('file-unwritable', 'EACCES')
    await files.save(false)
    expect(files.problem.value).toBe('file-unwritable')
  })
})

describe('a file name from a title', () => {
  it.each([
    ['Field notes', 'Field notes.md'],
    ['counts.py', 'counts.py'],
    ['a/b\\c: d?', 'a b c d.md'],
    ['  ..hidden.. ', 'hidden.md'],
    ['', 'page.md'],
    ['购物清单', '购物清单.md'],
    ['v1.2 plan', 'v1.2 plan.md'],
  ])('%j is %j', (title, name) => {
    expect(fileNameOf(title)).toBe(name)
  })
})
