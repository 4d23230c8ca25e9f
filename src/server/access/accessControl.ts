import { InOrder } from '../../shared/inOrder'
import type { ClientMessageOf } from '../../shared/protocol/clientMessages'
import { InkroomError, type ErrorCode } from '../../shared/protocol/errors'
import type { Environment } from '../core/environment'
import type { RoomSessions } from '../core/roomSessions'
import type { StoredRoom } from '../storage/roomStore'
import type { AccessChange } from '../storage/storedAccess'
import type { AccessBook } from './accessBook'
import { requireOwner, type AccessMessage, type AccessSession } from './accessMessages'
import { decideEntry, renewed, type Admission, type Entry, type ShownInvite, type Visit } from './entry'
import { InviteDesk, type InviteMessage } from './inviteDesk'
import type { ServerInviteWish } from './inviteMaking'
import { banned, put, removeMember, setRole, unban } from './ownerActions'
import { OwnersView } from './ownersView'
import { WaitingRoom, type Visitor } from './waitingRoom'

/**
 * The door of one room: lets people in, and does what owners decide about them. One thing after another, each stored
 * before it counts, so that two who come by an invite for one are not both let in.
 */
export class AccessControl {
  readonly waiting: WaitingRoom
  readonly #room: StoredRoom
  readonly #book: AccessBook
  readonly #sessions: RoomSessions
  readonly #environment: Environment
  readonly #queue = new InOrder()
  readonly #ownersView: OwnersView
  readonly #invites: InviteDesk
  #underWay = 0

  constructor(room: StoredRoom, book: AccessBook, sessions: RoomSessions, environment: Environment) {
    this.#room = room
    this.#book = book
    this.#sessions = sessions
    this.#environment = environment
    this.waiting = new WaitingRoom(environment.limits.maxWaitingPerRoom)
    this.#ownersView = new OwnersView(book, this.waiting, sessions, environment.clock)
    this.#invites = new InviteDesk(room, book, environment, (changes) => this.#change(changes))
  }

  /** True while somebody waits or something is being decided: the room must not be loaded a second time. */
  get busy(): boolean {
    return this.#underWay > 0 || this.waiting.size > 0
  }

  /**
   * Lets somebody in, or lets them wait. Throws InkroomError with the reason why not, and StoreError where it cannot be
   * stored.
   */
  async enter(visitor: Visitor, token: string | undefined): Promise<void> {
    await this.#inTurn(async () => {
      const who = { deviceId: visitor.deviceId, ...visitor.profile }
      const entry = this.#entryOf(who, await this.#shown(token))
      if (entry.way === 'refused') throw notLetIn(entry.code)
      if (entry.way === 'enters') {
        if (entry.admission !== undefined) await this.#admit(entry.admission)
        if (!visitor.isGone) visitor.letIn()
      } else if (!visitor.isGone) {
        this.waiting.add(visitor, entry.admission)
        this.#ownersView.changed()
        visitor.askToWait()
      }
    })
  }

  /**
   * Whether somebody who came now would have to wait. Nothing changes by asking. Throws InkroomError with the reason why
   * they would not come in.
   */
  async wouldWait(
    who: Pick<Visit, 'deviceId' | 'name' | 'colour'>,
    token: string | undefined,
  ): Promise<boolean> {
    const entry = this.#entryOf(who, await this.#shown(token))
    if (entry.way === 'refused') throw notLetIn(entry.code)
    return entry.way === 'waits'
  }

  /** Somebody who waited has gone. */
  leave(visitor: Visitor): void {
    if (this.waiting.remove(visitor)) this.#ownersView.changed()
  }

  /** Somebody who waits is called something else now. */
  renamed(): void {
    this.#ownersView.changed()
  }

  /** Tells a session that has just joined what owners are told. */
  welcome(session: AccessSession): void {
    if (this.#book.isOwner(session.deviceId)) session.send(this.#ownersView.message)
    this.#ownersView.changed()
  }

  /** Does what a session asks for. Throws InkroomError where it may not or cannot, and StoreError. */
  async handle(session: AccessSession, message: AccessMessage): Promise<void> {
    await this.#inTurn(async () => {
      const actor = this.#book.member(session.deviceId)
      if (actor === undefined || actor.banned)
        throw new InkroomError('removed', 'an owner has taken this device out of the room')
      switch (message.type) {
        case 'createInvite':
        case 'inviteToken':
        case 'revokeInvite':
          return this.#invites.handle(session, actor, message)
        default:
          requireOwner(actor)
          return this.#carryOut(message)
      }
    })
  }

  /**
   * A token of an invite that the server itself has made and that counts for at least half of the time wished for: one is
   * made where there is none.
   */
  async serverInvite(wish: ServerInviteWish): Promise<string> {
    let token = ''
    await this.#inTurn(async () => {
      token = await this.#invites.ofServer(wish)
    })
    return token
  }

  /** Stores who was here since the last change. Throws StoreError. */
  save(): Promise<void> {
    return this.#inTurn(() => this.#book.change([]))
  }

  /** Ends all that goes on by itself. */
  close(): void {
    this.#ownersView.close()
  }

  async #shown(token: string | undefined): Promise<ShownInvite | undefined> {
    if (token === undefined) return undefined
    const { roomId, publicKey } = this.#room
    const claims = await this.#environment.tokens.read(token, roomId, publicKey)
    const invite = claims && this.#book.table.invites.get(claims.jti)
    return { claims, invite, maker: this.#book.member(invite?.maker ?? '') }
  }

  #entryOf(who: Pick<Visit, 'deviceId' | 'name' | 'colour'>, shown: ShownInvite | undefined): Entry {
    return decideEntry({
      ...who,
      now: this.#environment.clock.now(),
      policy: this.#book.policy,
      member: this.#book.member(who.deviceId),
      shown,
    })
  }

  async #carryOut(message: Exclude<AccessMessage, InviteMessage>): Promise<void> {
    const { table } = this.#book
    switch (message.type) {
      case 'setPolicy':
        return this.#change([{ change: 'setPolicy', policy: message.policy }])
      case 'admit':
        return this.#letIn(message)
      case 'setRole':
        return this.#change(setRole(table, message, this.#environment.limits.maxPageRolesPerRoom))
      case 'unban':
        return this.#change(unban(table, message.deviceId))
      case 'removeMember':
        return this.#remove(message)
    }
  }

  async #letIn({ deviceId, role }: ClientMessageOf<'admit'>): Promise<void> {
    const admission = this.waiting.admissionOf(deviceId)
    // They have gone meanwhile, or another owner was faster.
    if (admission === undefined) return
    if (role === null) {
      this.waiting.turnAway(deviceId, 'not-admitted')
      return this.#ownersView.changed()
    }
    const current = this.#book.table.invites.get(admission.invite?.inviteId ?? '')
    const maker = this.#book.member(current?.maker ?? '')
    const now = renewed(admission, current, maker, this.#environment.clock.now())
    if (typeof now === 'string') {
      this.waiting.turnAway(deviceId, now)
      return this.#ownersView.changed()
    }
    // The role that owners were shown is no decision of theirs.
    const isDecided = role !== admission.member.role
    await this.#admit({
      member: isDecided ? { ...now.member, role, pageRoles: {}, standing: 'decided' } : now.member,
      invite: now.invite,
    })
  }

  async #remove({ deviceId, ban }: ClientMessageOf<'removeMember'>): Promise<void> {
    const admission = this.waiting.admissionOf(deviceId)
    if (this.#book.member(deviceId) === undefined && admission !== undefined) {
      if (ban) await this.#change([...this.#roomForOneMore(), put(banned(admission.member))])
      this.waiting.turnAway(deviceId, 'not-admitted')
      return this.#ownersView.changed()
    }
    await this.#change(removeMember(this.#book.table, deviceId, ban))
  }

  /** Stores who comes in and that the invite was used, as one. */
  #admit({ member, invite }: Admission): Promise<void> {
    const isNew = this.#book.member(member.deviceId) === undefined
    return this.#change([
      ...(isNew ? this.#roomForOneMore() : []),
      put(member),
      ...(invite === undefined ? [] : [{ change: 'putInvite', invite } as const]),
    ])
  }

  /** Where there are too many members, the stranger goes who was not here for the longest time. Throws `room-full`. */
  #roomForOneMore(): AccessChange[] {
    const { maxMembersPerRoom } = this.#environment.limits
    const { members } = this.#book.table
    if (members.size < maxMembersPerRoom) return []
    const away = [...members.values()].filter(
      ({ standing, deviceId }) => standing === 'stranger' && !this.#sessions.isHere(deviceId),
    )
    const [first, ...others] = away
    if (first === undefined)
      throw new InkroomError('room-full', `the room has ${maxMembersPerRoom} members, which is its limit`)
    const oldest = others.reduce((a, b) => (b.lastSeen < a.lastSeen ? b : a), first)
    return [{ change: 'removeMember', deviceId: oldest.deviceId }]
  }

  /** Stores changes, and tells everybody whom they concern. */
  async #change(changes: readonly AccessChange[]): Promise<void> {
    await this.#book.change(changes)
    for (const deviceId of this.waiting.deviceIds) {
      const member = this.#book.member(deviceId)
      if (member?.banned === true) this.waiting.turnAway(deviceId, 'banned')
      else if (member !== undefined) this.waiting.letIn(deviceId)
    }
    this.#sessions.refresh()
    this.#ownersView.changed()
  }

  async #inTurn(task: () => Promise<void>): Promise<void> {
    this.#underWay += 1
    try {
      await this.#queue.run(task)
    } finally {
      this.#underWay -= 1
    }
  }
}

function notLetIn(code: ErrorCode): InkroomError {
  return new InkroomError(code, 'the room does not let this device in')
}
