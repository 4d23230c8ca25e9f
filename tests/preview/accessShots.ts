import type { Page } from 'playwright-core'
import { PHONE, type Shot } from './shot'

const WIDE = { width: 1200, height: 860 }

async function invite(page: Page): Promise<void> {
  await page.locator('.invite').click()
  await page.getByTestId('invite-qr').waitFor()
}

async function tab(page: Page, name: 'door' | 'device'): Promise<void> {
  await invite(page)
  await page.getByTestId(`tab-${name}`).click()
}

async function device(page: Page): Promise<void> {
  await page.getByTestId('own-device').click()
  await page.getByTestId('invite-qr').waitFor()
}

async function people(page: Page): Promise<void> {
  await page.getByTestId('presence-list').click()
  await page.getByTestId('people-manage').click()
  await page.getByTestId('people-dialog').waitFor()
}

async function personMenu(page: Page): Promise<void> {
  await people(page)
  await page.getByTestId('people-dialog').locator('.icon-button').first().click()
}

async function check(page: Page): Promise<void> {
  await page.getByTestId('room-menu').click()
  await page
    .getByRole('menuitem')
    .filter({ has: page.locator('.lucide-stethoscope') })
    .click()
  await page.getByTestId('connection-check').locator('ol').first().waitFor()
}

/** Each screen as it is looked at: wide, dark, Chinese, on a phone. */
function inAll(name: string, query: string, act?: (page: Page) => Promise<void>): [string, Shot][] {
  const shot = { act }
  return [
    [name, { ...shot, query, ...WIDE }],
    [`${name}-dark`, { ...shot, query: `${query}&theme=dark`, ...WIDE }],
    [`${name}-chinese`, { ...shot, query: `${query}&locale=zh-CN`, ...WIDE }],
    [`${name}-phone`, { ...shot, query, ...PHONE }],
    [`${name}-phone-dark-chinese`, { ...shot, query: `${query}&theme=dark&locale=zh-CN`, ...PHONE }],
  ]
}

/** Inviting, people, the door, joining, the network. */
export const ACCESS_SHOTS: Readonly<Record<string, Shot>> = Object.fromEntries([
  ...inAll('invite', 'screen=room', invite),
  ...inAll('invite-new', 'screen=room', async (page) => {
    await invite(page)
    await page.getByTestId('invite-new').click()
  }),
  ...inAll('invite-door', 'screen=home', async (page) => {
    await page.getByTestId('home-host').click()
    await tab(page, 'door')
  }),
  ...inAll('invite-device', 'screen=room', async (page) => {
    await tab(page, 'device')
    await device(page)
  }),
  ...inAll('invite-guest', 'screen=room&role=editor', async (page) => {
    await page.locator('.invite').click()
  }),
  ...inAll('people', 'screen=room&state=door', people),
  ...inAll('people-menu', 'screen=room', personMenu),
  ...inAll('door', 'screen=room&state=door', async (page) => {
    await page.getByTestId('door-notice').first().waitFor()
  }),
  ...inAll('reads', 'screen=room&role=viewer'),
  ...inAll('reads-board', 'screen=board&role=viewer'),
  ...inAll('crowded', 'screen=room&role=viewer&state=crowded'),
  ...inAll('waiting', 'screen=room&state=waiting'),
  ...inAll('refused-expired', 'screen=room&state=refused&code=invite-expired'),
  ...inAll('refused-certificate', 'screen=room&state=refused&code=certificate-mismatch'),
  ...inAll('refused-again', 'screen=room&state=refused&code=not-admitted'),
  ...inAll('refused-unanswered', 'screen=room&state=refused&code=not-answered'),
  ...inAll('stuck', 'screen=room&state=stuck'),
  ...inAll('check', 'screen=room&state=stuck', check),
  ...inAll('nearly-full', 'screen=room&state=nearlyFull'),
  ...inAll('home-nearby', 'screen=home'),
  ...inAll('home-quiet', 'screen=home&network=quiet&rooms=none'),
  ...inAll('reach', 'screen=home', async (page) => {
    await page.getByTestId('hosting').getByRole('button').click()
    await page.getByTestId('reachability').locator('pre').waitFor()
  }),
  ...inAll('join-question', 'screen=home&startLink=ask', async (page) => {
    await page.getByTestId('join-facts').waitFor()
  }),
])
