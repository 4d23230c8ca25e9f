import { z } from 'zod'
import { idSchema, roomTitleSchema } from '../protocol/values'
import { call } from './contract'

/** Rooms that others host in the same network and let be found. Main looks for them while a window wants to know. */

/** Rooms that are listed at most. 100: more cannot be chosen from, and a hostile network could announce any number. */
export const MAX_NEARBY_ROOMS = 100

export const nearbyRoomSchema = z.object({
  roomId: idSchema,
  title: roomTitleSchema,
  /** Name of the machine that hosts it, as it calls itself: to tell rooms of the same title apart, no proof of anything. */
  hostName: z.string().min(1).max(63),
  /** Room link with all its addresses and its certificate's fingerprint, without an invite. */
  link: z.string().max(8_192),
})
export type NearbyRoom = z.infer<typeof nearbyRoomSchema>

/** All that are there now, in the order of their titles. */
export const nearbyRoomsSchema = z.array(nearbyRoomSchema).max(MAX_NEARBY_ROOMS)

export const discoveryCalls = {
  /** Starts watching for this page; answers with what is known already. */
  watch: call(z.undefined(), nearbyRoomsSchema),
  /** Ends it. A page that goes away ends it, too. */
  unwatch: call(z.undefined(), z.undefined()),
}
