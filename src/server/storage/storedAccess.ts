import { z } from 'zod'
import { inviteSchema, memberSchema, type RoomPolicy } from '../../shared/access/roomAccess'
import { idSchema } from '../../shared/protocol/values'

/** What a server keeps of who may enter a room. */

/**
 * How somebody became a member: `stranger`, because the policy admitted everybody (forgotten first where there are too
 * many); `invited`, by an invite or let in; `decided`, an owner has set the role, which invites do not change.
 */
const standingSchema = z.enum(['stranger', 'invited', 'decided'])

export const storedMemberSchema = memberSchema.extend({ standing: standingSchema })
export type StoredMember = z.infer<typeof storedMemberSchema>

/** `maker`: device that made it, null for the server itself. */
export const storedInviteSchema = inviteSchema.required().extend({ maker: idSchema.nullable() })
export type StoredInvite = z.infer<typeof storedInviteSchema>

export interface StoredAccess {
  /** Undefined until an owner has set one: the server's own counts. */
  readonly policy: RoomPolicy | undefined
  readonly members: readonly StoredMember[]
  readonly invites: readonly StoredInvite[]
}

export const NO_ACCESS: StoredAccess = { policy: undefined, members: [], invites: [] }

export type AccessChange =
  | { readonly change: 'setPolicy'; readonly policy: RoomPolicy }
  | { readonly change: 'putMember'; readonly member: StoredMember }
  | { readonly change: 'removeMember'; readonly deviceId: string }
  | { readonly change: 'putInvite'; readonly invite: StoredInvite }
  | { readonly change: 'removeInvite'; readonly inviteId: string }
