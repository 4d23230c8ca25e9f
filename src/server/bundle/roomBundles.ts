import type { RoomServer } from '../core/roomServer'
import type { ServerLimits } from '../core/serverLimits'
import type { RoomStore, StoredRoom } from '../storage/roomStore'
import { JobProgress, type BundleJob } from './bundleJob'
import { DEFAULT_BUNDLE_LIMITS, type BundleLimits } from './bundleLimits'
import { BundleReader } from './bundleReader'
import { exportRoom, type ExportTools } from './exportRoom'
import type { ImportTools } from './importPage'
import { amountOf, fillRoom, readManifest } from './importRoom'
import { BundleError } from './bundleError'

export interface RoomBundlesOptions extends ExportTools, Pick<ImportTools, 'sign'> {
  readonly store: RoomStore
  readonly roomServer: Pick<RoomServer, 'importRoom' | 'holdUpkeep'>
  readonly limits: ServerLimits
  readonly bundleLimits?: Partial<BundleLimits>
}

/** Rooms of a server as files: the whole of a room to keep, to carry elsewhere, to host again. docs/BUNDLE.md. */
export class RoomBundles {
  readonly #limits: BundleLimits

  constructor(private readonly options: RoomBundlesOptions) {
    this.#limits = { ...DEFAULT_BUNDLE_LIMITS, ...options.bundleLimits }
  }

  /**
   * Writes a room to a file, open or not, while people go on editing it. Throws BundleError `bundle-unwritable`,
   * `bundle-disk-full` or `bundle-cancelled`, and StoreError.
   */
  async export(roomId: string, file: string, job: BundleJob = {}): Promise<void> {
    const { store, roomServer } = this.options
    const room = await store.loadRoom(roomId)
    if (room === undefined) throw new BundleError('bundle-unreadable', `there is no room ${roomId}`)
    const release = await roomServer.holdUpkeep(roomId)
    try {
      await exportRoom(room, file, this.options, job)
    } finally {
      release()
    }
  }

  /**
   * Makes a new room of a file: another identity, owned by `owner`, with the same pages, history and pictures. It is there
   * complete or not at all. Throws BundleError, StoreError, and InkroomError `too-many-rooms`.
   */
  async import(file: string, owner: string, job: BundleJob = {}): Promise<StoredRoom> {
    const { roomServer, limits } = this.options
    const bundleLimits = this.#limits
    const reader = await BundleReader.open(file, bundleLimits)
    try {
      const manifest = await readManifest(reader, limits, bundleLimits)
      const progress = new JobProgress(job, amountOf(manifest, reader))
      return await roomServer.importRoom(manifest.title, owner, (room) =>
        fillRoom(room, manifest, { ...this.options, bundleLimits, reader, progress }),
      )
    } finally {
      reader.close()
    }
  }
}
