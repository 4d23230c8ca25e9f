import { z } from 'zod'
import { fingerprintSchema } from '../../shared/access/inviteToken'
import { hostingErrorCodeSchema } from '../../shared/ipc/hosting'
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
  z.object({ type: z.literal('reopen'), roomId: idSchema }),
  z.object({ type: z.literal('close'), roomId: idSchema }),
  z.object({ type: z.literal('setListed'), roomId: idSchema, listed: z.boolean() }),
  z.object({ type: z.literal('setPlainBrowsers'), on: z.boolean() }),
  z.object({ type: z.literal('status') }),
])
export type ServerRequest = z.infer<typeof serverRequestSchema>

export const toServerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), options: startOptionsSchema }),
  z.object({ type: z.literal('call'), callId: callIdSchema, request: serverRequestSchema }),
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

const serverAnswerSchema = z.union([z.array(serverRoomSchema), serverStatusSchema])
/** The room created or reopened, all rooms of a list, none where there is nothing to say; or the status. */
export type ServerAnswer = z.infer<typeof serverAnswerSchema>

/** What a running server is known by. */
export const startedSchema = z.object({ port: portSchema, fingerprint: fingerprintSchema })
export type Started = z.infer<typeof startedSchema>

/** Why something did not work, with a code of the platform's hosting. */
const failureSchema = z.object({ code: hostingErrorCodeSchema, message: z.string() })

export const fromServerSchema = z.discriminatedUnion('type', [
  startedSchema.extend({ type: z.literal('started') }),
  z.object({ type: z.literal('failed'), failure: failureSchema }),
  z.object({ type: z.literal('done'), callId: callIdSchema, answer: serverAnswerSchema }),
  /** All rooms, whenever one of them or the people in it have changed. */
  z.object({ type: z.literal('rooms'), rooms: z.array(serverRoomSchema) }),
  z.object({ type: z.literal('refused'), callId: callIdSchema, failure: failureSchema }),
])
export type FromServer = z.infer<typeof fromServerSchema>
