import { createId, idOfPublicKey, loginText } from '../../shared/identity/keys'
import { OtError } from '../../shared/ot/otType'
import type { ClientMessage, ClientMessageOf } from '../../shared/protocol/clientMessages'
import { closeCodeOf, InkroomError } from '../../shared/protocol/errors'
import { parseClientMessage } from '../../shared/protocol/parse'
import type { ServerMessage } from '../../shared/protocol/serverMessages'
import { PROTOCOL_VERSION, type Person } from '../../shared/protocol/values'
import type { Socket } from '../../shared/socket'
import type { Environment } from './environment'
import { StoreError } from '../storage/roomStore'
import { Membership, type MembershipSession } from './membership'
import type { Room } from './room'

/** What a session asks of the server it belongs to. */
export interface SessionHost {
  readonly environment: Environment
  /** Ends older sessions of the window of this session, so that nothing they still send is taken. */
  endOlder(session: Session, login: Login): void
  /** The open room with this id, loaded if need be. Throws InkroomError. */
  room(roomId: string): Promise<Room>
  /** Throws InkroomError `room-creation-refused` or `too-many-rooms`. */
  createRoomFor(deviceId: string, title: string, token: string | undefined): Promise<string>
  closeRoom(roomId: string): Promise<void>
  /** The session has ended. */
  forget(session: Session): void
}

/** Who a session has proven to be. */
export interface Login {
  readonly windowId: string
  readonly deviceId: string
  readonly name: string
  readonly colour: number
}

type State =
  | { readonly phase: 'greeted'; readonly nonce: string }
  | { readonly phase: 'loggedIn'; readonly login: Login }
  | { readonly phase: 'joined'; readonly login: Login; readonly membership: Membership }
  | { readonly phase: 'ended' }

/**
 * One connection's way through the protocol: greeted, logged in, joined. Messages are handled one after another;
 * those that arrive while one waits for the store wait too, so their order is kept.
 */
export class Session implements MembershipSession {
  readonly sessionId: string
  readonly #host: SessionHost
  readonly socket: Socket
  readonly #waiting: string[] = []
  /** UTF-16 units of `#waiting` and of the message being handled. */
  #waitingLength = 0
  #busy = false
  #state: State
  #cancelTimeout: () => void
  #lastSent: number

  constructor(host: SessionHost, socket: Socket) {
    const { environment } = host
    const { clock, limits, randomBytes } = environment
    this.#host = host
    this.socket = {
      send: (frame) => {
        this.#lastSent = clock.now()
        socket.send(frame)
      },
      close: (code, reason) => socket.close(code, reason),
      get bufferedAmount() {
        return socket.bufferedAmount
      },
    }
    this.#lastSent = clock.now()
    this.sessionId = createId(randomBytes)
    this.#state = { phase: 'greeted', nonce: createId(randomBytes) }
    this.#cancelTimeout = clock.after(limits.loginTimeoutMs, () => {
      this.fail(new InkroomError('login-timeout', `no login within ${limits.loginTimeoutMs} ms`))
    })
    this.#greet()
  }

  get environment(): Environment {
    return this.#host.environment
  }

  get login(): Login | undefined {
    return this.#state.phase === 'loggedIn' || this.#state.phase === 'joined' ? this.#state.login : undefined
  }

  /** Takes a frame from the socket. */
  received(frame: string): void {
    if (this.#state.phase === 'ended') return
    const { maxQueuedMessages, maxQueuedLength } = this.environment.limits
    this.#waitingLength += frame.length
    if (this.#waiting.length >= maxQueuedMessages || this.#waitingLength > maxQueuedLength) {
      this.fail(new InkroomError('out-of-turn', 'too much waits to be handled'))
      return
    }
    this.#waiting.push(frame)
    if (!this.#busy) void this.#handleWaiting()
  }

  /** The socket is gone. */
  closed(): void {
    this.#end()
  }

  /** Sends a heartbeat to a client that was sent nothing else for a while: silence means that the server is gone. */
  beat(now: number): void {
    const idle = now - this.#lastSent
    // Below 0: the clock was set back.
    if (idle >= this.environment.limits.heartbeatMs || idle < 0) this.send({ type: 'heartbeat' })
  }

  /** Tells the client an error; one with a close code ends the connection. */
  fail(error: InkroomError, pageId?: string): void {
    if (this.#state.phase === 'ended') return
    this.send({
      type: 'error',
      code: error.code,
      detail: error.detail,
      ...(pageId !== undefined && { pageId }),
    })
    const closeCode = closeCodeOf(error.code)
    if (closeCode === undefined) return
    this.socket.close(closeCode, error.code)
    this.#end()
  }

  #greet(): void {
    if (this.#state.phase !== 'greeted') return
    const { maxFrameBytes, maxOpLength, maxPageLength, heartbeatMs } = this.environment.limits
    this.send({
      type: 'greeting',
      protocols: [PROTOCOL_VERSION],
      nonce: this.#state.nonce,
      limits: { maxFrameBytes, maxOpLength, maxPageLength },
      heartbeatMs,
    })
  }

  async #handleWaiting(): Promise<void> {
    this.#busy = true
    for (let frame = this.#waiting.shift(); frame !== undefined; frame = this.#waiting.shift()) {
      if (this.#state.phase === 'ended') break
      const message = this.#parse(frame)
      if (message === undefined) break
      try {
        const handled = this.#handle(message)
        if (handled !== undefined) await handled
      } catch (error) {
        this.#failHandling(message, error)
      }
      this.#waitingLength -= frame.length
    }
    this.#busy = false
  }

  #parse(frame: string): ClientMessage | undefined {
    try {
      return parseClientMessage(frame)
    } catch (error) {
      this.fail(
        error instanceof InkroomError
          ? error
          : new InkroomError('message-malformed', 'the message cannot be read'),
      )
      return undefined
    }
  }

  #failHandling(message: ClientMessage, error: unknown): void {
    const pageId = 'pageId' in message ? message.pageId : undefined
    if (error instanceof InkroomError) this.fail(error, pageId)
    else if (error instanceof OtError) this.fail(new InkroomError('message-malformed', error.message), pageId)
    else {
      this.environment.logger.error({ err: error, type: message.type }, 'handling a message failed')
      if (error instanceof StoreError && pageId !== undefined) {
        this.fail(new InkroomError('storage-failed', 'the page cannot be read now'), pageId)
        return
      }
      this.fail(new InkroomError('internal', `the server could not handle ${message.type}`), pageId)
    }
  }

  #handle(message: ClientMessage): Promise<void> | undefined {
    switch (message.type) {
      case 'login':
        return this.#login(message)
      case 'createRoom':
        return this.#createRoom(message)
      case 'join':
        return this.#join(message.roomId)
      case 'knock':
        return this.#knock(message)
      case 'leave':
        return this.#leave()
      case 'closeRoom':
        return this.#closeRoom()
      case 'profile':
        return this.#changeProfile(message)
      case 'open':
        return this.#joined().membership.open(message)
      case 'closePage':
        this.#joined().membership.closePage(message.pageId)
        return undefined
      case 'submit':
        this.#joined().membership.submit(message)
        return undefined
      case 'presence':
        this.#joined().membership.setPlace(message)
        return undefined
      case 'handBack':
        this.#joined().membership.handBack(message)
        return undefined
      case 'assetOffer':
        this.#joined().membership.assets.offer(message)
        return undefined
      case 'assetPiece':
        this.#joined().membership.assets.piece(message)
        return undefined
      case 'assetGet':
        this.#joined().membership.assets.get(message)
        return undefined
    }
  }

  #login(message: ClientMessageOf<'login'>): undefined {
    const state = this.#state
    if (state.phase !== 'greeted')
      throw new InkroomError('out-of-turn', 'this connection is logged in already')
    if (message.protocol !== PROTOCOL_VERSION) {
      throw new InkroomError(
        'protocol-unsupported',
        `this server speaks protocol ${PROTOCOL_VERSION}, not ${message.protocol}`,
      )
    }
    if (
      !this.environment.verify(message.signature, loginText(state.nonce, message.windowId), message.deviceKey)
    ) {
      throw new InkroomError('login-failed', 'the signature does not prove the device key')
    }
    const { windowId, name, colour, deviceKey } = message
    this.#cancelTimeout()
    const login = { windowId, deviceId: idOfPublicKey(deviceKey), name, colour }
    this.#state = { phase: 'loggedIn', login }
    this.#host.endOlder(this, login)
    const { roomCreation, clock } = this.environment
    this.send({
      type: 'loggedIn',
      sessionId: this.sessionId,
      roomCreation: roomCreation.mode,
      time: clock.now(),
    })
  }

  async #createRoom(message: ClientMessageOf<'createRoom'>): Promise<void> {
    const { login } = this.#loggedIn()
    const roomId = await this.#host.createRoomFor(login.deviceId, message.title, message.token)
    this.send({ type: 'roomCreated', roomId, title: message.title })
  }

  async #join(roomId: string): Promise<void> {
    const { login, phase } = this.#loggedIn()
    if (phase === 'joined') throw new InkroomError('out-of-turn', 'leave the room before joining another')
    const room = await this.#host.room(roomId)
    if (this.#state.phase === 'ended') return
    this.#setMember(room, login)
    const membership = new Membership(this, room, login.deviceId)
    this.#state = { phase: 'joined', login, membership }
    const { publicKey, title } = room.record
    this.send({
      type: 'joined',
      roomId,
      roomKey: publicKey,
      title,
      role: room.roleOf(login.deviceId),
      people: room.people,
    })
    membership.assets.welcome()
  }

  async #knock({ roomId }: ClientMessageOf<'knock'>): Promise<void> {
    this.#loggedIn()
    await this.#host.room(roomId)
    this.send({ type: 'knocked', roomId, waits: false })
  }

  #leave(): undefined {
    const { login, membership } = this.#joined()
    membership.end()
    this.#state = { phase: 'loggedIn', login }
    membership.room.removeMember(this.sessionId)
    this.send({ type: 'left' })
  }

  async #closeRoom(): Promise<void> {
    const { login, membership } = this.#joined()
    const { room } = membership
    if (room.roleOf(login.deviceId) !== 'owner')
      throw new InkroomError('not-allowed', 'only the owner closes a room')
    await this.#host.closeRoom(room.record.roomId)
  }

  #changeProfile({ name, colour }: ClientMessageOf<'profile'>): undefined {
    const state = this.#loggedIn()
    const login = { ...state.login, name, colour }
    this.#state = { ...state, login }
    if (this.#state.phase === 'joined') this.#setMember(this.#state.membership.room, login)
  }

  #loggedIn(): Extract<State, { phase: 'loggedIn' | 'joined' }> {
    if (this.#state.phase === 'loggedIn' || this.#state.phase === 'joined') return this.#state
    throw new InkroomError('out-of-turn', 'log in first')
  }

  #joined(): Extract<State, { phase: 'joined' }> {
    if (this.#state.phase === 'joined') return this.#state
    throw new InkroomError('out-of-turn', 'join a room first')
  }

  #setMember(room: Room, { deviceId, name, colour }: Login): void {
    const person: Person = { sessionId: this.sessionId, deviceId, name, colour, role: room.roleOf(deviceId) }
    room.setMember({
      person,
      send: (frame) => this.socket.send(frame),
      dismissed: () => {
        if (this.#state.phase !== 'joined') return
        this.#state.membership.end()
        this.#state = { phase: 'loggedIn', login: this.#state.login }
      },
    })
  }

  #end(): void {
    const state = this.#state
    if (state.phase === 'ended') return
    this.#state = { phase: 'ended' }
    this.#cancelTimeout()
    if (state.phase === 'joined') {
      state.membership.end()
      state.membership.room.removeMember(this.sessionId)
    }
    this.#host.forget(this)
  }

  /** Queues a message to the client. */
  send(message: ServerMessage): void {
    this.socket.send(JSON.stringify(message))
  }
}
