import { readFileSync, renameSync } from 'node:fs'
import type { z } from 'zod'
import type { Logger } from '../../server/logger'
import { systemCodeOf } from '../../server/startError'
import { atomicWrite } from './atomicWrite'

/**
 * A small JSON file that main reads once at its start and writes as a whole. One that holds something else is put aside
 * as `NAME.bad` and counts as missing. One that cannot be read (permissions, a failing disk) may be whole: it is never
 * replaced before it was put aside.
 */
export class JsonFile<T> {
  #writes: Promise<void> = Promise.resolve()
  /** There is a file, and what is in it is not known. */
  #isUnread = false

  constructor(
    readonly path: string,
    private readonly schema: z.ZodType<T>,
    private readonly log: Logger,
    /** Permission bits; by default those the file has. */
    private readonly mode?: number,
  ) {}

  /** Undefined where there is no such file, or none that can be used. Throws where it cannot be read. */
  read(): T | undefined {
    let text: string
    this.#isUnread = false
    try {
      text = readFileSync(this.path, 'utf8')
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return undefined
      this.#isUnread = true
      this.log.error({ err: error, file: this.path }, 'cannot read a file')
      throw error
    }
    try {
      return this.schema.parse(JSON.parse(text))
    } catch (error) {
      this.log.warn({ err: error, file: this.path }, 'put a bad file aside')
      this.putAside()
      return undefined
    }
  }

  /** As {@link read}; undefined also where it cannot be read. */
  readIfPossible(): T | undefined {
    try {
      return this.read()
    } catch {
      return undefined
    }
  }

  /** The file becomes `NAME.bad`, in place of one that was put aside before. */
  putAside(): void {
    renameSync(this.path, `${this.path}.bad`)
    this.#isUnread = false
  }

  /** Writes after the writes before it. */
  write(value: T): Promise<void> {
    const text = `${JSON.stringify(value, undefined, 2)}\n`
    const write = this.#writes.then(() => {
      if (this.#isUnread) this.putAside()
      return atomicWrite(this.path, text, this.mode)
    })
    // A failed write is the caller's to handle and does not hold up the next one.
    this.#writes = write.catch(() => undefined)
    return write
  }
}
