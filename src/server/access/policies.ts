import type { RoomPolicy } from '../../shared/access/roomAccess'

/** Nobody without an invite: of servers that anybody on the internet may find. */
export const BY_INVITE: RoomPolicy = { strangers: 'refuse', invited: 'admit', role: 'editor' }

/** Who finds the room knocks: of rooms that a person hosts among people they know. */
export const KNOCK: RoomPolicy = { strangers: 'ask', invited: 'admit', role: 'editor' }

/** Everybody may come in who knows the room's id. */
export const OPEN_DOOR: RoomPolicy = { strangers: 'admit', invited: 'admit', role: 'editor' }
