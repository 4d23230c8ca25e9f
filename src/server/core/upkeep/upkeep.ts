import type { PageSummary } from '../../storage/roomStore'
import type { Environment } from '../environment'
import type { Room } from '../room'
import { collectAssets } from './collectAssets'
import { keepDeletedFor } from './keepTimes'
import { trimLog, turn } from './trimLog'

/** What upkeep asks of the server it belongs to. */
export interface UpkeepHost {
  /** The room if it is loaded. */
  loadedRoom(roomId: string): Promise<Room | undefined>
  /** The open room with this id, loaded if need be. */
  room(roomId: string): Promise<Room>
  /** Unloads a room where nobody is in it. */
  unloadIfEmpty(roomId: string): Promise<void>
}

/**
 * Goes over all pages now and then, one after another, also over those that nobody opens: purges what is due, forgets
 * old updates and pictures that no board names, gives free space back to the disk. What fails is logged and tried again with the next round.
 */
export class Upkeep {
  readonly #host: UpkeepHost
  readonly #environment: Environment
  #cancel: () => void = () => undefined
  #running: Promise<void> | undefined
  #stopped = false
  /** Rooms that rest, with how many asked for it. */
  readonly #held = new Map<string, number>()
  /** What is being done to which room. */
  #current: { readonly roomId: string; readonly done: Promise<unknown> } | undefined
  /** When the pictures of a room were looked at. */
  readonly #collected = new Map<string, number>()

  constructor(host: UpkeepHost, environment: Environment) {
    this.#host = host
    this.#environment = environment
    this.#startIn(environment.limits.firstUpkeepMs)
  }

  /** Goes over all pages now; where that is under way already, waits for it. */
  run(): Promise<void> {
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** Starts nothing more. A round that is under way ends with the page it is at. */
  stop(): void {
    this.#stopped = true
    this.#cancel()
  }

  /**
   * Lets a room rest, so that what is read from the store a part at a time stays there: resolves when nothing is done to
   * it any more, with what ends the rest.
   */
  async hold(roomId: string): Promise<() => void> {
    this.#held.set(roomId, (this.#held.get(roomId) ?? 0) + 1)
    if (this.#current?.roomId === roomId) await this.#current.done
    return () => {
      const left = (this.#held.get(roomId) ?? 1) - 1
      if (left > 0) this.#held.set(roomId, left)
      else this.#held.delete(roomId)
    }
  }

  /** Nothing more is done to a room. */
  #rests(roomId: string): boolean {
    return this.#stopped || this.#held.has(roomId)
  }

  #startIn(ms: number): void {
    const { clock, limits } = this.#environment
    this.#cancel = clock.after(ms, () => {
      void this.run().finally(() => {
        if (!this.#stopped) this.#startIn(limits.upkeepEveryMs)
      })
    })
  }

  async #round(): Promise<void> {
    const { store, defer } = this.#environment
    const rooms = await this.#trying({}, () => store.listRooms())
    for (const { roomId, open } of rooms ?? []) {
      if (this.#stopped) return
      const done = this.#trying({ roomId }, () => this.#keepRoom(roomId, open))
      this.#current = { roomId, done }
      await done
      this.#current = undefined
      await turn(defer)
    }
    await this.#trying({}, async () => {
      while (!this.#stopped && (await store.shrink())) await turn(defer)
    })
  }

  async #keepRoom(roomId: string, open: boolean): Promise<void> {
    const room = await this.#host.loadedRoom(roomId)
    for (const pageId of room?.loadedPages ?? []) {
      if (this.#rests(roomId)) return
      await this.#trying({ roomId, pageId }, async () => room?.keepPage(pageId))
    }
    for (const page of await this.#environment.store.pagesToKeep(roomId)) {
      if (this.#rests(roomId)) return
      const { pageId } = page
      await this.#trying({ roomId, pageId }, () => this.#keepPage(roomId, page, open))
    }
    if (!this.#rests(roomId)) await this.#collectAssets(roomId)
  }

  async #collectAssets(roomId: string): Promise<void> {
    const { clock, limits } = this.#environment
    const now = clock.now()
    const last = this.#collected.get(roomId) ?? -Infinity
    // Below 0: the clock was set back.
    if (now - last < limits.collectAssetsEveryMs && now >= last) return
    this.#collected.set(roomId, now)
    await collectAssets(roomId, this.#environment)
  }

  /** A page that is not loaded: loaded only where something has to be done to its content. */
  async #keepPage(roomId: string, page: PageSummary, open: boolean): Promise<void> {
    const { pageId, headVersion: head, snapshotVersion } = page
    if ((await this.#host.loadedRoom(roomId))?.loadedPages.includes(pageId)) return
    if (this.#needsLoading(page)) {
      // A closed room rests until it is opened again.
      if (!open) return
      try {
        await (await this.#host.room(roomId)).keepPage(pageId)
      } finally {
        await this.#host.unloadIfEmpty(roomId)
      }
      return
    }
    await trimLog({ roomId, pageId, head, limit: snapshotVersion, least: 0 }, this.#environment)
  }

  #needsLoading({ headVersion, snapshotVersion, deletions }: PageSummary): boolean {
    if (snapshotVersion < headVersion) return true
    const { clock, limits } = this.#environment
    return (
      deletions !== undefined && deletions.oldest < clock.now() - keepDeletedFor(limits, deletions.isMost)
    )
  }

  async #trying<T>(what: object, task: () => Promise<T>): Promise<T | undefined> {
    try {
      return await task()
    } catch (error) {
      if (!this.#stopped) this.#environment.logger.warn({ ...what, err: error }, 'upkeep failed')
      return undefined
    }
  }
}
