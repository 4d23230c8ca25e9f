import type { IDBPTransaction, StoreNames } from 'idb'
import { CacheError } from '../../../../shared/cache/replicaCache'
import type { CacheDatabase, CacheStores } from './cacheDatabase'

type Names = StoreNames<CacheStores>[]
export type ReadTransaction = IDBPTransaction<CacheStores, Names, 'readonly' | 'readwrite'>
export type WriteTransaction = IDBPTransaction<CacheStores, Names, 'readwrite'>

const STORES: Names = [
  'rooms',
  'replicas',
  'owners',
  'checkpoints',
  'steps',
  'log',
  'drafts',
  'assets',
  'assetBytes',
]

/** Reads that see one state. */
export function read<T>(database: CacheDatabase, task: (tx: ReadTransaction) => Promise<T>): Promise<T> {
  return carryOut(() => database.transaction(STORES, 'readonly'), task)
}

/**
 * One transaction: all of `task` or nothing. It waits for nothing but this database, or the browser ends it early.
 * `relaxed`: kept through a kill of the browser, as it is with the operating system. `strict`: on the disk.
 */
export function write<T>(
  database: CacheDatabase,
  durability: 'relaxed' | 'strict',
  task: (tx: WriteTransaction) => Promise<T>,
  stores: Names = STORES,
): Promise<T> {
  return carryOut(() => database.transaction(stores, 'readwrite', { durability }), task)
}

/** Makes requests without waiting in between. One that cannot even be made fails like one that was refused. */
export async function together(requests: readonly (() => Promise<unknown>)[]): Promise<void> {
  await Promise.all(
    requests.map(async (request) => {
      await request()
    }),
  )
}

async function carryOut<Tx extends ReadTransaction | WriteTransaction, T>(
  begin: () => Tx,
  task: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    const tx = begin()
    const ended = Promise.allSettled([tx.done])
    try {
      const value = await task(tx)
      await tx.done
      return value
    } catch (error) {
      abort(tx)
      await ended
      throw error
    }
  } catch (error) {
    if (error instanceof CacheError || error instanceof RangeError) throw error
    const message = error instanceof Error || error instanceof DOMException ? error.message : String(error)
    throw new CacheError('storage-failed', message, { cause: error })
  }
}

function abort(tx: ReadTransaction | WriteTransaction): void {
  try {
    tx.abort()
  } catch (error) {
    // It has ended by itself, which is what went wrong in the first place.
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error
  }
}
