import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { LineSink } from '../../server/logger'
import { systemCodeOf } from '../../server/startError'

export interface RotatingFileOptions {
  readonly folder: string
  /** The file is `NAME.log`; older ones are `NAME.1.log`, `NAME.2.log`, the higher the older. */
  readonly name: string
  /** Size at which a file becomes an older one, bytes. 1 MiB: some 5,000 lines, which opens in any editor. */
  readonly maxBytes?: number
  /** Older files that are kept. 3: weeks of common use. */
  readonly keep?: number
}

const MAX_BYTES = 1024 * 1024
const KEEP = 3
/** Longest line, UTF-16 units; what is longer is cut. One error must not push out all others. */
const MAX_LINE_LENGTH = 16 * 1024
/** Links and addresses of rooms are in it: nobody else's business. */
const MODE = 0o600

/**
 * A log file of bounded size, written synchronously, so that it has the last line before a crash. Where it cannot be
 * written (a full disk), lines are lost, and nothing else.
 */
export class RotatingFile implements LineSink {
  readonly #folder: string
  readonly #name: string
  readonly #maxBytes: number
  readonly #keep: number
  #file: number | undefined
  #size = 0

  constructor({ folder, name, maxBytes = MAX_BYTES, keep = KEEP }: RotatingFileOptions) {
    this.#folder = folder
    this.#name = name
    this.#maxBytes = maxBytes
    this.#keep = keep
  }

  write(line: string): void {
    const bytes = Buffer.from(line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…\n` : line)
    try {
      this.#file ??= this.#open()
      if (this.#size > 0 && this.#size + bytes.length > this.#maxBytes) this.#file = this.#rotate(this.#file)
      writeSync(this.#file, bytes)
      this.#size += bytes.length
    } catch {
      // There is nowhere left to say it. The next line tries again.
    }
  }

  /** Gives the file back. Another line opens it again. */
  close(): void {
    if (this.#file === undefined) return
    closeSync(this.#file)
    this.#file = undefined
  }

  #open(): number {
    mkdirSync(this.#folder, { recursive: true })
    const file = openSync(this.#path(0), 'a', MODE)
    this.#size = fstatSync(file).size
    return file
  }

  #rotate(file: number): number {
    closeSync(file)
    this.#file = undefined
    for (let age = this.#keep; age > 0; age--) renameIfThere(this.#path(age - 1), this.#path(age))
    return this.#open()
  }

  #path(age: number): string {
    return join(this.#folder, age === 0 ? `${this.#name}.log` : `${this.#name}.${age}.log`)
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error
  }
}
