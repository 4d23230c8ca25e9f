/*
 * Checks fingers, a pen and keys on a board in a real browser: node scripts/run.mjs tests/preview/checkTouch.ts
 * What browsers make of touches cannot be had from a DOM of tests.
 */
import { equal } from 'node:assert/strict'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'

interface BoardPreview {
  readonly boardId: string
  readonly room: { page(id: string): { readonly log: readonly unknown[] } }
}

/** Longer than a finger has to rest for the menu, in ms. */
const REST_MS = 700

const configFile = join(import.meta.dirname, 'vite.config.ts')
const server = await createServer({ configFile, logLevel: 'error' })
await server.listen(0)
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  const context = await browser.newContext({ viewport: { width: 800, height: 800 }, hasTouch: true })
  const page = await context.newPage()
  await page.goto(`${server.resolvedUrls?.local[0] ?? ''}?screen=board`)
  const surface = page.getByTestId('board-surface')
  await surface.waitFor()
  const cdp = await context.newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) })
  const pen = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number) =>
    cdp.send('Input.dispatchMouseEvent', {
      type,
      x,
      y,
      button: 'left',
      buttons: 1,
      pointerType: 'pen',
      force: 0.7,
    })
  const percent = async () => Number.parseInt(await page.locator('.percent').innerText(), 10)
  const menus = () => page.getByRole('menu').count()
  const edits = () =>
    page.evaluate(() => {
      const { room, boardId } = (window as unknown as { preview: BoardPreview }).preview
      return room.page(boardId).log.length
    })
  const slide = async () => {
    await touch('touchStart', [400, 300])
    for (let i = 1; i <= 10; i++) await touch('touchMove', [400 + i * 8, 300])
    await touch('touchEnd')
  }
  const spoken = () => page.locator('#board-live').innerText()

  const zoom = await percent()
  await touch('touchStart', [300, 500], [500, 500])
  for (let i = 1; i <= 10; i++) await touch('touchMove', [300 - i * 10, 500], [500 + i * 10, 500])
  await touch('touchEnd')
  equal(Math.abs((await percent()) - 2 * zoom) <= 2, true, 'a pinch to twice the distance zooms to twice')
  equal(await edits(), 0, 'a pinch draws nothing')

  await touch('touchStart', [400, 300])
  await page.waitForTimeout(REST_MS)
  equal(await menus(), 1, 'a finger that rests opens the menu')
  await touch('touchEnd')
  await page.waitForTimeout(100)
  equal(await menus(), 1, 'lifting it leaves the menu open')
  await page.keyboard.press('Escape')

  await page.getByTestId('tool-draw').click()
  await touch('touchStart', [400, 300])
  await page.waitForTimeout(REST_MS)
  equal(await menus(), 0, 'a finger that draws slowly opens no menu')
  await touch('touchEnd')
  const dots = await edits()
  await slide()
  equal((await edits()) > dots, true, 'a finger draws')

  const drawn = await edits()
  await pen('mousePressed', 300, 600)
  for (let i = 1; i <= 5; i++) await pen('mouseMoved', 300 + i * 8, 600)
  await pen('mouseReleased', 340, 600)
  equal((await edits()) > drawn, true, 'a pen draws')
  const penned = await edits()
  await slide()
  equal(await edits(), penned, 'a finger only moves the paper once a pen was seen')

  await surface.focus()
  for (const key of ['r', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
  equal(await spoken(), 'Rectangle made')
  await page.keyboard.press('Alt+Shift+ArrowRight')
  equal(/170 by 100$/.test(await spoken()), true, 'Alt and arrows resize')
  await page.keyboard.press('F6')
  equal(await page.evaluate(() => document.activeElement?.getAttribute('data-testid')), 'tool-select')
  process.stdout.write('fingers, pen and keys work\n')
} finally {
  await browser.close()
  await server.close()
}
