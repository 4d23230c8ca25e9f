import { nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { useDoor } from '../../../../src/renderer/composables/access/useDoor'
import { usePersons } from '../../../../src/renderer/composables/access/usePersons'
import { useRoles } from '../../../../src/renderer/composables/access/useRoles'
import { useRoomPolicy } from '../../../../src/renderer/composables/access/useRoomPolicy'
import { usePeople } from '../../../../src/renderer/composables/usePeople'
import type { Member, RoomAccess } from '../../../../src/shared/access/roomAccess'
import { FakePlatform } from '../../../lib/fakePlatform'
import { FakeRoom, FakeRoomClient } from '../../../lib/fakeRoomClient'
import { onlineClient, testApp, withSetup } from '../../../lib/withApp'
import { flushPromises } from '@vue/test-utils'

const PAGE = 'p'.repeat(26)

const member = (deviceId: string, part: Partial<Member> = {}): Member => ({
  deviceId,
  personId: deviceId,
  name: deviceId,
  colour: 1,
  role: 'editor',
  pageRoles: {},
  banned: false,
  lastSeen: 0,
  ...part,
})

function owner(access: Partial<RoomAccess> = {}, room = new FakeRoom('Room')) {
  const app = testApp()
  const client = onlineClient(room)
  const state = client.access.state.value
  if (state !== undefined) client.access.state.set({ ...state, ...access })
  const { result } = withSetup(app, () => ({
    door: useDoor(client.access),
    persons: usePersons(client, usePeople(client), () => PAGE),
  }))
  return { app, access: client.access, client, ...result }
}

const ben = (room: FakeRoom, sessionId: string, personId = 'ben'): void =>
  new FakeRoomClient(room, {
    sessionId,
    personId,
    profile: { name: 'Ben', colour: 2 },
    role: 'editor',
  }).setOnline(true)

describe('the people of a room', () => {
  it('are one entry for each person, whatever they have come with', () => {
    const room = new FakeRoom('Room')
    ben(room, 'ben-laptop')
    ben(room, 'ben-phone')
    const { persons } = owner({ members: [member('ben-laptop', { personId: 'ben' })] }, room)
    expect(persons.here.value.map(({ name, about }) => [name, about])).toEqual([
      ['Anna', ''],
      ['Ben', '2 windows'],
    ])
  })

  it('who are away stand below with when they were here, newest first; the banned by themselves', () => {
    const { persons } = owner({
      members: [
        member('old', { lastSeen: 1 }),
        member('new', { lastSeen: 2 }),
        member('bad', { banned: true, lastSeen: 3 }),
      ],
    })
    expect(persons.away.value.map(({ name }) => name)).toEqual(['new', 'old'])
    expect(persons.banned.value.map(({ name }) => name)).toEqual(['bad'])
    expect(persons.away.value[0]?.about).toMatch(/^last here /)
  })

  it('have what is decided on all of their devices', () => {
    const { access, persons } = owner({
      members: [member('laptop', { personId: 'ben' }), member('phone', { personId: 'ben' }), member('eve')],
    })
    const [person] = persons.away.value.filter(({ personId }) => personId === 'ben')
    if (person === undefined) throw new Error('Ben is away')
    persons.setRole(person, 'viewer')
    persons.setPageRole(person, 'editor')
    expect(access.state.value?.members.map(({ role, pageRoles }) => [role, pageRoles[PAGE]])).toEqual([
      ['viewer', 'editor'],
      ['viewer', 'editor'],
      ['editor', undefined],
    ])
    persons.setPageRole(person, undefined)
    persons.remove(person, true)
    expect(access.state.value?.members.map(({ banned }) => banned)).toEqual([true, true, false])
    persons.unban(person)
    expect(access.state.value?.members.map(({ deviceId }) => deviceId)).toEqual(['eve'])
  })

  it('are decided about by owners only', () => {
    const app = testApp()
    const room = new FakeRoom('Room')
    const client = new FakeRoomClient(room, {
      sessionId: 'carl',
      profile: { name: 'Carl', colour: 1 },
      role: 'editor',
    })
    client.setOnline(true)
    const { result } = withSetup(app, () => usePersons(client, usePeople(client), () => PAGE))
    expect(result.canDecide.value).toBe(false)
    expect(result.here.value).toHaveLength(1)
  })
})

describe('somebody at the door', () => {
  const ada = { deviceId: 'ada', name: 'Ada', colour: 3, role: 'editor' as const, invited: false }

  it('is announced once, and again only when somebody else comes', async () => {
    const { app, access } = owner()
    const heard: string[] = []
    const state = access.state.value
    if (state === undefined) throw new Error('owners see the door')
    for (const waiting of [[ada], [ada], [ada, { ...ada, deviceId: 'bob', name: 'Bob' }]]) {
      access.state.set({ ...state, waiting })
      await nextTick()
      heard.push(app.notices.announcement.value)
      app.notices.announce('')
    }
    expect(heard).toEqual(['Ada wants to come in', '', 'Bob wants to come in'])
  })

  it('comes in with the role they would have, or with another that the owner chooses', () => {
    for (const [role, expected] of [
      [undefined, 'editor'],
      ['viewer', 'viewer'],
    ] as const) {
      const { access, door } = owner({ waiting: [ada] })
      door.admit(ada, role)
      expect(access.state.value?.members).toMatchObject([{ deviceId: 'ada', role: expected }])
      expect(access.state.value?.waiting).toEqual([])
    }
  })

  it('goes away where the owner does not want them now', () => {
    const { access, door } = owner({ waiting: [ada] })
    door.turnAway(ada)
    expect(access.state.value).toMatchObject({ members: [], waiting: [] })
  })
})

describe('one’s own role', () => {
  function reader() {
    const app = testApp()
    const client = onlineClient()
    const page = ref(PAGE)
    const { result } = withSetup(app, () => useRoles(client.access, () => page.value))
    return {
      app,
      client,
      page,
      roles: result,
      toasts: () => app.notices.toasts.value.map(({ text }) => text),
    }
  }

  it('may be another on the page on the screen than in the room', async () => {
    const { client, page, roles } = reader()
    client.access.roleOn(PAGE).set('viewer')
    await nextTick()
    expect([roles.mayWrite.value, roles.mayWriteHere.value, roles.standing.value]).toEqual([
      true,
      false,
      'role.readsPage',
    ])
    page.value = 'q'.repeat(26)
    await nextTick()
    expect(roles.mayWriteHere.value).toBe(true)
  })

  it('is said when it changes while one is there, and not when one turns to another page', async () => {
    const { client, page, roles, toasts } = reader()
    client.access.role.set('viewer')
    await nextTick()
    expect(toasts()).toEqual(['You can no longer write here, only read.'])
    expect(roles.standing.value).toBe('role.readsHere')
    client.access.role.set('editor')
    await nextTick()
    expect(toasts()).toHaveLength(2)
    client.access.roleOn('q'.repeat(26)).set('viewer')
    page.value = 'q'.repeat(26)
    await nextTick()
    expect(toasts()).toHaveLength(2)
  })

  it('is not said to be lost while nothing is known before the first join', () => {
    const app = testApp()
    const client = onlineClient()
    client.access.role.set(undefined)
    const { result } = withSetup(app, () => useRoles(client.access, () => undefined))
    expect(result.mayWrite.value).toBe(true)
    expect(result.standing.value).toBeUndefined()
  })

  it('tells those who came into a full room that they read until somebody leaves', async () => {
    const { client, roles } = reader()
    client.access.crowded.set(true)
    client.access.role.set('viewer')
    await nextTick()
    expect(roles.standing.value).toBe('role.crowded')
  })
})

describe('who may come in', () => {
  const room = {
    roomId: 'b'.repeat(32),
    title: 'R',
    open: true,
    links: [],
    localLink: undefined,
    listed: true,
  }

  it('is changed at once, one thing at a time', async () => {
    const app = testApp(new FakePlatform({ hosted: [room] }))
    const client = onlineClient()
    const { result } = withSetup(app, () => useRoomPolicy(client.access, room.roomId))
    await flushPromises()
    result.change({ strangers: 'refuse' })
    result.change({ invited: 'ask' })
    expect(client.access.state.value?.policy).toEqual({ strangers: 'refuse', invited: 'ask', role: 'editor' })
    expect([result.listed.value, result.hosting.value?.plainBrowsers]).toEqual([true, false])
    await result.setListed(false)
    await result.setPlainBrowsers(true)
    expect([result.listed.value, result.hosting.value?.plainBrowsers]).toEqual([false, true])
  })

  it('has nothing of this machine’s network where another hosts the room', async () => {
    const { result } = withSetup(testApp(), () => useRoomPolicy(onlineClient().access, undefined))
    await flushPromises()
    expect(result.hosting.value).toBeUndefined()
    expect(result.policy.value).toBeDefined()
  })

  it('says what is wrong where hosting does not answer', async () => {
    const app = testApp(new FakePlatform({ hosted: [room] }))
    app.platform.hostingError = Object.assign(new Error('gone'), { code: 'host-failed' })
    const { result } = withSetup(app, () => useRoomPolicy(onlineClient().access, room.roomId))
    await flushPromises()
    expect(result.problem.value).toBe('host-failed')
  })
})
