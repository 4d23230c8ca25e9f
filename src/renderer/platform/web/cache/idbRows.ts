import { z } from 'zod'
import {
  cachedRoomSchema,
  checkpointSchema,
  draftSchema,
  journalEntrySchema,
  loggedUpdatesSchema,
  unsentSchema,
} from '../../../../shared/cache/cacheSchemas'
import { parseStored } from '../../../../shared/cache/parseStored'
import type {
  CachedRoom,
  Checkpoint,
  Draft,
  JournalEntry,
  LoggedUpdates,
} from '../../../../shared/cache/replicaCache'
import { countSchema, idSchema, pageIdSchema } from '../../../../shared/protocol/values'

/** What the object stores hold, parsed on the way out. */

const replicaSchema = z.object({
  replicaId: z.string().min(1),
  roomId: idSchema,
  pageId: pageIdSchema,
  /** Who has claimed it; missing: nobody. The claim holds while the owner's lease does. */
  owner: z.string().optional(),
  /** Number of its newest claim: tells it from an earlier one of the same owner. */
  fence: countSchema,
  /**
   * Positions of the oldest row of `log`, of the first entry after the checkpoint, and of the next entry. Deleting
   * goes by them: a range that reaches over rows deleted earlier takes a browser time for each of these.
   */
  logFrom: countSchema,
  from: countSchema,
  next: countSchema,
  unsent: unsentSchema,
})
/** A row of `replicas`. */
export type ReplicaRow = z.infer<typeof replicaSchema>

const ownerSchema = z.object({ ownerId: z.string(), until: z.number() })
/** A row of `owners`: `until`, milliseconds since 1970, is the end of its lease. */
export type OwnerRow = z.infer<typeof ownerSchema>

/** A row of `checkpoints`. */
export interface CheckpointRow {
  readonly replicaId: string
  readonly state: Checkpoint
}
const checkpointRowSchema: z.ZodType<CheckpointRow> = z.object({
  replicaId: z.string(),
  state: checkpointSchema,
})

/** A row of `steps`: consecutive journal entries of one append; `position` is the first one's. */
export interface StepsRow {
  readonly position: number
  readonly entries: readonly JournalEntry[]
}
const stepsRowSchema: z.ZodType<StepsRow> = z.object({
  position: countSchema,
  entries: z.array(journalEntrySchema),
})

/** A row of `log`. */
export interface LogRow {
  readonly position: number
  readonly entry: LoggedUpdates
}
const logRowSchema: z.ZodType<LogRow> = z.object({ position: countSchema, entry: loggedUpdatesSchema })

/** Name of a row for messages: the key inside it, where it has one. */
function rowName(store: string, key: string, row: unknown): string {
  const id: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, key) : undefined
  return `${store} ${String(id)}`
}

const parser =
  <T>(schema: z.ZodType<T>, store: string, key: string) =>
  (row: unknown): T =>
    parseStored(schema, row, rowName(store, key, row))

export const parseReplica: (row: unknown) => ReplicaRow = parser(replicaSchema, 'replica', 'replicaId')
export const parseOwner: (row: unknown) => OwnerRow = parser(ownerSchema, 'owner', 'ownerId')
export const parseCheckpoint: (row: unknown) => CheckpointRow = parser(
  checkpointRowSchema,
  'checkpoint of replica',
  'replicaId',
)
export const parseRoom: (row: unknown) => CachedRoom = parser(cachedRoomSchema, 'room', 'roomId')
export const parseDraft: (row: unknown) => Draft = parser(draftSchema, 'draft', 'draftId')

export const parseSteps = (row: unknown, replicaId: string): StepsRow =>
  parseStored(stepsRowSchema, row, `${rowName('entry', 'position', row)} of replica ${replicaId}`)
export const parseLogRow = (row: unknown, replicaId: string): LogRow =>
  parseStored(logRowSchema, row, `${rowName('log entry', 'position', row)} of replica ${replicaId}`)
