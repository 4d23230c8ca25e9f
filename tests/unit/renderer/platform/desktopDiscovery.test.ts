import { expect, test } from 'vitest'
import { createDesktopDiscovery } from '../../../../src/renderer/platform/desktop/desktopDiscovery'
import type { NearbyRoom } from '../../../../src/renderer/platform/platform'

const room = (title: string): NearbyRoom => ({
  roomId: 'a'.repeat(32),
  title,
  hostName: 'desk',
  link: `https://192.168.1.20:4660/room/${'a'.repeat(32)}`,
})

/** The bridge's half of it, with what main would say. */
function fakeBridge(answer: readonly NearbyRoom[]) {
  const asked: string[] = []
  let send: (rooms: readonly NearbyRoom[]) => void = () => undefined
  const calls: Parameters<typeof createDesktopDiscovery>[0] = {
    watch: () => {
      asked.push('watch')
      return Promise.resolve({ value: [...answer] })
    },
    unwatch: () => {
      asked.push('unwatch')
      return Promise.resolve({ value: undefined })
    },
    onNearby: (listener) => {
      send = listener
      return () => undefined
    },
  }
  const discovery = createDesktopDiscovery(calls, true)
  return { asked, discovery, send: (rooms: readonly NearbyRoom[]) => send(rooms) }
}

test('main looks while somebody watches, however many', async () => {
  const { asked, discovery } = fakeBridge([])
  const ends = [discovery.watch(() => undefined), discovery.watch(() => undefined)]
  expect(asked).toEqual(['watch'])
  ends[0]?.()
  ends[0]?.()
  expect(asked).toEqual(['watch'])
  ends[1]?.()
  expect(asked).toEqual(['watch', 'unwatch'])
  discovery.watch(() => undefined)
  expect(asked).toEqual(['watch', 'unwatch', 'watch'])
})

test('who watches is told what is known already and each change', async () => {
  const { discovery, send } = fakeBridge([room('First')])
  const first: string[][] = []
  discovery.watch((rooms) => first.push(rooms.map(({ title }) => title)))
  await expect.poll(() => first).toEqual([[], ['First']])
  send([room('First'), room('Second')])
  const second: string[][] = []
  discovery.watch((rooms) => second.push(rooms.map(({ title }) => title)))()
  send([])
  expect(first).toEqual([[], ['First'], ['First', 'Second'], []])
  expect(second).toEqual([['First', 'Second']])
})
