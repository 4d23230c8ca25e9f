import { describe, expect, it } from 'vitest'
import { KNOCK } from '../../../../src/server/access/policies'
import type { ServerLimits } from '../../../../src/server/core/serverLimits'
import type { ClientMessage } from '../../../../src/shared/protocol/clientMessages'
import { idOf } from '../../../lib/idOf'
import { AccessGround } from '../access/accessGround'
import { deviceIdOf, RoomGround, type Peer } from './roomGround'

const LIMITS: Partial<ServerLimits> = { joinTimeoutMs: 1_000, waitTimeoutMs: 5_000 }

/** Says something every 100 ms for `ms`; `turn` counts up. */
async function keepTalking(
  ground: RoomGround,
  peer: Peer,
  ms: number,
  say: (turn: number) => ClientMessage,
): Promise<void> {
  for (let turn = 0; turn < ms / 100; turn++) {
    if (peer.closing === undefined) peer.say(say(turn))
    await ground.pass(100)
  }
}

const knockingRoom = (): Promise<AccessGround> => AccessGround.start({ limits: LIMITS, defaultPolicy: KNOCK })

describe('a connection that is logged in', () => {
  it('E14: is closed with join-timeout where it joins no room within the time allowed', async () => {
    const ground = new RoomGround({ limits: LIMITS })
    const idle = await ground.enter('eve')
    await ground.pass(900)
    expect(idle.end).toBeUndefined()
    await ground.pass(100)
    expect(idle.end).toBe('join-timeout')
  })

  it.each<[string, (turn: number, roomId: string) => ClientMessage]>([
    ['changes its name', (turn) => ({ type: 'profile', name: `Eve ${turn}`, colour: 0 })],
    ['asks whether it would wait', (_turn, roomId) => ({ type: 'knock', roomId })],
    ['knocks at rooms that are not there', (turn) => ({ type: 'knock', roomId: idOf(`room ${turn}`) })],
    ['joins rooms that are not there', (turn) => ({ type: 'join', roomId: idOf(`room ${turn}`) })],
    ['shows invites that count nowhere', (_turn, roomId) => ({ type: 'join', roomId, invite: 'x.y.z' })],
    ['makes rooms', (turn) => ({ type: 'createRoom', title: `Room ${turn}` })],
  ])('E14: gets no more time where it %s meanwhile', async (_what, say) => {
    const ground = await AccessGround.start({ limits: LIMITS })
    const busy = await ground.enter('eve')
    await keepTalking(ground, busy, 1_000, (turn) => say(turn, ground.roomId))
    expect(busy.end).toBe('join-timeout')
  })

  it('E14: has the time again once it has left a room, and not a second time', async () => {
    const ground = await AccessGround.start({ limits: LIMITS })
    const bob = await ground.enter('bob')
    await bob.join(ground.roomId)
    await ground.pass(60_000)
    await bob.ask({ type: 'leave' }, 'left')
    await keepTalking(ground, bob, 900, () => ({ type: 'profile', name: 'Bob', colour: 1 }))
    expect(bob.end).toBeUndefined()
    await ground.pass(100)
    expect(bob.end).toBe('join-timeout')
  })

  it('E14: has it where it was taken out of the room, or the room was closed', async () => {
    const ground = await AccessGround.start({ limits: LIMITS })
    const [bob, dan] = [await ground.enter('bob'), await ground.enter('dan')]
    await bob.join(ground.roomId)
    await dan.join(ground.roomId)
    ground.ada.say({ type: 'removeMember', deviceId: deviceIdOf('bob'), ban: false })
    await ground.settle()
    await ground.pass(1_000)
    expect([bob.end, dan.end]).toEqual(['join-timeout', undefined])
    ground.ada.say({ type: 'closeRoom' })
    await ground.settle()
    await ground.pass(1_000)
    expect([dan.end, ground.ada.end]).toEqual(['join-timeout', 'join-timeout'])
  })

  it('E14: waits at a door for longer, but not for ever', async () => {
    const ground = await knockingRoom()
    const bob = await ground.knock('bob')
    await keepTalking(ground, bob, 4_800, (turn) => ({ type: 'profile', name: `Bob ${turn}`, colour: 0 }))
    expect(bob.end).toBeUndefined()
    await ground.pass(200)
    expect(bob.end).toBe('not-answered')
    expect((await ground.access()).waiting).toEqual([])
  })

  it('E14: gets no more time by going from door to door', async () => {
    const ground = await knockingRoom()
    const eve = await ground.knock('eve')
    const { roomId } = ground
    await keepTalking(ground, eve, 900, (turn) =>
      turn % 2 === 0 ? { type: 'leave' } : { type: 'join', roomId },
    )
    expect(eve.got('waiting')).toHaveLength(5)
    eve.say({ type: 'join', roomId })
    await ground.settle()
    // Leaves and asks again at once, so that it stands at a door whenever its time is looked at.
    let turns = 0
    for (; turns < 60 && eve.closing === undefined; turns++) {
      await ground.pass(100)
      eve.say({ type: 'leave' })
      eve.say({ type: 'join', roomId })
      await ground.settle()
    }
    expect([turns, eve.end]).toEqual([41, 'not-answered'])
  })

  it('E14: is told first why it is sent away, where only the door had kept it', async () => {
    const ground = await knockingRoom()
    const bob = await ground.knock('bob')
    await ground.pass(2_000)
    ground.ada.say({ type: 'admit', deviceId: deviceIdOf('bob'), role: null })
    await ground.settle()
    expect(bob.got('error').map(({ code }) => code)).toEqual(['not-admitted', 'join-timeout'])
    expect(bob.end).toBe('join-timeout')
  })

  it('E14: stays for as long as it likes once it was let in, however late', async () => {
    const ground = await knockingRoom()
    const bob = await ground.knock('bob')
    await ground.pass(4_900)
    ground.ada.say({ type: 'admit', deviceId: deviceIdOf('bob'), role: 'editor' })
    await ground.settle()
    await ground.pass(60_000)
    expect(bob.end).toBeUndefined()
    expect(bob.got('joined')).toHaveLength(1)
  })
})
