import { z } from 'zod'
import { fingerprintSchema } from '../access/inviteToken'
import { audienceSchema } from '../identity/audience'

/**
 * WebSockets that main opens for a window. Messages go one way each and in order; there are no replies.
 * The window numbers its sockets.
 */

/** Longest frame either way, in UTF-16 units; servers set their own, lower limit. */
export const MAX_FRAME_LENGTH = 64 * 1024 * 1024

/** Addresses of one host that are tried. 16: those of an invite and those it was met at before. */
const MAX_ADDRESSES = 16

const socketIdSchema = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const frameSchema = z.string().max(MAX_FRAME_LENGTH)

export const socketRequestSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('open'),
    socketId: socketIdSchema,
    urls: z.array(z.string().max(2048)).min(1).max(MAX_ADDRESSES),
    /** SHA-256 of the host's certificate, base64url: then that one counts and no other. */
    fingerprint: fingerprintSchema.optional(),
  }),
  z.object({ type: z.literal('send'), socketId: socketIdSchema, frame: frameSchema }),
  z.object({
    type: z.literal('close'),
    socketId: socketIdSchema,
    code: z.number().int().min(1000).max(4999),
    reason: z.string().max(123),
  }),
])
export type SocketRequest = z.infer<typeof socketRequestSchema>

export const socketEventSchema = z.discriminatedUnion('type', [
  /** `audience`: whom a login over it is meant for, as main has seen it. */
  z.object({ type: z.literal('opened'), socketId: socketIdSchema, audience: audienceSchema }),
  z.object({ type: z.literal('received'), socketId: socketIdSchema, frame: frameSchema }),
  /** So many UTF-16 units of sent frames have reached the system since the last such event. */
  z.object({ type: z.literal('flushed'), socketId: socketIdSchema, length: z.number().int().min(0) }),
  /** The last event of a socket. */
  z.object({
    type: z.literal('closed'),
    socketId: socketIdSchema,
    code: z.number().int(),
    reason: z.string(),
  }),
])
export type SocketEvent = z.infer<typeof socketEventSchema>
