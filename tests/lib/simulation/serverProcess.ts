import { createHash } from 'node:crypto'
import { OPEN_DOOR } from '../../../src/server/access/policies'
import { createRoomServer } from '../../../src/server/core/createRoomServer'
import type { ServerLimits } from '../../../src/server/core/serverLimits'
import type { RoomServer } from '../../../src/server/core/roomServer'
import { MemoryRoomStore, type MemoryRoomDisk } from '../../../src/server/storage/memoryRoomStore'
import { StoreError, type PageAppend } from '../../../src/server/storage/roomStore'
import { recordsType, type RecordValue } from '../../../src/shared/ot/records'
import type { ClockScope, FakeClock } from './fakeClock'
import { Gate } from './gate'
import type { SeededRandom } from './seededRandom'

/**
 * Stands in for Ed25519 in simulations, where keys are honest and speed is what counts: a keyed hash. The real
 * signatures have tests of their own.
 */
export const simulatedSign = (text: string, privateKey: string): string =>
  createHash('sha512')
    .update(`${privateKey.slice(0, 8)}\n${text}`)
    .digest('base64url')

export const simulatedHash = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Keeps whole logs, also where what is deleted is purged soon: history is handed back to what is in the log only. */
class LongLogStore extends MemoryRoomStore {
  override async compact(): Promise<void> {
    // Nothing in it is old enough.
  }
}

export interface ServerProcessOptions {
  /** What is different from other simulated servers. */
  readonly limits?: Partial<ServerLimits>
  /** Whether it forgets updates as its limits say; else it keeps them all. */
  readonly forgets?: boolean
  /** Told of each record that the room purges, as it was. */
  readonly onPurge?: (record: RecordValue | undefined) => void
}

/** One life of the room server, over a disk that outlives it. */
export class ServerProcess {
  readonly gate: Gate
  readonly server: RoomServer
  readonly errors: unknown[] = []
  readonly deferred: (() => void)[] = []
  failNextAppend = false
  readonly #clock: ClockScope
  readonly #store: MemoryRoomStore

  constructor(
    disk: MemoryRoomDisk,
    clock: FakeClock,
    random: SeededRandom,
    waitProbability: number,
    options: ServerProcessOptions = {},
  ) {
    this.gate = new Gate(random, waitProbability)
    this.#clock = clock.scope()
    this.#store = new (options.forgets === true ? MemoryRoomStore : LongLogStore)(disk, {
      beforeAppend: async (batch) => {
        if (this.failNextAppend) {
          this.failNextAppend = false
          throw new StoreError('storage-failed', 'the simulated disk is full')
        }
        await this.gate.pass()
        for (const append of batch) await this.#tellPurges(append, options)
      },
      afterAppend: () => this.gate.pass(),
    })
    this.server = createRoomServer({
      store: this.#store,
      clock: this.#clock,
      defer: (task) => this.deferred.push(task),
      randomBytes: (length) => random.bytes(length),
      logger: {
        info: () => undefined,
        warn: () => undefined,
        error: (fields) => this.errors.push(fields),
      },
      roomCreation: { mode: 'nobody' },
      defaultPolicy: OPEN_DOOR,
      place: () => ({ origins: [], fingerprint: undefined, isBehindProxy: false }),
      hash: simulatedHash,
      sign: simulatedSign,
      verify: () => true,
      // Small enough that backlog, slow readers and unloading are met within a short run.
      limits: {
        keepRecent: 6,
        snapshotEvery: 5,
        maxBufferedBytes: 3_000,
        pieceLength: 400,
        unloadAfterMs: 4_000,
        ...options.limits,
      },
    })
  }

  /** Tells what the room is about to purge, as it is before that. */
  async #tellPurges(
    { roomId, pageId, updates }: PageAppend,
    { onPurge }: ServerProcessOptions,
  ): Promise<void> {
    if (onPurge === undefined || updates.every(({ update }) => update.author !== roomId)) return
    const page = await this.#store.loadPage(roomId, pageId)
    const start = recordsType.parseSnapshot(page?.snapshot?.text ?? '{}')
    const stored = (page?.tail ?? []).map(({ update }) => update)
    const added = updates.map(({ update }) => update)
    let content = stored.reduce((before, { op }) => recordsType.apply(before, recordsType.parseOp(op)), start)
    for (const { author, op } of added) {
      const records = recordsType.parseOp(op)
      for (const id of author === roomId ? Object.keys(records) : []) onPurge(content.records.get(id))
      content = recordsType.apply(content, records)
    }
  }

  kill(): void {
    this.gate.kill()
    this.#clock.kill()
    this.deferred.length = 0
  }
}
