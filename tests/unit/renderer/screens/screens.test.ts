import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import FirstRunScreen from '../../../../src/renderer/screens/FirstRunScreen.vue'
import HomeScreen from '../../../../src/renderer/screens/HomeScreen.vue'
import RoomScreen from '../../../../src/renderer/screens/RoomScreen.vue'
import { PlatformError } from '../../../../src/renderer/platform/platformError'
import { FakePlatform } from '../../../lib/fakePlatform'
import { FakeRoom } from '../../../lib/fakeRoomClient'
import { button, byTestId, item, openMenu, press, show } from '../../../lib/onScreen'
import { onlineClient, testApp } from '../../../lib/withApp'

describe('the first run', () => {
  it('asks for a name before it goes on, and keeps name and colour', async () => {
    const app = testApp(new FakePlatform({ settings: { name: '' } }))
    const wrapper = await show(app, FirstRunScreen)
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('Enter a name, so that others know who is writing.')
    await wrapper.find('input').setValue('  Anna ')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(app.platform.storedSettings.name).toBe('Anna')
    expect(app.navigation.screen.value.name).toBe('home')
  })
})

describe('the home screen', () => {
  it('hosts a room with one press', async () => {
    const app = testApp()
    await show(app, HomeScreen)
    await press(byTestId('home-host'))
    expect(app.opened[0]?.title).toBe('Anna’s room')
  })

  it('says beside the button why hosting failed', async () => {
    const app = testApp()
    app.platform.hostingError = new PlatformError('port-in-use', 'EADDRINUSE')
    const wrapper = await show(app, HomeScreen)
    await press(byTestId('home-host'))
    expect(wrapper.find('[role="alert"]').text()).toContain('Close one of them')
  })

  it('explains what a room link looks like when it gets something else', async () => {
    const wrapper = await show(testApp(), HomeScreen)
    await wrapper.find('[data-testid="home-join-input"]').setValue('hello')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.find('[role="alert"]').text()).toContain('This is not a room link')
    expect(byTestId('home-join-input').getAttribute('aria-invalid')).toBe('true')
  })

  it('teaches where there are no rooms yet', async () => {
    const wrapper = await show(testApp(), HomeScreen)
    expect(wrapper.text()).toContain('No rooms yet')
  })

  it('enters the room it was opened with', async () => {
    const link = `http://10.0.0.5:4600/room/${'c'.repeat(32)}`
    const app = testApp(new FakePlatform({ kind: 'desktop', startLink: link }))
    await show(app, HomeScreen)
    expect(app.opened[0]?.link.roomId).toBe('c'.repeat(32))
  })
})

describe('a question before something is done', () => {
  const entry = {
    roomId: 'c'.repeat(32),
    title: 'Their room',
    link: `http://10.0.0.5:4600/room/${'c'.repeat(32)}`,
    hosted: false,
    lastUsed: 1,
  }

  it('forgets a room only when it is answered', async () => {
    const app = testApp(new FakePlatform({ rooms: [entry] }))
    await show(app, HomeScreen)
    for (const answer of ['Cancel', 'Forget']) {
      await openMenu('More for Their room')
      await press(item('Forget'))
      expect(document.querySelector('[role="alertdialog"]')?.textContent).toContain('Forget “Their room”?')
      await press(button(answer))
      expect(await app.platform.cache.listRooms()).toHaveLength(answer === 'Cancel' ? 1 : 0)
    }
  })

  it.each([
    ['Leave room', 'Leave room', 'left'],
    ['Close room for everybody', 'Close room', 'roomClosed'],
  ])('%s does what it says', async (choice, answer, expected) => {
    const app = testApp()
    const client = onlineClient()
    const states: string[] = []
    client.status.subscribe(({ state }) => states.push(state))
    const link = { roomId: 'a'.repeat(32), origins: ['http://10.0.0.5:4600'] }
    await show(app, RoomScreen, { room: { client, link, hosted: undefined } })
    await openMenu('Room menu')
    await press(item(choice))
    await press(button(answer))
    expect(states[0]).toBe(expected)
    expect(app.navigation.screen.value.name).toBe('home')
  })
})

describe('the room', () => {
  const link = { roomId: 'a'.repeat(32), origins: ['http://10.0.0.5:4600'] }

  async function room(client = onlineClient()) {
    const app = testApp()
    await show(app, RoomScreen, { room: { client, link, hosted: undefined } })
    return { app, client }
  }

  it('teaches when it is empty, and makes the first page', async () => {
    const { client } = await room()
    expect(document.body.textContent).toContain('An empty room')
    await press(byTestId('page-first'))
    expect(byTestId('page-list').textContent).toContain('Page 1')
    expect(byTestId('editor').getAttribute('aria-label')).toBe('Text of Page 1')
    expect(client.pages.size).toBe(1)
  })

  it('shows title, status, people and saved state', async () => {
    const shared = new FakeRoom('Coast walk')
    onlineClient(shared, 'Ben')
    const { client } = await room(onlineClient(shared))
    await press(byTestId('page-first'))
    expect(byTestId('room-title').textContent).toBe('Coast walk')
    expect(byTestId('room-status').textContent).toContain('Connected')
    expect(byTestId('presence-list').getAttribute('aria-label')).toBe('2 people here: Anna, Ben')
    expect(byTestId('save-state').textContent).toBe('Nothing here yet')
    const [page] = client.pages.values()
    page?.edit(['hello'])
    await flushPromises()
    expect(byTestId('save-state').textContent).toBe('Saved · version 1')
    expect(byTestId('save-state').dataset).toMatchObject({ version: '1', unsent: '0' })
  })

  it('goes on while offline and says so, and tries at once when asked', async () => {
    const { app, client } = await room()
    await press(byTestId('page-first'))
    client.setOnline(false, app.clock.now() + 4000)
    const [page] = client.pages.values()
    page?.edit(['hi'])
    await flushPromises()
    expect(byTestId('room-status').textContent).toContain('Offline – one edit kept on this device')
    expect(byTestId('save-state').textContent).toBe('One edit not sent')
    expect(app.platform.unsent).toBe(1)
    await press(byTestId('room-status').querySelector('button') as HTMLElement)
    expect(client.connectAttempts).toBe(1)
  })

  it('is read only for those who may only read', async () => {
    const client = onlineClient()
    client.access.role.set('viewer')
    await room(client)
    expect(document.querySelector('[data-testid="page-new"]')).toBeNull()
    expect(document.body.textContent).toContain('Nobody has written here yet')
  })

  it('keeps a refusal on the screen with what to do', async () => {
    const { client } = await room()
    client.status.set({ state: 'refused', code: 'room-unknown', detail: '' })
    await flushPromises()
    expect(document.querySelector('[role="alert"]')?.textContent).toContain('Ask the host for a new link')
  })

  it('offers drafts when there are some', async () => {
    const { client } = await room()
    const draft = {
      draftId: 'd',
      roomId: 'r',
      pageId: 'p',
      code: 'op-unfit',
      content: 'mine',
      kind: 'text',
      time: 1,
    }
    client.drafts.set([draft as (typeof client.drafts.value)[number]])
    await flushPromises()
    expect(document.body.textContent).toContain('One edit was not accepted. It is kept as a draft.')
  })

  it('follows the menu bar', async () => {
    const { app } = await room()
    app.platform.choose('new-page')
    await flushPromises()
    expect(byTestId('page-list').textContent).toContain('Page 1')
  })

  it('closes the list of people where one of them is followed', async () => {
    const shared = new FakeRoom('Coast walk')
    onlineClient(shared, 'Ben')
    await room(onlineClient(shared))
    await press(byTestId('page-first'))
    await press(byTestId('presence-list'))
    const [, ben] = byTestId('presence-names').querySelectorAll<HTMLElement>('.person')
    await press(ben as HTMLElement)
    expect(document.body.textContent).toContain('Following Ben')
    expect(document.querySelector('[data-testid="presence-names"]')).toBeNull()
  })

  it('changes name and colour for the others at once', async () => {
    const { app, client } = await room()
    await app.preferences.change({ name: 'Anna B.' })
    await flushPromises()
    expect(client.people.value[0]?.name).toBe('Anna B.')
  })
})
