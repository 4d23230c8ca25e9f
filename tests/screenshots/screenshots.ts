import { expect, test, type Page } from '@playwright/test'
import type { Locale } from '../../src/shared/settings'
import { startAppFor, type AppUser } from '../e2e/lib/appUser'
import { GuestBrowser, type GuestOptions } from '../e2e/lib/guestBrowser'
import type { Participant } from '../e2e/lib/participant'
import { startTestRoomWithProxy, throughPort, type TestRoom } from '../e2e/lib/testRoom'
import type { TcpProxy } from '../lib/tcpProxy'
import { SCENES, type Scene } from './scenes'
import { takePicture, WINDOW } from './takePicture'

const PHONE: GuestOptions = {
  viewport: { width: 390, height: 780 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
}
/** Places in the palette. */
const COLOURS = [7, 1, 10] as const

for (const locale of ['en', 'zh-CN'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`${locale}, ${theme}`, () => takePictures(locale, theme))
  }
}

async function takePictures(locale: Locale, theme: 'light' | 'dark'): Promise<void> {
  const scene = SCENES[locale]
  const shoot = (page: Page, subject: string) =>
    takePicture(page, `${subject}-${theme}-${locale === 'en' ? 'en' : 'zh'}`)
  const [{ room, proxy }, browser, user, newcomer] = await Promise.all([
    startTestRoomWithProxy(scene.room),
    GuestBrowser.launch(),
    startAppFor(scene.self, { locale, theme, colour: COLOURS[0] }, { network: 'loopback' }),
    startAppFor('', { locale, theme }),
  ])
  try {
    await Promise.all([user, newcomer].map(({ app }) => app.resize(WINDOW)))
    await shootFirstRun(newcomer, scene.self, shoot)
    const { person } = user
    await person.join(throughPort(room.link, proxy.port))
    const others = await fill(room, browser, scene, person, { locale, theme })
    await shootRoom(scene, person, others, shoot)
    await shoot(others[1].page, 'phone')
    await shootOffline(scene, person, proxy, shoot)
    await shootHome(person, shoot)
  } finally {
    await browser.close()
    await Promise.all([user.app.dispose(), newcomer.app.dispose()])
    await proxy.close()
    await room.server.stop()
  }
}

type Shoot = (page: Page, subject: string) => Promise<void>

/** Fills the room with pages, and lets the others in, the second on a phone. They stay on the first page. */
async function fill(
  room: TestRoom,
  browser: GuestBrowser,
  scene: Scene,
  person: Participant,
  look: Pick<GuestOptions, 'locale' | 'theme'>,
): Promise<readonly [Participant, Participant]> {
  await person.createFirstPage()
  await person.editor.focus()
  await person.page.keyboard.insertText(scene.text)
  for (let page = 1; page < scene.pages.length; page++) await person.pages.create()
  const made = await person.pages.titles()
  for (const [index, title] of scene.pages.entries()) await person.pages.rename(made[index] ?? '', title)
  await person.pages.open(scene.pages[0] ?? '')
  await person.hasSaved()
  const first = await browser.join(room.link, scene.others[0], { colour: COLOURS[1] })
  const second = await browser.join(room.link, scene.others[1], { ...PHONE, ...look, colour: COLOURS[2] })
  await Promise.all([first, second].map(({ editor }) => editor.shows(scene.text)))
  return [first, second]
}

async function shootRoom(
  scene: Scene,
  { page, editor }: Participant,
  [first, second]: readonly [Participant, Participant],
  shoot: Shoot,
): Promise<void> {
  await second.editor.putCaretAfter(scene.behind)
  await second.editor.type(scene.typed, 20)
  await second.hasSaved()
  await editor.contains(`${scene.behind}${scene.typed}`)
  await editor.putCaretAfter(scene.readBehind)
  await editor.scroller.evaluate((element) => element.scrollTo(0, 0))
  // Names stand at carets that have just moved.
  await Promise.all([first.editor.select(scene.selected), second.page.keyboard.press('ArrowRight')])
  const names = page.locator('.remote-caret span')
  await expect(names).toHaveCount(2)
  for (const name of await names.all()) await expect(name).toHaveCSS('opacity', '1')
  await shoot(page, 'room')
}

async function shootOffline(scene: Scene, person: Participant, proxy: TcpProxy, shoot: Shoot): Promise<void> {
  proxy.refuse()
  await person.isInState('reconnecting')
  await person.editor.putCaretAfter(scene.offlineBehind)
  await person.editor.type(scene.offline)
  // Between two attempts the status names the edits; the first attempts follow each other too closely for a picture.
  await expect(person.status).toContainText(person.texts.several('status.offline'))
  await expect(person.status.getByRole('button')).toHaveText(/[3-9]/, { timeout: 30_000 })
  await shoot(person.page, 'offline')
  proxy.heal()
  await person.tryNow()
  await person.hasSaved()
}

/** Home, with a room of one's own and the one that was joined. */
async function shootHome(person: Participant, shoot: Shoot): Promise<void> {
  await person.leave()
  await person.host()
  await person.leave()
  await person.dismissMessages()
  // What the mouse rests on looks different, and fades.
  await person.page.mouse.move(0, 0)
  await person.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
  await shoot(person.page, 'home')
}

async function shootFirstRun({ person }: AppUser, name: string, shoot: Shoot): Promise<void> {
  await person.page.getByLabel(person.texts.t('profile.name')).fill(name)
  await person.chooseColour(COLOURS[0])
  await shoot(person.page, 'first-run')
}
