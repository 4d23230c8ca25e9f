import type { Page } from 'playwright-core'
import { PHONE, type Shot } from './shot'

const LARGE = { width: 1400, height: 900 }

interface BoardPreview {
  readonly boardId: string
  readonly peers: readonly {
    openPage(id: string, kind: string): { setPlace(place: unknown[]): void }
    readonly pageList: { setPlace(place: unknown[]): void }
  }[]
}

async function ready(page: Page): Promise<void> {
  await page.getByTestId('board-surface').waitFor()
  await page.evaluate(() => document.fonts.ready)
}

/** Puts the peers onto the board: one writes in a label, the other points with a shape selected. */
async function populate(page: Page): Promise<void> {
  await ready(page)
  await page.evaluate(() => {
    const { boardId, peers } = (window as unknown as { preview: BoardPreview }).preview
    peers.forEach((peer, index) => {
      const view = peer.openPage(boardId, 'board')
      const record = index === 0 ? 'f' : 'c'
      const place: unknown[] = [{ view: [-200, -200, 1400, 900] }]
      if (index === 0) place.push({ record, key: 'label', offset: 4 })
      else place.push({ point: [820, 60] }, { record })
      view.setPlace(place)
      peer.pageList.setPlace([{ record: boardId }])
    })
  })
}

/** Selects the shapes that Tab reaches first. */
async function tab(page: Page, times: number): Promise<void> {
  await page.getByTestId('board-surface').focus()
  for (let i = 0; i < times; i++) await page.keyboard.press('Tab')
}

async function select(page: Page): Promise<void> {
  await populate(page)
  await tab(page, 2)
}

async function selectArrow(page: Page): Promise<void> {
  await ready(page)
  await page.keyboard.press('a')
}

async function openMenu(page: Page): Promise<void> {
  await ready(page)
  await tab(page, 2)
  await page.keyboard.press('Control+a')
  await page.getByTestId('board-surface').click({ button: 'right', position: { x: 620, y: 300 } })
  await page.getByRole('menu').waitFor()
}

/** Pictures are decoded beside the page's own work: nothing on the page says when they are done. */
async function decoded(page: Page): Promise<void> {
  await ready(page)
  await page.waitForTimeout(1500)
}

async function describePicture(page: Page): Promise<void> {
  await decoded(page)
  await tab(page, 1)
  await page.keyboard.press('Enter')
}

async function writeLabel(page: Page): Promise<void> {
  await populate(page)
  await tab(page, 2)
  await page.keyboard.press('Enter')
  await page.keyboard.press('End')
}

async function follow(page: Page): Promise<void> {
  await populate(page)
  await page.getByTestId('presence-list').click()
  await page.getByTestId('presence-names').getByRole('button').first().click()
  await page.keyboard.press('Escape')
}

async function drawByKeys(page: Page): Promise<void> {
  await ready(page)
  for (const key of ['r', 'ArrowRight', 'Shift+ArrowDown']) await page.keyboard.press(key)
}

async function people(page: Page): Promise<void> {
  await populate(page)
  await page.getByTestId('presence-list').click()
}

async function openStyle(page: Page): Promise<void> {
  await ready(page)
  await tab(page, 2)
  await page.getByTestId('board-style-fold').click()
}

/** What a board looks like in all its states. */
export const BOARD_SHOTS: Readonly<Record<string, Shot>> = {
  pictures: { query: 'screen=board&state=pictures', ...LARGE, act: decoded },
  'pictures-dark-chinese': {
    query: 'screen=board&state=pictures&theme=dark&locale=zh-CN',
    ...LARGE,
    act: describePicture,
  },
  'pictures-phone': { query: 'screen=board&state=pictures', ...PHONE, act: describePicture },
  'board-select': { query: 'screen=board', ...LARGE, act: select },
  'board-select-dark': { query: 'screen=board&theme=dark', ...LARGE, act: select },
  'board-select-chinese': { query: 'screen=board&locale=zh-CN', ...LARGE, act: select },
  'board-arrow-chinese': { query: 'screen=board&locale=zh-CN', ...LARGE, act: selectArrow },
  'board-arrow': { query: 'screen=board', ...LARGE, act: selectArrow },
  'board-menu': { query: 'screen=board', ...LARGE, act: openMenu },
  'board-menu-chinese': { query: 'screen=board&locale=zh-CN&theme=dark', ...LARGE, act: openMenu },
  'board-label': { query: 'screen=board', ...LARGE, act: writeLabel },
  'board-follow': { query: 'screen=board&theme=dark', ...LARGE, act: follow },
  'board-follow-phone': { query: 'screen=board&locale=zh-CN', ...PHONE, act: follow },
  'board-keys': { query: 'screen=board', ...LARGE, act: drawByKeys },
  'board-people': { query: 'screen=board', ...LARGE, act: people },
  'board-style-phone': { query: 'screen=board&theme=dark&locale=zh-CN', ...PHONE, act: openStyle },
  'board-help': {
    query: 'screen=board&locale=zh-CN',
    ...LARGE,
    act: async (page) => {
      await ready(page)
      await page.keyboard.press('F1')
      await page.waitForSelector('.dialog')
    },
  },
}
