/* Takes pictures of the preview: node scripts/run.mjs tests/preview/shoot.ts FOLDER [NAME...] */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { build, preview } from 'vite'
import { ACCESS_SHOTS } from './accessShots'
import { BOARD_SHOTS } from './boardShots'
import { PHONE, type Shot } from './shot'

/** Puts two peers into the text, one with a selection, and types a little offline where asked. */
async function populate(page: Page): Promise<void> {
  await page.waitForSelector('.cm-content')
  await page.evaluate(() => {
    const { own, peers } = (window as unknown as { preview: Preview }).preview
    const [pageId] = [...own.pages.keys()]
    if (pageId === undefined) return
    peers.forEach((peer, index) => {
      const view = peer.openPage(pageId, 'text')
      const text = String(view.content)
      const at = text.indexOf(index === 0 ? 'Binoculars' : 'the small') + 4
      view.setPlace(
        index === 0 ? [Math.max(at, 30), Math.max(at, 30)] : [Math.max(at, 12), Math.max(at, 12) + 9],
      )
    })
  })
}

/** Chooses a room's file, which is asked about. */
async function askAboutRoomFile(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { platform } = (window as unknown as { preview: Preview }).preview
    platform.nextRoomFile = { fileId: 'a'.repeat(26), name: 'Workshop.inkroom' }
  })
  await page.getByTestId('home-room-file').click()
}

interface Preview {
  platform: { setUpdates(changes: object): void; nextRoomFile: object | undefined }
  own: { pages: Map<string, unknown> }
  peers: { openPage(id: string, kind: string): { content: unknown; setPlace(place: number[]): void } }[]
}

async function typeOffline(page: Page): Promise<void> {
  await page.waitForSelector('.cm-content')
  await page.locator('.cm-content').click({ position: { x: 300, y: 120 } })
  await page.keyboard.type('twelve edits', { delay: 5 })
}

const SHOTS: Readonly<Record<string, Shot>> = {
  first: { query: 'screen=first' },
  'first-phone': { query: 'screen=first&theme=dark', ...PHONE },
  home: { query: 'screen=home' },
  'home-empty': { query: 'screen=home&rooms=none' },
  'home-dark': { query: 'screen=home&theme=dark' },
  'home-chinese': { query: 'screen=home&locale=zh-CN' },
  'home-phone': { query: 'screen=home&kind=web', ...PHONE },
  'home-problem': {
    query: 'screen=home',
    act: async (page) => {
      await page.getByTestId('home-join-input').fill('hello')
      await page.getByTestId('home-join').click()
      await page.locator('summary').click()
    },
  },
  'home-update': {
    query: 'screen=home',
    act: async (page) => {
      await page.evaluate(() => {
        const { platform } = (window as unknown as { preview: Preview }).preview
        platform.setUpdates({ step: { name: 'ready', version: '0.2.0' } })
      })
    },
  },
  'room-file': { query: 'screen=home', act: askAboutRoomFile },
  'room-file-dark': { query: 'screen=home&theme=dark&locale=zh-CN', act: askAboutRoomFile },
  room: { query: 'screen=room', act: populate },
  'room-wide': { query: 'screen=room', width: 1720, height: 1000, act: populate },
  'room-dark': { query: 'screen=room&theme=dark', act: populate },
  'room-chinese': { query: 'screen=room&locale=zh-CN', act: populate },
  'room-offline': { query: 'screen=room&state=offline', act: typeOffline },
  'room-phone': { query: 'screen=room', ...PHONE, act: populate },
  'room-phone-offline': { query: 'screen=room&state=offline', ...PHONE, act: typeOffline },
  'room-phone-drawer': {
    query: 'screen=room',
    ...PHONE,
    act: async (page) => {
      await page.waitForSelector('.cm-content')
      await page.locator('.header .icon-button').first().click()
    },
  },
  'room-empty': { query: 'screen=room&state=empty' },
  'room-loading': { query: 'screen=room&state=loading' },
  'room-refused': { query: 'screen=room&state=refused' },
  'room-drafts': {
    query: 'screen=room&state=drafts',
    act: async (page) => {
      await page.getByRole('button', { name: 'Show drafts' }).click()
    },
  },
  'room-people': {
    query: 'screen=room&theme=dark',
    act: async (page) => {
      await populate(page)
      await page.getByTestId('presence-list').click()
    },
  },
  'room-menu': {
    query: 'screen=room',
    act: async (page) => {
      await page.getByTestId('room-menu').click()
    },
  },
  'room-search': {
    query: 'screen=room&theme=dark',
    act: async (page) => {
      await page.waitForSelector('.cm-content')
      await page.keyboard.press('Control+f')
      await page.keyboard.type('the')
    },
  },
  'room-search-phone': {
    query: 'screen=room&locale=zh-CN',
    ...PHONE,
    act: async (page) => {
      await page.locator('.cm-content').click()
      await page.keyboard.press('Control+f')
    },
  },
  'room-toast': {
    query: 'screen=room',
    act: async (page) => {
      await page.waitForSelector('.cm-content')
      await page.locator('.page-open').nth(1).focus()
      await page.keyboard.press('Delete')
      await page.waitForSelector('.toast')
    },
  },
  board: { query: 'screen=board', width: 1400, height: 900 },
  'board-dark': { query: 'screen=board&theme=dark', width: 1400, height: 900 },
  'board-empty': { query: 'screen=board&state=empty&locale=zh-CN' },
  'board-phone': { query: 'screen=board', ...PHONE },
  ...ACCESS_SHOTS,
  ...BOARD_SHOTS,
  settings: {
    query: 'screen=home',
    act: async (page) => {
      await page.keyboard.press('Control+,')
      await page.waitForSelector('.dialog')
    },
  },
  shortcuts: {
    query: 'screen=home&theme=dark',
    act: async (page) => {
      await page.keyboard.press('F1')
      await page.waitForSelector('.dialog')
    },
  },
}

const [folder = '.cache/shots', ...names] = process.argv.slice(2)
await mkdir(folder, { recursive: true })
// Built once: a page of a development server fetches hundreds of modules, again for each picture.
const config = { configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'error' } as const
await build(config)
const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } })
const address = server.resolvedUrls?.local[0] ?? ''
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  for (const [name, shot] of Object.entries(SHOTS)) {
    if (names.length > 0 && !names.includes(name)) continue
    const { width = 1240, height = 800, touch = false } = shot
    const context = await browser.newContext({
      viewport: { width, height },
      hasTouch: touch,
      isMobile: touch,
      deviceScaleFactor: touch ? 2 : 1,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    page.on('pageerror', (error) => process.stderr.write(`${name}: ${error.stack ?? error.message}\n`))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        process.stderr.write(`${name}: ${message.text()}\n`)
    })
    await page.goto(`${address}?${shot.query}`)
    await page.waitForSelector('main')
    try {
      await shot.act?.(page)
    } catch (error) {
      process.stderr.write(`${name}: ${String(error)}\n`)
    }
    await page.evaluate(() => document.fonts.ready)
    await page.evaluate(() =>
      Promise.all(
        document
          .getAnimations()
          // Spinners never end.
          .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
          .map((animation) => animation.finished),
      ),
    )
    await page.screenshot({ path: join(folder, `${name}.png`) })
    await context.close()
  }
} finally {
  await browser.close()
  await server.close()
}
