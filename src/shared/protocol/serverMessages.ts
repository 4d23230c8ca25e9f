import { z } from 'zod'
import { fingerprintSchema } from '../access/inviteToken'
import { inviteSchema, pageRolesSchema, roomAccessSchema } from '../access/roomAccess'
import {
  assetSizeSchema,
  countSchema,
  hashSchema,
  headSchema,
  idSchema,
  keySchema,
  nestedSchema,
  nonceSchema,
  pageIdSchema,
  pageKindSchema,
  personSchema,
  pieceDataSchema,
  pieceIndexSchema,
  roleSchema,
  roomTitleSchema,
  seqSchema,
  signatureSchema,
  updateSchema,
} from './values'

/** What a server may send. docs/PROTOCOL.md says when. Unknown fields are ignored, unknown types refused. */

/** First message on every connection. */
export const greetingSchema = z.object({
  type: z.literal('greeting'),
  /** Protocol versions the server speaks. */
  protocols: z.array(z.number().int()),
  nonce: nonceSchema,
  limits: z.object({
    /** Longest frame in bytes. */
    maxFrameBytes: countSchema,
    /** Longest op in UTF-16 units of its JSON text. */
    maxOpLength: countSchema,
    /** Longest text page in UTF-16 units. */
    maxPageLength: countSchema,
  }),
  /** Milliseconds between two heartbeats of the server. */
  heartbeatMs: countSchema,
})

export const loggedInSchema = z.object({
  type: z.literal('loggedIn'),
  sessionId: idSchema,
  /** Who may create rooms here: everybody, holders of a token, nobody. */
  roomCreation: z.enum(['anyone', 'token', 'nobody']),
  /** The server's clock, milliseconds since 1970. */
  time: countSchema,
})

export const roomCreatedSchema = z.object({
  type: z.literal('roomCreated'),
  roomId: idSchema,
  title: roomTitleSchema,
})

/** Answers `knock` where a `join` would not be refused. */
export const knockedSchema = z.object({
  type: z.literal('knocked'),
  roomId: idSchema,
  /** True: an owner would have to let this device in first. */
  waits: z.boolean(),
})

export const joinedSchema = z.object({
  type: z.literal('joined'),
  roomId: idSchema,
  /** The room's public key: `roomId` is derived from it. */
  roomKey: keySchema,
  title: roomTitleSchema,
  role: roleSchema,
  /** Roles that differ on single pages. */
  pageRoles: pageRolesSchema,
  /** True where an editor comes in as a viewer because as many write as may. A `role` follows when there is room. */
  crowded: z.boolean().optional(),
  /** Everybody in the room, oneself included. */
  people: z.array(personSchema),
  /**
   * `signature` is over `roomProofText(challenge, sessionId, fingerprint)` by the room's key: whoever answers has it, and
   * the certificate of the connection is the one it names (null: the host has no encryption of its own).
   */
  proof: z.object({ fingerprint: fingerprintSchema.nullable(), signature: signatureSchema }),
})
/** Somebody has to let the sender in: `joined` follows, or an error. */
export const waitingMessageSchema = z.object({
  type: z.literal('waiting'),
  roomId: idSchema,
  title: roomTitleSchema,
})

export const leftSchema = z.object({ type: z.literal('left') })
/** Someone came, or changed name, colour or role. */
export const personMessageSchema = z.object({ type: z.literal('person'), person: personSchema })
export const personLeftSchema = z.object({ type: z.literal('personLeft'), sessionId: idSchema })
/** The owner closed the room: everybody leaves. */
export const roomClosedSchema = z.object({ type: z.literal('roomClosed') })

/** What this session may do has changed. */
export const roleMessageSchema = z.object({
  type: z.literal('role'),
  role: roleSchema,
  pageRoles: pageRolesSchema,
  crowded: z.boolean().optional(),
})

/** Everything about who may enter, to owners: after they joined, and whenever it has changed. */
export const accessSchema = roomAccessSchema.extend({ type: z.literal('access') })

/** An invite that was made or asked for. */
export const inviteMessageSchema = z.object({
  type: z.literal('invite'),
  request: countSchema,
  invite: inviteSchema,
  token: z.string(),
})

/** How far the server has the edits of one client. `seq` 0: none. */
export const clientStandSchema = z.object({ clientId: idSchema, seq: countSchema, version: countSchema })

export const openedSchema = z.object({
  type: z.literal('opened'),
  request: countSchema,
  pageId: pageIdSchema,
  kind: pageKindSchema,
  /**
   * `updates`: `updates` messages follow up to `head` (none if the client stands there);
   * `snapshot`: `snapshot` pieces of `head` follow;
   * `foreign`: the server does not know the head where the client stands. `common` is the newest that it knows, where it
   * has the updates since.
   */
  mode: z.enum(['updates', 'snapshot', 'foreign']),
  head: headSchema,
  common: headSchema.optional(),
  clients: z.array(clientStandSchema),
})

/** Part of a snapshot: pieces come in order, `index` from 0 to `count` - 1, joined they are its text. */
export const snapshotSchema = z.object({
  type: z.literal('snapshot'),
  pageId: pageIdSchema,
  index: countSchema,
  count: countSchema.min(1),
  text: z.string(),
})

/** Committed updates `from + 1`, `from + 2`, ...; `hash` and `signature` are those of the last. The author's own are their acknowledgement. */
export const updatesSchema = z.object({
  type: z.literal('updates'),
  pageId: pageIdSchema,
  from: countSchema,
  updates: z.array(updateSchema).min(1),
  hash: hashSchema,
  /** Absent inside a catch-up whose end is signed by a later message. */
  signature: signatureSchema.optional(),
})

/** This update was committed before, at `version`: a resend. */
export const ackSchema = z.object({
  type: z.literal('ack'),
  pageId: pageIdSchema,
  clientId: idSchema,
  seq: seqSchema,
  version: countSchema,
})

/** The client must `open` the page again before it submits: it stands ahead, on unknown history, or skipped edits. */
export const outdatedSchema = z.object({
  type: z.literal('outdated'),
  pageId: pageIdSchema,
  detail: z.string(),
})

/** The update will never be committed. The client moves its edits to a local draft. */
export const rejectedSchema = z.object({
  type: z.literal('rejected'),
  pageId: pageIdSchema,
  clientId: idSchema,
  seq: seqSchema,
  code: z.string(),
  detail: z.string(),
})

export const closedPageSchema = z.object({ type: z.literal('closedPage'), pageId: pageIdSchema })

/** Where people are in a page, all in coordinates of `version`, which the receiver has by then. Null: nowhere. */
export const presenceUpdateSchema = z.object({
  type: z.literal('presence'),
  pageId: pageIdSchema,
  version: countSchema,
  people: z.array(z.object({ sessionId: idSchema, place: nestedSchema })),
})

/** The history handed back has been merged; the client opens the page again. */
export const handedBackSchema = z.object({ type: z.literal('handedBack'), pageId: pageIdSchema })

/** The next piece of an offered picture that the server takes; all before it have arrived. */
export const assetWantedSchema = z.object({
  type: z.literal('assetWanted'),
  assetId: hashSchema,
  index: pieceIndexSchema,
})

/** The server has the picture and keeps it. */
export const assetStoredSchema = z.object({ type: z.literal('assetStored'), assetId: hashSchema })

/** What was offered or asked for is not taken or not given. */
export const assetRefusedSchema = z.object({
  type: z.literal('assetRefused'),
  assetId: hashSchema,
  code: z.string(),
  detail: z.string(),
})

/** A piece that was asked for. `size`: of the whole picture in bytes. */
export const assetPieceAnswerSchema = z.object({
  type: z.literal('assetPiece'),
  assetId: hashSchema,
  index: pieceIndexSchema,
  size: assetSizeSchema,
  data: pieceDataSchema,
})

/** The server does not have a picture that was asked for. `assetStored` follows when it has. */
export const assetMissingSchema = z.object({ type: z.literal('assetMissing'), assetId: hashSchema })

/** Somebody asks for a picture that the server does not have: who has it offers it. */
export const assetSoughtSchema = z.object({ type: z.literal('assetSought'), assetId: hashSchema })

export const heartbeatSchema = z.object({ type: z.literal('heartbeat') })

/** Something could not be done. `pageId` where it concerns one page, `request` where it answers one. */
export const errorSchema = z.object({
  type: z.literal('error'),
  code: z.string(),
  detail: z.string(),
  pageId: pageIdSchema.optional(),
  request: countSchema.optional(),
})

export const serverMessageSchema = z.discriminatedUnion('type', [
  greetingSchema,
  loggedInSchema,
  roomCreatedSchema,
  knockedSchema,
  joinedSchema,
  leftSchema,
  personMessageSchema,
  personLeftSchema,
  roomClosedSchema,
  waitingMessageSchema,
  roleMessageSchema,
  accessSchema,
  inviteMessageSchema,
  openedSchema,
  snapshotSchema,
  updatesSchema,
  ackSchema,
  outdatedSchema,
  rejectedSchema,
  closedPageSchema,
  presenceUpdateSchema,
  handedBackSchema,
  assetWantedSchema,
  assetStoredSchema,
  assetRefusedSchema,
  assetPieceAnswerSchema,
  assetMissingSchema,
  assetSoughtSchema,
  heartbeatSchema,
  errorSchema,
])

export type ServerMessage = z.infer<typeof serverMessageSchema>
export type ServerMessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>
