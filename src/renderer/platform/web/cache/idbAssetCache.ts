import { z } from 'zod'
import { type AssetCache, type CachedAsset, type NewCachedAsset } from '../../../../shared/cache/assetCache'
import { parseStored } from '../../../../shared/cache/parseStored'
import { countSchema, hashSchema, idSchema } from '../../../../shared/protocol/values'
import type { CacheDatabase } from './cacheDatabase'
import { read, together, write, type ReadTransaction, type WriteTransaction } from './transact'

/** A row of `assets`: everything but the bytes, so that going through all of them reads little. */
const assetRowSchema = z.object({
  assetId: hashSchema,
  size: countSchema,
  usedAt: countSchema,
  /** Rooms that have it, each with whether it is still to be sent. */
  rooms: z.array(z.tuple([idSchema, z.boolean()])),
})
type AssetRow = z.infer<typeof assetRowSchema>

const STORES: ('assets' | 'assetBytes')[] = ['assets', 'assetBytes']

/** The {@link AssetCache} of one tab, over the browser's database of this origin. */
export class IdbAssetCache implements AssetCache {
  readonly #database: () => CacheDatabase
  readonly #maxBytes: number

  /** `database` throws where it can no longer be used. */
  constructor(database: () => CacheDatabase, maxBytes: number) {
    this.#database = database
    this.#maxBytes = maxBytes
  }

  async put({ roomId, assetId, bytes, unsent, time }: NewCachedAsset): Promise<void> {
    await this.#write(async (tx) => {
      const rows = await allRows(tx)
      const known = rows.find((row) => row.assetId === assetId)
      const rooms = new Map(known?.rooms).set(roomId, unsent)
      const row: AssetRow = { assetId, size: bytes.length, usedAt: time, rooms: [...rooms] }
      const gone = tooMuch([...rows.filter((each) => each !== known), row], this.#maxBytes, assetId)
      await together([
        ...gone.map((each) => () => deleteAsset(tx, each)),
        () => tx.objectStore('assets').put(row),
        ...(known === undefined ? [() => tx.objectStore('assetBytes').put(bytes.slice(), assetId)] : []),
      ])
    })
  }

  async get(assetId: string, time: number): Promise<Uint8Array | undefined> {
    const bytes = await read(this.#database(), (tx) => tx.objectStore('assetBytes').get(assetId))
    if (bytes === undefined) return undefined
    await this.#write(async (tx) => {
      const row = await rowOf(tx, assetId)
      if (row !== undefined) await tx.objectStore('assets').put({ ...row, usedAt: time })
    })
    return parseStored(bytesSchema, bytes, `picture ${assetId}`)
  }

  async list(roomId: string): Promise<CachedAsset[]> {
    const rows = await read(this.#database(), allRows)
    return rows.flatMap(({ assetId, size, rooms }) => {
      const unsent = new Map(rooms).get(roomId)
      return unsent === undefined ? [] : [{ assetId, size, unsent }]
    })
  }

  async setUnsent(roomId: string, assetIds: readonly string[], unsent: boolean): Promise<void> {
    await this.#write(async (tx) => {
      for (const assetId of assetIds) {
        const row = await rowOf(tx, assetId)
        if (row?.rooms.some(([id]) => id === roomId) !== true) continue
        await tx.objectStore('assets').put({ ...row, rooms: [...new Map(row.rooms).set(roomId, unsent)] })
      }
    })
  }

  #write<T>(task: (tx: WriteTransaction) => Promise<T>): Promise<T> {
    return write(this.#database(), 'relaxed', task, STORES)
  }
}

const bytesSchema = z.custom<Uint8Array>(
  (value) => Object.prototype.toString.call(value) === '[object Uint8Array]',
  'is no bytes',
)

/** What forgetting a room does to the pictures. */
export async function leaveRoom(tx: WriteTransaction, roomId: string): Promise<void> {
  for (const row of await allRows(tx)) {
    const rooms = row.rooms.filter(([id]) => id !== roomId)
    if (rooms.length === row.rooms.length) continue
    if (rooms.length === 0) await deleteAsset(tx, row.assetId)
    else await tx.objectStore('assets').put({ ...row, rooms })
  }
}

async function allRows(tx: ReadTransaction): Promise<AssetRow[]> {
  const rows: unknown[] = await tx.objectStore('assets').getAll()
  return rows.map((row) => parseStored(assetRowSchema, row, 'a picture'))
}

async function rowOf(tx: ReadTransaction, assetId: string): Promise<AssetRow | undefined> {
  const row: unknown = await tx.objectStore('assets').get(assetId)
  return row === undefined ? undefined : parseStored(assetRowSchema, row, `picture ${assetId}`)
}

async function deleteAsset(tx: WriteTransaction, assetId: string): Promise<void> {
  await together([
    () => tx.objectStore('assets').delete(assetId),
    () => tx.objectStore('assetBytes').delete(assetId),
  ])
}

/** Which to forget so that the rest fits: those not used for the longest time, but nothing unsent and not `keep`. */
function tooMuch(rows: readonly AssetRow[], maxBytes: number, keep: string): string[] {
  let total = rows.reduce((sum, { size }) => sum + size, 0)
  const gone: string[] = []
  for (const { assetId, size, rooms } of [...rows].sort((a, b) => a.usedAt - b.usedAt)) {
    if (total <= maxBytes) break
    if (assetId === keep || rooms.some(([, unsent]) => unsent)) continue
    gone.push(assetId)
    total -= size
  }
  return gone
}
