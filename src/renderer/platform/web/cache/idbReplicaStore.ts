import { InOrder } from '../../../../client/cache/inOrder'
import { contiguousEnd, endOf } from '../../../../shared/cache/keptLog'
import {
  CacheError,
  type Checkpoint,
  type Draft,
  type JournalEntry,
  type LoggedUpdates,
  type ReplicaStore,
  type StoredReplica,
} from '../../../../shared/cache/replicaCache'
import { unsentAfter, unsentOf } from '../../../../shared/cache/unsentEdits'
import type { CacheDatabase } from './cacheDatabase'
import {
  parseCheckpoint,
  parseLogRow,
  parseReplica,
  parseStep,
  type CheckpointRow,
  type EntryRow,
  type ReplicaRow,
} from './idbRows'
import { read, together, write, type ReadTransaction, type WriteTransaction } from './transact'

/** All positions of a replica from one on. */
export function positionsOf(replicaId: string, from = 0): IDBKeyRange {
  return IDBKeyRange.bound([replicaId, from], [replicaId, Infinity])
}

/** Deletes a replica with everything in it. */
export async function deleteReplica(tx: WriteTransaction, replicaId: string): Promise<void> {
  await together([
    () => tx.objectStore('replicas').delete(replicaId),
    () => tx.objectStore('checkpoints').delete(replicaId),
    () => tx.objectStore('steps').delete(positionsOf(replicaId)),
    () => tx.objectStore('log').delete(positionsOf(replicaId)),
  ])
}

/** One claimed replica in the browser's database. Made by IdbReplicaCache. */
export class IdbReplicaStore implements ReplicaStore {
  readonly replicaId: string
  readonly #database: () => CacheDatabase
  readonly #ownerId: string
  readonly #fence: number
  readonly #calls = new InOrder()
  /** An append failed: the journal must not go on without it. */
  #gap = false

  /** `database` throws where it can no longer be used. */
  constructor(database: () => CacheDatabase, row: ReplicaRow, ownerId: string) {
    this.replicaId = row.replicaId
    this.#database = database
    this.#ownerId = ownerId
    this.#fence = row.fence
  }

  load(): Promise<StoredReplica | undefined> {
    return this.#calls.run(() =>
      read(this.#database(), async (tx) => {
        await this.#claimed(tx)
        const value = await tx.objectStore('checkpoints').get(this.replicaId)
        if (value === undefined) return undefined
        const { position, state } = parseCheckpoint(value)
        return { checkpoint: state, journal: await this.#journal(tx, position) }
      }),
    )
  }

  append(entries: readonly JournalEntry[]): Promise<void> {
    return this.#calls.run(async () => {
      if (this.#gap)
        throw new CacheError('storage-failed', `an earlier append to replica ${this.replicaId} failed`)
      this.#gap = true
      await write(this.#database(), 'relaxed', async (tx) => {
        const row = await this.#claimed(tx)
        if ((await tx.objectStore('checkpoints').getKey(this.replicaId)) === undefined) {
          throw new CacheError('storage-failed', `replica ${this.replicaId} has no checkpoint to append to`)
        }
        const unsent = [...unsentAfter(new Map(row.unsent), entries)]
        const changed: ReplicaRow = { ...row, next: row.next + entries.length, unsent }
        await together([
          ...entries.map((entry, index) => () => this.#insert(tx, row.next + index, entry)),
          () => tx.objectStore('replicas').put(changed),
        ])
      })
      this.#gap = false
    })
  }

  checkpoint(
    state: Checkpoint,
    { keepUpdates, draft }: { keepUpdates: number; draft?: Draft },
  ): Promise<void> {
    return this.#calls.run(async () => {
      // Rare, and it deletes what it replaces: worth waiting for the disk.
      await write(this.#database(), 'strict', async (tx) => {
        const row = await this.#claimed(tx)
        const checkpoint: CheckpointRow = { replicaId: this.replicaId, position: row.next, state }
        const changed: ReplicaRow = { ...row, unsent: [...unsentOf(state)] }
        await this.#trimLog(tx, (await this.#logLeadsTo(tx, state)) ? keepUpdates : 0)
        await together([
          () => tx.objectStore('steps').delete(positionsOf(this.replicaId)),
          () => tx.objectStore('checkpoints').put(checkpoint),
          () => tx.objectStore('replicas').put(changed),
          ...(draft === undefined ? [] : [() => tx.objectStore('drafts').put(draft)]),
        ])
      })
      this.#gap = false
    })
  }

  readLog(): Promise<LoggedUpdates[]> {
    return this.#calls.run(() =>
      read(this.#database(), async (tx) => {
        await this.#claimed(tx)
        const rows = await tx.objectStore('log').getAll(positionsOf(this.replicaId))
        return contiguousEnd(rows.map((row) => parseLogRow(row, this.replicaId).entry))
      }),
    )
  }

  discard(): Promise<void> {
    return this.#calls.run(() =>
      write(this.#database(), 'relaxed', async (tx) => {
        await this.#claimed(tx)
        await deleteReplica(tx, this.replicaId)
      }),
    )
  }

  release(): Promise<void> {
    return this.#calls.run(() =>
      write(this.#database(), 'relaxed', async (tx) => {
        const row = await this.#row(tx)
        if (row === undefined || !this.#isMine(row)) return
        const changed: ReplicaRow = { ...row, owner: undefined }
        await tx.objectStore('replicas').put(changed)
      }),
    )
  }

  async #row(tx: ReadTransaction): Promise<ReplicaRow | undefined> {
    const value = await tx.objectStore('replicas').get(this.replicaId)
    return value === undefined ? undefined : parseReplica(value)
  }

  #isMine(row: ReplicaRow): boolean {
    return row.owner === this.#ownerId && row.fence === this.#fence
  }

  /** The replica's row. Throws where the claim no longer stands, and the transaction ends without effect. */
  async #claimed(tx: ReadTransaction): Promise<ReplicaRow> {
    const row = await this.#row(tx)
    if (row !== undefined && this.#isMine(row)) return row
    throw new CacheError('lease-lost', `replica ${this.replicaId} was taken over, released or deleted`)
  }

  #insert(tx: WriteTransaction, position: number, entry: JournalEntry): Promise<unknown> {
    const key: [string, number] = [this.replicaId, position]
    if (entry.kind !== 'updates') {
      return tx.objectStore('steps').add({ position, entry } satisfies EntryRow<JournalEntry>, key)
    }
    const { from, updates, hash, signature } = entry
    const row: EntryRow<LoggedUpdates> = { position, entry: { from, updates, hash, signature } }
    return tx.objectStore('log').add(row, key)
  }

  async #journal(tx: ReadTransaction, from: number): Promise<JournalEntry[]> {
    const range = positionsOf(this.replicaId, from)
    const [steps, log] = await Promise.all([
      tx.objectStore('steps').getAll(range),
      tx.objectStore('log').getAll(range),
    ])
    const rows = steps.map((row) => parseStep(row, this.replicaId))
    for (const value of log) {
      const { position, entry } = parseLogRow(value, this.replicaId)
      rows.push({ position, entry: { kind: 'updates', ...entry } })
    }
    return rows.sort((a, b) => a.position - b.position).map(({ entry }) => entry)
  }

  async #logLeadsTo(tx: ReadTransaction, state: Checkpoint): Promise<boolean> {
    const cursor = await tx.objectStore('log').openCursor(positionsOf(this.replicaId), 'prev')
    if (cursor === null) return false
    const { entry } = parseLogRow(cursor.value, this.replicaId)
    return endOf(entry) === state.version && entry.hash === state.hash
  }

  /** Deletes all of the log but the newest `keep` entries. */
  async #trimLog(tx: WriteTransaction, keep: number): Promise<void> {
    const log = tx.objectStore('log')
    const range = positionsOf(this.replicaId)
    const newest = await log.openKeyCursor(range, 'prev')
    const first = keep === 0 ? newest : await newest?.advance(keep)
    if (first) await log.delete(IDBKeyRange.bound([this.replicaId, 0], first.key))
  }
}
