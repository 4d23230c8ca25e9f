import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OPEN_DOOR } from '../../../../src/server/access/policies'
import { loginText, sign } from '../../../../src/shared/identity/keys'
import { clientMessageSchema, type ClientMessage } from '../../../../src/shared/protocol/clientMessages'
import { idOf } from '../../../lib/idOf'
import { TEST_AUDIENCE } from '../../../lib/testAudience'
import { frames } from '../../shared/protocol/arbitraries'
import { deviceOf, openMessage, RoomGround } from './roomGround'

const PAGE = 'pages'
const HEAD = { version: 0, hash: 'f'.repeat(64) }
const WINDOW = idOf('a window')

/** A message of each type that a client may send, right in form. */
const EXAMPLES: { readonly [T in ClientMessage['type']]: Extract<ClientMessage, { type: T }> } = {
  login: {
    type: 'login',
    protocol: 1,
    windowId: WINDOW,
    audience: TEST_AUDIENCE,
    deviceKey: 'A'.repeat(43),
    signature: 'A'.repeat(86),
    challenge: WINDOW,
    name: 'Ada',
    colour: 0,
  },
  createRoom: { type: 'createRoom', title: 'A' },
  join: { type: 'join', roomId: idOf('no room') },
  knock: { type: 'knock', roomId: idOf('no room') },
  leave: { type: 'leave' },
  closeRoom: { type: 'closeRoom' },
  profile: { type: 'profile', name: 'Ada', colour: 1 },
  open: openMessage(PAGE),
  closePage: { type: 'closePage', pageId: PAGE },
  submit: { type: 'submit', pageId: PAGE, ...HEAD, clientId: idOf('client'), after: 0, seq: 1, op: {} },
  presence: { type: 'presence', pageId: PAGE, version: 0, place: null },
  handBack: {
    type: 'handBack',
    pageId: PAGE,
    after: HEAD,
    updates: [],
    head: { ...HEAD, signature: 'A'.repeat(86) },
    more: false,
  },
  assetOffer: { type: 'assetOffer', assetId: HEAD.hash, size: 1 },
  assetPiece: { type: 'assetPiece', assetId: HEAD.hash, index: 0, data: 'AAAA' },
  assetGet: { type: 'assetGet', assetId: HEAD.hash, index: 0 },
  createInvite: { type: 'createInvite', request: 1, role: 'editor', expiresAt: null, maxUses: null },
  inviteToken: { type: 'inviteToken', request: 1, inviteId: idOf('invite') },
  revokeInvite: { type: 'revokeInvite', inviteId: idOf('invite') },
  setPolicy: { type: 'setPolicy', policy: OPEN_DOOR },
  admit: { type: 'admit', deviceId: idOf('device'), role: null },
  setRole: { type: 'setRole', deviceId: idOf('device'), pageId: null, role: 'viewer' },
  removeMember: { type: 'removeMember', deviceId: idOf('device'), ban: false },
  unban: { type: 'unban', deviceId: idOf('device') },
}
const ACCESS = [
  'createInvite',
  'inviteToken',
  'revokeInvite',
  'setPolicy',
  'admit',
  'setRole',
  'removeMember',
  'unban',
] as const
const ASSETS = ['assetOffer', 'assetPiece', 'assetGet'] as const
const of = (...types: ClientMessage['type'][]): [string, ClientMessage][] =>
  types.map((type) => [type, EXAMPLES[type]])

describe('a connection', () => {
  it('E1: is greeted at once with what the client has to know', () => {
    const peer = new RoomGround({
      limits: { maxFrameBytes: 11, maxOpLength: 12, maxPageLength: 13, heartbeatMs: 14 },
    }).connect()
    expect(peer.messages).toEqual([
      {
        type: 'greeting',
        protocols: [1],
        nonce: expect.stringMatching(/^[a-z2-7]{26}$/) as string,
        limits: { maxFrameBytes: 11, maxOpLength: 12, maxPageLength: 13 },
        heartbeatMs: 14,
      },
    ])
  })

  it('E1: has a nonce of its own', () => {
    const ground = new RoomGround()
    const nonces = [ground.connect(), ground.connect()].map((peer) => peer.got('greeting')[0]?.nonce)
    expect(new Set(nonces).size).toBe(2)
  })

  it('E1: is logged in by a signature of the device key over nonce and window', async () => {
    const ground = new RoomGround({ roomCreation: { mode: 'nobody' } })
    const time = ground.clock.now()
    const peer = await ground.enter('ada')
    expect(peer.got('loggedIn')).toEqual([
      { type: 'loggedIn', sessionId: peer.sessionId, roomCreation: 'nobody', time },
    ])
  })

  it.each<[string, (ground: RoomGround) => Promise<unknown>]>([
    [
      'the signature of another connection',
      async (ground) => {
        const [nonce] = [ground.connect().got('greeting')[0]?.nonce ?? '']
        const peer = ground.connect()
        const greeting = peer.got('greeting')[0]
        if (greeting !== undefined) Object.assign(greeting, { nonce })
        await peer.logIn('ada', deviceOf('ada'), WINDOW).catch(() => undefined)
        return peer.end
      },
    ],
    [
      "another device's key",
      async (ground) => {
        const peer = ground.connect()
        const device = { privateKey: deviceOf('ada').privateKey, publicKey: deviceOf('bob').publicKey }
        await peer.logIn('ada', device, WINDOW).catch(() => undefined)
        return peer.end
      },
    ],
    [
      'a proof that is meant for somebody else',
      async (ground) => {
        const peer = ground.connect()
        await peer.logIn('ada', deviceOf('ada'), WINDOW, 'origin:http://mallory.test').catch(() => undefined)
        return peer.end
      },
    ],
    [
      'a proof that is meant for somebody else, and says otherwise',
      async (ground) => {
        const peer = ground.connect()
        const { nonce } = peer.got('greeting')[0] ?? { nonce: '' }
        const { publicKey, privateKey } = deviceOf('ada')
        const meant = { audience: 'origin:http://mallory.test', nonce, windowId: WINDOW }
        const signature = sign(loginText(meant), privateKey)
        peer.say({ ...EXAMPLES.login, deviceKey: publicKey, signature })
        await ground.settle()
        return peer.end
      },
    ],
    [
      'a made-up signature',
      async (ground) => {
        const peer = ground.connect()
        peer.say(EXAMPLES.login)
        await ground.settle()
        return peer.end
      },
    ],
  ])('E1: is closed with login-failed after a login with %s', async (_name, logIn) => {
    const ground = new RoomGround()
    expect(await logIn(ground)).toBe('login-failed')
    expect(ground.errors).toEqual([])
  })

  it('E2: is closed with login-timeout where nobody logs in within the time allowed', async () => {
    const ground = new RoomGround({ limits: { loginTimeoutMs: 1_000 } })
    const [late, quick] = [ground.connect(), await ground.enter('ada')]
    await ground.pass(1_000)
    expect([late.end, quick.end]).toEqual(['login-timeout', undefined])
  })

  it('E3: is closed with protocol-unsupported after a login for another version', async () => {
    const ground = new RoomGround()
    const peer = ground.connect()
    peer.say({ ...EXAMPLES.login, protocol: 2 })
    await ground.settle()
    expect(peer.end).toBe('protocol-unsupported')
  })

  it.each(
    of(
      'createRoom',
      'join',
      'knock',
      'leave',
      'closeRoom',
      'profile',
      'open',
      'closePage',
      'submit',
      'presence',
      'handBack',
      ...ASSETS,
      ...ACCESS,
    ),
  )('E4: is closed with out-of-turn after %s before a login', async (_type, message) => {
    const ground = new RoomGround()
    const peer = ground.connect()
    peer.say(message)
    await ground.settle()
    expect(peer.end).toBe('out-of-turn')
  })

  it.each(
    of(
      'login',
      'leave',
      'closeRoom',
      'open',
      'closePage',
      'submit',
      'presence',
      'handBack',
      ...ASSETS,
      ...ACCESS,
    ),
  )('E4: is closed with out-of-turn after %s between login and join', async (_type, message) => {
    const ground = new RoomGround()
    const peer = await ground.enter('ada')
    peer.say(message)
    await ground.settle()
    expect(peer.end).toBe('out-of-turn')
  })

  it.each(of('login', 'join', 'submit', 'presence', 'handBack'))(
    'E4: is closed with out-of-turn after %s in a room, where it needs an open page or another state',
    async (_type, message) => {
      const ground = new RoomGround()
      const { ada, bob, roomId } = await ground.room()
      ada.say(message.type === 'join' ? { ...message, roomId } : message)
      await ground.settle()
      expect([ada.end, bob.end]).toEqual(['out-of-turn', undefined])
      expect(bob.messages).toEqual([{ type: 'personLeft', sessionId: ada.sessionId }])
    },
  )

  it('W6: hears nothing more once it was closed, whatever it still sends', async () => {
    const ground = new RoomGround()
    const { ada, bob } = await ground.room()
    ada.sayRaw('nonsense')
    ada.say(EXAMPLES.open)
    ada.say(EXAMPLES.leave)
    await ground.settle()
    expect(ada.end).toBe('message-malformed')
    expect(ada.messages.map(({ type }) => type)).toEqual(['error'])
    expect(bob.messages).toEqual([{ type: 'personLeft', sessionId: ada.sessionId }])
  })

  it('W1: is closed with message-malformed by what is no message, and the others go on', async () => {
    const ground = new RoomGround()
    const { ada, bob } = await ground.room()
    ada.sayRaw('{"type":"dance"}')
    await ground.settle()
    expect([ada.end, bob.end]).toEqual(['message-malformed', undefined])
    expect(ground.errors).toEqual([])
  })

  it('W6: of whatever state survives any frames without an error of the server, and no page changes', async () => {
    const types = clientMessageSchema.options.map(({ shape }) => shape.type.value)
    await fc.assert(
      fc.asyncProperty(fc.array(frames(types), { maxLength: 4 }), fc.nat({ max: 2 }), async (sent, depth) => {
        const ground = new RoomGround({ roomCreation: { mode: 'nobody' } })
        const room = await ground.server.createRoom('A', idOf('owner'))
        const pages = (): unknown => ground.disk.image.get(room.roomId)?.pages
        const before = pages()
        const peer = depth === 0 ? ground.connect() : await ground.enter('ada')
        if (depth === 2) await peer.join(room.roomId)
        for (const frame of sent) peer.sayRaw(frame)
        await ground.settle()
        expect([ground.errors, pages() === before]).toEqual([[], true])
      }),
      { numRuns: 60 },
    )
  })

  it('E7: is replaced by a newer one of the same window of the same device, and of no other', async () => {
    const ground = new RoomGround()
    const old = await ground.enter('ada')
    const otherWindow = await ground.enter('ada', deviceOf('ada'), idOf('second window'))
    const otherDevice = await ground.enter('eve', deviceOf('eve'), idOf('window of ada'))
    expect([old, otherWindow, otherDevice].map(({ end }) => end)).toEqual([undefined, undefined, undefined])
    const newer = await ground.enter('ada')
    expect([old, otherWindow, otherDevice, newer].map(({ end }) => end)).toEqual([
      'replaced',
      undefined,
      undefined,
      undefined,
    ])
  })

  it('E7: that is replaced leaves its room, and nothing it sent is handled any more', async () => {
    const ground = new RoomGround()
    const { ada, bob, roomId } = await ground.room()
    const again = await ground.enter('ada')
    ada.say(EXAMPLES.leave)
    await ground.settle()
    expect(bob.messages).toEqual([{ type: 'personLeft', sessionId: ada.sessionId }])
    expect((await again.join(roomId)).people.map(({ sessionId }) => sessionId)).toEqual([
      bob.sessionId,
      again.sessionId,
    ])
  })
})

describe('heartbeats', () => {
  it('K3: go to whoever was sent nothing else for a while, so that silence means that the server is gone', async () => {
    const ground = new RoomGround()
    const { ada, bob } = await ground.room()
    let longest = 0
    let [last, seen] = [ground.clock.now(), 0]
    for (let i = 0; i < 100; i++) {
      await ground.pass(500)
      if (i % 7 === 0) bob.say({ type: 'profile', name: `Bob ${i}`, colour: 0 })
      if (ada.messages.length > seen) last = ground.clock.now()
      seen = ada.messages.length
      longest = Math.max(longest, ground.clock.now() - last)
    }
    expect(longest).toBeLessThan(4_500)
    expect(ada.got('heartbeat').length).toBeLessThan(17)
    expect(bob.got('heartbeat').length).toBeGreaterThan(10)
  })

  it('K3: go on where the clock was set back', async () => {
    const ground = new RoomGround()
    const { ada } = await ground.room()
    await ground.pass(900)
    ground.clock.setBack(3_600_000)
    await ground.pass(4_000)
    expect(ada.got('heartbeat').length).toBeGreaterThan(0)
  })

  it('K3: go to connections that have not logged in, too, and to none that is closed', async () => {
    const ground = new RoomGround()
    const peer = ground.connect()
    await ground.pass(4_000)
    expect(peer.got('heartbeat')).toHaveLength(1)
    peer.vanish()
    await ground.pass(8_000)
    expect(peer.got('heartbeat')).toHaveLength(1)
  })
})
