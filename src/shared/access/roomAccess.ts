import { z } from 'zod'
import { countSchema, idSchema, nameSchema, colourSchema, roleSchema } from '../protocol/values'

/** Who may enter a room and what each may do there. The owner sees all of it; the server decides by it. */

/** Roles that an owner can give: there is one way to become owner, by making the room or by an invite that says so. */
export const givenRoleSchema = roleSchema.exclude(['owner'])
export type GivenRole = z.infer<typeof givenRoleSchema>

/** Who comes in, besides members. */
export const roomPolicySchema = z.object({
  /** Those without an invite, such as people who found the room in the list of rooms nearby. */
  strangers: z.enum(['refuse', 'ask', 'admit']),
  /** Those with an invite: `ask` is the waiting room. */
  invited: z.enum(['ask', 'admit']),
  /** Role of strangers who come in. */
  role: givenRoleSchema,
})
export type RoomPolicy = z.infer<typeof roomPolicySchema>

/** Most pages on which one member has a role of their own: as many as a room has pages. */
export const MAX_PAGE_ROLES = 1_000

/** Roles that differ from the one in the room, by page. */
export const pageRolesSchema = z.record(idSchema, givenRoleSchema)

/** A device that has been let into a room. */
export const memberSchema = z.object({
  deviceId: idSchema,
  /** Devices of one person share it: the device that came first. */
  personId: idSchema,
  /** As they called themselves when they were here last. */
  name: nameSchema,
  colour: colourSchema,
  role: roleSchema,
  /** Roles that differ on single pages. */
  pageRoles: pageRolesSchema,
  banned: z.boolean(),
  /** Milliseconds since 1970. */
  lastSeen: countSchema,
})
export type Member = z.infer<typeof memberSchema>

/** An invite as the owner sees it. */
export const inviteSchema = z.object({
  inviteId: idSchema,
  role: roleSchema,
  /** Milliseconds since 1970; null: never. */
  expiresAt: countSchema.nullable(),
  /** How many devices may come in by it; null: any number. */
  maxUses: countSchema.min(1).nullable(),
  uses: countSchema,
  createdAt: countSchema,
  /** Who made it, to show in a list. */
  createdBy: nameSchema,
  /** True for one by which a member brings another device of their own. */
  ownDevice: z.boolean().optional(),
})
export type Invite = z.infer<typeof inviteSchema>

/** Somebody at the door. */
export const waitingSchema = z.object({
  deviceId: idSchema,
  name: nameSchema,
  colour: colourSchema,
  /** The role they would have. */
  role: roleSchema,
  /** True where they have an invite. */
  invited: z.boolean(),
})
export type Waiting = z.infer<typeof waitingSchema>

/** All of it, as owners are told it. */
export const roomAccessSchema = z.object({
  policy: roomPolicySchema,
  members: z.array(memberSchema),
  invites: z.array(inviteSchema),
  waiting: z.array(waitingSchema),
})
export type RoomAccess = z.infer<typeof roomAccessSchema>
