import { z } from 'zod'
import { ASSET_PIECE_BYTES, MAX_ASSET_BYTES, pieceCountOf } from '../assets/limits'
import { isWellFormed } from '../ot/text/unicode'

// Zod would otherwise compile checks with `new Function`, which the app's Content-Security-Policy forbids.
z.config({ jitless: true })

/** Values that occur in many messages. Every string has a length, every number a range. */

/** Version of this protocol, the transform rules included. Both sides name what they speak when a connection starts. */
export const PROTOCOL_VERSION = 1

/** Page that lists the other pages: type `records`, there from the room's first moment. */
export const PAGE_LIST_ID = 'pages'

/** An id made from random or hashed bytes: lower-case base32. */
export const idSchema = z
  .string()
  .regex(/^[a-z2-7]{26,32}$/, 'an id is 26 to 32 characters of lower-case base32')
export const pageIdSchema = z
  .string()
  .refine(
    (text) => text === PAGE_LIST_ID || /^[a-z2-7]{26,32}$/.test(text),
    'a page id is "pages" or 26 to 32 characters of lower-case base32',
  )
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'a hash is 64 lower-case hex digits')
export const assetSizeSchema = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
/** Number of a piece of a picture. */
export const pieceIndexSchema = z
  .number()
  .int()
  .min(0)
  .max(pieceCountOf(MAX_ASSET_BYTES) - 1)
/** A piece of a picture in base64 (RFC 4648 section 4) with padding, never empty; the bits to spare are 0. */
export const pieceDataSchema = z
  .string()
  .min(4)
  .max((ASSET_PIECE_BYTES / 3) * 4)
  .regex(
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)$/,
    'a piece is base64 with padding',
  )
// The last character holds the rest of the bytes and no bits besides, so that equal bytes have one text.
export const keySchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, 'a key is 32 bytes in base64url without padding')
export const signatureSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{85}[AQgw]$/, 'a signature is 64 bytes in base64url without padding')
/** What a server makes up for each connection, so that no login counts on another. */
export const nonceSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,100}$/, 'a nonce is 16 to 100 characters of base64url')
export const countSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
export const seqSchema = countSchema.min(1)

/** Levels of arrays and objects in an op or a place: the deepest, a property of a record that is put, has 8. */
export const MAX_NESTING = 16

/**
 * An op or a place, which the page's document type parses. Bounded in depth here, because everything that walks a
 * value, JSON.stringify among it, ends in a stack overflow on one that is nested a hundred thousand times.
 */
export const nestedSchema = z
  .unknown()
  .refine((value) => isShallow(value, MAX_NESTING), `ops and places are at most ${MAX_NESTING} levels deep`)

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((item) => isShallow(item, levels - 1))
}

/** Longest name of a person and longest title of a room, in UTF-16 units: what fits into a cursor flag or a window title. */
export const MAX_NAME_LENGTH = 60
export const MAX_ROOM_TITLE_LENGTH = 100

/** Characters that show nothing or turn the direction of what follows; joiners are needed by some scripts and emoji. */
const HIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029\u115f\u1160\u3164\uffa0]/u
const VISIBLE = /[^\p{White_Space}\u200c\u200d]/u
const shownText = (maxLength: number): z.ZodType<string> =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .refine(
      (text) => isWellFormed(text) && !HIDDEN.test(text) && VISIBLE.test(text),
      'shown text has a visible character and no hidden ones',
    )

export const nameSchema = shownText(MAX_NAME_LENGTH)
export const roomTitleSchema = shownText(MAX_ROOM_TITLE_LENGTH)

/** Number of colours in the participants' palette; a colour is an index into it, so that each theme can draw its own. */
export const PALETTE_SIZE = 12
export const colourSchema = z
  .number()
  .int()
  .min(0)
  .max(PALETTE_SIZE - 1)

export const roleSchema = z.enum(['owner', 'editor', 'commenter', 'viewer'])
export type Role = z.infer<typeof roleSchema>

export const pageKindSchema = z.enum(['records', 'text', 'board'])
export type PageKind = z.infer<typeof pageKindSchema>

export const headSchema = z.object({ version: countSchema, hash: hashSchema })
export const signedHeadSchema = headSchema.extend({ signature: signatureSchema })

export const updateSchema = z.object({
  clientId: idSchema,
  after: countSchema,
  seq: seqSchema,
  author: idSchema,
  time: countSchema,
  op: nestedSchema,
})

export const personSchema = z.object({
  sessionId: idSchema,
  deviceId: idSchema,
  personId: idSchema,
  name: nameSchema,
  colour: colourSchema,
  role: roleSchema,
})
/** One session in a room, as others see it. Sessions of one device, and of devices with one `personId`, are one person. */
export type Person = z.infer<typeof personSchema>
