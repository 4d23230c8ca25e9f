import { z } from 'zod'
import {
  countSchema,
  hashSchema,
  idSchema,
  keySchema,
  pageKindSchema,
  seqSchema,
  signatureSchema,
  updateSchema,
} from '../../shared/protocol/values'
import {
  StoreError,
  type ClientStand,
  type PageSummary,
  type StoredRoom,
  type StoredSnapshot,
  type StoredUpdate,
} from './roomStore'

/** Rows of rooms.sqlite as they are read: `unknown` until parsed here. */

const rowIdSchema = z.number().int()
const bitSchema = z.union([z.literal(0), z.literal(1)])

const roomRowSchema = z
  .object({
    room_id: idSchema,
    public_key: keySchema,
    private_key: z.string(),
    title: z.string(),
    owner: idSchema,
    created_at: countSchema,
    open: bitSchema,
  })
  .transform((row): StoredRoom => ({
    roomId: row.room_id,
    publicKey: row.public_key,
    privateKey: row.private_key,
    title: row.title,
    owner: row.owner,
    createdAt: row.created_at,
    open: row.open === 1,
  }))

const pageRowSchema = z
  .object({
    id: rowIdSchema,
    kind: pageKindSchema,
    head_version: countSchema.min(1),
    head_hash: hashSchema,
    head_signature: signatureSchema,
    log_start: countSchema,
    log_start_hash: hashSchema.nullable(),
  })
  .transform((row) => ({
    id: row.id,
    kind: row.kind,
    head: { version: row.head_version, hash: row.head_hash, signature: row.head_signature },
    logStart: { version: row.log_start, hash: row.log_start_hash ?? undefined },
  }))

/** A row of `pages`. */
export type PageRow = z.infer<typeof pageRowSchema>

const updateRowSchema = z.object({ version: countSchema, hash: hashSchema, body: z.string() })

const snapshotRowSchema = z.object({
  version: countSchema,
  hash: hashSchema,
  text: z.string(),
  deletions: z.string().nullable(),
  mostly_deleted: bitSchema,
})

const timesSchema = z.record(z.string(), countSchema)

const summaryRowSchema = z
  .object({
    page_id: z.string(),
    kind: pageKindSchema,
    head_version: countSchema,
    snapshot_version: countSchema,
    log_start: countSchema,
    oldest_deletion: countSchema.nullable(),
    mostly_deleted: bitSchema,
  })
  .transform((row): PageSummary => ({
    pageId: row.page_id,
    kind: row.kind,
    headVersion: row.head_version,
    snapshotVersion: row.snapshot_version,
    logStart: row.log_start,
    deletions:
      row.oldest_deletion === null
        ? undefined
        : { oldest: row.oldest_deletion, isMost: row.mostly_deleted === 1 },
  }))

const standRowSchema = z
  .object({ client_id: idSchema, author: idSchema, seq: seqSchema, version: countSchema, digest: z.string() })
  .transform(({ client_id, ...stand }): ClientStand => ({ clientId: client_id, ...stand }))

export const parseRoom = (row: unknown, where: string): StoredRoom => parseRow(roomRowSchema, row, where)
export const parsePage = (row: unknown, where: string): PageRow => parseRow(pageRowSchema, row, where)
export const parseSummary = (row: unknown, where: string): PageSummary =>
  parseRow(summaryRowSchema, row, where)
export const parseStand = (row: unknown, where: string): ClientStand => parseRow(standRowSchema, row, where)
export const parsePageId = (row: unknown, where: string): string => parseRow(z.string(), row, where)
export const parseHash = (row: unknown, where: string): string => parseRow(hashSchema, row, where)
export const parseRowId = (row: unknown, where: string): number => parseRow(rowIdSchema, row, where)

export function parseSnapshot(row: unknown, where: string): StoredSnapshot {
  const { deletions, mostly_deleted, ...snapshot } = parseRow(snapshotRowSchema, row, where)
  if (deletions === null) return snapshot
  const times = parseRow(timesSchema, parseJson(deletions, where), `${where}, deletions`)
  return { ...snapshot, deletions: { times, isMost: mostly_deleted === 1 } }
}

export function parseUpdate(row: unknown, where: string): StoredUpdate {
  const { version, hash, body } = parseRow(updateRowSchema, row, where)
  return {
    version,
    hash,
    update: parseRow(updateSchema, parseJson(body, where), `${where}, version ${version}`),
  }
}

/** Throws StoreError `database-corrupt`. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new StoreError('database-corrupt', `${where}: not JSON`, { cause })
  }
}

/** What a row of the database holds. Throws StoreError `database-corrupt`. */
export function parseRow<T>(schema: z.ZodType<T>, row: unknown, where: string): T {
  const result = schema.safeParse(row)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new StoreError(
    'database-corrupt',
    `${where}: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`,
  )
}
