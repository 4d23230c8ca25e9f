import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { errorText } from '../../shared/errorText'
import { BundleError } from './bundleError'
import type { BundleLimits } from './bundleLimits'

/** What a zip begins with. */
const ZIP_START = 'PK\u0003\u0004'
/** Below this size, bytes, it does not matter how much smaller something was packed. */
const SMALL = 1024 * 1024

/**
 * The files inside a zip, found by its table of contents, of which nothing is believed that is not checked: sizes while
 * unpacking, contents by their checksum.
 */
export class BundleReader {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** Throws BundleError `bundle-unreadable`, `bundle-foreign`, `bundle-damaged` or `bundle-too-large`. */
  static async open(file: string, limits: BundleLimits): Promise<BundleReader> {
    await checkStart(file)
    const zip = await openZip(file)
    try {
      return new BundleReader(zip, await listEntries(zip, limits))
    } catch (error) {
      zip.close()
      throw error
    }
  }

  close(): void {
    this.zip.close()
  }

  has(path: string): boolean {
    return this.entries.has(path)
  }

  /** Bytes of a file inside; 0 where there is none. */
  sizeOf(path: string): number {
    return this.entries.get(path)?.uncompressedSize ?? 0
  }

  /** A whole file inside. Throws BundleError `bundle-too-large` or `bundle-damaged`. */
  async read(path: string, maxBytes: number): Promise<Buffer> {
    const entry = this.#entry(path)
    if (entry.uncompressedSize > maxBytes)
      throw new BundleError('bundle-too-large', `${path} has ${entry.uncompressedSize} of ${maxBytes} bytes`)
    const chunks: Buffer[] = []
    for await (const chunk of this.#chunks(path)) chunks.push(chunk)
    return Buffer.concat(chunks)
  }

  /** A whole file inside that is text. Throws as {@link read}. */
  async readText(path: string, maxBytes: number): Promise<string> {
    return decode(await this.read(path, maxBytes), path)
  }

  /** The lines of a file inside, without their ends. Throws BundleError `bundle-too-large` or `bundle-damaged`. */
  async *lines(path: string, maxBytes: number): AsyncGenerator<string> {
    const checkLine = (length: number): void => {
      if (length > maxBytes)
        throw new BundleError('bundle-too-large', `${path} has a line of more than ${maxBytes} bytes`)
    }
    let rest = Buffer.alloc(0)
    for await (const chunk of this.#chunks(path)) {
      rest = Buffer.concat([rest, chunk])
      let start = 0
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
        checkLine(end - start)
        yield decode(rest.subarray(start, end), path)
        start = end + 1
      }
      rest = rest.subarray(start)
      checkLine(rest.length)
    }
    if (rest.length > 0) throw damaged(`${path} ends in the middle of a line`)
  }

  #entry(path: string): Entry {
    const entry = this.entries.get(path)
    if (entry === undefined) throw damaged(`${path} is missing`)
    return entry
  }

  async *#chunks(path: string): AsyncGenerator<Buffer> {
    const entry = this.#entry(path)
    let sum = 0
    try {
      const stream: Readable = await this.zip.openReadStreamPromise(entry)
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        sum = crc32(chunk, sum)
        yield chunk
      }
    } catch (error) {
      if (error instanceof BundleError) throw error
      throw damaged(`${path}: ${errorText(error)}`, error)
    }
    if (sum !== entry.crc32) throw damaged(`${path} is not what was written`)
  }
}

async function checkStart(file: string): Promise<void> {
  const start = await readStart(file)
  if (start !== ZIP_START) throw new BundleError('bundle-foreign', 'it does not begin like a zip')
}

async function readStart(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r')
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(ZIP_START.length), 0, ZIP_START.length, 0)
      return buffer.toString('latin1', 0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw new BundleError('bundle-unreadable', errorText(error), { cause: error })
  }
}

async function openZip(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, { lazyEntries: true, autoClose: false, strictFileNames: true })
  } catch (error) {
    throw damaged(`it has no table of contents, so its end is missing: ${errorText(error)}`, error)
  }
}

async function listEntries(zip: ZipFile, limits: BundleLimits): Promise<Map<string, Entry>> {
  const { maxEntries, maxUnpackedBytes, maxRatio } = limits
  if (zip.entryCount > maxEntries)
    throw new BundleError('bundle-too-large', `it holds ${zip.entryCount} files, at most ${maxEntries}`)
  const entries = new Map<string, Entry>()
  let total = 0
  try {
    for await (const entry of zip.eachEntry()) {
      const { fileName, uncompressedSize, compressedSize } = entry
      if (entries.has(fileName)) throw damaged(`it holds ${fileName} twice`)
      if (!entry.canDecodeFileData()) throw damaged(`${fileName} is packed in an unknown way`)
      total += uncompressedSize
      if (total > maxUnpackedBytes)
        throw new BundleError('bundle-too-large', `it unpacks to more than ${maxUnpackedBytes} bytes`)
      if (uncompressedSize > SMALL && uncompressedSize > compressedSize * maxRatio)
        throw new BundleError(
          'bundle-too-large',
          `${fileName} unpacks to ${maxRatio} times its size and more`,
        )
      entries.set(fileName, entry)
    }
  } catch (error) {
    if (error instanceof BundleError) throw error
    throw damaged(`its table of contents: ${errorText(error)}`, error)
  }
  return entries
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    throw damaged(`${path} is not UTF-8`, error)
  }
}

/** Something in the file is not as it was written, or as it may be. */
export function damaged(message: string, cause?: unknown): BundleError {
  return new BundleError('bundle-damaged', message, { cause })
}
