import { z } from 'zod'
import { unsentSchema } from '../../shared/cache/cacheSchemas'
import { parseStored, parseStoredJson } from '../../shared/cache/parseStored'
import { type CachedRoom } from '../../shared/cache/replicaCache'
import type { UnsentEdits } from '../../shared/cache/unsentEdits'
import { countSchema, hashSchema, idSchema, pageIdSchema } from '../../shared/protocol/values'

/** Rows of replicas.sqlite as they are read: `unknown` until parsed here. */

const roomRowSchema: z.ZodType<CachedRoom> = z
  .object({
    room_id: idSchema,
    title: z.string(),
    link: z.string(),
    hosted: z.union([z.literal(0), z.literal(1)]),
    last_used: countSchema,
  })
  .transform(({ room_id, title, link, hosted, last_used }) => {
    return { roomId: room_id, title, link, hosted: hosted === 1, lastUsed: last_used }
  })

const replicaRowSchema = z.object({
  id: z.number().int(),
  replica_id: z.string().min(1),
  page_id: pageIdSchema,
  unsent: z.string(),
})

/** A row of `replicas`. */
export interface ReplicaRow {
  readonly id: number
  readonly replicaId: string
  readonly pageId: string
  readonly unsent: UnsentEdits
}

const checkpointRowSchema = z.object({ position: countSchema, head: z.string(), snapshot: z.string() })
const entryRowSchema = z.object({ position: countSchema, entry: z.string() })
const logEndSchema = z.object({ to_version: countSchema, hash: hashSchema })
const positionSchema = countSchema.nullable()

/** Name of a row for messages: its id where it has one. */
function rowName(table: string, key: string, row: unknown): string {
  const id: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, key) : undefined
  return `${table} ${String(id)}`
}

export const parseRoomRow = (row: unknown): CachedRoom =>
  parseStored(roomRowSchema, row, rowName('room', 'room_id', row))

export function parseReplicaRow(row: unknown): ReplicaRow {
  const where = rowName('replica', 'replica_id', row)
  const { id, replica_id, page_id, unsent } = parseStored(replicaRowSchema, row, where)
  return {
    id,
    replicaId: replica_id,
    pageId: page_id,
    unsent: new Map(parseStoredJson(unsentSchema, unsent, `unsent edits of ${where}`)),
  }
}

export const parseCheckpointRow = (row: unknown, where: string): z.infer<typeof checkpointRowSchema> =>
  parseStored(checkpointRowSchema, row, where)

export const parseEntryRow = (row: unknown, where: string): z.infer<typeof entryRowSchema> =>
  parseStored(entryRowSchema, row, where)

export const parseLogEnd = (row: unknown, where: string): z.infer<typeof logEndSchema> =>
  parseStored(logEndSchema, row, where)

export const parsePosition = (value: unknown, where: string): number | undefined =>
  parseStored(positionSchema, value, where) ?? undefined
