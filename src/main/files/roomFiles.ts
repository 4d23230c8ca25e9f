import { basename } from 'node:path'
import { BundleError } from '../../server/bundle/bundleError'
import type { RoomFileMessage } from '../../shared/ipc/roomFiles'
import { isRoomFileName } from '../../shared/roomFile'
import { PathIds } from './pathIds'

/** Room files of one page load: those its person pointed to, and what is being written or read of them. */
export class RoomFiles {
  readonly #paths = new PathIds()
  readonly #tasks = new Map<number, AbortController>()

  /** Makes a file known to the page. Throws BundleError `bundle-foreign` where its name is not that of a room. */
  take(path: string): RoomFileMessage {
    const name = basename(path)
    if (!isRoomFileName(name))
      throw new BundleError('bundle-foreign', 'its name does not end as those of rooms do')
    return { fileId: this.#paths.idOf(path), name }
  }

  /** Throws BundleError `bundle-unreadable` for an id of another page load. */
  pathOf(fileId: string): string {
    const path = this.#paths.pathOf(fileId)
    if (path === undefined) throw new BundleError('bundle-unreadable', 'this page was given no such file')
    return path
  }

  /** Does what takes long, until it is done or stopped. */
  async run<T>(taskId: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController()
    this.#tasks.set(taskId, controller)
    try {
      return await work(controller.signal)
    } finally {
      this.#tasks.delete(taskId)
    }
  }

  cancel(taskId: number): void {
    this.#tasks.get(taskId)?.abort()
  }

  /** Stops everything under way: nobody waits for it any more. */
  end(): void {
    for (const controller of this.#tasks.values()) controller.abort()
  }
}
