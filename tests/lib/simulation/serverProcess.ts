import { createHash } from 'node:crypto'
import { OPEN_DOOR } from '../../../src/server/access/policies'
import { createRoomServer } from '../../../src/server/core/createRoomServer'
import type { ServerLimits } from '../../../src/server/core/serverLimits'
import type { RoomServer } from '../../../src/server/core/roomServer'
import { MemoryRoomStore, type MemoryRoomDisk } from '../../../src/server/storage/memoryRoomStore'
import { StoreError } from '../../../src/server/storage/roomStore'
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

/** One life of the room server, over a disk that outlives it. */
export class ServerProcess {
  readonly gate: Gate
  readonly server: RoomServer
  readonly errors: unknown[] = []
  readonly deferred: (() => void)[] = []
  failNextAppend = false
  readonly #clock: ClockScope

  /** `limits`: what is different from other simulated servers. */
  constructor(
    disk: MemoryRoomDisk,
    clock: FakeClock,
    random: SeededRandom,
    waitProbability: number,
    limits: Partial<ServerLimits> = {},
  ) {
    this.gate = new Gate(random, waitProbability)
    this.#clock = clock.scope()
    const store = new MemoryRoomStore(disk, {
      beforeAppend: async () => {
        if (this.failNextAppend) {
          this.failNextAppend = false
          throw new StoreError('storage-failed', 'the simulated disk is full')
        }
        await this.gate.pass()
      },
      afterAppend: () => this.gate.pass(),
    })
    this.server = createRoomServer({
      store,
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
        ...limits,
      },
    })
  }

  kill(): void {
    this.gate.kill()
    this.#clock.kill()
    this.deferred.length = 0
  }
}
