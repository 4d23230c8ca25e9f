import type { Clock } from '../../shared/clock'
import type { ServerMessageOf } from '../../shared/protocol/serverMessages'
import type { RoomSessions } from '../core/roomSessions'
import { accessOf } from '../storage/accessTable'
import type { AccessBook } from './accessBook'
import { toldInvite, toldMember } from './told'
import type { WaitingRoom } from './waitingRoom'

/** Milliseconds of the tick in which changes are joined, and more for each member: the whole is sent each time. */
const TICK_MS = 20
const TICK_PER_MEMBER_MS = 0.25

/** Tells owners who may enter and who waits, whenever it has changed. */
export class OwnersView {
  #cancelTick: (() => void) | undefined

  constructor(
    readonly book: AccessBook,
    readonly waiting: WaitingRoom,
    readonly sessions: RoomSessions,
    readonly clock: Clock,
  ) {}

  get message(): ServerMessageOf<'access'> {
    const { members, invites } = accessOf(this.book.table)
    return {
      type: 'access',
      policy: this.book.policy,
      members: members.map(toldMember),
      invites: invites.map(toldInvite),
      waiting: this.waiting.list,
    }
  }

  /** Something has changed; owners are told with the next tick. */
  changed(): void {
    const ms = TICK_MS + TICK_PER_MEMBER_MS * this.book.table.members.size
    this.#cancelTick ??= this.clock.after(ms, () => {
      this.#cancelTick = undefined
      this.sessions.tellOwners(() => JSON.stringify(this.message))
    })
  }

  /** Ends the tick under way. */
  close(): void {
    this.#cancelTick?.()
    this.#cancelTick = undefined
  }
}
