import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { errorText } from '../../shared/errorText'
import { isRoomFileName } from '../../shared/roomFile'
import { checkFileSize, decodeTextFile, encodeTextFile, type FileFormat } from '../../shared/textFile'
import { atomicWrite } from './atomicWrite'
import { PathIds } from './pathIds'

export type DiskErrorCode = 'file-is-room' | 'file-unreadable' | 'file-unwritable'

export class DiskError extends Error {
  override readonly name = 'DiskError'
  constructor(
    readonly code: DiskErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export interface ReadTextFile {
  readonly name: string
  readonly text: string
  readonly format: FileFormat
  readonly fileId: string
}

/** Text files of one page load. */
export class TextFiles {
  readonly #paths = new PathIds()

  /** Throws TextFileError or {@link DiskError} `file-unreadable` or, where its name is that of a room, `file-is-room`. */
  async read(path: string): Promise<ReadTextFile> {
    if (isRoomFileName(path)) throw new DiskError('file-is-room', 'this file holds a room and no text')
    const { text, format } = decodeTextFile(await readBytes(path))
    return { name: basename(path), text, format, fileId: this.#paths.idOf(path) }
  }

  /** Undefined for an id of another page load. */
  pathOf(fileId: string): string | undefined {
    return this.#paths.pathOf(fileId)
  }

  /** Throws {@link DiskError} `file-unwritable`; the old content is then still there. */
  async write(path: string, text: string, format: FileFormat): Promise<{ name: string; fileId: string }> {
    try {
      await atomicWrite(path, encodeTextFile(text, format))
    } catch (error) {
      throw new DiskError('file-unwritable', `cannot write the file: ${errorText(error)}`, { cause: error })
    }
    return { name: basename(path), fileId: this.#paths.idOf(path) }
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r')
    try {
      const status = await file.stat()
      if (!status.isFile()) throw new DiskError('file-unreadable', 'this is no regular file')
      // Before it is read: a file may be larger than the memory.
      checkFileSize(status.size)
      return await file.readFile()
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) {
      throw new DiskError('file-unreadable', `cannot read the file: ${errorText(error)}`, { cause: error })
    }
    throw error
  }
}
