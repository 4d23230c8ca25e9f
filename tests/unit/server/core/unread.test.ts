import { expect, it } from 'vitest'
import { RoomGround } from './roomGround'

it('L11: a client that reads slowly stays within the limit, and is ended beyond it', async () => {
  const ground = new RoomGround({ limits: { maxUnreadBytes: 1_000 } })
  const { ada, bob, roomId } = await ground.room()
  for (const peer of [ada, bob]) peer.bufferedAmount = 1_000
  ada.say({ type: 'knock', roomId })
  await ground.settle()
  expect(ada.closing).toBeUndefined()
  ada.bufferedAmount = 1_001
  ada.say({ type: 'knock', roomId })
  await ground.settle()
  expect(ada.closing).toEqual({ code: 4431, reason: 'not-reading' })
  expect(bob.got('personLeft')).toHaveLength(1)
  expect(bob.closing).toBeUndefined()
})

it('L11: of all who read slowly those with most waiting are ended, until the rest fits', async () => {
  const ground = new RoomGround({ limits: { maxUnreadBytesInAll: 1_000, heartbeatMs: 3_000 } })
  const peers = await Promise.all(['ada', 'bob', 'cem', 'dan'].map((name) => ground.enter(name)))
  const queued = [300, 500, 400, 200]
  peers.forEach((peer, index) => (peer.bufferedAmount = queued[index] ?? 0))
  await ground.pass(3_000)
  expect(peers.map(({ closing }) => closing?.reason)).toEqual([
    undefined,
    'not-reading',
    undefined,
    undefined,
  ])
})
