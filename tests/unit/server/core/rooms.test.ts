import { describe, expect, it } from 'vitest'
import { idOfPublicKey } from '../../../../src/shared/identity/keys'
import { idOf } from '../../../lib/idOf'
import { deviceIdOf, deviceOf, openMessage, RoomGround } from './roomGround'

const OPEN_LIST = openMessage('pages')

describe('creating a room', () => {
  it('E8: gives an id that is derived from its key, and the creator is the owner', async () => {
    const ground = new RoomGround()
    const ada = await ground.enter('ada')
    const created = await ada.ask({ type: 'createRoom', title: '  A room 写 ' }, 'roomCreated')
    const joined = await ada.join(created.roomId)
    expect(joined).toMatchObject({ title: '  A room 写 ', role: 'owner', roomId: created.roomId })
    expect(idOfPublicKey(joined.roomKey)).toBe(created.roomId)
    const bob = await ground.enter('bob')
    expect((await bob.join(created.roomId)).role).toBe('editor')
  })

  it.each<[string, 'anyone' | 'token' | 'nobody', string | undefined, boolean]>([
    ['anyone', 'anyone', undefined, true],
    ['a holder of the token', 'token', 'the right token', true],
    ['a holder of another token', 'token', 'the right tokem', false],
    ['somebody without a token', 'token', undefined, false],
    ['nobody', 'nobody', 'the right token', false],
  ])('E8: by %s on a server for %s', async (_name, mode, token, isAllowed) => {
    const roomCreation = mode === 'token' ? { mode, token: 'the right token' } : { mode }
    const ground = new RoomGround({ roomCreation })
    const ada = await ground.enter('ada')
    ada.say({ type: 'createRoom', title: 'A', ...(token === undefined ? {} : { token }) })
    await ground.settle()
    expect(ada.got('roomCreated')).toHaveLength(isAllowed ? 1 : 0)
    expect(ada.got('error').map(({ code }) => code)).toEqual(isAllowed ? [] : ['room-creation-refused'])
    expect(ada.end).toBeUndefined()
  })

  it('L1: beyond the limit of the server is too-many-rooms', async () => {
    const ground = new RoomGround({ limits: { maxRooms: 1 } })
    const ada = await ground.enter('ada')
    await ground.createRoom(ada)
    expect(await ada.ask({ type: 'createRoom', title: 'B' }, 'error')).toMatchObject({
      code: 'too-many-rooms',
    })
  })
})

describe('joining and leaving', () => {
  it('E5: is answered with who is there, and the others are told', async () => {
    const ground = new RoomGround()
    const { ada, bob, roomId } = await ground.room()
    const cleo = await ground.enter('cleo')
    const joined = await cleo.join(roomId)
    const person = {
      sessionId: cleo.sessionId,
      deviceId: deviceIdOf('cleo'),
      personId: deviceIdOf('cleo'),
      name: 'cleo',
      colour: 0,
      role: 'editor',
    }
    expect(joined.people.map(({ name, role }) => [name, role])).toEqual([
      ['ada', 'owner'],
      ['bob', 'editor'],
      ['cleo', 'editor'],
    ])
    expect(joined.people[2]).toEqual(person)
    for (const peer of [ada, bob]) expect(peer.messages).toEqual([{ type: 'person', person }])
    expect(cleo.got('person')).toEqual([])
  })

  it('E5: others are told of a new name or colour, and newcomers find it', async () => {
    const ground = new RoomGround()
    const { ada, bob, roomId } = await ground.room()
    ada.say({ type: 'profile', name: 'Ada L.', colour: 7 })
    await ground.settle()
    expect(bob.messages).toMatchObject([
      { type: 'person', person: { sessionId: ada.sessionId, name: 'Ada L.', colour: 7 } },
    ])
    expect(ada.messages).toEqual([])
    const cleo = await ground.enter('cleo')
    expect((await cleo.join(roomId)).people[0]).toMatchObject({ name: 'Ada L.', colour: 7 })
  })

  it('E5: a name chosen before the join is the one others see', async () => {
    const ground = new RoomGround()
    const { bob, roomId } = await ground.room()
    const cleo = await ground.enter('cleo')
    cleo.say({ type: 'profile', name: 'Cleo!', colour: 2 })
    await cleo.join(roomId)
    expect(bob.messages).toMatchObject([{ person: { name: 'Cleo!', colour: 2 } }])
  })

  it('E5: others are told when somebody is gone, with or without a word', async () => {
    const ground = new RoomGround()
    const { ada, bob, roomId } = await ground.room()
    const cleo = await ground.enter('cleo')
    await cleo.join(roomId)
    await ada.ask({ type: 'leave' }, 'left')
    cleo.vanish()
    cleo.vanish()
    await ground.settle()
    expect(bob.messages.slice(1)).toEqual([
      { type: 'personLeft', sessionId: ada.sessionId },
      { type: 'personLeft', sessionId: cleo.sessionId },
    ])
  })

  it('E6: leaving is confirmed, and after it nothing of the room comes', async () => {
    const ground = new RoomGround()
    const { ada, bob } = await ground.room()
    await ada.ask(OPEN_LIST, 'opened')
    await ada.ask({ type: 'leave' }, 'left')
    const opened = await bob.ask({ ...OPEN_LIST, clients: [idOf('bob')] }, 'opened')
    const op = { [idOf('page')]: { put: { kind: 'page', props: { kind: 'text' } } } }
    bob.say({ type: 'submit', pageId: 'pages', ...opened.head, clientId: idOf('bob'), after: 0, seq: 1, op })
    bob.say({ type: 'profile', name: 'B', colour: 1 })
    await ground.settle()
    expect(bob.got('updates')).toHaveLength(1)
    expect(ada.messages.at(-1)).toEqual({ type: 'left' })
  })

  it('E6: the same connection may join again, or another room', async () => {
    const ground = new RoomGround()
    const { ada, roomId } = await ground.room()
    await ada.ask({ type: 'leave' }, 'left')
    const other = await ground.createRoom(ada)
    expect((await ada.join(other)).people).toHaveLength(1)
    await ada.ask({ type: 'leave' }, 'left')
    expect((await ada.join(roomId)).people).toHaveLength(2)
  })

  it('E6: leaving is confirmed also while a page is asked for that is not there', async () => {
    const ground = new RoomGround()
    const { ada, bob } = await ground.room()
    await ada.ask(OPEN_LIST, 'opened')
    bob.say({ ...OPEN_LIST, pageId: idOf('no page') })
    ada.say({ type: 'leave' })
    await ground.settle()
    expect([ada.got('left').length, ada.got('error')]).toEqual([1, []])
    expect(bob.got('error')).toMatchObject([{ code: 'page-unknown', pageId: idOf('no page') }])
  })

  it('E9: a room that is not there is room-unknown, and the connection goes on', async () => {
    const ground = new RoomGround()
    const ada = await ground.enter('ada')
    expect(await ada.ask({ type: 'join', roomId: idOf('no room') }, 'error')).toMatchObject({
      code: 'room-unknown',
    })
    expect(ada.end).toBeUndefined()
    await ada.join(await ground.createRoom(ada))
  })

  it('L1: beyond the limit of the room is room-full, until somebody leaves', async () => {
    const ground = new RoomGround({ limits: { maxSessionsPerRoom: 2 } })
    const { ada, bob, roomId } = await ground.room()
    const cleo = await ground.enter('cleo')
    expect(await cleo.ask({ type: 'join', roomId }, 'error')).toMatchObject({ code: 'room-full' })
    expect(ada.messages).toEqual([])
    bob.vanish()
    await cleo.join(roomId)
  })
})

describe('knocking', () => {
  it('N3: says whether one would be let in, and changes nothing', async () => {
    const ground = new RoomGround()
    const { ada, bob, roomId } = await ground.room()
    const cleo = await ground.enter('cleo')
    expect(await cleo.ask({ type: 'knock', roomId }, 'knocked')).toEqual({
      type: 'knocked',
      roomId,
      waits: false,
    })
    expect(await cleo.ask({ type: 'knock', roomId: idOf('no room') }, 'error')).toMatchObject({
      code: 'room-unknown',
    })
    expect([ada.messages, bob.messages]).toEqual([[], []])
    ada.say({ type: 'closeRoom' })
    await ground.settle()
    expect(await cleo.ask({ type: 'knock', roomId }, 'error')).toMatchObject({ code: 'room-closed' })
    expect(cleo.end).toBeUndefined()
  })
})

describe('closing a room', () => {
  it('E9: everybody in it is told, nobody joins, and opened again it has everything', async () => {
    const ground = new RoomGround()
    const { ada, bob, roomId } = await ground.room()
    const opened = await bob.ask({ ...OPEN_LIST, clients: [idOf('bob')] }, 'opened')
    const op = { [idOf('page')]: { put: { kind: 'page', props: { kind: 'text' } } } }
    bob.say({ type: 'submit', pageId: 'pages', ...opened.head, clientId: idOf('bob'), after: 0, seq: 1, op })
    ada.say({ type: 'closeRoom' })
    await ground.settle()
    expect([ada, bob].map((peer) => peer.messages.at(-1))).toEqual(Array(2).fill({ type: 'roomClosed' }))
    expect([ada.end, bob.end]).toEqual([undefined, undefined])
    expect(await bob.ask({ type: 'join', roomId }, 'error')).toMatchObject({ code: 'room-closed' })
    await ground.server.reopenRoom(roomId)
    await bob.join(roomId)
    const again = await bob.ask({ ...OPEN_LIST, request: 2 }, 'opened')
    expect(again.head.version).toBe(1)
  })

  it('E9: is for the owner alone', async () => {
    const ground = new RoomGround()
    const { ada, bob } = await ground.room()
    expect(await bob.ask({ type: 'closeRoom' }, 'error')).toMatchObject({ code: 'not-allowed' })
    expect([bob.end, ada.messages]).toEqual([undefined, []])
  })

  it('E9: is for every window of the owner', async () => {
    const ground = new RoomGround()
    const { bob, roomId } = await ground.room()
    const second = await ground.enter('ada', deviceOf('ada'), idOf('second window'))
    await second.join(roomId)
    await second.ask({ type: 'closeRoom' }, 'roomClosed')
    expect(bob.messages.at(-1)).toEqual({ type: 'roomClosed' })
  })

  it('E9: refuses whoever was about to join', async () => {
    const ground = new RoomGround()
    const { ada, roomId } = await ground.room()
    const cleo = await ground.enter('cleo')
    for (let turns = 0; turns < 12; turns++) {
      await ground.server.reopenRoom(roomId)
      ada.messages.length = 0
      if (turns > 0) await ada.join(roomId)
      ada.say({ type: 'closeRoom' })
      for (let turn = 0; turn < turns; turn++) await Promise.resolve()
      cleo.messages.length = 0
      cleo.say({ type: 'join', roomId })
      await ground.settle()
      const told = cleo.messages.map((message) => (message.type === 'error' ? message.code : message.type))
      // Joined just before and told so, or refused; never in a room that is closed.
      expect([['room-closed'], ['joined', 'roomClosed']]).toContainEqual(told)
    }
  })
})

describe('rooms that nobody uses', () => {
  it('E10: are unloaded after a time, and come back as they were', async () => {
    const ground = new RoomGround({ limits: { unloadAfterMs: 1_000 } })
    const { ada, bob, roomId } = await ground.room()
    const opened = await bob.ask({ ...OPEN_LIST, clients: [idOf('bob')] }, 'opened')
    const op = { [idOf('page')]: { put: { kind: 'page', props: { kind: 'text' } } } }
    bob.say({ type: 'submit', pageId: 'pages', ...opened.head, clientId: idOf('bob'), after: 0, seq: 1, op })
    await ground.settle()
    const hash = bob.got('updates')[0]?.hash
    ada.vanish()
    bob.vanish()
    const stored = (): Promise<unknown> =>
      ground.store.loadPage(roomId, 'pages').then((page) => page?.snapshot?.version)
    expect(await stored()).toBeUndefined()
    for (let i = 0; i < 6; i++) await ground.pass(500)
    expect(await stored()).toBe(1)
    const cleo = await ground.enter('cleo')
    await cleo.join(roomId)
    expect((await cleo.ask(OPEN_LIST, 'opened')).head).toEqual({ version: 1, hash })
    expect(cleo.got('snapshot')[0]?.text).toContain(idOf('page'))
  })

  it('E10: are not unloaded while somebody is in them, however quiet', async () => {
    const ground = new RoomGround({ limits: { unloadAfterMs: 1_000 } })
    const { ada, roomId } = await ground.room()
    for (let i = 0; i < 10; i++) await ground.pass(500)
    const cleo = await ground.enter('cleo')
    await cleo.join(roomId)
    expect(ada.got('person')).toHaveLength(1)
    expect(await ground.server.listRooms()).toMatchObject([{ open: true, sessions: 3 }])
  })
})

describe('a server that stops', () => {
  it('E11: commits what was submitted, tells everybody, and takes nobody new', async () => {
    const ground = new RoomGround()
    const { ada, bob, roomId } = await ground.room()
    const opened = await bob.ask({ ...OPEN_LIST, clients: [idOf('bob')] }, 'opened')
    const op = { [idOf('page')]: { put: { kind: 'page', props: { kind: 'text' } } } }
    bob.say({ type: 'submit', pageId: 'pages', ...opened.head, clientId: idOf('bob'), after: 0, seq: 1, op })
    await ground.server.stop()
    expect(bob.got('updates')).toHaveLength(1)
    expect([ada.end, bob.end]).toEqual(['server-stopping', 'server-stopping'])
    expect(ground.connect().end).toBe('server-stopping')
    const next = new RoomGround({ disk: ground.disk })
    const cleo = await next.enter('cleo')
    await cleo.join(roomId)
    expect((await cleo.ask(OPEN_LIST, 'opened')).head.version).toBe(1)
    expect([ground.errors, ground.clock.waiting]).toEqual([[], 0])
  })
})

describe('a server whose machine goes to sleep', () => {
  it('E13: tells everybody, and takes nobody until it is awake', async () => {
    const ground = new RoomGround()
    const { ada, bob } = await ground.room()
    ground.server.sleep(20_000)
    expect([ada.end, bob.end, ground.connect().end]).toEqual(['host-asleep', 'host-asleep', 'host-asleep'])
    await ground.pass(10_000)
    expect(ground.connect().end).toBe('host-asleep')
    ground.server.wake()
    expect(ground.connect().end).toBeUndefined()
  })

  it('E13: takes people again where it stays awake after all', async () => {
    const ground = new RoomGround()
    await ground.room()
    ground.server.sleep(20_000)
    ground.server.sleep(20_000)
    await ground.pass(19_000)
    expect(ground.connect().end).toBe('host-asleep')
    await ground.pass(1_000)
    expect(ground.connect().end).toBeUndefined()
  })
})

describe('the people of a room', () => {
  it('Y6: beside its owner are counted, each once however many windows they have', async () => {
    const ground = new RoomGround()
    const { roomId } = await ground.room()
    const guests = async (): Promise<unknown> =>
      (await ground.server.listRooms()).map((room) => [room.sessions, room.guests])
    expect(await guests()).toEqual([[2, 1]])
    await (await ground.enter('bob', undefined, idOf('another window'))).join(roomId)
    await (await ground.enter('ada', undefined, idOf('another window'))).join(roomId)
    expect(await guests()).toEqual([[4, 1]])
    await (await ground.enter('cleo')).join(roomId)
    expect(await guests()).toEqual([[5, 2]])
  })
})
