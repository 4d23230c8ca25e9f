import { Connection } from '../../../../src/client/connection/connection'
import { createKeyPair, idOfPublicKey, roomProofText, sign } from '../../../../src/shared/identity/keys'
import { loginSigner } from '../../../../src/shared/identity/loginSigner'
import type { ServerMessage, ServerMessageOf } from '../../../../src/shared/protocol/serverMessages'
import type { Socket, SocketListener } from '../../../../src/shared/socket'
import { idOf } from '../../../lib/idOf'
import { ManualClock } from '../../../lib/manualClock'
import { TEST_AUDIENCE } from '../../../lib/testAudience'

export const DEVICE = loginSigner(createKeyPair((length) => new Uint8Array(length).fill(1)))
export const ROOM = createKeyPair((length) => new Uint8Array(length).fill(2))
export const ROOM_ID = idOfPublicKey(ROOM.publicKey)
export const SESSION_ID = idOf('session')
export const PINNED = `${'A'.repeat(42)}Q`
export const CHALLENGE = idOf('challenge')
export const HEARTBEAT_MS = 3_000

/** One socket dialled, as the far end sees it. */
export class FarEnd implements Socket {
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
    this.listener.opened(TEST_AUDIENCE)
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
export class ConnectionGround {
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

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}
