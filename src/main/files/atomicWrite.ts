import { randomBytes } from 'node:crypto'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { systemCodeOf } from '../../server/startError'

/** Permission bits of a new file where the caller names none; the umask applies. */
const NEW_FILE_MODE = 0o666

/**
 * Replaces a file as a whole: whoever reads it gets the old content or the new one, also after a crash. The mode of
 * an existing file is kept, and a symbolic link goes on pointing to what it pointed to.
 */
export async function atomicWrite(path: string, content: Uint8Array | string, mode?: number): Promise<void> {
  const target = await realpath(path).catch(ifMissing(path))
  const existing = await stat(target).catch(ifMissing(undefined))
  const temporary = join(
    dirname(target),
    `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`,
  )
  const keptMode = mode ?? (existing === undefined ? undefined : existing.mode & 0o7777)
  try {
    const file = await open(temporary, 'wx', keptMode ?? NEW_FILE_MODE)
    try {
      // The mode given to open() is cut by the umask.
      if (keptMode !== undefined) await file.chmod(keptMode)
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

function ifMissing<T>(fallback: T): (error: unknown) => T {
  return (error) => {
    if (systemCodeOf(error) === 'ENOENT') return fallback
    throw error
  }
}
