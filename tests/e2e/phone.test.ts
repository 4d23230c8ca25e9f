import { expect, test, type Locator } from '@playwright/test'
import { GuestBrowser } from './lib/guestBrowser'
import { haveSameText, type Participant } from './lib/participant'
import { startTestRoom, type TestRoom } from './lib/testRoom'

/** The narrowest phones in use, in CSS pixels. */
const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } as const
/** Smallest target that a finger hits well, CSS pixels (WCAG 2.5.8 asks for 24). */
const FINGER = 32

let room: TestRoom
let browser: GuestBrowser
let anna: Participant
/** On the phone. */
let ben: Participant

test.describe('a guest on a phone', () => {
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    ;[room, browser] = await Promise.all([startTestRoom(), GuestBrowser.launch()])
    anna = await browser.join(room.link, 'Anna')
    await anna.createFirstPage()
    await anna.editor.type('# Shopping\n\n- milk')
    await anna.pages.create()
    await anna.editor.shows('')
    await anna.editor.focus()
    await anna.editor.type('second page')
    await anna.hasSaved()
  })

  test.afterAll(async () => {
    await browser?.close()
    await room?.server.stop()
  })

  test('gives a name and is in the room', async () => {
    ben = await browser.open(room.link, PHONE)
    await ben.page.getByLabel(ben.texts.t('profile.name')).fill('Ben')
    await fitsWidth(ben)
    await ben.page.getByRole('button', { name: ben.texts.t('firstRun.goToRoom') }).tap()
    await ben.isConnected()
    await ben.editor.shows('# Shopping\n\n- milk')
    await fitsWidth(ben)
  })

  test('finds the pages in a drawer that goes away when one is chosen', async () => {
    const drawer = ben.page.getByRole('dialog')
    await expect(ben.pages.list).toBeHidden()
    const toggle = ben.page.getByRole('button', { name: ben.texts.t('room.toggleSidebar') })
    await isForFingers(toggle)
    await toggle.tap()
    await expect(drawer).toBeVisible()
    await ben.pages.show(['Page 1', 'Page 2'])
    await isForFingers(ben.pages.item('Page 2'))
    await ben.pages.item('Page 2').tap()
    await expect(drawer).toBeHidden()
    await ben.editor.shows('second page')
  })

  test('writes, and everybody sees it', async () => {
    await ben.editor.content.tap()
    await ben.page.keyboard.press('Control+End')
    await ben.editor.type(' from the phone')
    await anna.pages.open('Page 2')
    expect(await haveSameText([anna, ben])).toBe('second page from the phone')
    await fitsWidth(ben)
  })

  test('draws on a whiteboard with a finger, and moves and zooms the paper with two', async () => {
    await anna.board.create()
    await ben.page.getByRole('button', { name: ben.texts.t('room.toggleSidebar') }).tap()
    await ben.pages.item('Board 1').tap()
    await ben.board.isOpen()
    await isForFingers(ben.page.getByTestId('tool-draw'))
    await ben.page.getByTestId('tool-draw').tap()
    await ben.board.touch([[[-80, -60]], [[-20, 40]], [[40, -20]], [[90, 60]]])
    const [, stroke] = await anna.board.newShape(new Map())
    expect(stroke['kind']).toBe('draw')
    await fitsWidth(ben)
    await ben.board.touch([
      [
        [-40, 0],
        [40, 0],
      ],
      [
        [-60, 0],
        [60, 0],
      ],
      [
        [-100, 0],
        [100, 0],
      ],
    ])
    expect((await anna.board.shapes()).size).toBe(1)
    await expect(ben.board.zoom).not.toHaveText('100%')
  })

  test('sees which tool is chosen, and what colours there are only as long as they are asked for', async () => {
    const { page } = ben
    await page.getByTestId('tool-frame').tap()
    await page.getByTestId('tool-arrow').tap()
    await expect(page.getByTestId('tool-select')).not.toBeInViewport()
    await page.getByTestId('board-style-fold').tap()
    await expect(page.getByTestId('board-style')).toBeInViewport()
    await ben.board.touch([[[-130, 0]], [[-130, 40]], [[-130, 90]]])
    await expect(page.getByTestId('tool-select')).toBeInViewport()
    await expect(page.getByTestId('tool-select')).toHaveAttribute('aria-pressed', 'true')
    await expect(page.getByTestId('board-style')).toBeHidden()
    expect((await anna.board.has(2)).size).toBe(2)
  })

  test('makes a page and leaves, all by touch', async () => {
    await ben.page.getByRole('button', { name: ben.texts.t('room.toggleSidebar') }).tap()
    await ben.page.getByTestId('page-new').tap()
    await expect(ben.page.getByRole('dialog')).toBeHidden()
    await ben.editor.shows('')
    await anna.pages.show(['Page 1', 'Page 2', 'Board 1', 'Page 3'])
    await ben.page.getByTestId('room-menu').tap()
    await ben.page.getByRole('menuitem', { name: ben.texts.t('room.leave') }).tap()
    await fitsWidth(ben)
    await ben.page
      .getByRole('alertdialog')
      .getByRole('button', { name: ben.texts.t('room.leave') })
      .tap()
    await expect(ben.recent).toBeVisible()
    await fitsWidth(ben)
  })
})

/** Nothing is wider than the screen. */
async function fitsWidth({ page }: Participant): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    PHONE.viewport.width,
  )
}

async function isForFingers(target: Locator): Promise<void> {
  const box = await target.boundingBox()
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(FINGER)
}
