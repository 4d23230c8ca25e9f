import { expect, test, type CDPSession, type Page } from '@playwright/test'
import { startAppFor, type AppUser } from './lib/appUser'
import { GuestBrowser } from './lib/guestBrowser'
import { haveSameText, type Participant } from './lib/participant'
import { startTestRoom, type TestRoom } from './lib/testRoom'

declare global {
  interface Window {
    /** Names of the composition events so far. */
    compositionEvents: string[]
  }
}

let room: TestRoom
let browser: GuestBrowser
let user: AppUser
let inApp: Participant
let inBrowser: Participant
/** Writes in the same line meanwhile. */
let peer: Participant

test.describe('an input method', () => {
  test.beforeAll(async () => {
    ;[room, browser, user] = await Promise.all([startTestRoom(), GuestBrowser.launch(), startAppFor('App')])
    inApp = user.person
    ;[, inBrowser, peer] = await Promise.all([
      inApp.join(room.link),
      browser.join(room.link, 'Browser'),
      browser.join(room.link, 'Peer'),
    ])
    for (const { page } of [inApp, inBrowser]) await recordCompositions(page)
  })

  test.afterAll(async () => {
    await browser?.close()
    await user?.app.dispose()
    await room?.server.stop()
  })

  for (const { place, composer } of [
    { place: 'a browser', composer: () => inBrowser },
    { place: 'the app', composer: () => inApp },
  ]) {
    test(`in ${place} is never broken by somebody who types in the same line`, async () => {
      const person = composer()
      await onNewPage(person, 'start middle end\n')
      const ime = await person.page.context().newCDPSession(person.page)
      await person.editor.putCaretAfter('start ')

      let isOver = false
      let typed = 0
      await peer.editor.putCaretAfter('middle')
      const typing = (async () => {
        for (; !isOver; typed++) await peer.editor.type('x', 15)
      })()
      await expect.poll(() => peer.editor.text()).toContain('middlexx')
      for (const text of ['n', 'ni', 'ni h', 'ni ha', 'ni hao']) {
        await compose(ime, text)
        const before = await peer.version()
        await person.editor.contains(`start ${text}middle`)
        // Others go on between two keys, so that their edits come in the middle of the composition.
        await expect.poll(() => peer.version()).toBeGreaterThan(before)
      }
      expect(await compositionEvents(person.page)).toEqual(['compositionstart'])
      await ime.send('Input.insertText', { text: '你好' })
      await person.editor.contains('start 你好middlexx')
      await person.editor.type(' and 汉字 ')
      isOver = true
      await typing

      expect(await compositionEvents(person.page)).toEqual(['compositionstart', 'compositionend'])
      expect(await haveSameText([person, peer])).toBe(`start 你好 and 汉字 middle${'x'.repeat(typed)} end\n`)
    })

    test(`in ${place} that is given up leaves the line as it was, with what others wrote meanwhile`, async () => {
      const person = composer()
      await onNewPage(person, 'one two\n')
      const ime = await person.page.context().newCDPSession(person.page)
      await person.editor.putCaretAfter('one ')
      await compose(ime, 'zhong')
      await person.editor.contains('one zhongtwo')
      await peer.editor.putCaretAfter('one')
      await peer.editor.type('!')
      await compose(ime, '')
      await Promise.all([person, peer].map(({ editor }) => editor.shows('one! two\n')))
      await person.editor.type('more ')
      expect(await haveSameText([person, peer])).toBe('one! more two\n')
    })
  }
})

/** Shows both a new page with a text. */
async function onNewPage(person: Participant, text: string): Promise<void> {
  await peer.pages.create()
  await peer.editor.shows('')
  await peer.editor.focus()
  await peer.editor.type(text)
  const title = (await peer.pages.titles()).at(-1) ?? ''
  await expect(person.pages.item(title)).toBeVisible()
  await person.pages.open(title)
  await person.editor.shows(text)
  await person.page.evaluate(() => {
    window.compositionEvents = []
  })
}

async function compose(ime: CDPSession, text: string): Promise<void> {
  await ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
}

async function recordCompositions(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.compositionEvents = []
    for (const name of ['compositionstart', 'compositionend']) {
      document.addEventListener(name, () => window.compositionEvents.push(name), { capture: true })
    }
  })
}

function compositionEvents(page: Page): Promise<string[]> {
  return page.evaluate(() => window.compositionEvents)
}
