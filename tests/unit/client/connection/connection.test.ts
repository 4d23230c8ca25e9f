import { describe, expect, it } from 'vitest'
import { loginText, roomProofText, sign, verify } from '../../../../src/shared/identity/keys'
import type { ErrorCode } from '../../../../src/shared/protocol/errors'
import { idOf } from '../../../lib/idOf'
import { TEST_AUDIENCE } from '../../../lib/testAudience'
import {
  DEVICE,
  ROOM,
  ROOM_ID,
  SESSION_ID,
  PINNED,
  CHALLENGE,
  HEARTBEAT_MS,
  ConnectionGround,
  settle,
} from './connectionGround'

describe('the way in', () => {
  it('E1: answers the greeting with a login that proves the device, then joins', async () => {
    const { end, told, connection } = new ConnectionGround()
    await end.join()
    const [login, join] = end.sent
    expect(login).toMatchObject({
      type: 'login',
      protocol: 1,
      windowId: idOf('window'),
      audience: TEST_AUDIENCE,
      name: 'Ada',
      colour: 3,
      challenge: CHALLENGE,
    })
    const text = loginText({
      audience: TEST_AUDIENCE,
      nonce: 'n'.repeat(26),
      windowId: idOf('window'),
    })
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
    'not-answered',
  ])('K5: makes no further attempt after %s, and shows why', async (code) => {
    const ground = new ConnectionGround()
    await ground.end.logIn()
    ground.end.say({ type: 'error', code, detail: 'because' })
    ground.end.listener.closed(4000, code)
    ground.clock.advance(60_000)
    expect(ground.status).toEqual({ state: 'refused', code, detail: 'because' })
    expect([ground.ends.length, ground.clock.waiting]).toEqual([1, 0])
  })

  it.each<ErrorCode>([
    'too-many-connections',
    'login-timeout',
    'join-timeout',
    'server-stopping',
    'internal',
    'replaced',
  ])('K5: tries again after %s', async (code) => {
    const ground = new ConnectionGround()
    await ground.end.logIn()
    ground.end.say({ type: 'error', code, detail: '' })
    ground.end.listener.closed(4000, code)
    expect(ground.status).toMatchObject({ state: 'reconnecting', attempt: 1 })
    ground.clock.advance(250)
    expect(ground.ends).toHaveLength(2)
  })

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
