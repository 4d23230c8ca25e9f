import { expect, test } from '@playwright/test'
import type { TcpProxy } from '../lib/tcpProxy'
import { GuestBrowser } from './lib/guestBrowser'
import { haveSameText, type Participant } from './lib/participant'
import { startTestRoomWithProxy, throughPort, type TestRoom } from './lib/testRoom'

let room: TestRoom
let proxy: TcpProxy
let browser: GuestBrowser
let anna: Participant
let ben: Participant

test.describe('writing beside others', () => {
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    ;[{ room, proxy }, browser] = await Promise.all([startTestRoomWithProxy(), GuestBrowser.launch()])
    ;[anna, ben] = await Promise.all([
      browser.join(throughPort(room.link, proxy.port), 'Anna', { colour: 1 }),
      browser.join(room.link, 'Ben', { colour: 7 }),
    ])
    await anna.createFirstPage()
    await ben.hasPage()
  })

  test.afterAll(async () => {
    await browser?.close()
    await proxy?.close()
    await room?.server.stop()
  })

  test('shows where others are, with name and colour, and moves that with the text', async () => {
    await anna.editor.focus()
    await anna.editor.type('one two three')
    await ben.editor.putCaretAfter('one two')
    const caret = anna.caretOf('Ben')
    await expect(caret).toBeVisible()
    await expect(caret).toHaveClass(/\bperson-7\b/)
    const before = await caret.boundingBox()
    await anna.editor.putCaretAfter('one')
    await anna.editor.type(' and a half')
    await expect
      .poll(async () => ((await caret.boundingBox())?.x ?? 0) - (before?.x ?? 0))
      .toBeGreaterThan(40)
    await ben.editor.shows('one and a half two three')
    expect(await ben.editor.caret()).toBe('one and a half two'.length)
  })

  test('shows what others have selected, in their colour', async () => {
    await ben.editor.focus()
    await ben.page.keyboard.press('Control+a')
    await expect(anna.page.locator('.remote-selection.person-7').first()).toBeVisible()
    await ben.page.keyboard.press('ArrowRight')
    await expect(anna.page.locator('.remote-selection')).toHaveCount(0)
  })

  test('shows a new name and colour to everybody at once', async () => {
    await ben.introduceAgain('Benedikt', 10)
    await expect(anna.people).toHaveAccessibleName(/Benedikt/)
    await expect(anna.caretOf('Benedikt')).toHaveClass(/\bperson-10\b/)
    await ben.introduceAgain('Ben', 7)
    await expect(anna.caretOf('Ben')).toHaveClass(/\bperson-7\b/)
  })

  test('keeps the caret and the view still when others write and delete above', async () => {
    await anna.pages.create()
    await ben.pages.open('Page 2')
    await anna.editor.shows('')
    await anna.editor.focus()
    const lines = Array.from({ length: 300 }, (_, line) => `line ${line} of a long page`)
    await anna.page.keyboard.insertText(lines.join('\n'))
    await haveSameText([anna, ben])
    await anna.editor.putCaretAfter('line 150 of')
    await anna.page.keyboard.press('ArrowRight')
    const line = anna.editor.content.getByText('line 150 of a long page', { exact: true })
    await expect(line).toBeInViewport()
    const place = await settledPlace(anna)

    await ben.editor.putCaretAfter('line 0')
    await ben.page.keyboard.insertText(`${'inserted above\n'.repeat(40)}`)
    await ben.editor.putCaretAfter('line 100 of')
    await ben.page.keyboard.press('Shift+End')
    await ben.page.keyboard.press('Shift+ArrowDown')
    await ben.page.keyboard.press('Shift+ArrowDown')
    await ben.page.keyboard.press('Delete')
    await haveSameText([anna, ben])
    await expect(line).toBeInViewport()
    expect(Math.abs((await settledPlace(anna)) - place)).toBeLessThan(2)
    await anna.editor.type('HERE')
    await ben.editor.contains('line 150 of HEREa long page')
  })

  test('keeps the view still for somebody who only reads', async () => {
    await anna.editor.putCaretAfter('line 299')
    await expect(anna.editor.content.getByText('line 299 of')).toBeInViewport()
    await anna.editor.scroller.hover()
    await anna.page.mouse.wheel(0, -2_000)
    await expect(anna.editor.content.getByText('line 299 of')).not.toBeInViewport()
    const shown = anna.editor.content.getByText(/^line 2\d\d of/).filter({ visible: true })
    const name = await shown.nth(10).innerText()
    const line = anna.editor.content.getByText(name, { exact: true })
    const before = await line.boundingBox()
    await ben.editor.putCaretAfter('line 10 of')
    await ben.page.keyboard.insertText('\nnew\nnew\nnew')
    await haveSameText([anna, ben])
    expect(Math.abs(((await line.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(2)
  })

  test('takes back only own edits, also those from before and during a lost connection', async () => {
    await anna.pages.create()
    await ben.pages.open('Page 3')
    await ben.editor.shows('')
    await anna.editor.shows('')
    await anna.editor.focus()
    await anna.editor.type('Anna before. ')
    await ben.editor.contains('Anna before. ')
    await ben.editor.goToEnd()
    await ben.editor.type('Ben online. ')
    await haveSameText([anna, ben])

    proxy.refuse()
    await anna.isInState('reconnecting')
    await anna.page.keyboard.press('Home')
    await anna.editor.type('Anna offline. ')
    await ben.editor.type('Ben meanwhile.')
    proxy.heal()
    await anna.tryNow()
    expect(await haveSameText([anna, ben])).toBe('Anna offline. Anna before. Ben online. Ben meanwhile.')

    await anna.editor.focus()
    await expect(async () => {
      await anna.page.keyboard.press('Control+z')
      await anna.editor.shows('Ben online. Ben meanwhile.', 200)
    }).toPass()
    await anna.page.keyboard.press('Control+z')
    expect(await haveSameText([anna, ben])).toBe('Ben online. Ben meanwhile.')
    await expect(async () => {
      await anna.page.keyboard.press('Control+y')
      await anna.editor.shows('Anna offline. Anna before. Ben online. Ben meanwhile.', 200)
    }).toPass()
    await ben.editor.shows('Anna offline. Anna before. Ben online. Ben meanwhile.')
  })

  test('ends when somebody closes the tab: their name and caret go', async () => {
    await ben.pages.open('Page 1')
    await anna.pages.open('Page 1')
    await ben.editor.putCaretAfter('one')
    await expect(anna.caretOf('Ben')).toBeVisible()
    await ben.page.close()
    await expect(anna.caretOf('Ben')).toHaveCount(0)
    await expect(anna.people).not.toHaveAccessibleName(/Ben/)
  })
})

/** How far down the caret is on the screen, in pixels, once it has come to rest. */
async function settledPlace({ page }: Participant): Promise<number> {
  const caret = page.locator('.cm-cursor-primary')
  const measure = async () => (await caret.boundingBox())?.y ?? Number.NaN
  let last = await measure()
  await expect(async () => {
    const now = await measure()
    const isStill = now === last
    last = now
    expect(isStill).toBe(true)
  }).toPass()
  return last
}
