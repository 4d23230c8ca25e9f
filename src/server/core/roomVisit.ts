import { roomProofText } from '../../shared/identity/keys'
import { InkroomError, type ErrorCode } from '../../shared/protocol/errors'
import type { ServerMessage } from '../../shared/protocol/serverMessages'
import type { Visitor } from '../access/waitingRoom'
import type { EntryDeadline } from './entryDeadline'
import type { Login } from './login'
import { Membership, type MembershipSession } from './membership'
import type { Room } from './room'
import type { RoomSession } from './roomSessions'

/** What a visit needs of the session it belongs to. */
export interface VisitingSession extends MembershipSession {
  /** Throws InkroomError where nobody has logged in. */
  readonly provenLogin: Login
  readonly deadline: EntryDeadline
}

/** One session's way into one room: at its door, perhaps waiting there, in it, and out again. */
export class RoomVisit implements Visitor, RoomSession {
  readonly sessionId: string
  readonly deviceId: string
  readonly #session: VisitingSession
  #phase: 'entering' | 'waiting' | 'inside' | 'over' = 'entering'
  #membership: Membership | undefined

  constructor(
    session: VisitingSession,
    readonly room: Room,
  ) {
    this.sessionId = session.sessionId
    this.deviceId = session.provenLogin.deviceId
    this.#session = session
  }

  /** True where the session has left, or was turned away or taken out. */
  get isGone(): boolean {
    return this.#phase === 'over'
  }

  get profile(): { readonly name: string; readonly colour: number } {
    const { name, colour } = this.#session.provenLogin
    return { name, colour }
  }

  get bufferedAmount(): number {
    return this.#session.socket.bufferedAmount
  }

  /** What the session does in the room; undefined while it is not in it. */
  get membership(): Membership | undefined {
    return this.#phase === 'inside' ? this.#membership : undefined
  }

  send(frame: string): void {
    this.#session.socket.send(frame)
  }

  letIn(): void {
    const { room, sessionId } = this
    const { record, sessions, environment } = room
    sessions.add(this)
    this.#phase = 'inside'
    this.#session.deadline.end()
    this.#membership = new Membership(this.#session, room, this.deviceId)
    const { role, pageRoles, crowded } = sessions.rolesOf(sessionId)
    const fingerprint = environment.place().fingerprint ?? null
    const proof = roomProofText(this.#session.provenLogin.challenge, sessionId, fingerprint)
    this.#session.send({
      type: 'joined',
      roomId: record.roomId,
      roomKey: record.publicKey,
      title: record.title,
      role,
      pageRoles,
      ...(crowded && { crowded }),
      people: sessions.people,
      proof: { fingerprint, signature: environment.sign(proof, record.privateKey) },
    })
    this.#membership.welcome()
  }

  askToWait(): void {
    this.#phase = 'waiting'
    this.#session.deadline.waiting()
    const { roomId, title } = this.room.record
    this.#session.send({ type: 'waiting', roomId, title })
  }

  turnAway(code: ErrorCode): void {
    this.#session.fail(new InkroomError(code, 'the room does not let this device in'))
    this.#over()
  }

  dismissed(message: ServerMessage): void {
    this.#over()
    this.#session.send(message)
  }

  /** The person is called something else now. */
  profileChanged(): void {
    if (this.#phase === 'inside') this.room.sessions.profileChanged(this.sessionId)
    else if (this.#phase === 'waiting') this.room.access.renamed()
  }

  /** The session goes by itself, or is gone. */
  leave(): void {
    const phase = this.#phase
    this.#over()
    if (phase === 'waiting') this.room.access.leave(this)
    else if (phase === 'inside') this.room.sessions.remove(this.sessionId)
  }

  #over(): void {
    const phase = this.#phase
    this.#phase = 'over'
    this.#membership?.end()
    if (phase === 'waiting') this.#session.deadline.turnedAway()
    else if (phase === 'inside') this.#session.deadline.outside()
  }
}
