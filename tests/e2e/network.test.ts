import { expect, test } from '@playwright/test'
import type { TcpProxy } from '../lib/tcpProxy'
import { startAppFor, type AppUser } from './lib/appUser'
import { GuestBrowser } from './lib/guestBrowser'
import { haveSameText, type Participant } from './lib/participant'
import { startTestRoomWithProxy, throughPort, type TestRoom } from './lib/testRoom'
import { Writer } from './lib/writer'

/** Time between two keys of one person, milliseconds. */
const KEY_MS = 40

let room: TestRoom
let proxy: TcpProxy
let appUser: AppUser
let browser: GuestBrowser
/** In the app, behind the proxy. */
let anna: Participant
/** In a browser, behind the proxy. */
let ben: Participant
/** In a browser, with a network that never fails. */
let chen: Participant

test.describe('when the network fails', () => {
  test.describe.configure({ mode: 'serial' })

  test.beforeAll(async () => {
    ;[{ room, proxy }, appUser, browser] = await Promise.all([
      startTestRoomWithProxy(),
      startAppFor('Anna', { colour: 0 }),
      GuestBrowser.launch(),
    ])
    anna = appUser.person
    const link = throughPort(room.link, proxy.port)
    await Promise.all([
      anna.join(link),
      browser.join(link, 'Ben').then((guest) => (ben = guest)),
      browser.join(room.link, 'Chen').then((guest) => (chen = guest)),
    ])
  })

  test.afterAll(async () => {
    await browser?.close()
    await appUser?.app.dispose()
    await proxy?.close()
    await room?.server.stop()
  })

  test('in the middle of typing, everybody goes on, and nothing is lost or doubled when it is back', async () => {
    await chen.createFirstPage()
    await chen.editor.type('Anna: \nBen: \nChen: \n')
    await Promise.all([anna.hasPage(), ben.hasPage()])
    await haveSameText(everybody())

    const writers = [
      new Writer(anna, 'Anna', KEY_MS),
      new Writer(ben, 'Ben', KEY_MS),
      new Writer(chen, 'Chen', KEY_MS),
    ]
    await Promise.all(writers.map(({ person, name }) => person.editor.putCaretAfter(`${name}: `)))
    let isOver = false
    const writing = Promise.all(writers.map((writer) => writer.writeUntil(() => isOver)))

    await expect.poll(() => chen.version(), { timeout: 60_000 }).toBeGreaterThan(20)
    proxy.refuse()
    await Promise.all([anna.isInState('reconnecting'), ben.isInState('reconnecting')])
    for (const person of [anna, ben]) {
      await expect.poll(() => person.unsent()).toBeGreaterThan(10)
      await expect(person.status).toContainText(person.texts.several('status.offline'))
    }
    proxy.heal()
    await Promise.all([anna.isConnected(), ben.isConnected()])
    isOver = true
    await writing

    const text = await haveSameText(everybody())
    expect(text).toBe(writers.map(({ name, written }) => `${name}: ${written}\n`).join(''))
  })

  test('again and again, with messages torn in the middle, nothing is lost or doubled', async () => {
    const before = await haveSameText(everybody())
    const writers = [new Writer(anna, 'Ann', KEY_MS), new Writer(ben, 'Bob', KEY_MS)]
    await anna.editor.putCaretAfter('Anna: ')
    await ben.editor.putCaretAfter('Ben: ')
    let isOver = false
    const writing = Promise.all(writers.map((writer) => writer.writeUntil(() => isOver)))
    for (const [direction, bytes] of [
      ['up', 700],
      ['down', 900],
    ] as const) {
      const { accepted } = proxy
      proxy.cutAfter(direction, bytes)
      await expect.poll(() => proxy.accepted).toBeGreaterThan(accepted)
      await Promise.all([anna.isConnected(), ben.isConnected()])
    }
    isOver = true
    await writing

    const [ann, bob] = writers.map(({ written }) => written)
    expect(await haveSameText(everybody())).toBe(
      before.replace('Anna: ', `Anna: ${ann ?? ''}`).replace('Ben: ', `Ben: ${bob ?? ''}`),
    )
  })

  test('the status says in words what happens, and the person may try at once', async () => {
    proxy.refuse()
    await ben.isInState('reconnecting')
    await expect(ben.status).toContainText(ben.texts.withAny('status.reconnecting', 'seconds'))
    await ben.editor.goToEnd()
    await ben.editor.type('x')
    await expect(ben.status).toContainText(ben.texts.count('status.offline', 1))
    await expect(ben.saveState).toContainText(ben.texts.count('save.unsent', 1))
    proxy.heal()
    await Promise.all([anna.tryNow(), ben.tryNow()])
    await expect(ben.status).toContainText(ben.texts.t('status.connected'))
    await ben.hasSaved()
    await expect(ben.saveState).toContainText(ben.texts.t('save.saved', { version: await ben.version() }))
    await haveSameText(everybody())
  })

  test('those who are cut off without a word are shown gone within 10 s, and notice it themselves', async () => {
    for (const name of ['Anna', 'Ben']) await expect(chen.people).toHaveAccessibleName(new RegExp(name))
    proxy.halfOpen()
    const began = performance.now()
    for (const name of ['Anna', 'Ben']) {
      await expect(chen.people).not.toHaveAccessibleName(new RegExp(name), { timeout: 15_000 })
    }
    expect(performance.now() - began).toBeLessThan(10_000)
    await Promise.all(
      [anna, ben].map((person) => expect(person.status).not.toHaveAttribute('data-state', 'connected')),
    )
    expect(performance.now() - began).toBeLessThan(12_000)
    proxy.heal()
    await Promise.all([anna.isConnected(), ben.isConnected()])
    for (const name of ['Anna', 'Ben']) await expect(chen.people).toHaveAccessibleName(new RegExp(name))
  })
})

function everybody(): readonly Participant[] {
  return [anna, ben, chen]
}
