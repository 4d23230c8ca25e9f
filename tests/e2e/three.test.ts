import { expect, test } from '@playwright/test'
import { createHash } from 'node:crypto'
import type { AppUser } from './lib/appUser'
import { GUEST_HOST, type GuestBrowser } from './lib/guestBrowser'
import { haveSameText, type Participant } from './lib/participant'
import { startThreePlaces } from './lib/threePlaces'
import { Writer } from './lib/writer'

/** How long three people write at once, milliseconds. */
const WRITING_MS = 60_000
/** Time between two keys of one person, milliseconds: fast typists need 70. */
const KEY_MS = 70
/** In the last third of that time two of them write so many letters each at so many spots, one after the other. */
const SPOTS = 4
const SPOT_LETTERS = Math.floor(WRITING_MS / 3 / SPOTS / KEY_MS)
const NAMES = ['Anna', 'Ben', 'Chen']

let hostUser: AppUser
let guestUser: AppUser
let browser: GuestBrowser
let host: Participant
let appGuest: Participant
let browserGuest: Participant
let link: string

test.describe('three people, two in the app and one in a browser', () => {
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    ;({ anna: hostUser, ben: guestUser, browser } = await startThreePlaces())
    host = hostUser.person
    appGuest = guestUser.person
  })

  test.afterAll(async () => {
    await browser?.close()
    await Promise.all([guestUser?.app.dispose(), hostUser?.app.dispose()])
  })

  test('meet in a room: hosted with one click, joined by the pasted link and by opening it', async () => {
    await host.host()
    link = await host.invitation()
    await appGuest.join(link)
    // The hardest way in for a browser: without encryption, and so without what secure contexts have.
    await hostUser.app.page.evaluate(() => window.inkroom.hosting.setPlainBrowsers({ on: true }))
    browserGuest = await browser.join(link.replace('https:', 'http:'), 'Chen', { colour: 8 })
    for (const person of [host, appGuest, browserGuest]) {
      await expect(person.people).toHaveAccessibleName(/Anna/)
      await expect(person.people).toHaveAccessibleName(/Ben/)
      await expect(person.people).toHaveAccessibleName(/Chen/)
    }
  })

  test('the guest in the browser is no secure context, as on a real network', async () => {
    const { page } = browserGuest
    expect(new URL(page.url()).hostname).toBe(GUEST_HOST)
    expect(await page.evaluate(() => [window.isSecureContext, typeof crypto.subtle])).toEqual([
      false,
      'undefined',
    ])
  })

  test('write at once for a minute, two of them also at one spot, and end with the same text', async () => {
    test.setTimeout(WRITING_MS + 120_000)
    await host.createFirstPage()
    await Promise.all([appGuest.hasPage(), browserGuest.hasPage()])
    const spots = Array.from({ length: SPOTS }, (_, spot) => `Spot ${spot}: .`)
    await host.editor.type(['# Minutes', ...NAMES.map((name) => `${name}: `), ...spots].join('\n'))
    await haveSameText(everybody())

    const anna = new Writer(host, 'Anna', KEY_MS)
    const ben = new Writer(appGuest, 'Ben', KEY_MS)
    const chen = new Writer(browserGuest, 'Chen', KEY_MS)
    await Promise.all([anna, ben, chen].map(({ person, name }) => person.editor.putCaretAfter(`${name}: `)))
    const began = performance.now()
    const hasPassed = (ms: number) => () => performance.now() - began > ms
    let isDone = false
    const chenWrites = chen.writeUntil(() => isDone)
    await Promise.all([anna, ben].map((writer) => writer.writeUntil(hasPassed((WRITING_MS * 2) / 3))))
    const runs = await writeAtSpots()
    isDone = true
    await chenWrites
    expect(performance.now() - began).toBeGreaterThan(WRITING_MS)

    const text = await haveSameText(everybody())
    const lines = text.split('\n')
    const own = [anna, ben, chen].map(({ name, written }) => `${name}: ${written}`)
    expect(lines.splice(0, 4)).toEqual(['# Minutes', ...own])
    for (const [spot, { a, b }] of runs.entries()) {
      expect([`Spot ${spot}: ${a}${b}.`, `Spot ${spot}: ${b}${a}.`]).toContain(lines[spot])
    }
    expect(lines).toHaveLength(SPOTS)
  })

  test('see on every screen what somebody who comes later gets from the server', async () => {
    const latecomer = await browser.join(link, 'Dora')
    await latecomer.hasPage()
    const texts = await Promise.all([...everybody(), latecomer].map(({ editor }) => editor.text()))
    const [first, ...others] = texts.map((text) => createHash('sha256').update(text).digest('hex'))
    expect(texts[0]?.length).toBeGreaterThan(1_000)
    expect(others).toEqual([first, first, first])
  })
})

function everybody(): readonly Participant[] {
  return [host, appGuest, browserGuest]
}

/** Lets two people write at the same spots at the same time, one after the other, and says what each wrote there. */
async function writeAtSpots(): Promise<{ a: string; b: string }[]> {
  const runs: { a: string; b: string }[] = []
  for (let spot = 0; spot < SPOTS; spot++) {
    await Promise.all([host, appGuest].map(({ editor }) => editor.putCaretAfter(`Spot ${spot}: `)))
    const run = { a: 'a'.repeat(SPOT_LETTERS), b: 'b'.repeat(SPOT_LETTERS) }
    await Promise.all([host.editor.type(run.a, KEY_MS), appGuest.editor.type(run.b, KEY_MS)])
    runs.push(run)
  }
  return runs
}
