import { expect, test } from '@playwright/test'
import { startAppFor, type AppUser } from './lib/appUser'
import { asGuest, GuestBrowser } from './lib/guestBrowser'
import { haveSameText, type Participant } from './lib/participant'

let user: AppUser
let browser: GuestBrowser
let host: Participant
let guest: Participant
let title: string
let link: string

test.describe('a hosted room', () => {
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    ;[user, browser] = await Promise.all([startAppFor('Anna'), GuestBrowser.launch()])
    host = user.person
    title = host.texts.t('home.defaultTitle', { name: 'Anna' })
    await host.host()
    link = await host.invitation()
    guest = await browser.join(link, 'Ben')
    await host.createFirstPage()
    await host.editor.type('kept')
    await guest.editor.shows('kept')
  })

  test.afterAll(async () => {
    await browser?.close()
    await user?.app.dispose()
  })

  test('has a link and a QR code to give to others, and says when the link is copied', async () => {
    const { page, texts } = host
    await page.getByRole('button', { name: texts.t('room.invite') }).click()
    await expect(page.getByRole('img', { name: texts.t('room.inviteQr') })).toBeVisible()
    await page.getByRole('button', { name: texts.t('room.inviteCopy'), exact: true }).click()
    await expect(page.getByRole('button', { name: texts.t('room.inviteCopied') })).toBeVisible()
    expect(await user.app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(link)
    await page.keyboard.press('Escape')
  })

  test('lists who is in it by name, oneself first', async () => {
    await host.people.click()
    await expect(host.page.getByTestId('presence-names').getByRole('listitem')).toHaveText([
      /Anna.*/,
      /Ben.*/,
    ])
    await host.page.keyboard.press('Escape')
  })

  test('asks before somebody leaves, confirms that all is saved, and tells the others', async () => {
    const { texts } = guest
    await guest.choose(texts.t('room.leave'))
    await guest.page
      .getByRole('alertdialog')
      .getByRole('button', { name: texts.t('app.cancel') })
      .click()
    await guest.editor.shows('kept')

    await guest.leave()
    await expect(guest.says(texts.t('room.leftSafely'))).toBeVisible()
    await expect(host.people).not.toHaveAccessibleName(/Ben/)
    await guest.openRecent(title)
    await guest.isConnected()
    await guest.editor.shows('kept')
    await expect(host.people).toHaveAccessibleName(/Ben/)
  })

  test('stays open for others when its host leaves it', async () => {
    await host.leave()
    await guest.editor.goToEnd()
    await guest.editor.type(' on')
    await guest.hasSaved()
    await expect(host.recent).toContainText(host.texts.t('home.recentHostedOpen'))
    await host.openRecent(title)
    await host.isConnected()
    await host.editor.shows('kept on')
  })

  test('tells everybody when its host closes it, and stays readable', async () => {
    await host.choose(host.texts.t('room.close'))
    await host.confirm(host.texts.t('home.closeRoom'))
    await expect(host.says(host.texts.t('room.closed'))).toBeVisible()
    await guest.isInState('roomClosed')
    await expect(guest.says(guest.texts.t('status.roomClosedText'))).toBeVisible()
    await guest.editor.shows('kept on')
    await guest.editor.goToEnd()
    await guest.editor.type('!')
    await guest.editor.shows('kept on')
  })

  test('refuses those who come while it is closed, and says why', async () => {
    const { page, texts } = guest
    await page.goto(asGuest(link))
    await guest.isInState('refused')
    await expect(
      guest.says(texts.t('status.refusedReason', { reason: texts.error('room-closed') })),
    ).toBeVisible()
  })

  test('is reopened with everything in it, under the same link', async () => {
    await expect(host.recent).not.toContainText(host.texts.t('home.recentHostedOpen'))
    await host.openRecent(title)
    await host.isConnected()
    expect(await host.invitation()).toBe(link)
    await guest.page.reload()
    await guest.isConnected()
    await guest.editor.shows('kept on')
    await guest.editor.goToEnd()
    await guest.editor.type(' again')
    expect(await haveSameText([host, guest])).toBe('kept on again')
  })

  test('is taken up again by a browser that reloads, with name, colour and text', async () => {
    await guest.page.reload()
    await guest.isConnected()
    await guest.editor.shows('kept on again')
    await expect(host.people).toHaveAccessibleName(/Ben/)
  })

  test('is forgotten on a device only after a question', async () => {
    await guest.leave()
    const { page, texts } = guest
    await page.getByRole('button', { name: texts.t('home.moreFor', { title }) }).click()
    await page.getByRole('menuitem', { name: texts.t('home.forget') }).click()
    await guest.confirm(texts.t('home.forget'))
    await expect(page.getByText(texts.t('home.empty'))).toBeVisible()
    await host.editor.shows('kept on again')
  })
})
