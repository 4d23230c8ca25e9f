import { describe, expect, it } from 'vitest'
import { BY_INVITE, KNOCK } from '../../../../src/server/access/policies'
import { idOfPublicKey } from '../../../../src/shared/identity/keys'
import { textType } from '../../../../src/shared/ot/text'
import { createPage } from '../../../../src/shared/pages'
import type { ErrorCode } from '../../../../src/shared/protocol/errors'
import { EngineDevice, EngineGround, type EngineWindow, type GroundOptions } from '../../../lib/engineGround'
import { samplePng } from '../../../lib/samplePictures'
import { shown } from '../assets/shown'

const PAGE = 'p'.repeat(26)

class Room {
  readonly bobsDevice = new EngineDevice('bob')
  readonly bobId = idOfPublicKey(this.bobsDevice.keys.publicKey)

  private constructor(
    readonly ground: EngineGround,
    readonly ada: EngineWindow,
  ) {}

  /** A room with a text page that ada owns and is in. */
  static async start(options: GroundOptions = {}): Promise<Room> {
    const owner = new EngineDevice('ada')
    const ground = await EngineGround.start({ ...options, owner })
    const ada = ground.open(owner)
    await ground.run(undefined, 1)
    const { pageList } = ada.client
    pageList.edit(createPage(pageList.content, { id: PAGE, kind: 'text', title: 'Notes' }))
    ada.client.openPage(PAGE, 'text')
    await ground.run(undefined, 1)
    return new Room(ground, ada)
  }

  /** The same with bob, who was let in as an editor and has the page open. */
  static async withBob(options: GroundOptions = {}): Promise<{ room: Room; bob: EngineWindow }> {
    const room = await Room.start(options)
    const bob = room.ground.open(room.bobsDevice)
    bob.client.openPage(PAGE, 'text')
    await room.passes(1)
    return { room, bob }
  }

  passes(seconds: number): Promise<void> {
    return this.ground.run(undefined, seconds)
  }
}

const textOf = ({ client }: EngineWindow): string =>
  textType.serialise(client.openPage(PAGE, 'text').content as never)

function write({ client }: EngineWindow, text: string): void {
  client.openPage(PAGE, 'text').edit(textType.parseOp([text]))
}

const draftsOf = ({ client }: EngineWindow): string[][] =>
  client.drafts.value.map(({ code, content }) => [code, content])

const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (error: unknown) => (error as { code: string }).code,
  )

describe('coming into a room', () => {
  it('I6: waits with the title of the room until an owner lets this device in, also over a lost connection', async () => {
    const room = await Room.start({ policy: KNOCK })
    const bob = room.ground.open(room.bobsDevice)
    await room.passes(1)
    expect([bob.client.status.value, bob.client.title.value]).toEqual([{ state: 'waiting' }, 'Room'])
    expect(bob.client.access.role.value).toBeUndefined()
    room.ground.cut(bob)
    await room.passes(2)
    expect(bob.client.status.value).toEqual({ state: 'waiting' })
    expect(room.ada.client.access.state.value?.waiting).toMatchObject([
      { deviceId: room.bobId, name: 'bob', role: 'editor', invited: false },
    ])
    room.ada.client.access.admit(room.bobId, 'commenter')
    await room.passes(1)
    expect(bob.client.status.value).toEqual({ state: 'connected', role: 'commenter' })
    expect(room.ada.client.access.state.value?.waiting).toEqual([])
  })

  it('I6: who leaves while waiting waits no more', async () => {
    const room = await Room.start({ policy: KNOCK })
    const bob = room.ground.open(room.bobsDevice)
    await room.passes(1)
    const leaving = bob.client.leave()
    await room.passes(1)
    await leaving
    expect(bob.client.status.value).toEqual({ state: 'left' })
    expect(room.ada.client.access.state.value?.waiting).toEqual([])
  })

  it('I1: comes in by an invite that an owner has made, and needs it no more', async () => {
    const room = await Room.start({ policy: BY_INVITE })
    const asked = room.ada.client.access.createInvite({ role: 'editor', expiresAt: null, maxUses: 1 })
    await room.passes(1)
    const { token, invite } = await asked
    const refused = room.ground.open(new EngineDevice('eve'))
    const bob = room.ground.open(room.bobsDevice, token)
    await room.passes(1)
    expect(refused.client.status.value).toMatchObject({ state: 'refused', code: 'invite-needed' })
    expect(bob.client.status.value).toEqual({ state: 'connected', role: 'editor' })
    expect(room.ada.client.access.state.value?.invites).toEqual([{ ...invite, uses: 1 }])
    const again = room.ground.open(room.bobsDevice)
    await room.passes(1)
    expect(again.client.status.value.state).toBe('connected')
  })

  it('I11: asks for invites are answered each, refused for those who are no owners, and end with the connection', async () => {
    const { room, bob } = await Room.withBob()
    const wish = { role: 'editor', expiresAt: null, maxUses: null } as const
    const refused = codeOf(bob.client.access.createInvite(wish))
    const own = codeOf(bob.client.access.createInvite({ ...wish, ownDevice: true }))
    const unknown = codeOf(room.ada.client.access.tokenOf('z'.repeat(26)))
    await room.passes(1)
    expect([await refused, await own, await unknown]).toEqual(['not-allowed', 'done', 'invite-invalid'])
    const lost = codeOf(room.ada.client.access.createInvite(wish))
    room.ground.cut(room.ada)
    expect(await lost).toBe('server-unreachable')
    expect(await codeOf(room.ada.client.access.createInvite(wish))).toBe('server-unreachable')
    expect(bob.client.status.value.state).toBe('connected')
  })
})

describe('a role that changes', () => {
  it('I7: is shown at once, in the room and on each page, to oneself and to others', async () => {
    const { room, bob } = await Room.withBob()
    const onPage = bob.client.access.roleOn(PAGE)
    expect([bob.client.access.role.value, onPage.value]).toEqual(['editor', 'editor'])
    room.ada.client.access.setPageRole(room.bobId, PAGE, 'viewer')
    await room.passes(1)
    expect([bob.client.access.role.value, onPage.value]).toEqual(['editor', 'viewer'])
    room.ada.client.access.setRole(room.bobId, 'commenter')
    room.ada.client.access.setPageRole(room.bobId, PAGE, null)
    await room.passes(1)
    expect([bob.client.access.role.value, onPage.value]).toEqual(['commenter', 'commenter'])
    expect(bob.client.status.value).toEqual({ state: 'connected', role: 'commenter' })
    const rolesOf = ({ client }: EngineWindow): unknown[] =>
      client.people.value.map(({ name, role }) => [name, role]).sort()
    expect(rolesOf(bob)).toEqual([
      ['ada', 'owner'],
      ['bob', 'commenter'],
    ])
    expect(rolesOf(room.ada)).toEqual(rolesOf(bob))
  })

  it('I7: stays known while the connection is gone; what owners are told does not', async () => {
    const { room } = await Room.withBob()
    expect(room.ada.client.access.state.value?.members).toHaveLength(2)
    room.ground.cut(room.ada)
    expect(room.ada.client.access.role.value).toBe('owner')
    expect(room.ada.client.access.state.value).toBeUndefined()
  })

  it('I8: what one has written and the server has not becomes a draft; the page is as others see it', async () => {
    const { room, bob } = await Room.withBob()
    write(bob, 'kept')
    await room.passes(1)
    room.ada.client.access.setRole(room.bobId, 'viewer')
    // The first is in flight when the role changes, the second is not even sent.
    write(bob, 'in flight, ')
    await room.ground.run(() => bob.client.access.role.value === 'viewer', 1)
    write(bob, 'unsent, ')
    await room.passes(1)
    expect([textOf(bob), textOf(room.ada)]).toEqual(['kept', 'kept'])
    expect(new Set(draftsOf(bob).map(([code]) => code))).toEqual(new Set(['not-allowed']))
    const kept = draftsOf(bob).flatMap(([, content]) => content)
    for (const words of ['in flight, ', 'unsent, ']) expect(kept.join()).toContain(words)
    expect([bob.client.unsent.value, bob.client.status.value.state, bob.errors]).toEqual([0, 'connected', []])
  })

  it('I8: what was written offline becomes a draft where the role is gone meanwhile', async () => {
    const { room, bob } = await Room.withBob()
    room.ground.cut(bob)
    write(bob, 'offline')
    await bob.client.written()
    bob.kill()
    room.ada.client.access.setRole(room.bobId, 'viewer')
    await room.passes(1)
    const again = room.ground.open(room.bobsDevice)
    again.client.openPage(PAGE, 'text')
    await room.passes(5)
    expect([textOf(again), draftsOf(again), again.client.unsent.value]).toEqual([
      '',
      [['not-allowed', 'offline']],
      0,
    ])
  })

  it('I8: an edit that was committed before the role was lost is no draft, though its acknowledgement was lost', async () => {
    const { room, bob } = await Room.withBob()
    write(bob, 'in time')
    await room.ground.run(() => textOf(room.ada) === 'in time', 1)
    room.ground.cut(bob)
    room.ada.client.access.setRole(room.bobId, 'viewer')
    await room.passes(3)
    expect([textOf(bob), draftsOf(bob), bob.client.unsent.value]).toEqual(['in time', [], 0])
    expect(bob.client.access.role.value).toBe('viewer')
  })

  it('I8: pictures are not taken of a viewer, and sent as soon as the role is back', async () => {
    const { room, bob } = await Room.withBob()
    room.ada.client.access.setRole(room.bobId, 'viewer')
    await room.passes(1)
    const id = await bob.client.assets.add(samplePng())
    await room.passes(1)
    expect(shown(bob, id)).toBe('not-allowed')
    room.ada.client.access.setRole(room.bobId, 'editor')
    await room.passes(1)
    expect(shown(bob, id)).toEqual(samplePng())
    const stop = room.ada.client.assets.watch(id).subscribe(() => undefined)
    await room.passes(1)
    expect(shown(room.ada, id)).toEqual(samplePng())
    stop()
  })
})

describe('being put out of a room', () => {
  it.each<[ErrorCode, boolean]>([
    ['removed', false],
    ['banned', true],
  ])('I9: is final and told as %s; what was written stays on the device', async (code, ban) => {
    const { room, bob } = await Room.withBob()
    room.ada.client.access.remove(room.bobId, ban)
    await room.passes(1)
    write(bob, 'too late')
    await room.passes(1)
    expect(bob.client.status.value).toMatchObject({ state: 'refused', code })
    expect([textOf(bob), textOf(room.ada)]).toEqual(['too late', ''])
    expect(bob.client.unsent.value).toBe(1)
    await room.passes(30)
    expect(room.ada.client.people.value).toHaveLength(1)
    bob.client.connectNow()
    await room.passes(1)
    expect(bob.client.status.value.state).toBe(ban ? 'refused' : 'connected')
  })

  it('I11: a decision that cannot be carried out is reported, and the connection goes on', async () => {
    const { room } = await Room.withBob()
    room.ada.client.access.remove('z'.repeat(32), false)
    await room.passes(1)
    expect(room.ada.errors).toMatchObject([{ code: 'member-unknown' }])
    expect(room.ada.client.status.value.state).toBe('connected')
  })
})

describe('a crowded room', () => {
  it('I10: who comes last reads, and writes as soon as somebody has gone', async () => {
    const { room, bob } = await Room.withBob({ limits: { maxEditorsPerRoom: 2 } })
    const cleo = room.ground.open(new EngineDevice('cleo'))
    await room.passes(1)
    const stand = (): unknown[] => [cleo.client.access.role.value, cleo.client.access.crowded.value]
    expect(stand()).toEqual(['viewer', true])
    const leaving = bob.client.leave()
    await room.passes(1)
    await leaving
    expect(stand()).toEqual(['editor', false])
    expect(cleo.client.status.value).toEqual({ state: 'connected', role: 'editor' })
  })
})

describe('limits of the server', () => {
  it('are known from the greeting on, and stay known', async () => {
    const room = await Room.start({ limits: { maxPageLength: 12_345 } })
    expect(room.ada.client.limits.value?.maxPageLength).toBe(12_345)
    room.ground.cut(room.ada)
    expect(room.ada.client.limits.value?.maxPageLength).toBe(12_345)
  })
})
