import { CacheError } from '../../../src/client/cache/replicaCache'
import type { SeededRandom } from './seededRandom'

/** What a killed process's writes end with. */
export class ProcessKilled extends Error {
  override readonly name = 'ProcessKilled'
}

/**
 * Stands before and behind the writes of one simulated process: some wait until a test lets them go on, and a killed
 * process writes no more.
 */
export class Gate {
  readonly #random: SeededRandom
  readonly #waiting: { readonly resume: () => void; readonly replicaId: string | undefined }[] = []
  #waitProbability: number
  #killed = false
  #full = false

  constructor(random: SeededRandom, waitProbability: number) {
    this.#random = random
    this.#waitProbability = waitProbability
  }

  get blocked(): boolean {
    return this.#waiting.length > 0
  }

  /** Replicas on which a write waits here. */
  get waitingReplicas(): string[] {
    return this.#waiting.map(({ replicaId }) => replicaId).filter((id) => id !== undefined)
  }

  /** A write passes here, to a replica where one is named; one that needs room fails while the disk is full. Never returns for a process killed while it waits. */
  async pass(replicaId?: string, needsRoom = false): Promise<void> {
    if (this.#killed) throw new ProcessKilled('this process was killed')
    if (this.#full && needsRoom) throw new CacheError('storage-failed', 'the simulated disk is full')
    if (this.#random.chance(this.#waitProbability)) {
      await new Promise<void>((resume) => this.#waiting.push({ resume, replicaId }))
    }
  }

  /** Lets the oldest waiting write go on. */
  release(): void {
    this.#waiting.shift()?.resume()
  }

  /** From now on no write waits. */
  open(): void {
    this.#waitProbability = 0
    while (this.blocked) this.release()
  }

  /** Writes fail while the disk is full. */
  setFull(full: boolean): void {
    this.#full = full
  }

  kill(): void {
    this.#killed = true
    this.#waiting.length = 0
  }
}
