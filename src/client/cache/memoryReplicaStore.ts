import {
  checkpointSchema,
  draftSchema,
  journalEntrySchema,
  loggedUpdatesSchema,
} from '../../shared/cache/cacheSchemas'
import { contiguousEnd, endOf } from '../../shared/cache/keptLog'
import { InOrder } from '../../shared/inOrder'
import type { MemoryClaim, MemoryDisk, MemoryReplica } from './memoryDisk'
import { parseStoredJson } from '../../shared/cache/parseStored'
import {
  CacheError,
  type Checkpoint,
  type Draft,
  type JournalEntry,
  type LoggedUpdates,
  type ReplicaStore,
  type StoredReplica,
} from './replicaCache'

/** Runs a write to a replica where the process still lives. See MemoryReplicaCache. */
export type RunWrite = (what: string, task: () => void, replicaId: string) => Promise<void>

/** One claimed replica on a MemoryDisk. Made by MemoryReplicaCache. */
export class MemoryReplicaStore implements ReplicaStore {
  readonly replicaId: string
  readonly #disk: MemoryDisk
  readonly #claim: MemoryClaim
  readonly #run: RunWrite
  readonly #calls = new InOrder()
  /** An append failed: the journal must not go on without it. */
  #gap = false

  constructor(disk: MemoryDisk, replicaId: string, claim: MemoryClaim, run: RunWrite) {
    this.#disk = disk
    this.replicaId = replicaId
    this.#claim = claim
    this.#run = run
  }

  load(): Promise<StoredReplica | undefined> {
    return this.#calls.run(async () => {
      const { checkpoint, journal } = this.#read()
      if (checkpoint === undefined) return undefined
      return {
        checkpoint: parseStoredJson(checkpointSchema, checkpoint, `checkpoint of ${this.replicaId}`),
        journal: journal.map((text, index) => this.#entry(text, index)),
      }
    })
  }

  append(entries: readonly JournalEntry[]): Promise<void> {
    const texts = entries.map((entry) => JSON.stringify(entry))
    return this.#calls.run(async () => {
      if (this.#gap) throw new CacheError('storage-failed', `an earlier append to ${this.replicaId} failed`)
      this.#gap = true
      await this.#write('append', () => {
        const replica = this.#read()
        if (replica.checkpoint === undefined)
          throw new CacheError('storage-failed', 'there is no checkpoint to append to')
        this.#put({ ...replica, journal: [...replica.journal, ...texts] })
        this.#gap = false
      })
    })
  }

  checkpoint(state: Checkpoint, options: { keepUpdates: number; draft?: Draft }): Promise<void> {
    const checkpoint = JSON.stringify(state)
    const { draft, keepUpdates } = options
    return this.#calls.run(() =>
      this.#write('checkpoint', () => {
        const replica = this.#read()
        const log = this.#log(replica)
        const newest = log.at(-1)
        const leadsHere = newest?.hash === state.hash && endOf(newest) === state.version
        const kept = leadsHere && keepUpdates > 0 ? log.slice(-keepUpdates) : []
        const drafts = new Map(this.#disk.image.drafts)
        if (draft !== undefined) drafts.set(draft.draftId, JSON.stringify(draftSchema.parse(draft)))
        this.#put(
          { ...replica, checkpoint, journal: [], log: kept.map((entry) => JSON.stringify(entry)) },
          drafts,
        )
        this.#gap = false
      }),
    )
  }

  readLog(): Promise<LoggedUpdates[]> {
    return this.#calls.run(async () => contiguousEnd(this.#log(this.#read())))
  }

  discard(): Promise<void> {
    return this.#calls.run(() =>
      this.#write('discard', () => {
        this.#read()
        const replicas = new Map(this.#disk.image.replicas)
        replicas.delete(this.replicaId)
        this.#disk.write({ replicas })
        this.#disk.release(this.replicaId, this.#claim)
      }),
    )
  }

  release(): Promise<void> {
    return this.#calls.run(() =>
      this.#write('release', () => this.#disk.release(this.replicaId, this.#claim)),
    )
  }

  #read(): MemoryReplica {
    const replica = this.#disk.image.replicas.get(this.replicaId)
    if (replica === undefined || !this.#disk.holds(this.replicaId, this.#claim)) {
      throw new CacheError('lease-lost', `replica ${this.replicaId} was taken over or deleted`)
    }
    return replica
  }

  #write(what: string, task: () => void): Promise<void> {
    return this.#run(what, task, this.replicaId)
  }

  #put(replica: MemoryReplica, drafts = this.#disk.image.drafts): void {
    this.#disk.write({ drafts, replicas: new Map(this.#disk.image.replicas).set(this.replicaId, replica) })
  }

  #entry(text: string, index: number): JournalEntry {
    return parseStoredJson(journalEntrySchema, text, `journal entry ${index} of ${this.replicaId}`)
  }

  #log({ log, journal }: MemoryReplica): LoggedUpdates[] {
    const kept = log.map((text, index) =>
      parseStoredJson(loggedUpdatesSchema, text, `log entry ${index} of ${this.replicaId}`),
    )
    for (const [index, text] of journal.entries()) {
      const entry = this.#entry(text, index)
      if (entry.kind === 'updates') {
        kept.push({ from: entry.from, updates: entry.updates, hash: entry.hash, signature: entry.signature })
      }
    }
    return kept
  }
}
