import { mayWriteAnywhere, READS_ONLY, sameRoles, type Roles } from '../../shared/access/roles'
import { InkroomError, type ErrorCode } from '../../shared/protocol/errors'
import type { ServerMessage } from '../../shared/protocol/serverMessages'
import type { Person } from '../../shared/protocol/values'
import type { AccessBook } from '../access/accessBook'
import type { ServerLimits } from './serverLimits'

/** What a room knows of a session in it. */
export interface RoomSession {
  readonly sessionId: string
  readonly deviceId: string
  /** As its person is called now. */
  readonly profile: { readonly name: string; readonly colour: number }
  /** Bytes queued and not yet read. */
  readonly bufferedAmount: number
  /** Queues a frame. */
  send(frame: string): void
  /** The session is in no room any more; it is told by `message`. */
  dismissed(message: ServerMessage): void
}

/** What a session may do now. */
export interface SessionRoles extends Roles {
  /** It would write, but as many write as may: it reads until there is room. */
  readonly crowded: boolean
}

interface Seat {
  readonly session: RoomSession
  /** Writes, or would if there were more to do than reading. */
  seated: boolean
  roles: SessionRoles
}

const NOBODY: SessionRoles = { ...READS_ONLY, crowded: false }

type Limits = Pick<ServerLimits, 'maxSessionsPerRoom' | 'maxEditorsPerRoom' | 'maxBufferedBytes'>

/** Who is in a room now, and what each may do. */
export class RoomSessions {
  /** In the order they came. */
  readonly #seats = new Map<string, Seat>()
  readonly #book: AccessBook
  readonly #limits: Limits
  readonly #onGone: (sessionId: string) => void
  #closed = false

  /** `onGone` is called for each session that is in the room no more. */
  constructor(book: AccessBook, limits: Limits, onGone: (sessionId: string) => void) {
    this.#book = book
    this.#limits = limits
    this.#onGone = onGone
  }

  get size(): number {
    return this.#seats.size
  }

  get people(): Person[] {
    return [...this.#seats.values()].map((seat) => this.#personOf(seat))
  }

  isHere(deviceId: string): boolean {
    return [...this.#seats.values()].some(({ session }) => session.deviceId === deviceId)
  }

  rolesOf(sessionId: string): SessionRoles {
    return this.#seats.get(sessionId)?.roles ?? NOBODY
  }

  /**
   * Adds a session of a member and tells the others. Throws InkroomError `room-full`, `room-closed` where the room was
   * closed while the session was about to join, `removed` or `banned` where it is no member any more.
   */
  add(session: RoomSession): void {
    const { maxSessionsPerRoom } = this.#limits
    if (this.#closed) throw new InkroomError('room-closed', 'the owner has closed this room')
    const code = this.#reasonToGo(session.deviceId)
    if (code !== undefined) throw new InkroomError(code, 'this device is no member')
    if (this.#seats.size >= maxSessionsPerRoom)
      throw new InkroomError('room-full', `the room has ${maxSessionsPerRoom} sessions, which is its limit`)
    this.#book.saw(session.deviceId, session.profile)
    this.#seats.set(session.sessionId, { session, seated: false, roles: NOBODY })
    this.refresh(session.sessionId)
    this.#tellOfPerson(session.sessionId)
  }

  /** The person of a session has changed name or colour. */
  profileChanged(sessionId: string): void {
    const seat = this.#seats.get(sessionId)
    if (seat === undefined) return
    this.#book.saw(seat.session.deviceId, seat.session.profile)
    this.#tellOfPerson(sessionId)
  }

  /** Takes a session out of the room, and tells the others. */
  remove(sessionId: string): void {
    const seat = this.#seats.get(sessionId)
    if (seat === undefined) return
    this.#book.saw(seat.session.deviceId, seat.session.profile)
    this.#leave(sessionId)
    this.refresh()
  }

  /** The room is closed: everybody is told and out of it, and nobody comes in any more. */
  close(): void {
    this.#closed = true
    for (const [sessionId, { session }] of [...this.#seats]) {
      this.#seats.delete(sessionId)
      session.dismissed({ type: 'roomClosed' })
      this.#onGone(sessionId)
    }
  }

  /**
   * Works out anew what everybody may do, and tells whom it concerns; who is no member any more is out. `newcomer` learns
   * it from the answer to its join.
   */
  refresh(newcomer?: string): void {
    for (const [sessionId, { session }] of [...this.#seats]) {
      const code = this.#reasonToGo(session.deviceId)
      if (code === undefined) continue
      this.#leave(sessionId)
      session.dismissed({ type: 'error', code, detail: 'an owner has decided that' })
    }
    this.#giveSeats()
    for (const [sessionId, seat] of this.#seats) {
      const base = this.#book.rolesOf(seat.session.deviceId)
      const crowded = mayWriteAnywhere(base) && !seat.seated
      const { role, pageRoles } = crowded ? READS_ONLY : base
      const roles = { role, pageRoles, crowded }
      const isNews = crowded !== seat.roles.crowded || !sameRoles(roles, seat.roles)
      seat.roles = roles
      if (!isNews || sessionId === newcomer) continue
      const message: ServerMessage = { type: 'role', role, pageRoles, ...(crowded && { crowded }) }
      seat.session.send(JSON.stringify(message))
      this.#tellOfPerson(sessionId)
    }
  }

  /** Tells everybody but one session. */
  tellOthers(sessionId: string, message: ServerMessage): void {
    const frame = JSON.stringify(message)
    for (const [id, { session }] of this.#seats) if (id !== sessionId) session.send(frame)
  }

  /** Sends a frame to every owner; one who does not read is left out, and hears of it the next time. */
  tellOwners(frame: () => string): void {
    const owners = [...this.#seats.values()].filter(
      ({ session, roles }) =>
        roles.role === 'owner' && session.bufferedAmount <= this.#limits.maxBufferedBytes,
    )
    if (owners.length === 0) return
    const text = frame()
    for (const { session } of owners) session.send(text)
  }

  #reasonToGo(deviceId: string): ErrorCode | undefined {
    const member = this.#book.member(deviceId)
    if (member === undefined) return 'removed'
    return member.banned ? 'banned' : undefined
  }

  #leave(sessionId: string): void {
    this.#seats.delete(sessionId)
    this.tellOthers(sessionId, { type: 'personLeft', sessionId })
    this.#onGone(sessionId)
  }

  /** Owners always have a seat. The others keep theirs; those that are free go to who came first. */
  #giveSeats(): void {
    const seats = [...this.#seats.values()]
    const waiting: Seat[] = []
    let taken = 0
    for (const seat of seats) {
      const base = this.#book.rolesOf(seat.session.deviceId)
      if (!mayWriteAnywhere(base)) seat.seated = false
      else if (seat.seated || base.role === 'owner') {
        seat.seated = true
        taken += 1
      } else waiting.push(seat)
    }
    const free = Math.max(0, this.#limits.maxEditorsPerRoom - taken)
    for (const seat of waiting.slice(0, free)) seat.seated = true
  }

  #personOf({ session, roles }: Seat): Person {
    const { sessionId, deviceId, profile } = session
    const personId = this.#book.member(deviceId)?.personId ?? deviceId
    return { sessionId, deviceId, personId, ...profile, role: roles.role }
  }

  #tellOfPerson(sessionId: string): void {
    const seat = this.#seats.get(sessionId)
    if (seat !== undefined) this.tellOthers(sessionId, { type: 'person', person: this.#personOf(seat) })
  }
}
