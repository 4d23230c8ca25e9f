import { z } from 'zod'
import {
  countSchema,
  hashSchema,
  idSchema,
  pageIdSchema,
  pageKindSchema,
  seqSchema,
  signatureSchema,
  signedHeadSchema,
  updateSchema,
} from '../protocol/values'
import type {
  CachedRoom,
  Checkpoint,
  Draft,
  EditRun,
  InflightUpdate,
  JournalEntry,
  LoggedUpdates,
} from './replicaCache'

/**
 * What a device stores, as it is read back: a file on disk is as foreign as a socket. JSON has no `undefined`,
 * so a field that may be undefined may be missing.
 */

const editRunSchema = z.object({ clientId: idSchema, first: seqSchema, seq: seqSchema, op: z.unknown() })
const inflightSchema = editRunSchema.extend({ after: countSchema })

const standSchema = z.tuple([idSchema, countSchema])

/** A checkpoint apart from its snapshot, which is stored as it is: escaping 10 MB twice costs more than the rest. */
export type CheckpointHead = Omit<Checkpoint, 'snapshot'>

const headShape = {
  version: countSchema,
  hash: hashSchema,
  signedHead: signedHeadSchema.optional(),
  inflight: inflightSchema.optional(),
  pending: z.array(editRunSchema),
  acknowledged: z.array(standSchema),
}

interface ParsedHead {
  version: number
  hash: string
  signedHead?: Checkpoint['signedHead']
  inflight?: InflightUpdate | undefined
  pending: EditRun[]
  acknowledged: [string, number][]
}

function toHead({ version, hash, signedHead, inflight, pending, acknowledged }: ParsedHead): CheckpointHead {
  return { version, hash, signedHead, inflight, pending, acknowledged }
}

export const checkpointHeadSchema: z.ZodType<CheckpointHead> = z.object(headShape).transform(toHead)

export const checkpointSchema: z.ZodType<Checkpoint> = z
  .object({ ...headShape, snapshot: z.string() })
  .transform(({ snapshot, ...head }) => ({ ...toHead(head), snapshot }))

const loggedShape = {
  from: countSchema,
  updates: z.array(updateSchema).min(1),
  hash: hashSchema,
  signature: signatureSchema.optional(),
}

export const loggedUpdatesSchema: z.ZodType<LoggedUpdates> = z
  .object(loggedShape)
  .transform(({ from, updates, hash, signature }) => ({ from, updates, hash, signature }))

export const journalEntrySchema: z.ZodType<JournalEntry> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('edit'), clientId: idSchema, seq: seqSchema, op: z.unknown() }),
  z.object({ kind: z.literal('send') }),
  z
    .object({ kind: z.literal('updates'), ...loggedShape })
    .transform(({ kind, from, updates, hash, signature }) => ({ kind, from, updates, hash, signature })),
  z.object({ kind: z.literal('unsent') }),
])

export const draftSchema: z.ZodType<Draft> = z.object({
  draftId: z.string().min(1).max(64),
  roomId: idSchema,
  pageId: pageIdSchema,
  code: z.string().max(64),
  content: z.string(),
  kind: pageKindSchema,
  time: countSchema,
})

export const cachedRoomSchema: z.ZodType<CachedRoom> = z.object({
  roomId: idSchema,
  title: z.string(),
  link: z.string(),
  hosted: z.boolean(),
  lastUsed: countSchema,
})

/** Edits no server has, as stored with a replica: see UnsentEdits. */
export const unsentSchema: z.ZodType<[clientId: string, seq: number][]> = z.array(standSchema)
