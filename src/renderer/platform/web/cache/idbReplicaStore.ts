import { InOrder } from '../../../../shared/inOrder'
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
  parseSteps,
  type CheckpointRow,
  type LogRow,
  type ReplicaRow,
  type StepsRow,
} from './idbRows'
import { read, together, write, type ReadTransaction, type WriteTransaction } from './transact'

/** Deletes a replica with everything in it. */
export async function deleteReplica(tx: WriteTransaction, replicaId: string): Promise<void> {
  const entries = IDBKeyRange.bound([replicaId, 0], [replicaId, Infinity])
  await together([
    () => tx.objectStore('replicas').delete(replicaId),
    () => tx.objectStore('checkpoints').delete(replicaId),
    () => tx.objectStore('steps').delete(entries),
    () => tx.objectStore('log').delete(entries),
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
        const row = await this.#claimed(tx)
        const value = await tx.objectStore('checkpoints').get(this.replicaId)
        if (value === undefined) return undefined
        const { state } = parseCheckpoint(value)
        return { checkpoint: state, journal: await this.#journal(tx, row) }
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
          ...this.#insertions(tx, row.next, entries),
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
        const checkpoint: CheckpointRow = { replicaId: this.replicaId, state }
        const keep = (await this.#logLeadsTo(tx, row, state)) ? keepUpdates : 0
        const logFrom = await this.#trimLog(tx, row, keep)
        const changed: ReplicaRow = { ...row, logFrom, from: row.next, unsent: [...unsentOf(state)] }
        await together([
          () => tx.objectStore('steps').delete(this.#positions(row.from, row.next)),
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
        const row = await this.#claimed(tx)
        const rows = await tx.objectStore('log').getAll(this.#positions(row.logFrom, row.next))
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

  #positions(from: number, to: number): IDBKeyRange {
    return IDBKeyRange.bound([this.replicaId, from], [this.replicaId, to])
  }

  /** Requests that store entries: those that are not `updates` together, as far as none lie between them. */
  #insertions(
    tx: WriteTransaction,
    next: number,
    entries: readonly JournalEntry[],
  ): (() => Promise<unknown>)[] {
    const requests: (() => Promise<unknown>)[] = []
    let steps: JournalEntry[] = []
    const flush = (end: number): void => {
      const row: StepsRow = { position: end - steps.length, entries: steps }
      if (steps.length > 0)
        requests.push(() => tx.objectStore('steps').add(row, [this.replicaId, row.position]))
      steps = []
    }
    for (const [index, entry] of entries.entries()) {
      const position = next + index
      if (entry.kind !== 'updates') {
        steps.push(entry)
        continue
      }
      flush(position)
      const { from, updates, hash, signature } = entry
      const row: LogRow = { position, entry: { from, updates, hash, signature } }
      requests.push(() => tx.objectStore('log').add(row, [this.replicaId, position]))
    }
    flush(next + entries.length)
    return requests
  }

  async #journal(tx: ReadTransaction, { from, next }: ReplicaRow): Promise<JournalEntry[]> {
    const range = this.#positions(from, next)
    const [steps, log] = await Promise.all([
      tx.objectStore('steps').getAll(range),
      tx.objectStore('log').getAll(range),
    ])
    const rows = steps.map((row) => parseSteps(row, this.replicaId))
    for (const value of log) {
      const { position, entry } = parseLogRow(value, this.replicaId)
      rows.push({ position, entries: [{ kind: 'updates', ...entry }] })
    }
    return rows.sort((a, b) => a.position - b.position).flatMap(({ entries }) => entries)
  }

  async #logLeadsTo(tx: ReadTransaction, row: ReplicaRow, state: Checkpoint): Promise<boolean> {
    const cursor = await tx.objectStore('log').openCursor(this.#positions(row.logFrom, row.next), 'prev')
    if (cursor === null) return false
    const { entry } = parseLogRow(cursor.value, this.replicaId)
    return endOf(entry) === state.version && entry.hash === state.hash
  }

  /** Deletes all of the log but the newest `keep` entries. Gives back the position where it starts now. */
  async #trimLog(tx: WriteTransaction, { logFrom, next }: ReplicaRow, keep: number): Promise<number> {
    const log = tx.objectStore('log')
    if (keep === 0) {
      await log.delete(this.#positions(logFrom, next))
      return next
    }
    const newest = await log.openKeyCursor(this.#positions(logFrom, next), 'prev')
    const tooOld = await newest?.advance(keep)
    if (!tooOld) return logFrom
    const [, position] = tooOld.key
    await log.delete(this.#positions(logFrom, position))
    return position + 1
  }
}
