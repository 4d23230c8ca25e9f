import { describe, expect, it } from 'vitest'
import { createRoom, UnreachableError } from '../../../../src/client/connection/createRoom'
import { createKeyPair, loginText, verify } from '../../../../src/shared/identity/keys'
import { loginSigner } from '../../../../src/shared/identity/loginSigner'
import { parseClientMessage } from '../../../../src/shared/protocol/parse'
import type { ClientMessage } from '../../../../src/shared/protocol/clientMessages'
import { PROTOCOL_VERSION } from '../../../../src/shared/protocol/values'
import type { Socket, SocketListener } from '../../../../src/shared/socket'
import { ManualClock } from '../../../lib/manualClock'
import { TEST_AUDIENCE } from '../../../lib/testAudience'

const device = loginSigner(createKeyPair((length) => new Uint8Array(length).fill(7)))
const GREETING = {
  type: 'greeting',
  protocols: [PROTOCOL_VERSION],
  nonce: 'n'.repeat(20),
  limits: { maxFrameBytes: 1, maxOpLength: 1, maxPageLength: 1 },
  heartbeatMs: 3000,
}
const LOGGED_IN = { type: 'loggedIn', sessionId: 's'.repeat(26), roomCreation: 'token', time: 0 }

function creation(token?: string, signLogin = device.signLogin) {
  const clock = new ManualClock()
  const sent: ClientMessage[] = []
  let closed = false
  let listener: SocketListener | undefined
  const socket: Socket = {
    bufferedAmount: 0,
    send: (frame) => sent.push(parseClientMessage(frame)),
    close: () => {
      closed = true
    },
  }
  const result = createRoom({
    host: { urls: ['ws://10.0.0.5/socket'] },
    title: 'Team',
    token,
    device: { ...device, signLogin },
    profile: { name: 'Anna', colour: 3 },
    clock,
    randomBytes: (length) => new Uint8Array(length).fill(9),
    dial: (_url, given) => {
      listener = given
      given.opened(TEST_AUDIENCE)
      return socket
    },
  })
  return {
    result,
    clock,
    sent,
    isClosed: () => closed,
    receive: (message: unknown) => listener?.received(JSON.stringify(message)),
    /** Greets, and answers the login, which the device signs first. */
    logIn: async () => {
      listener?.received(JSON.stringify(GREETING))
      await Promise.resolve()
      listener?.received(JSON.stringify(LOGGED_IN))
    },
    drop: () => listener?.closed(1006, ''),
  }
}

describe('creating a room on a server', () => {
  it('logs in with the device key, hands over title and token, and gives the room’s id', async () => {
    const { result, sent, receive, logIn, isClosed, clock } = creation('secret')
    await logIn()
    receive({ type: 'roomCreated', roomId: 'r'.repeat(32), title: 'Team' })
    expect(await result).toBe('r'.repeat(32))
    const [login, create] = sent
    expect(
      login?.type === 'login' &&
        verify(
          login.signature,
          loginText({ audience: TEST_AUDIENCE, nonce: GREETING.nonce, windowId: login.windowId }),
          device.publicKey,
        ),
    ).toBe(true)
    expect(create).toEqual({ type: 'createRoom', title: 'Team', token: 'secret' })
    expect(isClosed()).toBe(true)
    expect(clock.waiting).toBe(0)
  })

  it('fails where the device does not sign', async () => {
    const { result, sent, receive, isClosed } = creation(undefined, () => Promise.reject(new Error('locked')))
    receive(GREETING)
    await expect(result).rejects.toThrow('locked')
    expect([sent, isClosed()]).toEqual([[], true])
  })

  it('fails with the server’s reason', async () => {
    const { result, receive, logIn, isClosed } = creation()
    await logIn()
    receive({ type: 'error', code: 'room-creation-refused', detail: 'no token' })
    await expect(result).rejects.toMatchObject({ code: 'room-creation-refused' })
    expect(isClosed()).toBe(true)
  })

  it('fails where the server speaks another protocol, or nonsense', async () => {
    const other = creation()
    other.receive({ ...GREETING, protocols: [99] })
    await expect(other.result).rejects.toMatchObject({ code: 'protocol-unsupported' })
    const nonsense = creation()
    nonsense.receive('hello')
    await expect(nonsense.result).rejects.toMatchObject({ code: 'message-malformed' })
  })

  it('fails where nobody answers', async () => {
    const dropped = creation()
    dropped.drop()
    await expect(dropped.result).rejects.toBeInstanceOf(UnreachableError)
    const silent = creation()
    silent.clock.advance(10_000)
    await expect(silent.result).rejects.toMatchObject({ code: 'server-unreachable' })
    expect(silent.isClosed()).toBe(true)
  })
})
