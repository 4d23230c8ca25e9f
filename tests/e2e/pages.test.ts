import { expect, test } from '@playwright/test'
import { GuestBrowser } from './lib/guestBrowser'
import type { Participant } from './lib/participant'
import { startTestRoom, type TestRoom } from './lib/testRoom'

let room: TestRoom
let browser: GuestBrowser
let anna: Participant
let ben: Participant

test.describe('the pages of a room', () => {
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    ;[room, browser] = await Promise.all([startTestRoom(), GuestBrowser.launch()])
    ;[anna, ben] = await Promise.all([browser.join(room.link, 'Anna'), browser.join(room.link, 'Ben')])
  })

  test.afterAll(async () => {
    await browser?.close()
    await room?.server.stop()
  })

  /** Both lists are read at each attempt: neither of them is right until they are equal. */
  const haveSameTitles = (): Promise<void> =>
    expect(async () => expect(await ben.pages.titles()).toEqual(await anna.pages.titles())).toPass({
      timeout: 10_000,
    })

  test('are made, and everybody has them in the same order', async () => {
    await anna.createFirstPage()
    await anna.pages.create()
    await ben.pages.show(['Page 1', 'Page 2'])
    await ben.pages.create()
    await anna.pages.show(['Page 1', 'Page 2', 'Page 3'])
  })

  test('are renamed by key, by double click and from their menu', async () => {
    await anna.pages.rename('Page 1', 'Agenda')
    await anna.pages.item('Page 2').dblclick()
    await anna.page.keyboard.type('Minutes')
    await anna.page.keyboard.press('Enter')
    await anna.pages.fromMenu('Page 3', anna.texts.t('pages.rename'))
    await anna.page.keyboard.type('Ideas')
    await anna.page.keyboard.press('Enter')
    await Promise.all([anna, ben].map(({ pages }) => pages.show(['Agenda', 'Minutes', 'Ideas'])))
  })

  test('keep their old title when renaming is given up', async () => {
    await anna.pages.item('Agenda').focus()
    await anna.page.keyboard.press('F2')
    await anna.page.keyboard.type('Nonsense')
    await anna.page.keyboard.press('Escape')
    await expect(anna.pages.item('Agenda')).toBeFocused()
    await anna.pages.show(['Agenda', 'Minutes', 'Ideas'])
  })

  test('are moved by key', async () => {
    await anna.pages.move('Agenda', 2)
    await Promise.all([anna, ben].map(({ pages }) => pages.show(['Minutes', 'Ideas', 'Agenda'])))
    await ben.pages.move('Agenda', -1)
    await Promise.all([anna, ben].map(({ pages }) => pages.show(['Minutes', 'Agenda', 'Ideas'])))
  })

  test('are moved by dragging', async () => {
    await anna.pages.drag('Ideas', 'Minutes')
    await Promise.all([anna, ben].map(({ pages }) => pages.show(['Ideas', 'Minutes', 'Agenda'])))
    await anna.pages.drag('Ideas', 'Agenda')
    await Promise.all([anna, ben].map(({ pages }) => pages.show(['Minutes', 'Agenda', 'Ideas'])))
  })

  test('are deleted, and one click brings them back with everything in them', async () => {
    await anna.pages.open('Agenda')
    await anna.editor.focus()
    await anna.editor.type('to be kept')
    await ben.pages.open('Agenda')
    await ben.editor.shows('to be kept')
    await anna.pages.remove('Agenda')
    await ben.pages.show(['Minutes', 'Ideas'])
    await expect(ben.says(ben.texts.t('pages.pageGone'))).toBeVisible()
    await anna.page.getByRole('button', { name: anna.texts.t('app.undo') }).click()
    await Promise.all([anna, ben].map(({ pages }) => pages.show(['Minutes', 'Agenda', 'Ideas'])))
    await ben.editor.shows('to be kept')
    await anna.pages.open('Agenda')
    await anna.editor.shows('to be kept')
  })

  test('that others deleted can be brought back by whoever reads them', async () => {
    await ben.pages.open('Minutes')
    await anna.pages.remove('Minutes')
    await ben.page.getByRole('button', { name: ben.texts.t('pages.pageRestore') }).click()
    await Promise.all([anna, ben].map(({ pages }) => pages.show(['Minutes', 'Agenda', 'Ideas'])))
  })

  test('end in the same order with the same titles when two people move and rename at once', async () => {
    for (let round = 0; round < 3; round++) {
      const [first = '', second = '', third = ''] = await anna.pages.titles()
      await Promise.all([
        (async () => {
          await anna.pages.move(first, 2)
          await anna.pages.rename(second, `${second} A${round}`)
          await anna.pages.create()
        })(),
        (async () => {
          await ben.pages.move(third, -1)
          await ben.pages.rename(third, `${third} B${round}`)
          await ben.pages.move(`${third} B${round}`, -1)
        })(),
      ])
      await expect.poll(() => anna.pages.titles()).toHaveLength(4 + round)
      await haveSameTitles()
      const titles = await anna.pages.titles()
      expect(titles.filter((title) => title.includes(` A${round}`))).toHaveLength(1)
      expect(titles.filter((title) => title.includes(` B${round}`))).toHaveLength(1)
    }
    const chen = await browser.join(room.link, 'Chen')
    await chen.pages.show(await anna.pages.titles())
    await ben.pages.show(await anna.pages.titles())
  })

  test('have the same title everywhere when two people rename one at the same moment', async () => {
    const [title = ''] = await anna.pages.titles()
    await Promise.all([anna, ben].map(({ pages }) => pages.startRenaming(title)))
    await anna.page.keyboard.press('Home')
    await ben.page.keyboard.press('End')
    await Promise.all([anna.page.keyboard.type('Anna '), ben.page.keyboard.type(' Ben')])
    await Promise.all([anna, ben].map(({ page }) => page.keyboard.press('Enter')))
    await expect.poll(async () => (await ben.pages.titles())[0]).not.toBe(title)
    await haveSameTitles()
  })
})
