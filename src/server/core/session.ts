import { createId } from '../../shared/identity/keys'
import type { ClientMessage, ClientMessageOf } from '../../shared/protocol/clientMessages'
import { closeCodeOf, InkroomError } from '../../shared/protocol/errors'
import { parseClientMessage } from '../../shared/protocol/parse'
import type { ServerMessage } from '../../shared/protocol/serverMessages'
import { PROTOCOL_VERSION } from '../../shared/protocol/values'
import type { Socket } from '../../shared/socket'
import { isAccessMessage } from '../access/accessMessages'
import { EntryDeadline } from './entryDeadline'
import type { Environment } from './environment'
import { FrameQueue } from './frameQueue'
import { reasonOf } from './handlingErrors'
import { checkLogin, type Login } from './login'
import type { Membership } from './membership'
import type { Room } from './room'
import type { Arrival } from './roomServer'
import { RoomVisit, type VisitingSession } from './roomVisit'

/** What a session asks of the server it belongs to. */
export interface SessionHost {
  readonly environment: Environment
  /** Ends older sessions of the window of this session, so that nothing they still send is taken. */
  endOlder(session: Session, login: Login): void
  /** The open room with this id, loaded if need be. Throws InkroomError. */
  room(roomId: string): Promise<Room>
  /** Throws InkroomError `room-creation-refused` or `too-many-rooms`. */
  createRoomFor(login: Login, title: string, token: string | undefined): Promise<string>
  closeRoom(roomId: string): Promise<void>
  /** The session has ended. */
  forget(session: Session): void
}

type State =
  | { readonly phase: 'greeted'; readonly nonce: string }
  | { readonly phase: 'loggedIn' }
  | { readonly phase: 'ended' }

/** Close code for a client that does not read. */
const NOT_READING = closeCodeOf('not-reading') ?? 1008

/** One connection's way through the protocol: greeted, logged in, in a room. */
export class Session implements VisitingSession {
  readonly sessionId: string
  readonly #host: SessionHost
  readonly socket: Socket
  readonly #queue: FrameQueue
  #state: State
  /** Who it has proven to be; kept when it ends, as the room still asks who is leaving. */
  #login: Login | undefined
  /** The room it is in, or at the door of. */
  #visit: RoomVisit | undefined
  readonly deadline: EntryDeadline
  #lastSent: number

  constructor(
    host: SessionHost,
    socket: Socket,
    private readonly arrival: Arrival,
  ) {
    const { environment } = host
    const { clock, limits, randomBytes } = environment
    this.#host = host
    this.socket = {
      send: (frame) => {
        this.#lastSent = clock.now()
        socket.send(frame)
        if (socket.bufferedAmount > limits.maxUnreadBytes) this.endUnread()
      },
      close: (code, reason) => socket.close(code, reason),
      get bufferedAmount() {
        return socket.bufferedAmount
      },
    }
    this.#lastSent = clock.now()
    this.sessionId = createId(randomBytes)
    this.#queue = new FrameQueue(limits, (frame) => this.#take(frame))
    this.#state = { phase: 'greeted', nonce: createId(randomBytes) }
    this.deadline = new EntryDeadline({ clock, limits, expired: (reason) => this.fail(reason) })
    this.#greet()
  }

  get environment(): Environment {
    return this.#host.environment
  }

  get login(): Login | undefined {
    return this.#state.phase === 'loggedIn' ? this.#login : undefined
  }

  get provenLogin(): Login {
    if (this.#login !== undefined) return this.#login
    throw new InkroomError('out-of-turn', 'log in first')
  }

  /** Takes a frame from the socket. */
  received(frame: string): void {
    if (this.#state.phase === 'ended') return
    if (!this.#queue.add(frame)) this.fail(new InkroomError('out-of-turn', 'too much waits to be handled'))
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

  /** Bytes that wait for the client to read. */
  get unreadBytes(): number {
    return this.socket.bufferedAmount
  }

  /** Ends the connection of a client that does not read. */
  endUnread(): void {
    if (this.#state.phase === 'ended') return
    // An error message would be one more that waits: the close says it.
    this.socket.close(NOT_READING, 'not-reading')
    this.#end()
  }

  /** Tells the client an error; one with a close code ends the connection. */
  fail({ code, detail }: InkroomError, pageId?: string, request?: number): void {
    if (this.#state.phase === 'ended') return
    this.send({
      type: 'error',
      code,
      detail,
      ...(pageId !== undefined && { pageId }),
      ...(request !== undefined && { request }),
    })
    const closeCode = closeCodeOf(code)
    if (closeCode === undefined) return
    this.socket.close(closeCode, code)
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

  #take(frame: string): Promise<void> | undefined {
    const message = this.#parse(frame)
    if (message === undefined) return undefined
    const { [message.type]: cost = 1 } = this.environment.limits.messageCosts
    if (cost > 1) this.arrival.spend?.(cost - 1)
    try {
      return this.#handle(message)?.catch((error: unknown) => this.#failHandling(message, error))
    } catch (error) {
      this.#failHandling(message, error)
      return undefined
    }
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
    const { reason, isOurs } = reasonOf(error, message)
    if (isOurs) this.environment.logger.error({ err: error, type: message.type }, 'handling a message failed')
    const pageId = 'pageId' in message ? (message.pageId ?? undefined) : undefined
    const request = isAccessMessage(message) && 'request' in message ? message.request : undefined
    this.fail(reason, pageId, request)
  }

  #handle(message: ClientMessage): Promise<void> | undefined {
    switch (message.type) {
      case 'login':
        return this.#logIn(message)
      case 'createRoom':
        return this.#createRoom(message)
      case 'join':
        return this.#join(message)
      case 'knock':
        return this.#knock(message)
      case 'leave':
        return this.#leave()
      case 'closeRoom':
        return this.#closeRoom()
      case 'profile':
        return this.#changeProfile(message)
      default:
        return this.#joined().handle(message)
    }
  }

  #logIn(message: ClientMessageOf<'login'>): undefined {
    const state = this.#state
    if (state.phase !== 'greeted')
      throw new InkroomError('out-of-turn', 'this connection is logged in already')
    const { audiences } = this.arrival
    const login = checkLogin(message, { nonce: state.nonce, audiences, verify: this.environment.verify })
    this.deadline.outside()
    this.#state = { phase: 'loggedIn' }
    this.#login = login
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
    const roomId = await this.#host.createRoomFor(this.provenLogin, message.title, message.token)
    this.send({ type: 'roomCreated', roomId, title: message.title })
  }

  async #join({ roomId, invite }: ClientMessageOf<'join'>): Promise<void> {
    if (this.login === undefined || this.#visit?.isGone === false)
      throw new InkroomError('out-of-turn', 'log in first, and leave the room before joining another')
    const room = await this.#host.room(roomId)
    if (this.#state.phase === 'ended') return
    const visit = new RoomVisit(this, room)
    this.#visit = visit
    try {
      await room.access.enter(visit, invite)
    } catch (error) {
      visit.leave()
      throw error
    }
  }

  async #knock({ roomId, invite }: ClientMessageOf<'knock'>): Promise<void> {
    const { deviceId, name, colour } = this.provenLogin
    const room = await this.#host.room(roomId)
    const waits = await room.access.wouldWait({ deviceId, name, colour }, invite)
    this.send({ type: 'knocked', roomId, waits })
  }

  #leave(): undefined {
    if (this.#visit?.isGone !== false) throw new InkroomError('out-of-turn', 'join a room first')
    this.#visit.leave()
    this.send({ type: 'left' })
  }

  async #closeRoom(): Promise<void> {
    const { room } = this.#joined()
    if (room.sessions.rolesOf(this.sessionId).role !== 'owner')
      throw new InkroomError('not-allowed', 'only an owner closes a room')
    await this.#host.closeRoom(room.record.roomId)
  }

  #changeProfile({ name, colour }: ClientMessageOf<'profile'>): undefined {
    this.#login = { ...this.provenLogin, name, colour }
    this.#visit?.profileChanged()
  }

  #joined(): Membership {
    const membership = this.#visit?.membership
    if (membership !== undefined) return membership
    throw new InkroomError('out-of-turn', 'join a room first')
  }

  #end(): void {
    if (this.#state.phase === 'ended') return
    this.#state = { phase: 'ended' }
    this.#queue.end()
    this.#visit?.leave()
    this.deadline.end()
    this.#host.forget(this)
  }

  /** Queues a message to the client. */
  send(message: ServerMessage): void {
    this.socket.send(JSON.stringify(message))
  }
}
