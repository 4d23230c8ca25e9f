import { flushPromises } from '@vue/test-utils'
import { nextTick, ref, shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import { describeMoment, useInvites } from '../../../../src/renderer/composables/access/useInvites'
import { codeOfLink } from '../../../../src/renderer/composables/access/inviteLink'
import { useWebWay } from '../../../../src/renderer/composables/access/useWebWay'
import { expiryOf } from '../../../../src/renderer/composables/access/inviteWish'
import { useOwnDevice } from '../../../../src/renderer/composables/access/useOwnDevice'
import { InkroomError } from '../../../../src/shared/protocol/errors'
import { parseRoomLink } from '../../../../src/shared/roomLink'
import { FakePlatform } from '../../../lib/fakePlatform'
import { FAKE_ROOM_ID } from '../../../lib/access/fakeAccess'
import { onlineClient, testApp, withSetup } from '../../../lib/withApp'

const HOUR = 3_600_000

function owner(options: { plain?: boolean; locale?: 'en' | 'zh-CN' } = {}) {
  const app = testApp(new FakePlatform({ settings: { locale: options.locale ?? 'en' } }))
  const client = onlineClient()
  const plain = ref(options.plain ?? false)
  const { result, unmount } = withSetup(app, () => useInvites(client.access, plain))
  return { app, access: client.access, invites: result, plain, unmount }
}

describe('the invites of a room', () => {
  it('start with one that lets people write for a week, made by itself', async () => {
    const { app, access, invites } = owner()
    await invites.start()
    expect(access.state.value?.invites).toMatchObject([
      { role: 'editor', maxUses: null, expiresAt: app.clock.now() + 7 * 24 * HOUR },
    ])
    expect(invites.shown.value?.ways[0]?.link).toMatch(/^https:\/\/192\.168\.1\.20:4660\/room\/\w+#invite=/)
  })

  it('start with the newest one that still counts, so that opening twice makes none twice', async () => {
    const { access, invites } = owner()
    await invites.start()
    await invites.start()
    expect(access.state.value?.invites).toHaveLength(1)
  })

  it('do not start with one that has expired or is used up', async () => {
    const { app, access, invites } = owner()
    await invites.start()
    const state = access.state.value
    if (state === undefined) throw new Error('the owner sees no invites')
    access.state.set({
      ...state,
      invites: state.invites.map((invite) => ({ ...invite, maxUses: 1, uses: 1 })),
    })
    await nextTick()
    await invites.start()
    app.clock.advance(8 * 24 * HOUR)
    await nextTick()
    await invites.start()
    expect(access.state.value?.invites).toHaveLength(3)
    expect(invites.list.value.filter(({ isUsable }) => isUsable)).toHaveLength(1)
  })

  it('never show by themselves one that makes an owner or brings somebody’s own device', async () => {
    const { access, invites } = owner()
    await access.createInvite({ role: 'owner', expiresAt: null, maxUses: null })
    await access.createInvite({ role: 'editor', expiresAt: null, maxUses: 1, ownDevice: true })
    await invites.start()
    expect(access.state.value?.invites).toHaveLength(3)
    expect(invites.shown.value?.invite?.title).toBe('Can write')
  })

  it('never make an owner by themselves, whatever was chosen for the next one', async () => {
    const { access, invites } = owner()
    invites.role.value = 'owner'
    await nextTick()
    expect(invites.uses.value).toBe('1')
    await invites.start()
    expect(access.state.value?.invites).toMatchObject([{ role: 'editor', maxUses: null }])
  })

  it('make an owner once: the next one is as at the beginning', async () => {
    const { access, invites } = owner()
    invites.role.value = 'owner'
    await nextTick()
    await invites.make()
    expect(access.state.value?.invites).toMatchObject([{ role: 'owner', maxUses: 1 }])
    await nextTick()
    expect([invites.role.value, invites.uses.value]).toEqual(['editor', 'any'])
  })

  it('lead to the room they were made for, in a browser and in the app', async () => {
    const { invites } = owner()
    await invites.start()
    const web = invites.shown.value?.ways[0]?.link ?? ''
    const inApp = invites.shown.value?.app ?? ''
    expect(parseRoomLink(web)?.roomId).toBe(FAKE_ROOM_ID)
    expect(parseRoomLink(inApp)).toEqual(parseRoomLink(web))
    expect(inApp).toMatch(/^inkroom:/)
  })

  it('are links without encryption for browsers only while the host lets them in so', async () => {
    const { invites, plain } = owner({ plain: true })
    await invites.start()
    expect(invites.shown.value?.ways[0]?.link).toMatch(/^http:/)
    // The app goes by what the token says, whatever stands before it.
    expect(parseRoomLink(invites.shown.value?.ways[0]?.link ?? '')?.origins[0]).toMatch(/^https:/)
    plain.value = false
    expect(invites.shown.value?.ways[0]?.link).toMatch(/^https:/)
  })

  it('are made with the role, the end and the number of devices that were chosen', async () => {
    const { app, access, invites } = owner()
    invites.role.value = 'viewer'
    invites.lifetime.value = 'hour'
    invites.uses.value = '5'
    await invites.make()
    expect(access.state.value?.invites).toMatchObject([
      { role: 'viewer', maxUses: 5, expiresAt: app.clock.now() + HOUR },
    ])
    expect(invites.list.value[0]).toMatchObject({ uses: 'used by 0 of 5', isShown: true })
  })

  it('that make an owner are for one device, unless more are chosen after the role', async () => {
    const { access, invites } = owner()
    invites.role.value = 'owner'
    await nextTick()
    expect(invites.uses.value).toBe('1')
    await invites.make()
    expect(access.state.value?.invites).toMatchObject([{ role: 'owner', maxUses: 1 }])
    invites.uses.value = '5'
    await nextTick()
    expect(invites.uses.value).toBe('5')
  })

  it('go from the screen when they are taken back', async () => {
    const { invites } = owner()
    await invites.start()
    invites.revoke(invites.list.value[0]?.inviteId ?? '')
    await nextTick()
    expect(invites.list.value).toEqual([])
    expect(invites.shown.value).toBeUndefined()
  })

  it('stay on the screen while the connection is gone', async () => {
    const { access, invites } = owner()
    await invites.start()
    access.state.set(undefined)
    await nextTick()
    expect(invites.shown.value?.ways[0]?.link).toContain('#invite=')
  })

  it('end while they are looked at', async () => {
    const { app, invites } = owner()
    invites.lifetime.value = 'hour'
    await invites.make()
    expect(invites.list.value[0]?.isUsable).toBe(true)
    app.clock.advance(HOUR + 1_000)
    await nextTick()
    expect(invites.list.value[0]).toMatchObject({ isUsable: false, ends: 'expired' })
  })

  it('say why one could not be made', async () => {
    const { access, invites } = owner()
    access.failure = new InkroomError('access-full', '1000 invites')
    await invites.start()
    expect(invites.problem.value).toBe('access-full')
    expect(invites.shown.value).toBeUndefined()
    access.failure = undefined
    await invites.start()
    expect(invites.problem.value).toBeUndefined()
  })
})

describe('the end of an invite', () => {
  const now = new Date(2026, 4, 20, 15, 0).getTime()

  it.each([
    ['hour', now + HOUR],
    ['today', new Date(2026, 4, 21, 0, 0).getTime()],
    ['week', now + 7 * 24 * HOUR],
    ['never', null],
  ] as const)('%s', (lifetime, expected) => {
    expect(expiryOf(lifetime, now)).toBe(expected)
  })

  it('of today is an hour away at least, also just before midnight', () => {
    const late = new Date(2026, 4, 20, 23, 59).getTime()
    expect(expiryOf('today', late)).toBe(late + HOUR)
  })

  it.each([
    [new Date(2026, 4, 20, 18, 0), 'en', 'today 6:00 PM'],
    [new Date(2026, 4, 21, 9, 5), 'en', 'tomorrow 9:05 AM'],
    [new Date(2026, 4, 27, 18, 0), 'en', 'Wed, May 27 6:00 PM'],
    [new Date(2026, 4, 20, 18, 0), 'zh-CN', '今天18:00'],
  ])('%s in %s is %j', (time, locale, text) => {
    // Some versions of the language data put a narrow no-break space before AM and PM.
    expect(describeMoment(time.getTime(), now, locale).replaceAll('\u202f', ' ')).toBe(text)
  })
})

describe('one’s own other device', () => {
  it('comes in by a code for one, within an hour, as the same person in the same role', async () => {
    const app = testApp()
    const client = onlineClient()
    client.access.role.set('viewer')
    const wishes: unknown[] = []
    const create = client.access.createInvite.bind(client.access)
    client.access.createInvite = (wish) => {
      wishes.push(wish)
      return create(wish)
    }
    const { result } = withSetup(app, () => useOwnDevice(client.access, ref(false)))
    await result.make()
    await flushPromises()
    expect(wishes).toEqual([
      { role: 'viewer', expiresAt: app.clock.now() + HOUR, maxUses: 1, ownDevice: true },
    ])
    expect(codeOfLink(result.link.value?.ways[0]?.link ?? '')).toBeDefined()
  })
})

describe('the link of an invite for browsers', () => {
  it('N6: is there for each address of the host, the first one chosen, each with all that the app needs', async () => {
    const { invites } = owner()
    await invites.start()
    const shown = invites.shown.value
    if (shown === undefined) throw new Error('no invite is shown')
    const { host, choices, link, qr } = useWebWay(() => shown)
    expect(choices.value.map(({ value }) => value)).toEqual([
      '192.168.1.20:4660',
      '[fd12:3456:789a::20]:4660',
    ])
    expect(link.value).toMatch(/^https:\/\/192\.168\.1\.20:4660\/room\//)
    const first = qr.value?.src
    host.value = '[fd12:3456:789a::20]:4660'
    expect(link.value).toMatch(/^https:\/\/\[fd12:3456:789a::20\]:4660\/room\//)
    expect(qr.value?.src).not.toBe(first)
    for (const way of shown.ways) {
      expect(new Set(parseRoomLink(way.link)?.origins)).toEqual(new Set(parseRoomLink(shown.app)?.origins))
    }
  })

  it('goes back to the first where another invite has no such address', async () => {
    const { access, invites } = owner()
    await invites.start()
    const current = shallowRef(invites.shown.value)
    const { host, link } = useWebWay(() => current.value ?? { ways: [], app: '', fingerprint: undefined })
    host.value = '[fd12:3456:789a::20]:4660'
    access.origins = ['https://10.0.0.7:4660']
    await invites.make()
    current.value = invites.shown.value
    expect(host.value).toBe('10.0.0.7:4660')
    expect(link.value).toMatch(/^https:\/\/10\.0\.0\.7:4660\/room\//)
  })
})
