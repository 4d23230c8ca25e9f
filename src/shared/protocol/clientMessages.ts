import { z } from 'zod'
import { MAX_TOKEN_LENGTH } from '../access/inviteToken'
import { audienceSchema } from '../identity/audience'
import { givenRoleSchema, roomPolicySchema } from '../access/roomAccess'
import {
  assetSizeSchema,
  colourSchema,
  countSchema,
  hashSchema,
  headSchema,
  idSchema,
  keySchema,
  nameSchema,
  nestedSchema,
  pageIdSchema,
  pieceDataSchema,
  pieceIndexSchema,
  roleSchema,
  roomTitleSchema,
  seqSchema,
  signatureSchema,
  signedHeadSchema,
  updateSchema,
} from './values'

/** What a client may send. docs/PROTOCOL.md says when, and what the server answers. Unknown fields are ignored. */

/** Answers `greeting`. `signature` is over the `loginText` of audience, nonce and window, by the device key. */
export const loginSchema = z.object({
  type: z.literal('login'),
  protocol: z.number().int(),
  /** Of the window or tab, new each time one is opened. A newer connection of the same one ends the older. */
  windowId: idSchema,
  /** Whom the login is meant for: a server takes none that is meant for another. */
  audience: audienceSchema,
  deviceKey: keySchema,
  signature: signatureSchema,
  /** Random: the room signs it when it is joined, which proves that no stranger answers for it. */
  challenge: idSchema,
  name: nameSchema,
  colour: colourSchema,
})

export const createRoomSchema = z.object({
  type: z.literal('createRoom'),
  title: roomTitleSchema,
  /** The server's creation token, where it asks for one. */
  token: z.string().max(200).optional(),
})

export const joinSchema = z.object({
  type: z.literal('join'),
  roomId: idSchema,
  /** The invite token by which somebody comes who is no member yet. */
  invite: z.string().max(MAX_TOKEN_LENGTH).optional(),
})
/** Asks whether a `join` would let this device in. Nothing changes by asking. */
export const knockSchema = z.object({
  type: z.literal('knock'),
  roomId: idSchema,
  /** Token of an invite. */
  invite: z.string().max(MAX_TOKEN_LENGTH).optional(),
})
export const leaveSchema = z.object({ type: z.literal('leave') })
export const closeRoomSchema = z.object({ type: z.literal('closeRoom') })
export const profileSchema = z.object({ type: z.literal('profile'), name: nameSchema, colour: colourSchema })

/** Most points of its history a client names when it opens a page: newest first, thinning out exponentially. */
export const MAX_KNOWN_HEADS = 64
/** Most client ids in one `open`. */
export const MAX_OPEN_CLIENTS = 64

/** Starts (or restarts, after a gap) receiving a page. */
export const openSchema = z.object({
  type: z.literal('open'),
  /** Comes back in the answer: it tells answers to several `open` of one page apart. */
  request: countSchema,
  pageId: pageIdSchema,
  /** Heads of the client's own history, newest first; the first is where it stands. Empty: it has nothing. */
  known: z.array(headSchema).max(MAX_KNOWN_HEADS),
  /**
   * `updates`: every update since the head it stands at (it has unsent edits to transform);
   * `snapshot`: the whole content; `cheapest`: whichever is shorter.
   */
  wants: z.enum(['updates', 'snapshot', 'cheapest']),
  /**
   * Clients for which this session submits from now on: its own, and those whose edits it holds unsent from an
   * earlier run. The server answers how far it has them, and takes theirs from no other session any more.
   */
  clients: z.array(idSchema).max(MAX_OPEN_CLIENTS),
})

/** Stops receiving a page. */
export const closePageSchema = z.object({ type: z.literal('closePage'), pageId: pageIdSchema })

export const submitSchema = z.object({
  type: z.literal('submit'),
  pageId: pageIdSchema,
  /** The head the op starts at. */
  version: countSchema,
  hash: hashSchema,
  clientId: idSchema,
  /** Seq of this client's last update before this one, 0 if there is none: a gap is noticed. */
  after: countSchema,
  seq: seqSchema,
  op: nestedSchema,
  /** Where the author is after the op: a list of the document type's positions. */
  place: nestedSchema.optional(),
})

/** Where the sender is in a page: a list of the document type's positions at `version`, null when nowhere. */
export const presenceSchema = z.object({
  type: z.literal('presence'),
  pageId: pageIdSchema,
  version: countSchema,
  place: nestedSchema,
})

/**
 * Hands committed history back to a server that has lost it (restored from a backup). `updates` follow the
 * head `after`, which the server knows; `head` is the end of the whole, signed by the room. Pieces follow one
 * another; `more` is false on the last.
 */
export const handBackSchema = z.object({
  type: z.literal('handBack'),
  pageId: pageIdSchema,
  after: headSchema,
  updates: z.array(updateSchema),
  head: signedHeadSchema,
  more: z.boolean(),
})

/** "I have this picture": the server says from which piece it wants it, or that it has it. `size` in bytes. */
export const assetOfferSchema = z.object({
  type: z.literal('assetOffer'),
  assetId: hashSchema,
  size: assetSizeSchema,
})

/** A piece of a picture that the server wants. */
export const assetPieceSchema = z.object({
  type: z.literal('assetPiece'),
  assetId: hashSchema,
  index: pieceIndexSchema,
  data: pieceDataSchema,
})

/** Asks for one piece of a picture. */
export const assetGetSchema = z.object({
  type: z.literal('assetGet'),
  assetId: hashSchema,
  index: pieceIndexSchema,
})

/**
 * Makes an invite. Owners make any; everybody makes one for another device of their own, which counts once and for a
 * day, and gives the role that its maker has then.
 */
export const createInviteSchema = z.object({
  type: z.literal('createInvite'),
  /** Comes back in the answer. */
  request: countSchema,
  role: roleSchema,
  expiresAt: countSchema.nullable(),
  maxUses: countSchema.min(1).nullable(),
  ownDevice: z.boolean().optional(),
})

/** Asks for a token of an invite that is there, with today's addresses in it. */
export const inviteTokenSchema = z.object({
  type: z.literal('inviteToken'),
  request: countSchema,
  inviteId: idSchema,
})

export const revokeInviteSchema = z.object({ type: z.literal('revokeInvite'), inviteId: idSchema })
export const setPolicySchema = z.object({ type: z.literal('setPolicy'), policy: roomPolicySchema })

/** Lets somebody in who waits, or turns them away (null). */
export const admitSchema = z.object({
  type: z.literal('admit'),
  deviceId: idSchema,
  role: givenRoleSchema.nullable(),
})

/**
 * Changes what a person may do in the room (`pageId` null) or on one page (`role` null: as in the room). Whom one device
 * names, all devices of that person are meant.
 */
export const setRoleSchema = z
  .object({
    type: z.literal('setRole'),
    deviceId: idSchema,
    pageId: idSchema.nullable(),
    role: givenRoleSchema.nullable(),
  })
  .refine(({ pageId, role }) => pageId !== null || role !== null, 'a role in the room is not null')

/** Takes a person out of the room, with all their devices; who is banned does not come back. */
export const removeMemberSchema = z.object({
  type: z.literal('removeMember'),
  deviceId: idSchema,
  ban: z.boolean(),
})

export const unbanSchema = z.object({ type: z.literal('unban'), deviceId: idSchema })

export const clientMessageSchema = z.discriminatedUnion('type', [
  loginSchema,
  createRoomSchema,
  joinSchema,
  knockSchema,
  leaveSchema,
  closeRoomSchema,
  profileSchema,
  openSchema,
  closePageSchema,
  submitSchema,
  presenceSchema,
  handBackSchema,
  assetOfferSchema,
  assetPieceSchema,
  assetGetSchema,
  createInviteSchema,
  inviteTokenSchema,
  revokeInviteSchema,
  setPolicySchema,
  admitSchema,
  setRoleSchema,
  removeMemberSchema,
  unbanSchema,
])

export type ClientMessage = z.infer<typeof clientMessageSchema>
export type ClientMessageOf<T extends ClientMessage['type']> = Extract<ClientMessage, { type: T }>
