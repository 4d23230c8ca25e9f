import { describe, expect, it } from 'vitest'
import { Connection } from '../../../../src/client/connection/connection'
import {
  createKeyPair,
  idOfPublicKey,
  loginText,
  roomProofText,
  sign,
  verify,
} from '../../../../src/shared/identity/keys'
import { loginSigner } from '../../../../src/shared/identity/loginSigner'
import type { ErrorCode } from '../../../../src/shared/protocol/errors'
import type { ServerMessage, ServerMessageOf } from '../../../../src/shared/protocol/serverMessages'
import type { Socket, SocketListener } from '../../../../src/shared/socket'
import { idOf } from '../../../lib/idOf'
import { ManualClock } from '../../../lib/manualClock'

const DEVICE = loginSigner(createKeyPair((length) => new Uint8Array(length).fill(1)))
const ROOM = createKeyPair((length) => new Uint8Array(length).fill(2))
const ROOM_ID = idOfPublicKey(ROOM.publicKey)
const SESSION_ID = idOf('session')
const PINNED = `${'A'.repeat(42)}Q`
const CHALLENGE = idOf('challenge')
const HEARTBEAT_MS = 3_000

/** One socket dialled, as the far end sees it. */
class FarEnd implements Socket {
  readonly sent: { type: string; [field: string]: unknown }[] = []
  closing: { code: number; reason: string } | undefined
  readonly bufferedAmount = 0

  constructor(readonly listener: SocketListener) {}

  send(frame: string): void {
    this.sent.push(JSON.parse(frame) as { type: string })
  }

  close(code: number, reason: string): void {
    this.closing ??= { code, reason }
  }

  say(message: ServerMessage): void {
    this.listener.received(JSON.stringify(message))
  }

  greet(heartbeatMs = HEARTBEAT_MS, protocols = [1]): void {
    const limits = { maxFrameBytes: 1, maxOpLength: 1, maxPageLength: 1 }
    this.say({ type: 'greeting', protocols, nonce: 'n'.repeat(26), limits, heartbeatMs })
  }

  /** Greets, and answers the login, which the device signs first. */
  async logIn(heartbeatMs?: number): Promise<void> {
    this.greet(heartbeatMs)
    await settle()
    this.say({ type: 'loggedIn', sessionId: SESSION_ID, roomCreation: 'anyone', time: 1 })
  }

  async join(heartbeatMs?: number): Promise<void> {
    await this.logIn(heartbeatMs)
    this.answerJoin()
  }

  /** Says `joined` as the room would, but for `changes`. */
  answerJoin(changes: Partial<ServerMessageOf<'joined'>> = {}, fingerprint: string | null = null): void {
    const text = roomProofText(CHALLENGE, SESSION_ID, fingerprint)
    this.say({
      type: 'joined',
      roomId: ROOM_ID,
      roomKey: ROOM.publicKey,
      title: 'A',
      role: 'editor',
      pageRoles: {},
      people: [],
      proof: { fingerprint, signature: sign(text, ROOM.privateKey) },
      ...changes,
    })
  }
}

/** A connection whose sockets and clock are moved by hand. */
class ConnectionGround {
  readonly clock = new ManualClock()
  readonly ends: FarEnd[] = []
  readonly told: string[] = []
  readonly connection: Connection

  /** `signLogin`: how the device signs, where it does not do so at once. */
  constructor({
    signLogin = DEVICE.signLogin,
    fingerprint,
    invite,
  }: Partial<{ signLogin: typeof DEVICE.signLogin; fingerprint: string; invite: string }> = {}) {
    this.connection = new Connection({
      host: { urls: ['ws://somewhere/socket'], fingerprint },
      invite,
      roomId: ROOM_ID,
      windowId: idOf('window'),
      device: { ...DEVICE, signLogin },
      profile: () => ({ name: 'Ada', colour: 3 }),
      dial: (_url, listener) => {
        const end = new FarEnd(listener)
        this.ends.push(end)
        return end
      },
      clock: this.clock,
      newChallenge: () => CHALLENGE,
      random: () => 0,
      onJoined: (joined, sessionId) => this.told.push(`joined ${joined.title} as ${sessionId}`),
      onMessage: ({ type }) => this.told.push(type),
      onLost: () => this.told.push('lost'),
    })
    this.connection.connect()
  }

  get end(): FarEnd {
    const end = this.ends.at(-1)
    if (end === undefined) throw new Error('nothing was dialled')
    return end
  }

  get status(): unknown {
    return this.connection.status.value
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}

describe('the way in', () => {
  it('E1: answers the greeting with a login that proves the device, then joins', async () => {
    const { end, told, connection } = new ConnectionGround()
    await end.join()
    const [login, join] = end.sent
    expect(login).toMatchObject({
      type: 'login',
      protocol: 1,
      windowId: idOf('window'),
      name: 'Ada',
      colour: 3,
      challenge: CHALLENGE,
    })
    const text = loginText('n'.repeat(26), idOf('window'))
    expect(verify(String(login?.['signature']), text, DEVICE.publicKey)).toBe(true)
    expect(join).toEqual({ type: 'join', roomId: ROOM_ID })
    expect(told).toEqual([`joined A as ${SESSION_ID}`])
    expect(connection.status.value).toEqual({ state: 'connected', role: 'editor' })
  })

  it('E4: sends nothing into a room that is not joined', async () => {
    const { end, connection } = new ConnectionGround()
    connection.send({ type: 'closeRoom' })
    await end.logIn()
    connection.send({ type: 'closeRoom' })
    expect(end.sent.map(({ type }) => type)).toEqual(['login', 'join'])
  })

  it('E1: ends where the device does not sign', async () => {
    const ground = new ConnectionGround({
      signLogin: () => Promise.reject(new Error('the key store is locked')),
    })
    ground.end.greet()
    await settle()
    expect(ground.status).toEqual({
      state: 'refused',
      code: 'login-failed',
      detail: 'the key store is locked',
    })
    expect([ground.end.sent, ground.clock.waiting]).toEqual([[], 0])
  })

  it.each([
    ['a signature', () => Promise.resolve('late')],
    ['a refusal to sign', () => Promise.reject(new Error('late'))],
  ])('K8: does nothing with %s that comes after the connection it was for', async (_name, signLogin) => {
    const ground = new ConnectionGround({ signLogin })
    ground.end.greet()
    ground.end.listener.closed(1006, '')
    await settle()
    expect([ground.end.sent, ground.status]).toMatchObject([[], { state: 'reconnecting' }])
  })

  it('E3: ends where server and client have no protocol in common', () => {
    const ground = new ConnectionGround()
    ground.end.greet(HEARTBEAT_MS, [2, 3])
    expect(ground.status).toMatchObject({ state: 'refused', code: 'protocol-unsupported' })
    expect([ground.end.sent, ground.clock.waiting]).toEqual([[], 0])
  })

  it.each([
    ['another room', { roomId: idOf('another room') }],
    ["a key that is not the room's", { roomKey: DEVICE.publicKey }],
  ])('K7: ends where the server answers with %s', async (_name, change) => {
    const ground = new ConnectionGround()
    await ground.end.logIn()
    ground.end.answerJoin(change)
    expect(ground.status).toMatchObject({ state: 'refused', code: 'room-unknown' })
    expect([ground.told, ground.end.closing !== undefined]).toEqual([[], true])
  })

  it('K10: ends where the server has not signed the challenge with the key of the room', async () => {
    const ground = new ConnectionGround()
    await ground.end.logIn()
    const other = roomProofText(idOf('an earlier challenge'), SESSION_ID, null)
    ground.end.answerJoin({ proof: { fingerprint: null, signature: sign(other, ROOM.privateKey) } })
    expect(ground.status).toMatchObject({ state: 'refused', code: 'room-unproven' })
    expect([ground.told, ground.end.closing !== undefined]).toEqual([[], true])
  })

  it.each([
    ['another certificate', 'B'.repeat(42) + 'A'],
    ['no certificate', null],
  ])('K10: ends where a certificate is pinned and the room names %s', async (_name, fingerprint) => {
    const ground = new ConnectionGround({ fingerprint: PINNED })
    await ground.end.logIn()
    ground.end.answerJoin({}, fingerprint)
    expect(ground.status).toMatchObject({ state: 'refused', code: 'certificate-mismatch' })
    expect([ground.told, ground.end.closing !== undefined]).toEqual([[], true])
  })

  it('K10: joins where the room names the certificate that is pinned, or any where none is', async () => {
    for (const pinned of [PINNED, undefined]) {
      const ground = new ConnectionGround(pinned === undefined ? {} : { fingerprint: pinned })
      await ground.end.logIn()
      ground.end.answerJoin({}, PINNED)
      expect(ground.status).toEqual({ state: 'connected', role: 'editor' })
    }
  })

  it('K10: makes no further attempt where the certificate is another, before anything was sent', async () => {
    const ground = new ConnectionGround({ fingerprint: PINNED })
    ground.end.listener.closed(4495, 'certificate-mismatch')
    expect(ground.status).toMatchObject({ state: 'refused', code: 'certificate-mismatch' })
    ground.clock.advance(60_000)
    expect([ground.ends.length, ground.end.sent]).toEqual([1, []])
  })

  it('I1: shows its invite with each join', async () => {
    const ground = new ConnectionGround({ invite: 'a token' })
    await ground.end.logIn()
    expect(ground.end.sent[1]).toEqual({ type: 'join', roomId: ROOM_ID, invite: 'a token' })
  })

  it.each<ErrorCode>([
    'protocol-unsupported',
    'login-failed',
    'room-unknown',
    'room-closed',
    'room-full',
    'not-allowed',
    'invite-needed',
    'invite-invalid',
    'invite-expired',
    'invite-used-up',
    'invite-revoked',
    'banned',
    'not-admitted',
  ])('K5: makes no further attempt after %s, and shows why', async (code) => {
    const ground = new ConnectionGround()
    await ground.end.logIn()
    ground.end.say({ type: 'error', code, detail: 'because' })
    ground.end.listener.closed(4000, code)
    ground.clock.advance(60_000)
    expect(ground.status).toEqual({ state: 'refused', code, detail: 'because' })
    expect([ground.ends.length, ground.clock.waiting]).toEqual([1, 0])
  })

  it.each<ErrorCode>(['too-many-connections', 'login-timeout', 'server-stopping', 'internal', 'replaced'])(
    'K5: tries again after %s',
    async (code) => {
      const ground = new ConnectionGround()
      await ground.end.logIn()
      ground.end.say({ type: 'error', code, detail: '' })
      ground.end.listener.closed(4000, code)
      expect(ground.status).toMatchObject({ state: 'reconnecting', attempt: 1 })
      ground.clock.advance(250)
      expect(ground.ends).toHaveLength(2)
    },
  )

  it('K5: goes on after an error that concerns one page', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    ground.end.say({ type: 'error', code: 'not-allowed', detail: '', pageId: idOf('page') })
    expect([ground.status, ground.told.at(-1)]).toEqual([{ state: 'connected', role: 'editor' }, 'error'])
  })

  it('K5: ends where the server says what no protocol knows', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    ground.end.listener.received('{"type":"surprise"}')
    expect(ground.status).toMatchObject({ state: 'refused', code: 'message-malformed' })
    expect(ground.told.at(-1)).toBe('lost')
  })

  it('E9: ends where the owner closes the room', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    ground.end.say({ type: 'roomClosed' })
    expect(ground.status).toEqual({ state: 'roomClosed' })
    ground.clock.advance(60_000)
    expect(ground.ends).toHaveLength(1)
  })
})

describe('a server that has gone silent', () => {
  it('K1: is noticed within 10 s, and tried again', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    ground.clock.advance(9_001)
    expect(ground.status).toMatchObject({ state: 'reconnecting' })
    expect([ground.told.at(-1), ground.ends[0]?.closing?.code]).toEqual(['lost', 4000])
  })

  it('K1: is not one that sends a heartbeat now and then, or anything else', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    for (let i = 0; i < 20; i++) {
      ground.clock.advance(4_000)
      ground.end.say(i % 2 === 0 ? { type: 'heartbeat' } : { type: 'personLeft', sessionId: SESSION_ID })
    }
    expect(ground.status).toMatchObject({ state: 'connected' })
    expect(ground.told).not.toContain('heartbeat')
  })

  it('K1: is noticed within 10 s also before it has greeted', () => {
    const ground = new ConnectionGround()
    ground.clock.advance(8_001)
    expect(ground.status).toMatchObject({ state: 'reconnecting' })
    expect(ground.told).toEqual([])
  })

  it('K1: is waited for as long as the server says it may be silent', async () => {
    const ground = new ConnectionGround()
    await ground.end.join(10_000)
    ground.clock.advance(29_000)
    expect(ground.status).toMatchObject({ state: 'connected' })
    ground.clock.advance(1_001)
    expect(ground.status).toMatchObject({ state: 'reconnecting' })
  })
})

describe('a connection that is lost', () => {
  it('K4: is tried again after waits that double while nobody answers', () => {
    const ground = new ConnectionGround()
    const waits: number[] = []
    for (let attempt = 1; attempt <= 8; attempt++) {
      ground.end.listener.closed(1006, '')
      const { status } = ground.connection
      if (status.value.state !== 'reconnecting') throw new Error(`it is ${status.value.state}`)
      expect(status.value.attempt).toBe(attempt)
      waits.push(status.value.retryAt - ground.clock.now())
      ground.clock.advance(waits.at(-1) ?? 0)
      expect(ground.status).toEqual({ state: 'connecting' })
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
  })

  it('K4: counts anew once it has held for a while, and not before', async () => {
    const ground = new ConnectionGround()
    const loseAfter = async (ms: number): Promise<unknown> => {
      await ground.end.join()
      for (let passed = 0; passed < ms; passed += 1_000) {
        ground.clock.advance(1_000)
        ground.end.say({ type: 'heartbeat' })
      }
      ground.end.listener.closed(1006, '')
      const { value } = ground.connection.status
      if (value.state !== 'reconnecting') throw new Error(`it is ${value.state}`)
      ground.clock.advance(value.retryAt - ground.clock.now())
      return value.attempt
    }
    const attempts: unknown[] = []
    for (const ms of [1_000, 1_000, 6_000, 1_000]) attempts.push(await loseAfter(ms))
    expect(attempts).toEqual([1, 2, 1, 2])
  })

  it('K4: is tried at once where somebody asks for it', async () => {
    const ground = new ConnectionGround()
    ground.end.listener.closed(1006, '')
    ground.connection.connect()
    expect([ground.ends.length, ground.status]).toEqual([2, { state: 'connecting' }])
    await ground.end.join()
    ground.clock.advance(500)
    expect(ground.ends).toHaveLength(2)
  })

  it('K9: says why the server ended it, until it is tried again', async () => {
    const ground = new ConnectionGround()
    ground.connection.connect()
    await ground.end.join()
    ground.end.listener.closed(1009, '')
    expect(ground.status).toMatchObject({ state: 'reconnecting', reason: 'frame-too-large' })
    ground.connection.connect()
    ground.end.greet()
    ground.end.say({ type: 'error', code: 'too-many-connections', detail: 'at the limit' })
    ground.end.listener.closed(4429, '')
    expect(ground.status).toMatchObject({ state: 'reconnecting', reason: 'too-many-connections' })
    ground.connection.connect()
    ground.end.listener.closed(1006, '')
    expect(ground.status).toMatchObject({ state: 'reconnecting', reason: undefined })
  })

  it('K8: says nothing any more: what still arrives over it is ignored', async () => {
    const ground = new ConnectionGround()
    const old = ground.end
    await old.join()
    ground.connection.connect()
    expect([old.closing !== undefined, ground.told.at(-1)]).toEqual([true, 'lost'])
    const before = ground.told.length
    old.say({ type: 'roomClosed' })
    old.listener.received('nonsense')
    old.listener.closed(1006, '')
    expect([ground.told.length, ground.status]).toEqual([before, { state: 'connecting' }])
  })
})

describe('leaving', () => {
  it('K6: waits for the confirmation', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    const leaving = ground.connection.leave()
    await settle()
    expect(ground.end.sent.at(-1)).toEqual({ type: 'leave' })
    expect(ground.status).toMatchObject({ state: 'connected' })
    ground.end.say({ type: 'left' })
    await leaving
    expect([ground.status, ground.end.closing?.code, ground.clock.waiting]).toEqual([
      { state: 'left' },
      1000,
      0,
    ])
  })

  it('K6: waits at most 2 s', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    const leaving = ground.connection.leave()
    ground.clock.advance(2_000)
    await leaving
    expect(ground.status).toEqual({ state: 'left' })
  })

  it('K6: does not wait for a connection that is lost meanwhile, and does not come back', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    const leaving = ground.connection.leave()
    ground.end.listener.closed(1006, '')
    await leaving
    ground.clock.advance(60_000)
    expect([ground.status, ground.ends.length]).toEqual([{ state: 'left' }, 1])
  })

  it('K6: needs no confirmation where no room is joined', async () => {
    const ground = new ConnectionGround()
    ground.end.listener.closed(1006, '')
    await ground.connection.leave()
    ground.clock.advance(60_000)
    expect([ground.status, ground.ends.length]).toEqual([{ state: 'left' }, 1])
  })
})
