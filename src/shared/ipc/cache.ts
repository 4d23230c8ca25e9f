import { z } from 'zod'
import { MAX_ASSET_BYTES } from '../assets/limits'
import {
  cachedRoomSchema,
  checkpointHeadSchema,
  draftSchema,
  journalEntrySchema,
  loggedUpdatesSchema,
} from '../cache/cacheSchemas'
import { countSchema, hashSchema, idSchema, pageIdSchema } from '../protocol/values'
import { call } from './contract'

/**
 * The replica cache, which main keeps for its windows. Errors have the cache's own codes.
 *
 * Journals and logs hold tens of thousands of small objects, and contextBridge copies objects one by one; they cross
 * as JSON text, which takes a third of the time. Snapshots, which are text themselves, cross beside it: escaping
 * megabytes once more would cost as much again.
 */

/** JSON text of a value of a schema, parsed by the receiver. */
function jsonOf<T>(schema: z.ZodType<T>): z.ZodType<T, string> {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch (error) {
        context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is not JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)
}

/** Names one claim in one page load: a replica that is released and claimed again has another. */
const claimIdSchema = z.number().int().min(1)
const claimSchema = z.object({ claimId: claimIdSchema })
const claimedSchema = claimSchema.extend({ replicaId: z.string() })
const roomSchema = z.object({ roomId: idSchema })

/** By its tag: page, preload script and main have a Uint8Array of their own each. */
const bytesSchema = z.custom<Uint8Array>(
  (value) =>
    Object.prototype.toString.call(value) === '[object Uint8Array]' &&
    (value as Uint8Array).length <= MAX_ASSET_BYTES,
  'is no bytes, or too many',
)

/** What `load` answers beside the snapshot, as JSON text. */
export const storedReplicaSchema = z.object({
  head: checkpointHeadSchema,
  journal: z.array(journalEntrySchema),
})
/** What `readLog` answers, as JSON text. */
export const loggedSchema = z.array(loggedUpdatesSchema)

export const cacheCalls = {
  claim: call(roomSchema.extend({ pageId: pageIdSchema }), claimedSchema),
  claimOrphans: call(roomSchema, z.array(claimedSchema.extend({ pageId: pageIdSchema }))),

  /** Null for a new replica. */
  load: call(claimSchema, z.object({ replica: z.string(), snapshot: z.string() }).nullable()),
  append: call(claimSchema.extend({ entries: jsonOf(z.array(journalEntrySchema)) }), z.undefined()),
  checkpoint: call(
    claimSchema.extend({
      change: jsonOf(
        z.object({ head: checkpointHeadSchema, keepUpdates: countSchema, draft: draftSchema.optional() }),
      ),
      snapshot: z.string(),
    }),
    z.undefined(),
  ),
  readLog: call(claimSchema, z.string()),
  discard: call(claimSchema, z.undefined()),
  release: call(claimSchema, z.undefined()),

  listRooms: call(z.undefined(), z.array(cachedRoomSchema)),
  putRoom: call(cachedRoomSchema, z.undefined()),
  forgetRoom: call(roomSchema, z.undefined()),

  listDrafts: call(roomSchema, z.array(draftSchema)),
  deleteDraft: call(z.object({ draftId: z.string().min(1).max(64) }), z.undefined()),

  /** Bytes of pictures cross as they are. */
  putAsset: call(
    roomSchema.extend({ assetId: hashSchema, bytes: bytesSchema, unsent: z.boolean(), time: countSchema }),
    z.undefined(),
  ),
  /** Null where the picture is not kept. */
  getAsset: call(z.object({ assetId: hashSchema, time: countSchema }), bytesSchema.nullable()),
  listAssets: call(
    roomSchema,
    z.array(z.object({ assetId: hashSchema, size: countSchema, unsent: z.boolean() })),
  ),
  setAssetsUnsent: call(
    roomSchema.extend({ assetIds: z.array(hashSchema), unsent: z.boolean() }),
    z.undefined(),
  ),

  /** Ends all claims of this page load. */
  close: call(z.undefined(), z.undefined()),
}
