import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { countSchema, hashSchema, idSchema } from '../../shared/protocol/values'
import type { AssetStore, NewUpload, StoredAsset, StoredUpload, UploadKey } from './assetStore'
import { StoreError } from './roomStore'
import { naming } from './storeFailure'

const uploadRowSchema = z.object({
  id: z.number().int(),
  asset_id: hashSchema,
  device_id: z.union([idSchema, z.literal('')]),
  size: countSchema,
  time: countSchema,
  pieces: countSchema,
})
type AssetRow = z.infer<typeof uploadRowSchema>

const usageRowSchema = z.object({ count: countSchema, bytes: countSchema })

/** `device_id` of a stored picture. */
const STORED = ''

function prepare(database: Database) {
  const columns = 'assets.id, asset_id, device_id, size, time, pieces'
  const ofRoom = 'FROM assets JOIN rooms ON rooms.id = assets.room WHERE room_id = ?'
  return {
    roomRowId: database.prepare('SELECT id FROM rooms WHERE room_id = ?').pluck(),
    stored: database.prepare(`SELECT ${columns} ${ofRoom} AND device_id = '' ORDER BY time, asset_id`),
    uploads: database.prepare(`SELECT ${columns} ${ofRoom} AND device_id <> '' ORDER BY assets.id`),
    find: database.prepare(`SELECT ${columns} ${ofRoom} AND asset_id = ? AND device_id = ?`),
    usage: database.prepare(`SELECT count(*) AS count, coalesce(sum(size), 0) AS bytes ${ofRoom}`),
    insert: database.prepare(
      'INSERT INTO assets (room, asset_id, device_id, size, time, pieces) VALUES (?, ?, ?, ?, ?, 0)',
    ),
    delete: database.prepare('DELETE FROM assets WHERE id = ?'),
    deleteUploadsOf: database.prepare(
      `DELETE FROM assets WHERE asset_id = ? AND device_id <> ''
       AND room = (SELECT id FROM rooms WHERE room_id = ?)`,
    ),
    store: database.prepare(`UPDATE assets SET device_id = '', time = ? WHERE id = ?`),
    grow: database.prepare('UPDATE assets SET pieces = pieces + 1, time = ? WHERE id = ?'),
    insertPiece: database.prepare('INSERT INTO asset_pieces (asset, piece, bytes) VALUES (?, ?, ?)'),
    piece: database.prepare('SELECT bytes FROM asset_pieces WHERE asset = ? AND piece = ?').pluck(),
  }
}

/** The {@link AssetStore} of real servers, in the database of their rooms. */
export class SqliteAssetStore implements AssetStore {
  readonly #database: Database
  readonly #sql: ReturnType<typeof prepare>

  constructor(database: Database) {
    this.#database = database
    this.#sql = prepare(database)
  }

  async listAssets(roomId: string): Promise<StoredAsset[]> {
    return naming('listAssets', () => this.#sql.stored.all(roomId).map((row) => toAsset(parseRow(row))))
  }

  async findAsset(roomId: string, assetId: string): Promise<StoredAsset | undefined> {
    return naming('findAsset', () => {
      const row = this.#find(roomId, { assetId, deviceId: STORED })
      return row && toAsset(row)
    })
  }

  async touchAsset(roomId: string, assetId: string, time: number): Promise<void> {
    this.#write('touchAsset', () => {
      const row = this.#find(roomId, { assetId, deviceId: STORED })
      if (row !== undefined) this.#sql.store.run(time, row.id)
    })
  }

  async assetUsage(roomId: string): Promise<{ count: number; bytes: number }> {
    return naming('assetUsage', () => parse(usageRowSchema, this.#sql.usage.get(roomId)))
  }

  async readPiece(roomId: string, assetId: string, index: number): Promise<Uint8Array | undefined> {
    return this.#piece(roomId, { assetId, deviceId: STORED }, index)
  }

  async deleteAssets(roomId: string, assetIds: readonly string[]): Promise<void> {
    this.#write('deleteAssets', () => {
      for (const assetId of assetIds) {
        const row = this.#find(roomId, { assetId, deviceId: STORED })
        if (row !== undefined) this.#sql.delete.run(row.id)
      }
    })
  }

  async listUploads(roomId: string): Promise<StoredUpload[]> {
    return naming('listUploads', () =>
      this.#sql.uploads.all(roomId).map((row) => {
        const { asset_id, device_id, size, time, pieces } = parseRow(row)
        return { assetId: asset_id, deviceId: device_id, size, time, pieces }
      }),
    )
  }

  async beginUpload(roomId: string, upload: NewUpload): Promise<void> {
    this.#writeSoon('beginUpload', () => {
      const room: unknown = this.#sql.roomRowId.get(roomId)
      if (room === undefined) throw new StoreError('room-unknown', `there is no room ${roomId}`)
      const earlier = this.#find(roomId, upload)
      if (earlier !== undefined) this.#sql.delete.run(earlier.id)
      this.#sql.insert.run(room, upload.assetId, upload.deviceId, upload.size, upload.time)
    })
  }

  async appendPiece(
    roomId: string,
    key: UploadKey,
    index: number,
    bytes: Uint8Array,
    time: number,
  ): Promise<void> {
    this.#writeSoon('appendPiece', () => {
      const row = this.#upload(roomId, key)
      if (row.pieces !== index) throw new RangeError(`piece ${index} is not the next one`)
      this.#sql.insertPiece.run(row.id, index, bytes)
      this.#sql.grow.run(time, row.id)
    })
  }

  async readUploadPiece(roomId: string, key: UploadKey, index: number): Promise<Uint8Array | undefined> {
    return this.#piece(roomId, key, index)
  }

  async finishUpload(roomId: string, key: UploadKey, time: number): Promise<void> {
    this.#write('finishUpload', () => {
      const row = this.#upload(roomId, key)
      const isStored = this.#find(roomId, { assetId: key.assetId, deviceId: STORED }) !== undefined
      if (!isStored) this.#sql.store.run(time, row.id)
      this.#sql.deleteUploadsOf.run(key.assetId, roomId)
    })
  }

  async dropUpload(roomId: string, key: UploadKey): Promise<void> {
    this.#writeSoon('dropUpload', () => {
      const row = this.#find(roomId, key)
      if (row !== undefined) this.#sql.delete.run(row.id)
    })
  }

  #find(roomId: string, { assetId, deviceId }: UploadKey): AssetRow | undefined {
    const row = this.#sql.find.get(roomId, assetId, deviceId)
    return row === undefined ? undefined : parseRow(row)
  }

  #upload(roomId: string, key: UploadKey): AssetRow {
    const row = this.#find(roomId, key)
    if (row === undefined) throw new RangeError(`there is no upload of ${key.assetId} by ${key.deviceId}`)
    return row
  }

  #piece(roomId: string, key: UploadKey, index: number): Uint8Array | undefined {
    return naming('readPiece', () => {
      const row = this.#find(roomId, key)
      const bytes: unknown = row && this.#sql.piece.get(row.id, index)
      if (bytes === undefined) return undefined
      if (bytes instanceof Uint8Array) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
      throw new StoreError('database-corrupt', `piece ${index} of picture ${key.assetId} is not there`)
    })
  }

  /**
   * Writes without waiting for the disk: of what is unfinished a power cut may take something. Finishing waits, and then
   * for all that was written before. Waiting for each piece would hold edits up.
   */
  #writeSoon(what: string, task: () => unknown): void {
    naming(what, () => this.#database.pragma('synchronous = NORMAL'))
    try {
      this.#write(what, task)
    } finally {
      naming(what, () => this.#database.pragma('synchronous = FULL'))
    }
  }

  #write(what: string, task: () => unknown): void {
    naming(what, () => this.#database.transaction(task).immediate())
  }
}

function toAsset({ asset_id, size, time }: AssetRow): StoredAsset {
  return { assetId: asset_id, size, time }
}

function parseRow(row: unknown): AssetRow {
  return parse(uploadRowSchema, row)
}

function parse<T>(schema: z.ZodType<T>, row: unknown): T {
  const result = schema.safeParse(row)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new StoreError(
    'database-corrupt',
    `a picture: ${issue?.path.map(String).join('.')} ${issue?.message}`,
  )
}
