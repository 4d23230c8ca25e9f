import { flushPromises } from '@vue/test-utils'
import { nextTick, shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import { useConnection } from '../../../../src/renderer/composables/useConnection'
import { useConnectionCheck } from '../../../../src/renderer/composables/joining/useConnectionCheck'
import { useEntry } from '../../../../src/renderer/composables/joining/useEntry'
import { useHosting } from '../../../../src/renderer/composables/joining/useHosting'
import { useJoinQuestion } from '../../../../src/renderer/composables/joining/useJoinQuestion'
import { useNearby } from '../../../../src/renderer/composables/joining/useNearby'
import type { Pages } from '../../../../src/renderer/composables/usePages'
import { checkCodeSchema } from '../../../../src/shared/ipc/network'
import { en } from '../../../../src/renderer/i18n/locales/en'
import { zhCn } from '../../../../src/renderer/i18n/locales/zhCn'
import { formatRoomLink, roomLinkOfToken } from '../../../../src/shared/roomLink'
import { FakeAccess } from '../../../lib/access/fakeAccess'
import { FakePlatform } from '../../../lib/fakePlatform'
import { onlineClient, testApp, withSetup } from '../../../lib/withApp'

const LINK = `https://192.168.1.31:4660/room/${'e'.repeat(32)}`

describe('the way into a room', () => {
  function entry(isLoaded: boolean) {
    const app = testApp()
    const client = onlineClient()
    const pages = { isLoaded: shallowRef(isLoaded) } as unknown as Pages
    const { result } = withSetup(app, () =>
      useEntry(shallowRef('Coast walk'), useConnection(client, false), pages),
    )
    return { app, client, entry: result }
  }

  it('shows that one waits at the door, and says so', async () => {
    const { app, client, entry: at } = entry(false)
    client.status.set({ state: 'waiting' })
    await nextTick()
    expect(at.value).toMatchObject({ state: 'waiting', title: 'Waiting to enter “Coast walk”' })
    expect(app.notices.announcement.value).toContain('The owner sees your name')
  })

  it.each([
    ['invite-expired', 'This invite is no longer valid', undefined],
    ['not-admitted', 'The owner did not let you in', 'Ask again'],
    ['not-answered', 'Nobody has answered', 'Ask again'],
    ['room-full', 'The room cannot be opened', 'Try again'],
    ['banned', 'The owner did not let you in', undefined],
    ['certificate-mismatch', 'This is not the computer you were invited to', undefined],
  ])('says for %s what it is and what helps', (code, title, retryLabel) => {
    const { client, entry: at } = entry(false)
    client.status.set({ state: 'refused', code, detail: '' })
    expect(at.value).toMatchObject({ state: 'refused', title, retryLabel })
    expect(at.value?.isMismatch).toBe(code === 'certificate-mismatch')
  })

  it('leaves the pages that this device keeps on the screen, whatever the host says', () => {
    const { client, entry: at } = entry(true)
    client.status.set({ state: 'refused', code: 'banned', detail: '' })
    expect(at.value).toBeUndefined()
  })
})

describe('a connection that does not come about', () => {
  it('is offered to be checked after three attempts, and stays so while the fourth runs', async () => {
    const client = onlineClient()
    const { result } = withSetup(testApp(), () => useConnection(client, false))
    const seen: boolean[] = []
    for (const attempt of [1, 2, 3]) {
      client.status.set({ state: 'reconnecting', retryAt: 0, attempt, reason: undefined })
      await nextTick()
      seen.push(result.isStuck.value)
    }
    client.status.set({ state: 'connecting' })
    await nextTick()
    seen.push(result.isStuck.value)
    client.setOnline(true)
    await nextTick()
    expect([...seen, result.isStuck.value]).toEqual([false, false, true, true, false])
  })
})

describe('the connection check', () => {
  const failed = {
    addresses: [
      {
        origin: 'https://a.local:1',
        address: null,
        steps: [{ step: 'resolve', result: 'failed', code: 'name-unknown', ms: 3 }],
      },
      {
        origin: 'https://10.0.0.5:1',
        address: '10.0.0.5',
        steps: [
          { step: 'resolve', result: 'skipped', ms: 0 },
          { step: 'connect', result: 'failed', code: 'port-silent', ms: 3000 },
        ],
      },
    ],
    problem: { step: 'connect', code: 'port-silent', origin: 'https://10.0.0.5:1', address: '10.0.0.5' },
  } as const

  it('says first what to do, for the address that came furthest', async () => {
    const app = testApp()
    app.platform.connectionCheck = failed as unknown as typeof app.platform.connectionCheck
    const { result } = withSetup(app, useConnectionCheck)
    result.open(LINK)
    expect(result.isRunning.value).toBe(true)
    await flushPromises()
    expect(result.isRunning.value).toBe(false)
    expect(result.verdict.value?.text).toContain('firewall')
    expect(app.notices.announcement.value).toBe(result.verdict.value?.text)
    expect(result.ways.value.map(({ title }) => title)).toEqual(['https://10.0.0.5:1', 'https://a.local:1'])
    expect(result.ways.value[0]?.steps[1]).toMatchObject({
      name: 'Reach the computer',
      result: 'failed',
      outcome: 'failed · 3000 ms',
    })
  })

  it('says that all is well where one address goes all the way', async () => {
    const { result } = withSetup(testApp(), useConnectionCheck)
    result.open(LINK)
    await flushPromises()
    expect(result.verdict.value).toMatchObject({ isGood: true })
  })

  it('says that it did not work itself, and can be run again', async () => {
    const app = testApp()
    app.platform.connectionCheck = new Error('main is gone')
    const { result } = withSetup(app, useConnectionCheck)
    result.open(LINK)
    await flushPromises()
    expect(result.verdict.value).toMatchObject({ isGood: false })
    app.platform.connectionCheck = { addresses: [], problem: null }
    await result.again()
    expect(result.verdict.value).toMatchObject({ isGood: true })
  })

  it('is not offered in a browser, which learns nothing of why a connection failed', () => {
    const app = testApp(new FakePlatform({ kind: 'web' }))
    expect(withSetup(app, useConnectionCheck).result.isPossible).toBe(false)
  })

  it('has a sentence with what to do for everything it can find, in both languages', () => {
    for (const code of checkCodeSchema.options) {
      expect(en.checkCodes[code]).toMatch(/\w{2}.*[.;:,].*\w{2}.*\.$/)
      expect(zhCn.checkCodes[code]).toMatch(/[。；，：].*。$/)
    }
  })
})

describe('rooms nearby', () => {
  const recipes = { roomId: 'f'.repeat(32), title: 'Recipes', hostName: 'kitchen-pc', link: LINK }

  it('come and go by themselves; those who cannot see hear of new ones', async () => {
    const app = testApp()
    const { result, unmount } = withSetup(app, useNearby)
    expect(result.rooms.value).toEqual([])
    app.platform.setNearby([recipes])
    expect(result.rooms.value).toEqual([recipes])
    expect(app.notices.announcement.value).toBe('Recipes on kitchen-pc is open nearby.')
    app.platform.setNearby([])
    expect(result.rooms.value).toEqual([])
    unmount()
    app.platform.setNearby([recipes])
    expect(result.rooms.value).toEqual([])
  })

  it('that were there already are not read out one by one', () => {
    const app = testApp()
    app.platform.setNearby([recipes])
    withSetup(app, useNearby)
    expect(app.notices.announcement.value).toBe('')
  })
})

describe('a link from another program', () => {
  async function link() {
    const access = new FakeAccess({ role: 'owner', now: () => 0, title: 'Science', by: 'Mrs Field' })
    const { token } = await access.createInvite({ role: 'viewer', expiresAt: null, maxUses: null })
    const found = roomLinkOfToken(token)
    if (found === undefined) throw new Error('the token makes no link')
    return formatRoomLink(found, 'inkroom')
  }

  it('is asked about with room, host, inviter and role, and followed only after a yes', async () => {
    const { result } = withSetup(testApp(), () => useJoinQuestion(() => 'unknown'))
    for (const isYes of [false, true]) {
      expect(result.ask(await link())).toBe(true)
      expect(result.texts.value).toEqual({
        title: 'Join “Science”?',
        host: '192.168.1.20:4660',
        invitedBy: 'Mrs Field',
        role: 'Can read',
      })
      expect(result.answer(isYes)?.origins[0]).toBe(isYes ? 'https://192.168.1.20:4660' : undefined)
      expect(result.texts.value).toBeUndefined()
    }
  })

  it('that is none is not asked about', () => {
    const { result } = withSetup(testApp(), () => useJoinQuestion(() => 'unknown'))
    expect(result.ask('inkroom://somewhere')).toBe(false)
  })
})

describe('being reached by others', () => {
  it('is said in a line with the address and how many are connected, and kept up to date', async () => {
    const app = testApp()
    const { result, unmount } = withSetup(app, useHosting)
    await flushPromises()
    expect(result.text.value).toBe('Open for others at 192.168.1.20:4600 · one connection')
    app.platform.hostingStatus = { ...app.platform.hostingStatus, connections: 3 }
    app.clock.advance(3_000)
    await flushPromises()
    expect(result.text.value).toContain('3 connections')
    unmount()
    await flushPromises()
    expect(app.clock.waiting).toBe(0)
  })

  it('is not spoken of while nothing is hosted', async () => {
    const app = testApp()
    app.platform.hostingStatus = { ...app.platform.hostingStatus, port: null }
    const { result } = withSetup(app, useHosting)
    await flushPromises()
    expect(result.status.value).toBeUndefined()
  })

  it('names the firewall’s commands while nobody has come from outside, and not any more then', async () => {
    const app = testApp()
    const { result } = withSetup(app, useHosting)
    await result.check()
    expect(result.firewall.value?.commands).toBe('sudo ufw allow 4600/tcp')
    expect(result.verdict.value?.isGood).toBe(false)
    app.platform.reachability = { ...app.platform.reachability, reachedFromOutside: true }
    await result.check()
    expect(result.firewall.value).toBeUndefined()
    expect(result.verdict.value?.isGood).toBe(true)
  })
})
