import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { joinLinks, localOriginOf, type Interfaces, type ListeningPlace } from '../../server/addresses'
import type { Logger } from '../../server/logger'
import type { Clock } from '../../shared/clock'
import type { HostedRoomMessage } from '../../shared/ipc/hosting'
import { idSchema, roomTitleSchema } from '../../shared/protocol/values'
import { formatRoomLink } from '../../shared/roomLink'
import { JsonFile } from '../files/jsonFile'
import { HostingError } from './hostingError'
import type { ServerRoom } from './messages'
import { ServerProcess, type ChildProcess } from './serverProcess'

/** Port of the room server where nothing else has it. */
export const DEFAULT_PORT = 4660

/**
 * What is remembered of hosting while no server runs. Guests' browsers keep their edits under the host's address, so
 * the port stays the same where it can. The rooms are a copy of the server's list, so that showing them starts nothing.
 */
const memorySchema = z.object({
  port: z.number().int().min(1).max(65_535),
  rooms: z.array(z.object({ roomId: idSchema, title: roomTitleSchema })),
  /** Rooms that others in the network shall not find by themselves. */
  unlisted: z.array(idSchema).default([]),
})
type Memory = z.infer<typeof memorySchema>

export interface HostedRoomsOptions {
  readonly userData: string
  /** Folder of the browser client. */
  readonly clientFolder: string
  /** Address to listen on; :: stands for all of this machine's. */
  readonly host: string
  /** Id of this device: it owns the rooms. */
  readonly owner: string
  /** How open rooms are announced in the network; undefined: they are not. */
  readonly discovery: { readonly card: string | undefined } | undefined
  readonly fork: () => ChildProcess
  /** Addresses of this machine at the moment. */
  readonly networkInterfaces: () => Interfaces
  readonly clock: Clock
  readonly log: Logger
}

/** The rooms this installation hosts. Methods throw {@link HostingError}. */
export class HostedRooms {
  readonly #process: ServerProcess
  readonly #file: JsonFile<Memory>
  readonly #dataFolder: string
  /** Undefined before anything was hosted. */
  #memory: Memory | undefined
  #remembering: Promise<void> = Promise.resolve()
  /** Rooms that are open: a server that crashes comes back for them. */
  readonly #open = new Set<string>()

  constructor(private readonly options: HostedRoomsOptions) {
    const { userData, clientFolder, host, discovery, fork, clock, log } = options
    this.#dataFolder = join(userData, 'rooms')
    this.#file = new JsonFile(join(userData, 'hosting.json'), memorySchema, log)
    this.#memory = this.#file.read()
    this.#process = new ServerProcess({
      fork,
      clock,
      log,
      startOptions: () => ({
        dataFolder: this.#dataFolder,
        clientFolder,
        host,
        port: this.#remembered.port,
        discovery: discovery && { ...discovery, unlisted: this.#remembered.unlisted },
      }),
      isWanted: () => this.#open.size > 0,
      onStarted: (port) => void this.#remember({ ...this.#remembered, port }),
    })
  }

  async create(title: string): Promise<HostedRoomMessage> {
    const room = only(await this.#process.call({ type: 'create', title, owner: this.options.owner }))
    await this.#refresh()
    return this.#describe(room)
  }

  async list(): Promise<HostedRoomMessage[]> {
    const isKnown = this.#memory !== undefined || !existsSync(this.#dataFolder)
    // One that has just crashed has open rooms, too: asking brings it back at once.
    if (this.#process.isRunning || this.#open.size > 0 || !isKnown) {
      return (await this.#refresh()).map((room) => this.#describe(room))
    }
    return (this.#memory?.rooms ?? []).map((room) => this.#describe({ ...room, open: false }))
  }

  async reopen(roomId: string): Promise<HostedRoomMessage> {
    const room = only(await this.#process.call({ type: 'reopen', roomId }))
    await this.#refresh()
    return this.#describe(room)
  }

  async close(roomId: string): Promise<void> {
    await this.#process.call({ type: 'close', roomId })
    this.#open.delete(roomId)
  }

  /** Whether a room is this installation's own. */
  hosts(roomId: string): boolean {
    return this.#remembered.rooms.some((room) => room.roomId === roomId)
  }

  /** Lets others in the network find a room by themselves while it is open, or not. */
  async setListed(roomId: string, listed: boolean): Promise<void> {
    const others = this.#remembered.unlisted.filter((id) => id !== roomId)
    await this.#remember({ ...this.#remembered, unlisted: listed ? others : [...others, roomId] })
    if (this.#process.isRunning) await this.#process.call({ type: 'setListed', roomId, listed })
  }

  /** Stops the server, which commits what it has. Open rooms stay open for its next start. */
  async stop(): Promise<void> {
    await this.#process.stop()
    await this.#remembering
  }

  /** Asks for the server's list: rooms are also closed from windows, and open ones stay open over restarts. */
  async #refresh(): Promise<ServerRoom[]> {
    const rooms = await this.#process.call({ type: 'list' })
    this.#open.clear()
    for (const room of rooms) if (room.open) this.#open.add(room.roomId)
    const isHosted = new Set(rooms.map(({ roomId }) => roomId))
    await this.#remember({
      port: this.#remembered.port,
      rooms: rooms.map(({ roomId, title }) => ({ roomId, title })),
      unlisted: this.#remembered.unlisted.filter((roomId) => isHosted.has(roomId)),
    })
    return rooms
  }

  get #remembered(): Memory {
    return this.#memory ?? { port: DEFAULT_PORT, rooms: [], unlisted: [] }
  }

  #describe(room: ServerRoom): HostedRoomMessage {
    const { host, networkInterfaces } = this.options
    const port = this.#memory?.port
    const listed = !this.#remembered.unlisted.includes(room.roomId)
    if (!room.open || port === undefined) return { ...room, listed, open: false, links: [], localLink: null }
    const place: ListeningPlace = { host, port, publicOrigins: [] }
    return {
      ...room,
      listed,
      links: joinLinks(room.roomId, place, networkInterfaces()),
      localLink: formatRoomLink({ roomId: room.roomId, origins: [localOriginOf(place)] }),
    }
  }

  /** Resolves when it is stored, or cannot be: then only the list of the next start is out of date. */
  #remember(memory: Memory): Promise<void> {
    if (JSON.stringify(memory) !== JSON.stringify(this.#memory)) {
      this.#memory = memory
      this.#remembering = this.#file.write(memory).catch((error: unknown) => {
        this.options.log.warn({ err: error }, 'cannot remember what is hosted')
      })
    }
    return this.#remembering
  }
}

function only(rooms: readonly ServerRoom[]): ServerRoom {
  const room = rooms[0]
  if (room === undefined) throw new HostingError('host-failed', 'the room server answered without a room')
  return room
}
