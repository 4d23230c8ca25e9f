import { z } from 'zod'
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
}
