import { expect, test } from '@playwright/test'
import type { TcpProxy } from '../lib/tcpProxy'
import { restart, startAppFor, type AppUser } from './lib/appUser'
import { GuestBrowser } from './lib/guestBrowser'
import { haveSameText, type Participant } from './lib/participant'
import { startTestRoomWithProxy, throughPort, type TestRoom } from './lib/testRoom'

test.describe('an app that is killed', () => {
  let browser: GuestBrowser
  let room: TestRoom
  let proxy: TcpProxy
  let user: AppUser

  test.beforeAll(async () => {
    ;[browser, { room, proxy }, user] = await Promise.all([
      GuestBrowser.launch(),
      startTestRoomWithProxy(),
      startAppFor('Anna'),
    ])
  })

  test.afterAll(async () => {
    await browser?.close()
    await user?.app.dispose()
    await proxy?.close()
    await room?.server.stop()
  })

  test('as a guest, offline and with unsent edits, has everything again, offline too, and sends it later', async () => {
    const ben = await browser.join(room.link, 'Ben')
    await ben.createFirstPage()
    await ben.editor.type('Ben was here.\nAnna: ')
    await ben.hasSaved()
    await user.person.join(throughPort(room.link, proxy.port))
    await user.person.hasPage()
    await user.person.editor.shows('Ben was here.\nAnna: ')

    proxy.refuse()
    await user.person.isInState('reconnecting')
    await user.person.editor.goToEnd()
    await user.person.editor.type('written offline 汉字 🙂', 10)
    await user.person.pages.create()
    await user.person.pages.show(['Page 1', 'Page 2'])
    await user.person.editor.shows('')
    await user.person.editor.type('a page made offline', 10)
    // What has been on the screen for 100 ms survives: the last letter is kept as soon as it is counted.
    await expect.poll(() => user.person.unsent()).toBeGreaterThan(10)
    await user.app.kill()
    await ben.editor.goToEnd()
    await ben.page.keyboard.press('Home')
    await ben.editor.type('Meanwhile. ')

    user = await restart(user)
    const anna = user.person
    await anna.openRecent(room.title)
    await anna.isInState('reconnecting')
    await anna.pages.show(['Page 1', 'Page 2'])
    await anna.pages.open('Page 1')
    await anna.editor.shows('Ben was here.\nAnna: written offline 汉字 🙂')
    await anna.pages.open('Page 2')
    await anna.editor.shows('a page made offline')
    await expect(anna.status).toContainText(anna.texts.several('status.offline'))

    proxy.heal()
    await anna.tryNow()
    await ben.pages.show(['Page 1', 'Page 2'])
    await anna.pages.open('Page 1')
    expect(await haveSameText([anna, ben])).toBe('Ben was here.\nMeanwhile. Anna: written offline 汉字 🙂')
    await ben.pages.open('Page 2')
    await ben.editor.shows('a page made offline')
    await expect(anna.page.getByText(anna.texts.several('drafts.banner'))).toHaveCount(0)
  })
})

test.describe('a host that is killed', () => {
  let browser: GuestBrowser
  let user: AppUser

  test.beforeAll(async () => {
    ;[browser, user] = await Promise.all([GuestBrowser.launch(), startAppFor('Anna')])
  })

  test.afterAll(async () => {
    await browser?.close()
    await user?.app.dispose()
  })

  test('comes back with the room and everything in it, at the same address, and its guests are in it again', async () => {
    const title = user.person.texts.t('home.defaultTitle', { name: 'Anna' })
    await user.person.host()
    const link = await user.person.invitation()
    await user.person.createFirstPage()
    await user.person.editor.type('Anna and ')
    const ben = await browser.join(link, 'Ben')
    await ben.editor.shows('Anna and ')
    await ben.editor.goToEnd()
    await ben.editor.type('Ben')
    await haveSameText([user.person, ben])

    await user.app.kill()
    await ben.isInState('reconnecting')
    await ben.editor.type(' and more')
    await expect(ben.status).toContainText(ben.texts.several('status.offline'))

    user = await restart(user)
    const anna = user.person
    await anna.openRecent(title)
    await anna.isConnected()
    expect(await anna.invitation()).toBe(link)
    await ben.isConnected()
    expect(await haveSameText([anna, ben])).toBe('Anna and Ben and more')
    await seeEachOther(anna, ben)
  })
})

async function seeEachOther(anna: Participant, ben: Participant): Promise<void> {
  await expect(anna.people).toHaveAccessibleName(/Ben/)
  await expect(ben.people).toHaveAccessibleName(/Anna/)
}
