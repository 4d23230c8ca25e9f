import { expect, test, type Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { z } from 'zod'
import { pixelsOf, plainPicture, type Rgb } from '../lib/comparePictures'
import { exif } from '../lib/sampleJpeg'
import { makeTemporaryFolder, removeFolder } from '../lib/temporaryFolder'
import { startAppFor, type AppUser } from './lib/appUser'
import { dropFile } from './lib/dropFile'
import { GuestBrowser } from './lib/guestBrowser'
import type { Participant } from './lib/participant'
import { flowChart } from '../screenshots/boards/flowChart'

const drawingSchema = z.object({
  type: z.literal('excalidraw'),
  elements: z.array(z.object({ type: z.string() })),
  files: z.record(z.string(), z.object({ mimeType: z.string(), dataURL: z.string() })),
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
      ({ BrowserWindow }, chosen) =>
        new Promise<string>((resolve) => {
          BrowserWindow.getAllWindows()[0]?.webContents.session.once('will-download', (_event, item) => {
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
    // No key before that: Esc would call it off on a machine that takes its time.
    await expect(ben.says(ben.texts.count('board.imported', COUNT))).toBeVisible({ timeout: 20_000 })
    const made = await ben.board.has(COUNT)
    const kindsOf = (shapes: typeof made) => [...shapes.values()].map(({ kind }) => String(kind)).sort()
    expect(kindsOf(made)).toEqual(kindsOf(await anna.board.shapes()))
  })

  test('the app pastes from the menu, where it was pressed', async () => {
    await anna.board.create()
    await anna.board.paste([{ id: 'n', type: 'note', x: 0, y: 0, width: 100, height: 100, label: 'Ahoy' }])
    await anna.board.selectAll()
    await anna.page.keyboard.press('Control+c')
    const before = await anna.board.shapes()
    const place = await anna.board.at([200, 150])
    await anna.page.mouse.click(place.x, place.y, { button: 'right' })
    await anna.page.getByRole('menuitem', { name: anna.texts.t('board.paste') }).click()
    const [, pasted] = await anna.board.newShape(before)
    expect(pasted).toMatchObject({ kind: 'note', texts: { label: 'Ahoy' } })
    const { x, y } = z.object({ x: z.number(), y: z.number() }).parse(pasted['props'])
    expect(Math.hypot(x - 150, y - 100)).toBeLessThanOrEqual(1)
  })

  test('a photograph is turned as its camera says, and does not tell where it was taken', async () => {
    await anna.board.create()
    const plain = await photograph(anna.page)
    const words = Buffer.from(exif(6, 'GPS 48.137 N'))
    await anna.board.pastePicture(Buffer.concat([plain.subarray(0, 2), words, plain.subarray(2)]))
    await anna.board.rest()
    const [shape] = (await anna.board.has(1)).values()
    expect(shape).toMatchObject({ props: { width: 40, height: 80 } })
    await saves('photograph.excalidraw', 'board.exportExcalidraw')
    const text = await readFile(join(folder, 'photograph.excalidraw'), 'utf8')
    const [file] = Object.values(drawingSchema.parse(JSON.parse(text)).files)
    const stored = Buffer.from(file?.dataURL.split(',')[1] ?? '', 'base64')
    expect(stored.includes(Buffer.from(exif(6)))).toBe(true)
    expect(stored.includes('GPS')).toBe(false)
  })

  test('a picture goes along in a copy to another room', async () => {
    await anna.board.selectAll()
    await anna.page.keyboard.press('Control+c')
    await anna.leave()
    await anna.host()
    await anna.board.createFirst()
    await anna.board.focus()
    await anna.page.keyboard.press('Control+v')
    await anna.board.has(1)
    await anna.page.keyboard.press('Shift+Digit1')
    await expect.poll(async () => pixelsOf(await anna.board.picture(), PAINT)).toBeGreaterThan(1_000)
  })

  test('a guest gets a board as a download', async () => {
    const download = ben.page.waitForEvent('download')
    await ben.choose(ben.texts.t('board.exportSvg'))
    expect((await download).suggestedFilename()).toMatch(/\.svg$/)
    expect(await readFile(await (await download).path(), 'utf8')).toContain('From the slip to the hall')
  })
})

const PAINT: Rgb = [250, 120, 10]

/** A JPEG of one colour, 80 by 40 pixels, as a browser writes it. */
async function photograph(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async ([red, green, blue]) => {
    const canvas = new OffscreenCanvas(80, 40)
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('this browser cannot draw on a canvas')
    context.fillStyle = `rgb(${red} ${green} ${blue})`
    context.fillRect(0, 0, 80, 40)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 })
    return [...new Uint8Array(await blob.arrayBuffer())]
  }, PAINT)
  return Buffer.from(bytes)
}

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
