import type { ClientMessage } from '../../shared/protocol/clientMessages'

/** How many ordinary messages one of a type counts as in the rate of its connection. Types that are not named: 1. */
export type MessageCosts = Readonly<Partial<Record<ClientMessage['type'], number>>>

/** Of the 500 messages a second that a connection has. */
export const DEFAULT_MESSAGE_COSTS: MessageCosts = {
  // Each waits for the disk by itself, some milliseconds in which the server does nothing else: 20 a second are 100 ms.
  createRoom: 25,
  createInvite: 25,
  revokeInvite: 25,
  setPolicy: 25,
  admit: 25,
  setRole: 25,
  removeMember: 25,
  unban: 25,
  // May store a member; everybody in the room is told, and the one who comes is told of everybody.
  join: 25,
  // Everybody is told. A name that somebody types is 10 a second.
  profile: 10,
  // Reads a page, and may send all of it. Coming back with 200 pages and edits in all of them stays below the burst of 2,000.
  open: 4,
}
