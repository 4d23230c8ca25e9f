import { z } from 'zod'
import { fingerprintSchema, originSchema } from '../access/inviteToken'
import { idSchema, roomTitleSchema } from '../protocol/values'
import { call } from './contract'

/** Hosting rooms on this machine. Errors have the platform's hosting codes. */

export const hostedRoomSchema = z.object({
  roomId: idSchema,
  title: roomTitleSchema,
  open: z.boolean(),
  /** Links for others, the best first. Empty while not open. */
  links: z.array(z.string()),
  /** Link for this machine. Null while not open. */
  localLink: z.string().nullable(),
  /** Whether others in the network find it by themselves while it is open. */
  listed: z.boolean(),
})
export type HostedRoomMessage = z.infer<typeof hostedRoomSchema>

/** How hosting is going. */
export const hostingStatusSchema = z.object({
  /** Port of the server; null before anything was hosted. */
  port: z.number().int().nullable(),
  /** SHA-256 of the host's certificate, base64url; null before it has started. */
  fingerprint: fingerprintSchema.nullable(),
  /** Origins by which others reach it, the best first. Empty while nothing is open. */
  addresses: z.array(originSchema),
  /** Whether browsers may come in without encryption. */
  plainBrowsers: z.boolean(),
  /** Connections now, those of this machine's windows included. */
  connections: z.number().int().min(0),
  /** People connected to each open room beside its owner, each counted once. */
  people: z.array(z.object({ roomId: idSchema, guests: z.number().int().min(0) })),
  /** Whether anybody came from another machine since the server started. */
  reachedFromOutside: z.boolean(),
})
export type HostingStatus = z.infer<typeof hostingStatusSchema>

export const hostingErrorCodeSchema = z.enum([
  'port-in-use',
  'data-unwritable',
  'database-corrupt',
  'database-too-new',
  'database-locked',
  'host-failed',
])
export type HostingErrorCode = z.infer<typeof hostingErrorCodeSchema>

export const hostingCalls = {
  create: call(z.object({ title: roomTitleSchema }), hostedRoomSchema),
  list: call(z.undefined(), z.array(hostedRoomSchema)),
  reopen: call(z.object({ roomId: idSchema }), hostedRoomSchema),
  close: call(z.object({ roomId: idSchema }), z.undefined()),
  setListed: call(z.object({ roomId: idSchema, listed: z.boolean() }), z.undefined()),
  status: call(z.undefined(), hostingStatusSchema),
  setPlainBrowsers: call(z.object({ on: z.boolean() }), z.undefined()),
}
