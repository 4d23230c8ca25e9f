import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { joinLinks, localLink, originsOf, type Interfaces, type ListeningPlace } from '../../server/addresses'
import type { BundleJob } from '../../server/bundle/bundleJob'
import type { Logger } from '../../server/logger'
import type { Clock } from '../../shared/clock'
import { fingerprintSchema } from '../../shared/access/inviteToken'
import type { HostedRoomMessage, HostingStatus } from '../../shared/ipc/hosting'
import { idSchema, roomTitleSchema } from '../../shared/protocol/values'
import { roomLinkOfToken, webLinkOf } from '../../shared/roomLink'
import { JsonFile } from '../files/jsonFile'
import { deferred } from './deferred'
import { HostingError } from './hostingError'
import type { ServerRequest, ServerRoom } from './messages'
import { ServerProcess, type ChildProcess } from './serverProcess'

/** Port of the room server where nothing else has it. */
export const DEFAULT_PORT = 4660
/** How long a fresh look at the rooms may take, ms: a person waits for it who wants to quit. */
const LOOK_MS = 1_000

/**
 * What is remembered of hosting while no server runs. Guests' browsers keep their edits under the host's address, so
 * the port stays the same where it can. The rooms are a copy of the server's list, so that showing them starts nothing.
 */
const memorySchema = z.object({
  port: z.number().int().min(1).max(65_535).optional(),
  /** Fingerprint of the certificate at the last start. */
  fingerprint: fingerprintSchema.optional(),
  /** Whether browsers may come in without encryption: the person's own choice. */
  plainBrowsers: z.boolean().default(false),
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

/** A room that is open, with how many people are in it beside this device's own. */
export type LiveRoom = Pick<ServerRoom, 'roomId' | 'title' | 'guests'>

/** The rooms this installation hosts. Methods throw {@link HostingError}. */
export class HostedRooms {
  readonly #process: ServerProcess
  readonly #file: JsonFile<Memory>
  readonly #dataFolder: string
  #memory: Memory
  #remembering: Promise<void> = Promise.resolve()
  /** Rooms that are open: a server that crashes comes back for them. */
  readonly #open = new Set<string>()
  readonly #listeners = new Set<() => void>()
  #live: readonly LiveRoom[] = []

  constructor(private readonly options: HostedRoomsOptions) {
    const { userData, clientFolder, host, discovery, fork, clock, log } = options
    this.#dataFolder = join(userData, 'rooms')
    this.#file = new JsonFile(join(userData, 'hosting.json'), memorySchema, log)
    this.#memory = this.#file.readIfPossible() ?? { plainBrowsers: false, rooms: [], unlisted: [] }
    this.#process = new ServerProcess({
      fork,
      clock,
      log,
      startOptions: () => ({
        dataFolder: this.#dataFolder,
        clientFolder,
        host,
        port: this.#memory.port ?? DEFAULT_PORT,
        plainBrowsers: this.#memory.plainBrowsers,
        discovery: discovery && { ...discovery, unlisted: this.#memory.unlisted },
      }),
      isWanted: () => this.#open.size > 0,
      onStarted: ({ port, fingerprint }) => void this.#remember({ port, fingerprint }),
      onRooms: (rooms) => this.#roomsChanged(rooms),
    })
  }

  async create(title: string): Promise<HostedRoomMessage> {
    const room = only(await this.#ask({ type: 'create', title, owner: this.options.owner }))
    await this.#refresh()
    return this.#describe(room)
  }

  async list(): Promise<HostedRoomMessage[]> {
    const isKnown = this.#memory.port !== undefined || !existsSync(this.#dataFolder)
    // One that has just crashed has open rooms, too: asking brings it back at once.
    if (this.#process.isRunning || this.#open.size > 0 || !isKnown) {
      return (await this.#refresh()).map((room) => this.#describe(room))
    }
    return this.#memory.rooms.map((room) => this.#describe({ ...room, open: false }))
  }

  async reopen(roomId: string): Promise<HostedRoomMessage> {
    const room = only(await this.#ask({ type: 'reopen', roomId }))
    await this.#refresh()
    return this.#describe(room)
  }

  async close(roomId: string): Promise<void> {
    await this.#ask({ type: 'close', roomId })
    this.#open.delete(roomId)
  }

  /** Title of a room as it was last known; undefined for one that is not this installation's. */
  titleOf(roomId: string): string | undefined {
    return this.#memory.rooms.find((room) => room.roomId === roomId)?.title
  }

  /** A link to hand to others, with an invite: for browsers, and the app takes it as well. The room has to be open. */
  async inviteLink(roomId: string): Promise<string> {
    const answer = await this.#process.call({ type: 'invite', roomId })
    const link = 'token' in answer ? roomLinkOfToken(answer.token) : undefined
    if (link === undefined)
      throw new HostingError('host-failed', 'the room server answered without an invite')
    return webLinkOf(link, this.#memory.plainBrowsers)
  }

  /** Writes a room to a file, open or not. */
  async saveToFile(roomId: string, file: string, job: BundleJob): Promise<void> {
    await this.#ask({ type: 'export', roomId, file }, job)
  }

  /** Makes a new room of a file and opens it; others in the network find it by themselves where it is `listed`. */
  async openFile(file: string, listed: boolean, job: BundleJob): Promise<HostedRoomMessage> {
    const { roomId } = only(await this.#ask({ type: 'import', file, owner: this.options.owner }, job))
    // Before it is opened, so that nobody finds it meanwhile.
    await this.setListed(roomId, listed)
    return this.reopen(roomId)
  }

  /** The rooms that others can be in now. None while no server runs. */
  get live(): readonly LiveRoom[] {
    return this.#live
  }

  /** Told when {@link live} has changed. */
  onLiveChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  /** Brings {@link live} up to date now. Waits for no server that is stuck: then it stays as last heard. */
  async look(): Promise<void> {
    if (!this.#process.isRunning) return
    const late = deferred<undefined>()
    const cancel = this.options.clock.after(LOOK_MS, () => late.resolve(undefined))
    try {
      // What has changed arrives before the answer.
      await Promise.race([this.#process.call({ type: 'look' }), late.promise])
    } finally {
      cancel()
    }
  }

  /** The machine goes to sleep: guests are told, instead of waiting for an answer. */
  sleep(): void {
    this.#process.tell('sleep')
  }

  wake(): void {
    this.#process.tell('wake')
  }

  /** Whether a room is this installation's own. */
  hosts(roomId: string): boolean {
    return this.titleOf(roomId) !== undefined
  }

  /** Lets others in the network find a room by themselves while it is open, or not. */
  async setListed(roomId: string, listed: boolean): Promise<void> {
    const others = this.#memory.unlisted.filter((id) => id !== roomId)
    await this.#remember({ unlisted: listed ? others : [...others, roomId] })
    if (this.#process.isRunning) await this.#process.call({ type: 'setListed', roomId, listed })
  }

  /** How hosting is going. Starts nothing. */
  async status(): Promise<HostingStatus> {
    const { port, fingerprint, plainBrowsers } = this.#memory
    const idle = { connections: 0, reachedFromOutside: false }
    const answer = this.#process.isRunning ? await this.#process.call({ type: 'status' }) : idle
    if (!('connections' in answer))
      throw new HostingError('host-failed', 'the room server answered without a status')
    const place = this.#open.size > 0 ? this.#place() : undefined
    return {
      ...answer,
      port: port ?? null,
      fingerprint: fingerprint ?? null,
      addresses: place === undefined ? [] : originsOf(place, this.options.networkInterfaces()),
      plainBrowsers,
      people: this.#live.map(({ roomId, guests }) => ({ roomId, guests })),
    }
  }

  /** Lets browsers in without encryption, or not any more. Remembered. */
  async setPlainBrowsers(on: boolean): Promise<void> {
    await this.#remember({ plainBrowsers: on })
    if (this.#process.isRunning) await this.#process.call({ type: 'setPlainBrowsers', on })
  }

  /** Stops the server, which commits what it has. Open rooms stay open for its next start. */
  async stop(): Promise<void> {
    await this.#process.stop()
    await this.#remembering
  }

  #roomsChanged(rooms: readonly ServerRoom[]): void {
    const hasEnded = rooms.length === 0
    // Rooms are also closed from pages. A server that has crashed says nothing of them: it comes back for those open.
    if (!hasEnded) this.#noteOpen(rooms)
    this.#live = hasEnded
      ? this.#live.filter(({ roomId }) => this.#open.has(roomId)).map((room) => ({ ...room, guests: 0 }))
      : rooms.filter(({ open }) => open)
    for (const listener of this.#listeners) listener()
  }

  #noteOpen(rooms: readonly ServerRoom[]): void {
    this.#open.clear()
    for (const room of rooms) if (room.open) this.#open.add(room.roomId)
  }

  /** Asks for the server's list: rooms are also closed from windows, and open ones stay open over restarts. */
  async #refresh(): Promise<ServerRoom[]> {
    const rooms = await this.#ask({ type: 'list' })
    this.#noteOpen(rooms)
    const isHosted = new Set(rooms.map(({ roomId }) => roomId))
    await this.#remember({
      rooms: rooms.map(({ roomId, title }) => ({ roomId, title })),
      unlisted: this.#memory.unlisted.filter((roomId) => isHosted.has(roomId)),
    })
    return rooms
  }

  /** Asks the server for something that it answers with rooms. */
  async #ask(request: ServerRequest, job?: BundleJob): Promise<ServerRoom[]> {
    const answer = await this.#process.call(request, job)
    if (Array.isArray(answer)) return answer
    throw new HostingError('host-failed', 'the room server answered without rooms')
  }

  /** Where the server listens; undefined before its first start. */
  #place(): ListeningPlace | undefined {
    const { port, fingerprint } = this.#memory
    if (port === undefined || fingerprint === undefined) return undefined
    return { host: this.options.host, port, fingerprint, publicOrigins: [] }
  }

  #describe({ roomId, title, open }: Omit<ServerRoom, 'guests'>): HostedRoomMessage {
    const place = this.#place()
    const listed = !this.#memory.unlisted.includes(roomId)
    const room = { roomId, title, listed }
    if (!open || place === undefined) return { ...room, open: false, links: [], localLink: null }
    return {
      ...room,
      open: true,
      links: joinLinks(roomId, place, this.options.networkInterfaces()),
      localLink: localLink(roomId, place),
    }
  }

  /** Resolves when it is stored, or cannot be: then only the list of the next start is out of date. */
  #remember(changes: Partial<Memory>): Promise<void> {
    const memory: Memory = { ...this.#memory, ...changes }
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
