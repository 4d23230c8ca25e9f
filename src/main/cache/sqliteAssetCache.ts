import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { type AssetCache, type CachedAsset, type NewCachedAsset } from '../../shared/cache/assetCache'
import { parseStored } from '../../shared/cache/parseStored'
import { CacheError } from '../../shared/cache/replicaCache'
import { countSchema, hashSchema } from '../../shared/protocol/values'

const cachedRowSchema = z
  .object({ asset_id: hashSchema, size: countSchema, unsent: z.union([z.literal(0), z.literal(1)]) })
  .transform(({ asset_id, size, unsent }): CachedAsset => ({ assetId: asset_id, size, unsent: unsent === 1 }))
const bytesSchema = z.instanceof(Uint8Array)

/** Every statement about pictures, prepared once. */
export function prepareAssetStatements(database: Database) {
  const isUnsent = 'EXISTS (SELECT 1 FROM room_assets WHERE asset = assets.id AND unsent = 1)'
  return {
    rowId: database.prepare('SELECT id FROM assets WHERE asset_id = ?').pluck(),
    insert: database.prepare('INSERT INTO assets (asset_id, size, used_at) VALUES (?, ?, ?)'),
    insertBytes: database.prepare('INSERT INTO asset_bytes (asset, bytes) VALUES (?, ?)'),
    use: database.prepare('UPDATE assets SET used_at = ? WHERE id = ?'),
    bytes: database.prepare('SELECT bytes FROM asset_bytes WHERE asset = ?').pluck(),
    putInRoom: database.prepare(
      'INSERT OR REPLACE INTO room_assets (room_id, asset, unsent) VALUES (?, ?, ?)',
    ),
    ofRoom: database.prepare(`
      SELECT asset_id, size, unsent FROM room_assets JOIN assets ON assets.id = asset
      WHERE room_id = ? ORDER BY asset_id`),
    setUnsent: database.prepare(`
      UPDATE room_assets SET unsent = ?
      WHERE room_id = ? AND asset = (SELECT id FROM assets WHERE asset_id = ?)`),
    total: database.prepare('SELECT coalesce(sum(size), 0) FROM assets').pluck(),
    /** The one not used for the longest time that may be forgotten. */
    oldest: database
      .prepare(`SELECT id FROM assets WHERE id <> ? AND NOT ${isUnsent} ORDER BY used_at, id LIMIT 1`)
      .pluck(),
    delete: database.prepare('DELETE FROM assets WHERE id = ?'),
    leaveRoom: database.prepare('DELETE FROM room_assets WHERE room_id = ?'),
    deleteRoomless: database.prepare('DELETE FROM assets WHERE id NOT IN (SELECT asset FROM room_assets)'),
  }
}

export type AssetStatements = ReturnType<typeof prepareAssetStatements>

/** The {@link AssetCache} of one window over the device's database. */
export class SqliteAssetCache implements AssetCache {
  readonly #database: Database
  readonly #sql: AssetStatements
  readonly #maxBytes: number
  readonly #run: <T>(what: string, task: () => T) => T

  /** `run` names what fails, and refuses once the cache is closed. */
  constructor(
    database: Database,
    sql: AssetStatements,
    maxBytes: number,
    run: <T>(what: string, task: () => T) => T,
  ) {
    this.#database = database
    this.#sql = sql
    this.#maxBytes = maxBytes
    this.#run = run
  }

  async put({ roomId, assetId, bytes, unsent, time }: NewCachedAsset): Promise<void> {
    this.#run('putAsset', () =>
      this.#database
        .transaction(() => {
          const id = this.#rowId(assetId) ?? this.#insert(assetId, bytes, time)
          this.#sql.use.run(time, id)
          this.#sql.putInRoom.run(roomId, id, Number(unsent))
          this.#trim(id)
        })
        .immediate(),
    )
  }

  async get(assetId: string, time: number): Promise<Uint8Array | undefined> {
    return this.#run('getAsset', () => {
      const id = this.#rowId(assetId)
      if (id === undefined) return undefined
      this.#sql.use.run(time, id)
      const bytes = parseStored(bytesSchema, this.#sql.bytes.get(id), `picture ${assetId}`)
      // SQLite gives a Buffer; the page gets what the interface says.
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    })
  }

  async list(roomId: string): Promise<CachedAsset[]> {
    return this.#run('listAssets', () =>
      this.#sql.ofRoom.all(roomId).map((row) => parseStored(cachedRowSchema, row, 'a picture')),
    )
  }

  async setUnsent(roomId: string, assetIds: readonly string[], unsent: boolean): Promise<void> {
    this.#run('setUnsent', () =>
      this.#database
        .transaction(() => {
          for (const assetId of assetIds) this.#sql.setUnsent.run(Number(unsent), roomId, assetId)
        })
        .immediate(),
    )
  }

  #rowId(assetId: string): number | undefined {
    const id: unknown = this.#sql.rowId.get(assetId)
    return id === undefined ? undefined : numberOf(id)
  }

  #insert(assetId: string, bytes: Uint8Array, time: number): number {
    const id = Number(this.#sql.insert.run(assetId, bytes.length, time).lastInsertRowid)
    this.#sql.insertBytes.run(id, bytes)
    return id
  }

  #trim(keep: number): void {
    while (numberOf(this.#sql.total.get()) > this.#maxBytes) {
      const oldest: unknown = this.#sql.oldest.get(keep)
      if (oldest === undefined) return
      this.#sql.delete.run(oldest)
    }
  }
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  throw new CacheError('database-corrupt', 'a row of pictures has no number')
}
