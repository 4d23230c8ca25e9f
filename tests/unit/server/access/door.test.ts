import { describe, expect, it } from 'vitest'
import { BY_INVITE, KNOCK } from '../../../../src/server/access/policies'
import { MemoryRoomDisk } from '../../../../src/server/storage/memoryRoomStore'
import { StoreError } from '../../../../src/server/storage/roomStore'
import { readInviteToken } from '../../../../src/shared/access/inviteToken'
import { roomProofText, verify } from '../../../../src/shared/identity/keys'
import { CHALLENGE, deviceIdOf, FINGERPRINT, RoomGround, type Peer } from '../core/roomGround'
import { AccessGround, expectCalm, told } from './accessGround'

const byInvite = (): Promise<AccessGround> => AccessGround.start({ defaultPolicy: BY_INVITE })
const knocking = (): Promise<AccessGround> => AccessGround.start({ defaultPolicy: KNOCK })
const WAITING_ROOM = { ...BY_INVITE, invited: 'ask' } as const

/** Bob, who writes, and his phone, which waits by a link of his own. */
async function phoneWaits(ground: AccessGround): Promise<{ bob: Peer; phone: Peer }> {
  const { token } = await ground.invite({ role: 'editor' })
  const bob = await ground.knock('bob', token)
  ground.ada.say({ type: 'admit', deviceId: deviceIdOf('bob'), role: 'editor' })
  await ground.settle()
  const own = await ground.invite({ role: 'editor', ownDevice: true }, bob)
  return { bob, phone: await ground.knock('phone', own.token) }
}

describe('coming in by an invite', () => {
  it('I1: a stranger is told that one is needed, and comes in over the same connection with one', async () => {
    const ground = await byInvite()
    const bob = await ground.knock('bob')
    expect(told(bob)).toEqual(['invite-needed'])
    const { token } = await ground.invite({ role: 'commenter' })
    expect((await bob.join(ground.roomId, token)).role).toBe('commenter')
    expectCalm(ground, bob)
  })

  it('I2: the token names the room, the role, the addresses and the certificate of the moment', async () => {
    const ground = await byInvite()
    const { token, invite } = await ground.invite({ role: 'viewer', expiresAt: 1_800_000_000_500 })
    expect(readInviteToken(token)).toMatchObject({
      iss: ground.roomId,
      jti: invite.inviteId,
      role: 'viewer',
      title: 'A room',
      by: 'ada',
      at: ['https://192.168.1.20:4660'],
      fp: FINGERPRINT,
      exp: 1_800_000_001,
    })
    const again = await ground.ada.ask(
      { type: 'inviteToken', request: 9, inviteId: invite.inviteId },
      'invite',
    )
    expect(again).toEqual({ type: 'invite', request: 9, invite, token })
  })

  it('I2: a taken back invite counts for nobody any more, and who has come by it stays', async () => {
    const ground = await byInvite()
    const { token, invite } = await ground.invite()
    const bob = await ground.knock('bob', token)
    ground.ada.say({ type: 'revokeInvite', inviteId: invite.inviteId })
    await ground.settle()
    expect(told(await ground.knock('cleo', token))).toEqual(['invite-revoked'])
    await bob.ask({ type: 'leave' }, 'left')
    await bob.join(ground.roomId)
    expect((await ground.access()).invites).toEqual([])
  })

  it('I2: time is the server’s', async () => {
    const ground = await byInvite()
    const { token } = await ground.invite({ expiresAt: ground.clock.now() + 5_000 })
    expect(told(await ground.knock('bob', token))).toEqual(['joined as editor'])
    await ground.pass(5_000)
    expect(told(await ground.knock('cleo', token))).toEqual(['invite-expired'])
  })

  it('I3: of many who come at a time by an invite for one, one comes in', async () => {
    const ground = await byInvite()
    const { token } = await ground.invite({ maxUses: 1 })
    const peers = await Promise.all(['bob', 'cleo', 'dan', 'eve'].map((name) => ground.enter(name)))
    for (const peer of peers) peer.say({ type: 'join', roomId: ground.roomId, invite: token })
    await ground.settle()
    expect(peers.map(told).sort()).toEqual([
      ['invite-used-up'],
      ['invite-used-up'],
      ['invite-used-up'],
      ['joined as editor'],
    ])
    expect((await ground.access()).invites).toMatchObject([{ uses: 1, maxUses: 1 }])
  })

  it('I3: a member comes again, in several windows, without using it up', async () => {
    const ground = await byInvite()
    const { token } = await ground.invite({ maxUses: 1 })
    const first = await ground.knock('bob', token)
    const second = await ground.knock('bob', token, 'second window')
    expect([told(first), told(second)]).toEqual([['joined as editor'], ['joined as editor']])
  })

  it('I3: where it cannot be stored nobody comes in, and the invite is as good as before', async () => {
    const disk = new MemoryRoomDisk()
    let isFull = false
    const beforeAccessChange = (): void => {
      if (isFull) throw new StoreError('storage-failed', 'the disk is full')
    }
    const ground = await AccessGround.start({ defaultPolicy: BY_INVITE, disk, hooks: { beforeAccessChange } })
    const { token } = await ground.invite({ maxUses: 1 })
    isFull = true
    expect((await ground.knock('bob', token)).end).toBe('internal')
    isFull = false
    ground.errors.length = 0
    expect(told(await ground.knock('cleo', token))).toEqual(['joined as editor'])
    const stored = await ground.store.loadAccess(ground.roomId)
    expect(stored.invites).toMatchObject([{ uses: 1 }])
    expect(stored.members.map(({ deviceId }) => deviceId).sort()).toEqual(
      [deviceIdOf('ada'), deviceIdOf('cleo')].sort(),
    )
  })

  it('I3: what was decided is there after the server was killed', async () => {
    const ground = await byInvite()
    const { token } = await ground.invite({ maxUses: 1, role: 'viewer' })
    await ground.knock('bob', token)
    const next = new RoomGround({ disk: ground.disk, defaultPolicy: BY_INVITE })
    const [bob, cleo] = [await next.enter('bob'), await next.enter('cleo')]
    expect((await bob.join(ground.roomId)).role).toBe('viewer')
    const refused = await cleo.ask({ type: 'join', roomId: ground.roomId, invite: token }, 'error')
    expect(refused.code).toBe('invite-used-up')
  })

  it('I2: the server’s own invite is the same one until half of its time is over', async () => {
    const ground = await AccessGround.start()
    const week = 7 * 24 * 3_600_000
    const wish = { role: 'editor', maxUses: null, lifetimeMs: week } as const
    const first = await ground.server.inviteTo(ground.roomId, wish)
    await ground.pass(0.4 * week)
    expect(await ground.server.inviteTo(ground.roomId, wish)).toBe(first)
    await ground.pass(0.2 * week)
    const second = await ground.server.inviteTo(ground.roomId, wish)
    expect(second).not.toBe(first)
    const unending = await ground.server.inviteTo(ground.roomId, { ...wish, lifetimeMs: null })
    await ground.pass(0.9 * week)
    expect(told(await ground.knock('bob', first))).toEqual(['invite-expired'])
    expect(told(await ground.knock('cleo', second))).toEqual(['joined as editor'])
    expect(told(await ground.knock('dan', unending))).toEqual(['joined as editor'])
  })

  it('I5: a second device of one’s own is the same person, once', async () => {
    const ground = await byInvite()
    const bob = await ground.knock('bob', (await ground.invite({ role: 'commenter' })).token)
    const { token, invite } = await ground.invite({ role: 'owner', ownDevice: true }, bob)
    expect(invite).toMatchObject({ role: 'commenter', maxUses: 1, ownDevice: true })
    const phone = await ground.knock('bobs phone', token)
    expect(phone.got('joined')[0]).toMatchObject({ role: 'commenter' })
    const persons = phone.got('joined')[0]?.people.map(({ personId }) => personId)
    expect(persons).toEqual([deviceIdOf('ada'), deviceIdOf('bob'), deviceIdOf('bob')])
    expect(told(await ground.knock('eve', token))).toEqual(['invite-used-up'])
  })

  it('I5: only the newest link of a member counts, for a day at most', async () => {
    const ground = await byInvite()
    const bob = await ground.knock('bob', (await ground.invite()).token)
    const first = await ground.invite({ ownDevice: true }, bob)
    const second = await ground.invite({ ownDevice: true }, bob)
    expect(told(await ground.knock('phone', first.token))).toEqual(['invite-revoked'])
    await ground.pass(24 * 3_600_000)
    expect(told(await ground.knock('phone', second.token, 'later'))).toEqual(['invite-expired'])
  })
})

describe('waiting at the door', () => {
  it('I6: who waits hears nothing of the room until an owner, who is told, lets them in', async () => {
    const ground = await knocking()
    const bob = await ground.knock('bob')
    expect(bob.messages.slice(2)).toEqual([{ type: 'waiting', roomId: ground.roomId, title: 'A room' }])
    const waiting = { deviceId: deviceIdOf('bob'), name: 'bob', colour: 0, role: 'editor', invited: false }
    expect((await ground.access()).waiting).toEqual([waiting])
    expect(ground.ada.got('person')).toEqual([])
    ground.ada.say({ type: 'admit', deviceId: deviceIdOf('bob'), role: 'commenter' })
    await ground.settle()
    expect(told(bob)).toEqual(['waiting', 'joined as commenter'])
    expect(ground.ada.got('person')).toMatchObject([{ person: { name: 'bob', role: 'commenter' } }])
    expect((await ground.access()).waiting).toEqual([])
    await bob.ask({ type: 'leave' }, 'left')
    expect((await bob.join(ground.roomId)).role).toBe('commenter')
  })

  it('I6: who is not let in is told so, and may ask again', async () => {
    const ground = await knocking()
    const bob = await ground.knock('bob')
    ground.ada.say({ type: 'admit', deviceId: deviceIdOf('bob'), role: null })
    await ground.settle()
    expect(told(bob)).toEqual(['waiting', 'not-admitted'])
    bob.say({ type: 'join', roomId: ground.roomId })
    await ground.settle()
    expect(told(bob)).toEqual(['waiting', 'not-admitted', 'waiting'])
    expectCalm(ground, bob, ground.ada)
  })

  it('I6: two windows of a device wait as one and are let in together', async () => {
    const ground = await knocking()
    const [first, second] = [await ground.knock('bob'), await ground.knock('bob', undefined, 'second window')]
    expect((await ground.access()).waiting).toHaveLength(1)
    ground.ada.say({ type: 'admit', deviceId: deviceIdOf('bob'), role: 'editor' })
    await ground.settle()
    expect([first, second].map((peer) => told(peer).at(-1))).toEqual(['joined as editor', 'joined as editor'])
  })

  it.each([true, false])(
    'I5: who waits by a link of a member who is put out meanwhile (banned: %s) is not let in by it',
    async (ban) => {
      const ground = await AccessGround.start({ defaultPolicy: WAITING_ROOM })
      const { bob, phone } = await phoneWaits(ground)
      ground.ada.say({ type: 'removeMember', deviceId: deviceIdOf('bob'), ban })
      await ground.settle()
      ground.ada.say({ type: 'admit', deviceId: deviceIdOf('phone'), role: 'editor' })
      await ground.settle()
      expect([told(bob).at(-1), told(phone)]).toEqual([
        ban ? 'banned' : 'removed',
        ['waiting', 'invite-revoked'],
      ])
      const { members, waiting } = await ground.access()
      expect(waiting).toEqual([])
      expect(members.map(({ deviceId }) => deviceId)).not.toContain(deviceIdOf('phone'))
    },
  )

  it('I5: who waits by a link of a member gets what its maker may do by now', async () => {
    const ground = await AccessGround.start({ defaultPolicy: WAITING_ROOM })
    const { phone } = await phoneWaits(ground)
    ground.ada.say({ type: 'setRole', deviceId: deviceIdOf('bob'), pageId: null, role: 'viewer' })
    await ground.settle()
    ground.ada.say({ type: 'admit', deviceId: deviceIdOf('phone'), role: 'editor' })
    await ground.settle()
    expect(told(phone)).toEqual(['waiting', 'joined as viewer'])
  })

  it('I6: who goes, by a word or without one, waits no more', async () => {
    const ground = await knocking()
    const [bob, cleo] = [await ground.knock('bob'), await ground.knock('cleo')]
    await bob.ask({ type: 'leave' }, 'left')
    cleo.vanish()
    expect((await ground.access()).waiting).toEqual([])
    ground.ada.say({ type: 'admit', deviceId: deviceIdOf('bob'), role: 'editor' })
    await ground.settle()
    expect((await ground.access()).members).toHaveLength(1)
    expectCalm(ground, bob, ground.ada)
  })

  it('I6: who waits may change their name, and does nothing else', async () => {
    const ground = await knocking()
    const bob = await ground.knock('bob')
    bob.say({ type: 'profile', name: 'Bobby', colour: 4 })
    expect((await ground.access()).waiting).toMatchObject([{ name: 'Bobby', colour: 4 }])
    bob.say({ type: 'join', roomId: ground.roomId })
    await ground.settle()
    expect(bob.end).toBe('out-of-turn')
    expect((await ground.access()).waiting).toEqual([])
  })

  it('I6: the invited wait where the policy says so, and the use counts when they come in', async () => {
    const ground = await AccessGround.start({ defaultPolicy: WAITING_ROOM })
    const { token } = await ground.invite({ maxUses: 1 })
    const bob = await ground.knock('bob', token)
    expect(await ground.access()).toMatchObject({ waiting: [{ invited: true }], invites: [{ uses: 0 }] })
    ground.ada.say({ type: 'admit', deviceId: deviceIdOf('bob'), role: 'editor' })
    await ground.settle()
    expect(told(bob)).toEqual(['waiting', 'joined as editor'])
    expect(await ground.access()).toMatchObject({ waiting: [], invites: [{ uses: 1 }] })
  })

  it('I6: a room in which nobody is but those who wait is not unloaded, and closing it tells them', async () => {
    const ground = await AccessGround.start({ defaultPolicy: KNOCK, limits: { unloadAfterMs: 1_000 } })
    const bob = await ground.knock('bob')
    await ground.ada.ask({ type: 'leave' }, 'left')
    for (let second = 0; second < 10; second++) await ground.pass(1_000)
    await ground.ada.join(ground.roomId)
    expect(ground.ada.got('access').at(-1)?.waiting).toHaveLength(1)
    ground.ada.say({ type: 'closeRoom' })
    await ground.settle()
    expect(told(bob)).toEqual(['waiting', 'room-closed'])
    expectCalm(ground, bob)
  })
})

describe('the answer to a join', () => {
  it('K10: proves that the room is met, and by which certificate', async () => {
    const ground = await AccessGround.start()
    const bob = await ground.knock('bob')
    const { proof, roomKey } = bob.got('joined')[0] ?? {}
    expect(proof?.fingerprint).toBe(FINGERPRINT)
    const text = roomProofText(CHALLENGE, bob.sessionId, FINGERPRINT)
    expect(verify(proof?.signature ?? '', text, roomKey ?? '')).toBe(true)
  })
})
