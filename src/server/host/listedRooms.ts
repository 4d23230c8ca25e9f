import type { RoomServer } from '../core/roomServer'
import { Announcer, type AnnouncerOptions } from '../discovery/announcer'
import type { Logger } from '../logger'

/** How others in the network find a host's rooms. */
export interface HostDiscovery {
  /** An address of the one network card to announce on; undefined: all that lead to others. */
  readonly card: string | undefined
  /** Rooms that are not announced though they are open. */
  readonly unlisted: readonly string[]
}

export interface ListedRoomsOptions extends AnnouncerOptions {
  readonly unlisted: readonly string[]
  readonly roomServer: Pick<RoomServer, 'listRooms'>
}

/** Announces the rooms of a host that are open and listed. */
export class ListedRooms {
  readonly #announcer: Announcer
  readonly #unlisted: Set<string>
  readonly #roomServer: ListedRoomsOptions['roomServer']
  readonly #logger: Logger

  constructor({ unlisted, roomServer, ...options }: ListedRoomsOptions) {
    this.#announcer = new Announcer(options)
    this.#unlisted = new Set(unlisted)
    this.#roomServer = roomServer
    this.#logger = options.logger
  }

  setListed(roomId: string, listed: boolean): void {
    if (listed) this.#unlisted.delete(roomId)
    else this.#unlisted.add(roomId)
    this.refresh()
  }

  /** Rooms have come, gone, or have another title. */
  refresh(): void {
    this.#announce().catch((error: unknown) => {
      this.#logger.error({ err: error }, 'the rooms cannot be announced in the network')
    })
  }

  /** Tells the network that they have gone. */
  stop(): Promise<void> {
    return this.#announcer.stop()
  }

  async #announce(): Promise<void> {
    const rooms = await this.#roomServer.listRooms()
    await this.#announcer.announce(
      rooms
        .filter(({ room, open }) => open && !this.#unlisted.has(room.roomId))
        .map(({ room: { roomId, title } }) => ({ roomId, title })),
    )
  }
}
