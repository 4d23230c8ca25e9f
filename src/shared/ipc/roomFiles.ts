import { z } from 'zod'
import { idSchema } from '../protocol/values'
import { BUNDLE_ERRORS, type BundleErrorCode } from '../roomFile'
import { call } from './contract'
import { fileIdSchema } from './files'
import { hostedRoomSchema } from './hosting'

/**
 * Rooms of this device as files. A path never reaches the page: a file id stands for it, in one page load. What takes
 * long is a task, which the page numbers: main says how far it is, and the page may stop it.
 */

const taskIdSchema = z.number().int().min(1)

/** Codes of what can go wrong with a file; those of hosting come beside them. */
export const roomFileErrorCodeSchema = z.enum([
  ...(Object.keys(BUNDLE_ERRORS) as BundleErrorCode[]),
  'too-many-rooms',
])

export const roomFileSchema = z.object({ fileId: fileIdSchema, name: z.string() })
export type RoomFileMessage = z.infer<typeof roomFileSchema>

export const roomFileProgressSchema = z.object({
  taskId: taskIdSchema,
  /** Of 1. */
  done: z.number().min(0).max(1),
})
export type RoomFileProgress = z.infer<typeof roomFileProgressSchema>

export const roomFilesCalls = {
  /** Asks for a file. Null when cancelled. */
  choose: call(z.undefined(), roomFileSchema.nullable()),
  /** Takes a file dropped onto the window. The preload script takes the path from the File object. */
  takeDropped: call(z.object({ path: z.string().min(1).max(32_768) }), roomFileSchema),
  /** Asks for a place and writes a room there. Null when the person chose none. */
  save: call(z.object({ taskId: taskIdSchema, roomId: idSchema }), z.object({ name: z.string() }).nullable()),
  /** Makes a room of a file and opens it. `listed`: whether others in the network find it by themselves. */
  open: call(z.object({ taskId: taskIdSchema, fileId: fileIdSchema, listed: z.boolean() }), hostedRoomSchema),
  /** Stops a task, which then fails with `bundle-cancelled`. */
  cancel: call(z.object({ taskId: taskIdSchema }), z.undefined()),
}
