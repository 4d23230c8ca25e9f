import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { HostedRoom } from '../../../../src/renderer/platform/platform'
import HomeScreen from '../../../../src/renderer/screens/HomeScreen.vue'
import { FakePlatform } from '../../../lib/fakePlatform'
import { byTestId, show } from '../../../lib/onScreen'
import { testApp } from '../../../lib/withApp'

const hosted = (letter: string, open: boolean): HostedRoom => ({
  roomId: letter.repeat(32),
  title: `Room ${letter}`,
  open,
  links: [],
  localLink: open ? `https://127.0.0.1:4660/room/${letter.repeat(32)}` : undefined,
  listed: true,
})

describe('what the home screen says', () => {
  it('Y18: of each open room of this device, how many people are in it, as that changes', async () => {
    const [busy, empty, closed] = [hosted('a', true), hosted('b', true), hosted('c', false)]
    const app = testApp(new FakePlatform({ hosted: [busy, empty, closed] }))
    const count = (guests: number): void => {
      app.platform.hostingStatus = {
        ...app.platform.hostingStatus,
        people: [
          { roomId: busy.roomId, guests },
          { roomId: empty.roomId, guests: 0 },
        ],
      }
    }
    count(1)
    await show(app, HomeScreen)
    const lines = (): string[] =>
      [...byTestId('recent-rooms').querySelectorAll('.room-about')].map((line) => line.textContent ?? '')
    expect(lines()).toEqual([
      'Hosted here · open · one person in it',
      'Hosted here · open · nobody else in it',
      'Hosted here',
    ])
    count(12)
    app.clock.advance(3_000)
    await flushPromises()
    expect(lines()[0]).toBe('Hosted here · open · 12 people in it')
  })

  it('N14: that nothing nearby is looked for, where the app was started so', async () => {
    const app = testApp()
    app.platform.looksNearby = false
    await show(app, HomeScreen)
    expect(byTestId('nearby').textContent).toContain('--no-discovery')
    expect(byTestId('nearby').textContent).not.toContain('None at the moment')
  })
})
