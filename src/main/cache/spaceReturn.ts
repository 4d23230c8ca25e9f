import type { Database } from 'better-sqlite3'
import { giveBackSpace } from '../../server/storage/sqlite/giveBackSpace'
import { CacheError } from '../../shared/cache/replicaCache'
import { naming } from './cacheFailure'

/** Gives space that was freed in a database back to the disk, after a while and in slices that nobody notices. */
export class SpaceReturn {
  readonly #database: Database
  readonly #delayMs: number
  readonly #report: (error: CacheError) => void
  #timer: NodeJS.Timeout | undefined

  constructor(database: Database, delayMs: number, report: (error: CacheError) => void) {
    this.#database = database
    this.#delayMs = delayMs
    this.#report = report
  }

  /** Something was deleted. */
  later(): void {
    this.#timer ??= setTimeout(() => this.#slice(), this.#delayMs).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #slice(): void {
    this.#timer = undefined
    try {
      const goesOn = naming('give space back', () => giveBackSpace(this.#database))
      if (goesOn) this.#timer = setTimeout(() => this.#slice(), 0).unref()
    } catch (error) {
      // The file stays larger than it need be until the next time.
      if (!(error instanceof CacheError)) throw error
      this.#report(error)
    }
  }
}
