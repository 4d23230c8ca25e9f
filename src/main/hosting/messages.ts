import { z } from 'zod'
import { fingerprintSchema } from '../../shared/access/inviteToken'
import { hostingErrorCodeSchema } from '../../shared/ipc/hosting'
import { roomFileErrorCodeSchema } from '../../shared/ipc/roomFiles'
import { idSchema, roomTitleSchema } from '../../shared/protocol/values'

/** What main and the room server's process say to each other. Both parse what arrives. */

const callIdSchema = z.number().int().min(1)
const portSchema = z.number().int().min(1).max(65_535)

export const startOptionsSchema = z.object({
  /** Folder of the database. */
  dataFolder: z.string(),
  /** Folder of the browser client. */
  clientFolder: z.string(),
  /** Address to listen on. */
  host: z.string(),
  /** Port to try first; the next free one is taken where it is in use. */
  port: portSchema,
  /** How its rooms are announced in the network; undefined: they are not. */
  discovery: z.object({ card: z.string().optional(), unlisted: z.array(idSchema) }).optional(),
  /** Whether browsers may come in without encryption. */
  plainBrowsers: z.boolean(),
})
export type StartOptions = z.infer<typeof startOptionsSchema>

export const serverRequestSchema = z.discriminatedUnion('type', [
  /** `owner`: id of the device the room belongs to. */
  z.object({ type: z.literal('create'), title: roomTitleSchema, owner: idSchema }),
  z.object({ type: z.literal('list') }),
  /** Says at once who is in the rooms, where that has changed, and then answers. */
  z.object({ type: z.literal('look') }),
  z.object({ type: z.literal('reopen'), roomId: idSchema }),
  z.object({ type: z.literal('close'), roomId: idSchema }),
  z.object({ type: z.literal('setListed'), roomId: idSchema, listed: z.boolean() }),
  z.object({ type: z.literal('setPlainBrowsers'), on: z.boolean() }),
  z.object({ type: z.literal('status') }),
  /** An invite for people who write, as the server gives by itself. */
  z.object({ type: z.literal('invite'), roomId: idSchema }),
  /** Writes a room to a file. It takes long: it says how far it is, may be cancelled, and holds up nothing else. */
  z.object({ type: z.literal('export'), roomId: idSchema, file: z.string() }),
  /** Makes a new room of a file, in the same way. */
  z.object({ type: z.literal('import'), file: z.string(), owner: idSchema }),
])
export type ServerRequest = z.infer<typeof serverRequestSchema>

export const toServerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), options: startOptionsSchema }),
  z.object({ type: z.literal('call'), callId: callIdSchema, request: serverRequestSchema }),
  /** Main does not want what it called for any more. */
  z.object({ type: z.literal('cancel'), callId: callIdSchema }),
  /** The machine goes to sleep: say so to everybody connected, and let nobody in until it is awake. */
  z.object({ type: z.literal('sleep') }),
  z.object({ type: z.literal('wake') }),
  /** Commit, say good-bye, exit. */
  z.object({ type: z.literal('stop') }),
])
export type ToServer = z.infer<typeof toServerSchema>

export const serverRoomSchema = z.object({
  roomId: idSchema,
  title: roomTitleSchema,
  open: z.boolean(),
  /** People connected beside the owner. */
  guests: z.number().int().min(0),
})
export type ServerRoom = z.infer<typeof serverRoomSchema>

/** How the server is doing. */
export const serverStatusSchema = z.object({
  /** People connected: WebSockets. */
  connections: z.number().int().min(0),
  /** Whether anybody came from another machine since it started. */
  reachedFromOutside: z.boolean(),
})
export type ServerStatus = z.infer<typeof serverStatusSchema>

const invitedSchema = z.object({ token: z.string() })

const serverAnswerSchema = z.union([z.array(serverRoomSchema), serverStatusSchema, invitedSchema])
/** The room created, reopened or imported, all rooms of a list, none where there is nothing to say; or the status; or an invite. */
export type ServerAnswer = z.infer<typeof serverAnswerSchema>

/** What a running server is known by. */
export const startedSchema = z.object({ port: portSchema, fingerprint: fingerprintSchema })
export type Started = z.infer<typeof startedSchema>

export const failureCodeSchema = z.union([hostingErrorCodeSchema, roomFileErrorCodeSchema])
export type FailureCode = z.infer<typeof failureCodeSchema>
/** Why something did not work, with a code of the platform's hosting or of rooms in files. */
const failureSchema = z.object({ code: failureCodeSchema, message: z.string() })

export const fromServerSchema = z.discriminatedUnion('type', [
  startedSchema.extend({ type: z.literal('started') }),
  z.object({ type: z.literal('failed'), failure: failureSchema }),
  z.object({ type: z.literal('done'), callId: callIdSchema, answer: serverAnswerSchema }),
  /** How much of what was called for is done, of 1. */
  z.object({ type: z.literal('progress'), callId: callIdSchema, done: z.number().min(0).max(1) }),
  /** All rooms, whenever one of them or the people in it have changed. */
  z.object({ type: z.literal('rooms'), rooms: z.array(serverRoomSchema) }),
  z.object({ type: z.literal('refused'), callId: callIdSchema, failure: failureSchema }),
])
export type FromServer = z.infer<typeof fromServerSchema>
