import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { errorText } from '../../shared/errorText'
import { systemCodeOf } from '../startError'
import { BundleError } from './bundleError'

/** What the system says where a disk, or a person's share of it, is full. */
const FULL: readonly (string | undefined)[] = ['ENOSPC', 'EDQUOT']

/** A file inside, whose content is asked for when its turn comes. */
export interface BundleEntry {
  readonly path: string
  /** Pictures are packed already. */
  readonly compress: boolean
  readonly content: () => AsyncIterable<Uint8Array | string>
}

/**
 * Writes a zip, one entry after another, never holding more than a piece of one. The file appears complete, in place of
 * what was there, or not at all. Throws BundleError `bundle-unwritable` or `bundle-disk-full`, or what an entry throws.
 */
export async function writeBundle(
  file: string,
  time: number,
  entries: AsyncIterable<BundleEntry>,
): Promise<void> {
  const partial = `${file}.${randomUUID()}.partial`
  try {
    await writeZip(partial, new Date(time), entries)
    await sync(partial)
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    if (!(error instanceof Error && 'syscall' in error)) throw error
    const isFull = FULL.includes(systemCodeOf(error))
    throw new BundleError(isFull ? 'bundle-disk-full' : 'bundle-unwritable', errorText(error), {
      cause: error,
    })
  }
}

async function writeZip(file: string, mtime: Date, entries: AsyncIterable<BundleEntry>): Promise<void> {
  const zip = new ZipFile()
  // It is one, whatever its types say.
  const output = zip.outputStream as Readable
  zip.on('error', (error: Error) => output.destroy(error))
  const written = pipeline(output, createWriteStream(file, { flags: 'wx' }))
  try {
    // Where writing fails, nobody asks for the entry any more.
    for await (const entry of entries) await Promise.race([written, add(zip, mtime, entry)])
    zip.end()
  } catch (error) {
    output.destroy()
    await written.catch(() => undefined)
    throw error
  }
  await written
}

/** Resolves when the entry was taken as a whole. */
function add(zip: ZipFile, mtime: Date, { path, compress, content }: BundleEntry): Promise<void> {
  return new Promise((resolve) => {
    zip.addReadStreamLazy(path, { compress, mtime }, (give) => {
      const stream = Readable.from(content(), { objectMode: false })
      // The zip does not look for them.
      stream.once('error', (error) => zip.emit('error', error))
      stream.once('close', resolve)
      give(null, stream)
    })
  })
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
