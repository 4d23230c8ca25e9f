import { describe, expect, it } from 'vitest'
import { BY_INVITE, KNOCK, OPEN_DOOR } from '../../../../src/server/access/policies'
import type { ClientMessageOf } from '../../../../src/shared/protocol/clientMessages'
import { idOf } from '../../../lib/idOf'
import { deviceIdOf, type Peer } from '../core/roomGround'
import { AccessGround, expectCalm, told } from './accessGround'

type Decision = ClientMessageOf<'setRole' | 'removeMember' | 'admit' | 'unban' | 'setPolicy' | 'revokeInvite'>

/** Sends decisions, and gives the codes with which they were refused. */
async function decide(ground: AccessGround, peer: Peer, ...decisions: Decision[]): Promise<string[]> {
  const from = peer.got('error').length
  for (const decision of decisions) peer.say(decision)
  await ground.settle()
  return peer
    .got('error')
    .slice(from)
    .map(({ code }) => code)
}

const demote = (name: string): Decision => ({
  type: 'setRole',
  deviceId: deviceIdOf(name),
  pageId: null,
  role: 'editor',
})
const remove = (name: string, ban = false): Decision => ({
  type: 'removeMember',
  deviceId: deviceIdOf(name),
  ban,
})

describe('the last owner', () => {
  it('I14: stays one, whatever is asked and by whom', async () => {
    const ground = await AccessGround.start()
    const bob = await ground.knock('bob')
    expect(await decide(ground, ground.ada, demote('ada'), remove('ada'), remove('ada', true))).toEqual([
      'last-owner',
      'last-owner',
      'not-allowed',
    ])
    expect(await decide(ground, bob, demote('ada'), remove('ada'), remove('ada', true))).toEqual(
      Array.from({ length: 3 }, () => 'not-allowed'),
    )
    const { members } = await ground.access()
    expect(members.find(({ deviceId }) => deviceId === deviceIdOf('ada'))).toMatchObject({
      role: 'owner',
      banned: false,
    })
    expectCalm(ground, ground.ada, bob)
  })

  it('I14: goes with all their devices, or none: two devices of one person are one owner', async () => {
    const ground = await AccessGround.start({ defaultPolicy: BY_INVITE })
    const { token } = await ground.invite({ ownDevice: true })
    const phone = await ground.knock('phone of ada', token)
    expect(told(phone)).toEqual(['joined as owner'])
    expect(await decide(ground, ground.ada, demote('phone of ada'), remove('phone of ada'))).toEqual([
      'last-owner',
      'last-owner',
    ])
  })

  it('I14: may go once there is another, who then is the last', async () => {
    const ground = await AccessGround.start({ defaultPolicy: BY_INVITE })
    const { token } = await ground.invite({ role: 'owner' })
    const bob = await ground.knock('bob', token)
    expect(await decide(ground, bob, demote('ada'), demote('bob'), remove('bob'))).toEqual([
      'last-owner',
      'last-owner',
    ])
    expect(ground.ada.got('role').at(-1)).toMatchObject({ role: 'editor' })
  })

  it('I14: of two who demote each other at a time, one is left', async () => {
    const ground = await AccessGround.start({ defaultPolicy: BY_INVITE })
    const bob = await ground.knock('bob', (await ground.invite({ role: 'owner' })).token)
    ground.ada.say(demote('bob'))
    bob.say(demote('ada'))
    await ground.settle()
    const roles = [ground.ada, bob].map((peer) => peer.got('role').at(-1)?.role ?? 'owner')
    expect(roles).toEqual(['owner', 'editor'])
    expect(bob.got('error').map(({ code }) => code)).toEqual(['not-allowed'])
  })

  it('I14: is still one after leaving, closing the window and being away', async () => {
    const ground = await AccessGround.start({
      defaultPolicy: BY_INVITE,
      limits: { joinTimeoutMs: 3_600_000 },
    })
    await ground.ada.ask({ type: 'leave' }, 'left')
    await ground.pass(10 * 60_000)
    expect((await ground.ada.join(ground.roomId)).role).toBe('owner')
  })
})

it('I14: an owner is not banned, by no other owner either', async () => {
  const ground = await AccessGround.start({ defaultPolicy: BY_INVITE })
  const bob = await ground.knock('bob', (await ground.invite({ role: 'owner' })).token)
  expect(await decide(ground, ground.ada, remove('bob', true))).toEqual(['not-allowed'])
  expect(await decide(ground, ground.ada, demote('bob'), remove('bob', true))).toEqual([])
  expect(told(bob).at(-1)).toBe('banned')
})

it('I14: an owner is one on every page', async () => {
  const ground = await AccessGround.start()
  const onPage = { ...demote('ada'), pageId: idOf('a page') }
  expect(await decide(ground, ground.ada, onPage)).toEqual(['not-allowed'])
})

describe('limits of who may enter', () => {
  it('L10: members: one too many is room-full and uses up no invite, until somebody is taken out', async () => {
    const ground = await AccessGround.start({ defaultPolicy: BY_INVITE, limits: { maxMembersPerRoom: 2 } })
    const { token } = await ground.invite({ maxUses: 2 })
    await ground.knock('bob', token)
    const cleo = await ground.knock('cleo', token)
    expect(told(cleo)).toEqual(['room-full'])
    expect((await ground.access()).invites).toMatchObject([{ uses: 1 }])
    expect(await decide(ground, ground.ada, remove('bob'))).toEqual([])
    expect((await cleo.join(ground.roomId, token)).role).toBe('editor')
  })

  it('L10: members: strangers who are away make room for others, those who are here or were invited do not', async () => {
    const ground = await AccessGround.start({ defaultPolicy: OPEN_DOOR, limits: { maxMembersPerRoom: 3 } })
    const here = await ground.knock('here')
    const away = await ground.knock('away')
    expect(told(await ground.knock('one too many'))).toEqual(['room-full'])
    await away.ask({ type: 'leave' }, 'left')
    expect(told(await ground.knock('next'))).toEqual(['joined as editor'])
    expectCalm(ground, here)
    const { members } = await ground.access()
    expect(members.map(({ name }) => name).sort()).toEqual(['ada', 'here', 'next'])
  })

  it('L10: invites: one too many is access-full, unless one that counts no more makes room', async () => {
    const ground = await AccessGround.start({ defaultPolicy: BY_INVITE, limits: { maxInvitesPerRoom: 2 } })
    const create = { type: 'createInvite', role: 'viewer', expiresAt: null, maxUses: null } as const
    await ground.invite({ expiresAt: ground.clock.now() + 1_000 })
    await ground.invite()
    const refused = await ground.ada.ask({ ...create, request: 77 }, 'error')
    expect(refused).toMatchObject({ code: 'access-full', request: 77 })
    await ground.pass(1_000)
    await ground.ada.ask({ ...create, request: 78 }, 'invite')
    expect((await ground.access()).invites).toHaveLength(2)
    expectCalm(ground, ground.ada)
  })

  it('L10: devices: nobody fills a room with devices of their own', async () => {
    const ground = await AccessGround.start({ defaultPolicy: BY_INVITE, limits: { maxDevicesPerPerson: 3 } })
    const link = {
      type: 'createInvite',
      role: 'viewer',
      expiresAt: null,
      maxUses: null,
      ownDevice: true,
    } as const
    let eve = await ground.knock('eve', (await ground.invite({ role: 'viewer' })).token)
    let devices = 1
    // Each new device makes the link for the next.
    for (let request = 1; request < 10; request += 1) {
      eve.say({ ...link, request })
      await ground.settle()
      const made = eve.got('invite').at(-1)
      if (made?.request !== request) break
      eve = await ground.knock(`device ${request} of eve`, made.token)
      devices += 1
    }
    expect(devices).toBe(3)
    expect(eve.got('error').map(({ code }) => code)).toEqual(['access-full'])
    // An invite for somebody else is still there to be made.
    expect(told(await ground.knock('bob', (await ground.invite()).token))).toEqual(['joined as editor'])
  })

  it('L10: waiting: one too many is room-full, and others are let in all the same', async () => {
    const ground = await AccessGround.start({ defaultPolicy: KNOCK, limits: { maxWaitingPerRoom: 2 } })
    const [bob] = [await ground.knock('bob'), await ground.knock('cleo')]
    expect(told(await ground.knock('dan'))).toEqual(['room-full'])
    expect(told(await ground.knock('bob', undefined, 'second window'))).toEqual(['waiting'])
    expect(
      await decide(ground, ground.ada, { type: 'admit', deviceId: deviceIdOf('bob'), role: 'viewer' }),
    ).toEqual([])
    expect(told(bob)).toEqual(['waiting', 'joined as viewer'])
    expect(told(await ground.knock('dan', undefined, 'again'))).toEqual(['waiting'])
  })

  it('L10: roles on pages: one too many is access-full, and taking one away is always possible', async () => {
    const ground = await AccessGround.start({ limits: { maxPageRolesPerRoom: 2 } })
    await ground.knock('bob')
    const onPage = (page: string, role: 'viewer' | null): Decision => ({
      type: 'setRole',
      deviceId: deviceIdOf('bob'),
      pageId: idOf(page),
      role,
    })
    const { ada } = ground
    expect(await decide(ground, ada, onPage('a', 'viewer'), onPage('b', 'viewer'))).toEqual([])
    expect(await decide(ground, ada, onPage('c', 'viewer'))).toEqual(['access-full'])
    expect(await decide(ground, ada, onPage('a', null), onPage('c', 'viewer'))).toEqual([])
    const bob = (await ground.access()).members.find(({ name }) => name === 'bob')
    expect(Object.keys(bob?.pageRoles ?? {}).sort()).toEqual([idOf('b'), idOf('c')].sort())
  })
})
