import type { Clock } from '../../shared/clock'
import { errorText } from '../../shared/errorText'
import type { Audience } from '../../shared/identity/audience'
import type { LoginSigner } from '../../shared/identity/loginSigner'
import type { ClientMessage } from '../../shared/protocol/clientMessages'
import { closeCodeOf, errorOfCloseCode, InkroomError, isErrorCode } from '../../shared/protocol/errors'
import { parseServerMessage } from '../../shared/protocol/parse'
import type { ServerMessage, ServerMessageOf } from '../../shared/protocol/serverMessages'
import { PROTOCOL_VERSION } from '../../shared/protocol/values'
import type { Dial, HostAddress, Socket } from '../../shared/socket'
import type { Profile } from '../api'
import { Variable } from '../observable'
import type { ConnectionStatus } from '../status'
import { backoffMs } from './backoff'
import { EXPULSIONS, FINAL_ERRORS } from './finalErrors'
import { faultOfJoined, type Verify } from './roomProof'

/** Heartbeats that may be missed before the server counts as gone: with one every 3 s, noticed within 10 s. */
const MISSED_HEARTBEATS = 3
/** Milliseconds from dialling to the greeting. */
const GREETING_TIMEOUT_MS = 8_000
/** Milliseconds a person who leaves waits for the server's confirmation. */
const LEAVE_TIMEOUT_MS = 2_000
/** Milliseconds of being connected after which a loss counts as the first again. */
const STABLE_MS = 5_000

export interface ConnectionOptions {
  readonly host: HostAddress
  readonly roomId: string
  /** Token of the invite by which this device comes, where it has one. */
  readonly invite?: string | undefined
  /** Of this window or tab, new each time. */
  readonly windowId: string
  readonly device: LoginSigner
  readonly profile: () => Profile
  readonly verify?: Verify | undefined
  readonly dial: Dial
  readonly clock: Clock
  /** A fresh id that nobody can guess: the room signs it, which proves that it is met. */
  readonly newChallenge: () => string
  /** In [0, 1). */
  readonly random: () => number
  /** The room is joined. */
  readonly onJoined: (joined: ServerMessageOf<'joined'>, sessionId: string) => void
  readonly onGreeted?: (greeting: ServerMessageOf<'greeting'>) => void
  /** Somebody has to let this device in. */
  readonly onWaiting?: (waiting: ServerMessageOf<'waiting'>) => void
  /** A message after the join. */
  readonly onMessage: (message: ServerMessage) => void
  /** The joined connection is gone. */
  readonly onLost: () => void
}

/** One attempt: a socket and how far the way in has come. */
interface Attempt {
  socket: Socket | undefined
  joined: boolean
  /** At the door: somebody has to let this device in. */
  waiting: boolean
  sessionId: string
  /** Whom its login is meant for; empty until the socket is open. */
  audience: Audience
  /** What the room has to sign. */
  readonly challenge: string
  heartbeatMs: number
}

/** Joins a room and stays there: dials, logs in, joins, notices silence, comes back. */
export class Connection {
  readonly status = new Variable<ConnectionStatus>({ state: 'connecting' })
  readonly #options: ConnectionOptions
  #attempt: Attempt | undefined
  #attempts = 0
  /** Error code with which the server ended the newest attempt. */
  #reason: string | undefined
  #requests = 0
  #joinedAt = 0
  #cancelRetry: (() => void) | undefined
  #cancelSilence: (() => void) | undefined
  #onLeft: (() => void) | undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  /** Connects now, whatever was waited for. */
  connect(): void {
    this.#cancelRetry?.()
    this.#drop(1000, 'connecting anew')
    this.#reason = undefined
    this.status.set({ state: 'connecting' })
    const attempt: Attempt = {
      socket: undefined,
      joined: false,
      waiting: false,
      sessionId: '',
      audience: '',
      challenge: this.#options.newChallenge(),
      heartbeatMs: GREETING_TIMEOUT_MS / MISSED_HEARTBEATS,
    }
    this.#attempt = attempt
    this.#watchSilence(attempt)
    attempt.socket = this.#options.dial(this.#options.host, {
      opened: (audience) => {
        attempt.audience = audience
      },
      received: (frame) => this.#received(attempt, frame),
      closed: (code, reason) => {
        if (attempt !== this.#attempt) return
        const error = errorOfCloseCode(code)
        if (error !== undefined && FINAL_ERRORS.has(error)) return this.#refuse(error, reason)
        this.#reason ??= error
        this.#lost(attempt)
      },
    })
  }

  /** A number for an `open` that no other on this connection has. */
  nextRequest(): number {
    this.#requests += 1
    return this.#requests
  }

  /** Sends a message into the joined room; does nothing while there is none. */
  send(message: ClientMessage): void {
    if (this.#attempt?.joined === true) this.#attempt.socket?.send(JSON.stringify(message))
  }

  /** Bytes queued to the server and not yet handed to the system. */
  get bufferedAmount(): number {
    return this.#attempt?.socket?.bufferedAmount ?? 0
  }

  /** Leaves the room: waits for the server's word, but not for long. */
  async leave(): Promise<void> {
    this.#cancelRetry?.()
    const attempt = this.#attempt
    if (attempt?.joined === true || attempt?.waiting === true) {
      await new Promise<void>((resolve) => {
        const cancel = this.#options.clock.after(LEAVE_TIMEOUT_MS, resolve)
        this.#onLeft = () => {
          cancel()
          resolve()
        }
        this.#sendRaw(attempt, { type: 'leave' })
      })
    }
    this.#end({ state: 'left' })
  }

  #received(attempt: Attempt, frame: string): void {
    if (attempt !== this.#attempt) return
    this.#watchSilence(attempt)
    let message: ServerMessage
    try {
      message = parseServerMessage(frame)
    } catch (error) {
      if (!(error instanceof InkroomError)) throw error
      return this.#refuse('message-malformed', error.detail)
    }
    switch (message.type) {
      case 'greeting':
        return void this.#login(attempt, message)
      case 'loggedIn':
        attempt.sessionId = message.sessionId
        return this.#join(attempt)
      case 'waiting':
        attempt.waiting = true
        this.#options.onWaiting?.(message)
        return this.status.set({ state: 'waiting' })
      case 'joined':
        return this.#joined(attempt, message)
      case 'role':
        if (!attempt.joined) return
        this.#options.onMessage(message)
        return this.status.set({ state: 'connected', role: message.role })
      case 'heartbeat':
        return
      case 'left':
        return this.#onLeft?.()
      case 'roomClosed':
        return this.#end({ state: 'roomClosed' })
      case 'error':
        return this.#failed(attempt, message)
      default:
        return this.#options.onMessage(message)
    }
  }

  async #login(attempt: Attempt, greeting: ServerMessageOf<'greeting'>): Promise<void> {
    if (!greeting.protocols.includes(PROTOCOL_VERSION)) {
      return this.#refuse(
        'protocol-unsupported',
        `the server speaks protocol ${greeting.protocols.join(', ')}, this app ${PROTOCOL_VERSION}`,
      )
    }
    attempt.heartbeatMs = greeting.heartbeatMs
    this.#options.onGreeted?.(greeting)
    const { windowId, device, profile } = this.#options
    const { audience } = attempt
    let signature: string
    try {
      signature = await device.signLogin({ audience, nonce: greeting.nonce, windowId })
    } catch (error) {
      if (attempt !== this.#attempt) return
      return this.#refuse('login-failed', errorText(error))
    }
    if (attempt !== this.#attempt) return
    const { name, colour } = profile()
    this.#sendRaw(attempt, {
      type: 'login',
      protocol: PROTOCOL_VERSION,
      windowId,
      audience,
      deviceKey: device.publicKey,
      signature,
      challenge: attempt.challenge,
      name,
      colour,
    })
  }

  #join(attempt: Attempt): void {
    const { roomId, invite } = this.#options
    this.#sendRaw(attempt, { type: 'join', roomId, ...(invite !== undefined && { invite }) })
  }

  #joined(attempt: Attempt, message: ServerMessageOf<'joined'>): void {
    const { roomId, host, verify } = this.#options
    const { challenge, sessionId } = attempt
    const expected = { roomId, fingerprint: host.fingerprint, challenge, sessionId }
    const fault = faultOfJoined(message, expected, verify)
    if (fault !== undefined) return this.#refuse(fault.code, fault.detail)
    attempt.waiting = false
    attempt.joined = true
    this.#joinedAt = this.#options.clock.now()
    this.#options.onJoined(message, attempt.sessionId)
    this.status.set({ state: 'connected', role: message.role })
  }

  #sendRaw(attempt: Attempt, message: ClientMessage): void {
    attempt.socket?.send(JSON.stringify(message))
  }

  #watchSilence(attempt: Attempt): void {
    this.#cancelSilence?.()
    this.#cancelSilence = this.#options.clock.after(attempt.heartbeatMs * MISSED_HEARTBEATS, () => {
      if (attempt !== this.#attempt) return
      attempt.socket?.close(4000, 'silent')
      this.#lost(attempt)
    })
  }

  #lost(attempt: Attempt): void {
    if (attempt !== this.#attempt) return
    this.#drop(1000, 'lost')
    this.#onLeft?.()
    const { clock, random } = this.#options
    if (attempt.joined && clock.now() - this.#joinedAt >= STABLE_MS) this.#attempts = 0
    this.#attempts += 1
    const wait = backoffMs(this.#attempts, random())
    this.status.set({
      state: 'reconnecting',
      retryAt: clock.now() + wait,
      attempt: this.#attempts,
      reason: this.#reason,
    })
    this.#cancelRetry = clock.after(wait, () => this.connect())
  }

  #failed(attempt: Attempt, message: ServerMessageOf<'error'>): void {
    const { code, detail } = message
    if (message.pageId !== undefined) return this.#options.onMessage(message)
    if ((attempt.joined ? EXPULSIONS : FINAL_ERRORS).has(code)) return this.#refuse(code, detail)
    const endsIt = !isErrorCode(code) || closeCodeOf(code) !== undefined
    if (endsIt || !attempt.joined) this.#reason = code
    else this.#options.onMessage(message)
  }

  #refuse(code: string, detail: string): void {
    this.#end({ state: 'refused', code, detail })
  }

  #end(status: ConnectionStatus): void {
    this.#cancelRetry?.()
    this.#drop(1000, 'done')
    this.#onLeft?.()
    this.status.set(status)
  }

  #drop(code: number, reason: string): void {
    const attempt = this.#attempt
    this.#attempt = undefined
    this.#cancelSilence?.()
    attempt?.socket?.close(code, reason)
    if (attempt?.joined === true) this.#options.onLost()
  }
}
