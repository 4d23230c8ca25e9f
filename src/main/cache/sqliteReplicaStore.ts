import type { Database } from 'better-sqlite3'
import {
  checkpointHeadSchema,
  journalEntrySchema,
  loggedUpdatesSchema,
} from '../../shared/cache/cacheSchemas'
import { contiguousEnd, endOf } from '../../shared/cache/keptLog'
import { parseStoredJson } from '../../shared/cache/parseStored'
import {
  CacheError,
  type Checkpoint,
  type Draft,
  type JournalEntry,
  type LoggedUpdates,
  type ReplicaStore,
  type StoredReplica,
} from '../../shared/cache/replicaCache'
import { unsentAfter, unsentOf, type UnsentEdits } from '../../shared/cache/unsentEdits'
import { isWellFormed } from '../../shared/ot/text/unicode'
import { naming } from './cacheFailure'
import { parseCheckpointRow, parseEntryRow, parseLogEnd, parsePosition, type ReplicaRow } from './replicaRows'
import type { ReplicaStatements } from './replicaStatements'
import type { ReplicaDatabaseParts } from './sqliteReplicaCache'

/** One owner's hold on one replica. */
export interface Claim {
  holds(): boolean
  end(): void
}

/**
 * One claimed replica in replicas.sqlite. Synchronous inside, so calls are carried out in order and nothing comes
 * between the look at the claim and the write.
 */
export class SqliteReplicaStore implements ReplicaStore {
  readonly replicaId: string
  readonly #database: Database
  readonly #sql: ReplicaStatements
  readonly #freed: () => void
  readonly #claim: Claim
  /** Row id of the replica. */
  readonly #id: number
  #unsent: UnsentEdits
  /** Where the next entry goes. */
  #position: number
  /** An append failed: the journal must not go on without it. */
  #gap = false

  constructor(
    { database, sql, freed }: Pick<ReplicaDatabaseParts, 'database' | 'sql' | 'freed'>,
    row: ReplicaRow,
    claim: Claim,
  ) {
    this.replicaId = row.replicaId
    this.#database = database
    this.#freed = freed
    this.#sql = sql
    this.#id = row.id
    this.#unsent = row.unsent
    this.#claim = claim
    const next = sql.nextPosition.get({ replica: row.id })
    this.#position = parsePosition(next, `position of replica ${row.replicaId}`) ?? 0
  }

  async load(): Promise<StoredReplica | undefined> {
    return this.#reading('load', () => {
      const row = this.#sql.checkpoint.get(this.#id)
      if (row === undefined) return undefined
      const where = `checkpoint of replica ${this.replicaId}`
      const { position, head, snapshot } = parseCheckpointRow(row, where)
      return {
        checkpoint: { ...parseStoredJson(checkpointHeadSchema, head, where), snapshot },
        journal: this.#sql.journal.all({ replica: this.#id, from: position }).map((entry) => {
          const [text, name] = this.#entryOf(entry)
          return parseStoredJson(journalEntrySchema, text, name)
        }),
      }
    })
  }

  async append(entries: readonly JournalEntry[]): Promise<void> {
    if (this.#gap)
      throw new CacheError('storage-failed', `an earlier append to replica ${this.replicaId} failed`)
    this.#gap = true
    const unsent = unsentAfter(this.#unsent, entries)
    this.#writing('append', () => {
      if (this.#sql.hasCheckpoint.get(this.#id) === undefined) {
        throw new CacheError('storage-failed', `replica ${this.replicaId} has no checkpoint to append to`)
      }
      for (const [index, entry] of entries.entries()) this.#insert(this.#position + index, entry)
      if (unsent !== this.#unsent) this.#sql.setUnsent.run(JSON.stringify([...unsent]), this.#id)
    })
    this.#position += entries.length
    this.#unsent = unsent
    this.#gap = false
  }

  async checkpoint(state: Checkpoint, options: { keepUpdates: number; draft?: Draft }): Promise<void> {
    const { snapshot, ...head } = state
    // SQLite stores UTF-8, which has no lone surrogates: they would come back as another character.
    if (!isWellFormed(snapshot)) throw new RangeError(`snapshot of ${this.replicaId}: not well-formed UTF-16`)
    const unsent = unsentOf(state)
    const { draft, keepUpdates } = options
    this.#writing('checkpoint', () => {
      this.#sql.deleteSteps.run(this.#id)
      if (this.#logLeadsTo(state)) this.#sql.trimLog.run({ replica: this.#id, keep: keepUpdates })
      else this.#sql.deleteLog.run(this.#id)
      this.#sql.putCheckpoint.run(this.#id, this.#position, JSON.stringify(head), snapshot)
      this.#sql.setUnsent.run(JSON.stringify([...unsent]), this.#id)
      if (draft !== undefined) this.#sql.putDraft.run(draft.draftId, draft.roomId, JSON.stringify(draft))
    })
    this.#unsent = unsent
    this.#gap = false
    this.#freed()
  }

  async readLog(): Promise<LoggedUpdates[]> {
    return this.#reading('readLog', () => {
      const entries = this.#sql.log.all(this.#id).map((entry) => {
        const [text, name] = this.#entryOf(entry)
        return parseStoredJson(loggedUpdatesSchema, text, name)
      })
      return contiguousEnd(entries)
    })
  }

  async discard(): Promise<void> {
    this.#writing('discard', () => this.#sql.deleteReplica.run(this.#id))
    this.#claim.end()
    this.#freed()
  }

  async release(): Promise<void> {
    this.#claim.end()
  }

  #insert(position: number, entry: JournalEntry): void {
    const text = JSON.stringify(entry)
    if (entry.kind === 'updates') this.#sql.insertLog.run(this.#id, position, endOf(entry), entry.hash, text)
    else this.#sql.insertStep.run(this.#id, position, text)
  }

  #logLeadsTo(state: Checkpoint): boolean {
    const row = this.#sql.newestLog.get(this.#id)
    if (row === undefined) return false
    const newest = parseLogEnd(row, `log of replica ${this.replicaId}`)
    return newest.to_version === state.version && newest.hash === state.hash
  }

  /** JSON of an entry, and what to call its row. */
  #entryOf(row: unknown): [text: string, name: string] {
    const { position, entry } = parseEntryRow(row, `an entry of replica ${this.replicaId}`)
    return [entry, `entry ${position} of replica ${this.replicaId}`]
  }

  #reading<T>(what: string, task: () => T): T {
    return naming(what, () => {
      this.#checkClaim()
      return task()
    })
  }

  #writing(what: string, task: () => unknown): void {
    naming(what, () => {
      this.#checkClaim()
      this.#database.transaction(task).immediate()
    })
  }

  #checkClaim(): void {
    if (this.#claim.holds()) return
    throw new CacheError('lease-lost', `replica ${this.replicaId} was taken over, released or deleted`)
  }
}
