import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import HomeScreen from '../../../../src/renderer/screens/HomeScreen.vue'
import RoomScreen from '../../../../src/renderer/screens/RoomScreen.vue'
import type { Role } from '../../../../src/shared/protocol/values'
import { FAKE_FINGERPRINT } from '../../../lib/access/fakeAccess'
import { FakePlatform } from '../../../lib/fakePlatform'
import { FakeRoom, FakeRoomClient } from '../../../lib/fakeRoomClient'
import {
  button,
  byTestId,
  choose,
  item,
  openMenu,
  press,
  show,
  withLabel,
  withText,
} from '../../../lib/onScreen'
import { onlineClient, testApp } from '../../../lib/withApp'

describe('a link that another program handed over', () => {
  const link = `inkroom://10.0.0.5:4600/room/${'c'.repeat(32)}`

  it.each([
    ['Join', 1],
    ['Cancel', 0],
  ])('is followed only after a yes: %s', async (answer, opened) => {
    const app = testApp(new FakePlatform({ startLink: link, startLinkNeedsConfirmation: true }))
    await show(app, HomeScreen)
    expect(app.opened).toEqual([])
    expect(byTestId('join-facts').textContent).toContain('10.0.0.5:4600')
    await press(button(answer))
    expect(app.opened).toHaveLength(opened)
    expect(app.navigation.screen.value.name).toBe(opened === 1 ? 'room' : 'home')
  })
})

describe('rooms nearby', () => {
  const recipes = {
    roomId: 'f'.repeat(32),
    title: 'Recipes',
    hostName: 'kitchen-pc',
    link: `https://10.0.0.9:4600/room/${'f'.repeat(32)}`,
  }

  it('are joined with one press', async () => {
    const app = testApp()
    await show(app, HomeScreen)
    expect(byTestId('nearby').textContent).toContain('appears here by itself')
    app.platform.setNearby([recipes])
    await flushPromises()
    await press(withLabel('Join Recipes on kitchen-pc'))
    expect(app.opened[0]).toMatchObject({ title: 'Recipes', link: { origins: ['https://10.0.0.9:4600'] } })
  })

  it('are nothing that a browser could find', async () => {
    await show(testApp(new FakePlatform({ kind: 'web' })), HomeScreen)
    expect(document.querySelector('[data-testid="nearby"]')).toBeNull()
  })
})

/** Somebody in another person's room. */
function editor(): FakeRoomClient {
  const client = new FakeRoomClient(new FakeRoom('Room'), {
    sessionId: 'ben',
    profile: { name: 'Ben', colour: 1 },
    role: 'editor',
  })
  client.setOnline(true)
  return client
}

/** Lets the owner of a room know Ben, who is in it, as a member. */
function makeMember(owner: FakeRoomClient, shared: FakeRoom, role: Role): void {
  const ben = shared.people.value.find(({ name }) => name === 'Ben')
  const state = owner.access.state.value
  if (ben === undefined || state === undefined) throw new Error('Ben is here and Anna owns the room')
  const { deviceId, personId, name, colour } = ben
  const member = { deviceId, personId, name, colour, role, pageRoles: {}, banned: false, lastSeen: 1 }
  owner.access.state.set({ ...state, members: [member] })
}

describe('a room with a door', () => {
  const link = { roomId: 'a'.repeat(32), origins: ['https://10.0.0.5:4600'] }

  async function room(client = onlineClient()) {
    const app = testApp()
    await show(app, RoomScreen, { room: { client, link, hosted: undefined } })
    return { app, client }
  }

  it('says in words that one reads here, and takes the writing away while one writes', async () => {
    const { client } = await room()
    await press(byTestId('page-first'))
    expect(byTestId('editor').getAttribute('aria-readonly')).toBeNull()
    client.access.role.set('viewer')
    await flushPromises()
    expect(byTestId('reads-here').textContent).toContain('You can read here')
    expect(byTestId('editor').getAttribute('aria-readonly')).toBe('true')
    client.access.role.set('editor')
    await flushPromises()
    expect(document.querySelector('[data-testid="reads-here"]')).toBeNull()
    expect(byTestId('editor').getAttribute('aria-readonly')).toBeNull()
  })

  it('shows the owner a code to scan and a link to copy', async () => {
    const { app } = await room()
    await press(withLabel('Invite'))
    const link = byTestId('invite-link') as HTMLInputElement
    expect(link.value).toMatch(/^https:.*#invite=/)
    expect(byTestId('invite-qr').getAttribute('alt')).toBe('QR code of the invitation link')
    await press(withText('button', 'Copy link'))
    expect(app.platform.copied).toEqual([link.value])
    await press(withText('button', 'Copy link for the app'))
    expect(app.platform.copied[1]).toMatch(/^inkroom:/)
  })

  it('lets others bring in nobody but themselves with their other device', async () => {
    await room(editor())
    await press(withLabel('Invite'))
    expect(document.querySelector('[data-testid="invite-list"]')).toBeNull()
    await press(byTestId('own-device'))
    expect((byTestId('invite-link') as HTMLInputElement).value).toContain('#invite=')
  })

  it('asks the owner about somebody at the door without taking the focus away', async () => {
    const { client } = await room()
    await press(byTestId('page-first'))
    const focused = document.activeElement
    const state = client.access.state.value
    const ada = { deviceId: 'ada', name: 'Ada', colour: 3, role: 'viewer' as const, invited: false }
    if (state !== undefined) client.access.state.set({ ...state, waiting: [ada] })
    await flushPromises()
    expect(byTestId('door-notice').textContent).toContain('Ada wants to come in')
    expect(document.activeElement).toBe(focused)
    await press(withLabel('Let Ada in: Can read'))
    expect(client.access.state.value?.members).toMatchObject([{ deviceId: 'ada', role: 'viewer' }])
    expect(document.querySelector('[data-testid="door-notice"]')).toBeNull()
  })

  it('puts somebody out only after a question', async () => {
    const shared = new FakeRoom('Coast walk')
    onlineClient(shared, 'Ben')
    const { client } = await room(onlineClient(shared))
    makeMember(client, shared, 'editor')
    await flushPromises()
    await openMenu('Room menu')
    await press(item('People'))
    for (const [answer, left] of [
      ['Cancel', 1],
      ['Remove from the room', 0],
    ] as const) {
      await openMenu('More for Ben')
      await press(item('Remove from the room'))
      await press(button(answer))
      expect(client.access.state.value?.members).toHaveLength(left)
    }
  })

  it('lets an owner take the role of another owner away, and do no more to them before', async () => {
    const shared = new FakeRoom('Coast walk')
    onlineClient(shared, 'Ben')
    const { client } = await room(onlineClient(shared))
    makeMember(client, shared, 'owner')
    await flushPromises()
    await openMenu('Room menu')
    await press(item('People'))
    expect(document.querySelector('[aria-label="More for Ben"]')).toBeNull()
    await choose('Role of Ben', 'Can write')
    await press(button('Cancel'))
    expect(client.access.state.value?.members).toMatchObject([{ role: 'owner' }])
    await choose('Role of Ben', 'Can write')
    await press(button('Change the role'))
    expect(client.access.state.value?.members).toMatchObject([{ role: 'editor' }])
    await openMenu('More for Ben')
    expect(item('Shut out for good')).toBeDefined()
  })

  it('offers no role to who is shut out, only to let them in again', async () => {
    const { client } = await room()
    const state = client.access.state.value
    if (state === undefined) throw new Error('Anna owns the room')
    const eve = { deviceId: 'eve', personId: 'eve', name: 'Eve', colour: 1, role: 'viewer' as const }
    client.access.state.set({ ...state, members: [{ ...eve, pageRoles: {}, banned: true, lastSeen: 1 }] })
    await openMenu('Room menu')
    await press(item('People'))
    expect([...document.querySelectorAll('.field-label')].map(({ textContent }) => textContent)).toEqual([])
    await press(withLabel('Let Eve in again'))
    expect(client.access.state.value?.members).toEqual([])
  })

  it('shows the fingerprint to compare beside the code for one’s own other device, too', async () => {
    await room(editor())
    await press(withLabel('Invite'))
    expect(document.querySelector('[data-testid="browser-warning"]')).toBeNull()
    await press(byTestId('own-device'))
    expect(byTestId('browser-warning').textContent).toContain('03:0A:11:18:1F:26:2D:34')
    expect(byTestId('browser-warning').textContent).toContain('warns once')
  })

  it('stays at its door while the owner is asked, and goes home without a word when one gives up', async () => {
    const shared = new FakeRoom('Coast walk')
    const client = new FakeRoomClient(shared, {
      sessionId: 'ada',
      profile: { name: 'Ada', colour: 1 },
      role: 'editor',
      loadsSlowly: true,
    })
    client.status.set({ state: 'waiting' })
    const { app } = await room(client)
    expect(byTestId('entry-waiting').textContent).toContain('Waiting to enter “Coast walk”')
    expect(document.querySelector('[data-testid="page-new"]')).toBeNull()
    await press(byTestId('entry-leave'))
    expect(app.navigation.screen.value.name).toBe('home')
    expect(app.notices.toasts.value).toEqual([])
  })

  it('shows the fingerprint to compare where somebody may stand in between', async () => {
    const client = new FakeRoomClient(new FakeRoom('Room'), {
      sessionId: 'ada',
      profile: { name: 'Ada', colour: 1 },
      loadsSlowly: true,
    })
    client.status.set({ state: 'refused', code: 'certificate-mismatch', detail: '' })
    const app = testApp()
    const pinned = { ...link, fingerprint: FAKE_FINGERPRINT }
    await show(app, RoomScreen, { room: { client, link: pinned, hosted: undefined } })
    expect(byTestId('entry-refused').textContent).toContain('03:0A:11:18:1F:26:2D:34')
    expect(byTestId('entry-refused').textContent).toContain('somebody between you and the host')
  })

  it('warns when a page is nearly full, until that is put away, and again when it is full', async () => {
    const shared = new FakeRoom('Room')
    const ben = onlineClient(shared, 'Ben')
    const { client } = await room(onlineClient(shared))
    client.limits.set({ maxPageLength: 10 })
    await press(byTestId('page-first'))
    const [pageId = ''] = client.pages.keys()
    const page = ben.openPage(pageId, 'text')
    page.edit(['1234567'])
    await flushPromises()
    expect(document.querySelector('[data-testid="page-size"]')).toBeNull()
    page.edit([7, '8'])
    await flushPromises()
    expect(byTestId('page-size').textContent).toContain('80%')
    const warning = 'This page is 80% full. Start a new page'
    expect(document.querySelector('.notices')?.textContent).toContain(warning)
    await press(withLabel('Dismiss'))
    expect(document.querySelector('.notices')?.textContent).not.toContain(warning)
    page.edit([8, '90'])
    await flushPromises()
    expect(document.querySelector('.notices')?.textContent).toContain('This page is full.')
  })
})
