import { expect, test } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { z } from 'zod'
import { plainPicture } from '../lib/comparePictures'
import { makeTemporaryFolder, removeFolder } from '../lib/temporaryFolder'
import { startAppFor, type AppUser } from './lib/appUser'
import { dropFile } from './lib/dropFile'
import { GuestBrowser } from './lib/guestBrowser'
import type { Participant } from './lib/participant'
import { flowChart } from '../screenshots/boards/flowChart'

const drawingSchema = z.object({
  type: z.literal('excalidraw'),
  elements: z.array(z.object({ type: z.string() })),
  files: z.record(z.string(), z.object({ mimeType: z.string() })),
})

let user: AppUser
let browser: GuestBrowser
let anna: Participant
/** In a browser. */
let ben: Participant
let folder: string
/** Shapes of the flow chart and a picture. */
const COUNT = flowChart().length + 1

test.describe('files of a board', () => {
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    ;[user, browser, folder] = await Promise.all([
      startAppFor('Anna'),
      GuestBrowser.launch(),
      makeTemporaryFolder(),
    ])
    anna = user.person
    await anna.host()
    ben = await browser.join(await anna.invitation(), 'Ben')
    await anna.board.createFirst()
    await anna.board.paste(flowChart())
    await anna.board.pastePicture(plainPicture(80, 60, [250, 120, 10]))
    await anna.board.rest()
    await anna.board.has(COUNT)
  })

  test.afterAll(async () => {
    await browser?.close()
    await user?.app.dispose()
    if (folder !== undefined) await removeFolder(folder)
  })

  test('the app writes a board as .excalidraw, with its picture, where the dialog says', async () => {
    await saves('board.excalidraw', 'board.exportExcalidraw')
    const drawing = drawingSchema.parse(JSON.parse(await readFile(join(folder, 'board.excalidraw'), 'utf8')))
    const kinds = new Set(drawing.elements.map(({ type }) => type))
    for (const kind of ['rectangle', 'diamond', 'ellipse', 'arrow', 'text', 'image'])
      expect(kinds).toContain(kind)
    expect(Object.values(drawing.files)).toEqual([expect.objectContaining({ mimeType: 'image/png' })])
  })

  test('the app writes a board as SVG, with its picture and no script', async () => {
    await saves('board.svg', 'board.exportSvg')
    const svg = await readFile(join(folder, 'board.svg'), 'utf8')
    expect(svg).toMatch(/^<svg[^]*From the slip to the hall[^]*data:image\/png;base64,[^]*<\/svg>\s*$/)
    expect(svg).not.toMatch(/<script/i)
  })

  test('the app writes a board as PNG', async () => {
    const path = join(folder, 'board.png')
    // The system's dialog for downloads cannot be answered: the app is told the path before it asks.
    const done = user.app.electron.evaluate(
      ({ session }, chosen) =>
        new Promise<string>((resolve) => {
          session.defaultSession.once('will-download', (_event, item) => {
            item.setSavePath(chosen)
            item.once('done', (_done, state) => resolve(state))
          })
        }),
      path,
    )
    await anna.choose(anna.texts.t('board.exportPng'))
    expect(await done).toBe('completed')
    const { width, height } = PNG.sync.read(await readFile(path))
    expect(width).toBeGreaterThan(height)
    expect(height).toBeGreaterThan(300)
  })

  test('a guest drops the .excalidraw file onto a board of their own and has the same shapes', async () => {
    await ben.board.isOpen()
    await ben.board.create()
    await dropFile(ben.page, join(folder, 'board.excalidraw'))
    const made = await ben.board.has(COUNT, 20_000)
    const kindsOf = (shapes: typeof made) => [...shapes.values()].map(({ kind }) => String(kind)).sort()
    expect(kindsOf(made)).toEqual(kindsOf(await anna.board.shapes()))
  })

  test('a guest gets a board as a download', async () => {
    const download = ben.page.waitForEvent('download')
    await ben.choose(ben.texts.t('board.exportSvg'))
    expect((await download).suggestedFilename()).toMatch(/\.svg$/)
    expect(await readFile(await (await download).path(), 'utf8')).toContain('From the slip to the hall')
  })
})

/** Chooses an export from the menu and a file of that name in the system's dialog. */
async function saves(name: string, command: 'board.exportExcalidraw' | 'board.exportSvg'): Promise<void> {
  await user.app.electron.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    },
    join(folder, name),
  )
  await anna.choose(anna.texts.t(command))
  await expect(anna.says(anna.texts.t('board.exported', { name }))).toBeVisible()
}
