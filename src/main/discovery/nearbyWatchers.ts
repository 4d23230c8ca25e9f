import type { NearbyRoom } from '../../shared/ipc/discovery'
import type { NearbyRooms } from './nearbyRooms'

type Listener = (rooms: readonly NearbyRoom[]) => void

/** What one window may know of the rooms nearby. */
export interface NearbyWatch {
  /** From now on each change is told. Returns what is known already. */
  start(): readonly NearbyRoom[]
  stop(): void
}

/** Looks for rooms nearby while any window wants to know, and leaves out this installation's own. */
export class NearbyWatchers {
  readonly #listeners = new Set<Listener>()
  readonly #nearby: NearbyRooms

  constructor(
    create: (onChange: Listener) => NearbyRooms,
    private readonly isOwn: (roomId: string) => boolean,
  ) {
    this.#nearby = create((rooms) => {
      const others = this.#othersOf(rooms)
      for (const listener of this.#listeners) listener(others)
    })
  }

  /** A watch that has not started yet. */
  watchFor(listener: Listener): NearbyWatch {
    return {
      start: () => {
        this.#listeners.add(listener)
        this.#nearby.start()
        return this.#othersOf(this.#nearby.rooms)
      },
      stop: () => {
        if (this.#listeners.delete(listener) && this.#listeners.size === 0) void this.#nearby.stop()
      },
    }
  }

  /** Ends all watches. */
  async stop(): Promise<void> {
    this.#listeners.clear()
    await this.#nearby.stop()
  }

  #othersOf(rooms: readonly NearbyRoom[]): NearbyRoom[] {
    return rooms.filter(({ roomId }) => !this.isOwn(roomId))
  }
}
