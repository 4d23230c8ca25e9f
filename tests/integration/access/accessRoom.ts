import { join } from 'node:path'
import type { Role } from '../../../src/shared/protocol/values'
import { KNOCK } from '../../../src/server/access/policies'
import type { Host } from '../../../src/server/host/startHost'
import { silentLogger } from '../../../src/server/logger'
import { startPlainHost } from '../../lib/plainHost'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'
import { Connection, Device, idOfKey, newId, type Message } from '../documentClient/connection'

/** Everybody who may send something to a room, by what they are there. */
export const SEATS = [
  'owner',
  'editor',
  'commenter',
  'viewer',
  /** Reads in the room, and writes on its page. */
  'pageEditor',
  /** Writes in the room, and reads on its page. */
  'pageViewer',
  /** Asks to be let in. */
  'waiting',
  /** Were in the room until an owner put them out. */
  'removed',
  'banned',
  /** Has logged in and is in no room. */
  'stranger',
  /** Has not logged in. */
  'nobody',
] as const
export type Seat = (typeof SEATS)[number]

const INVITED: Partial<Record<Seat, Role>> = {
  editor: 'editor',
  commenter: 'commenter',
  viewer: 'viewer',
  pageEditor: 'viewer',
  pageViewer: 'editor',
  removed: 'editor',
  banned: 'editor',
}

/** One connection of a device, on the pages it has open. */
export interface Person {
  readonly device: Device
  readonly deviceId: string
  readonly clientId: string
  readonly connection: Connection
  /** Heads of the pages it has open. */
  readonly heads: Map<string, { readonly version: number; readonly hash: string }>
}

/** A server with a database, and rooms in which every seat is taken. */
export class AccessServer {
  readonly #connections: Connection[] = []

  private constructor(
    readonly folder: string,
    readonly host: Host,
    /** Errors that the server has logged. None is expected. */
    readonly errors: readonly string[],
  ) {}

  static async start(): Promise<AccessServer> {
    const folder = await makeTemporaryFolder()
    const errors: string[] = []
    const host = await startPlainHost(join(folder, 'data'), {
      roomCreation: { mode: 'nobody' },
      defaultPolicy: KNOCK,
      logger: { ...silentLogger, error: (_fields, message) => void errors.push(message) },
      // Nothing is stored but what somebody asks for, and who is in no room stays there.
      limits: { unloadAfterMs: 3_600_000, firstUpkeepMs: 3_600_000, joinTimeoutMs: 3_600_000 },
    })
    return new AccessServer(folder, host, errors)
  }

  get dataFolder(): string {
    return join(this.folder, 'data')
  }

  connect(): Connection {
    const connection = new Connection(`ws://127.0.0.1:${this.host.port}/socket`)
    this.#connections.push(connection)
    return connection
  }

  /** Somebody who has connected and not said anything. */
  person(device = new Device()): Person {
    const deviceId = idOfKey(device.publicKey)
    return { device, deviceId, clientId: newId(), connection: this.connect(), heads: new Map() }
  }

  async loggedIn(device?: Device): Promise<Person> {
    const person = this.person(device)
    await person.connection.logIn(person.device, newId(), 'Somebody')
    return person
  }

  /** A member in a window of their own, with the page list and the page of the room open. */
  async window(room: AccessRoom, device: Device): Promise<Person> {
    const person = await this.loggedIn(device)
    await person.connection.join(room.roomId)
    await room.openPages(person)
    return person
  }

  /** Ends the connections there are. */
  disconnect(): void {
    for (const connection of this.#connections.splice(0)) connection.cut()
  }

  async stop(): Promise<void> {
    this.disconnect()
    await this.host.stop()
    await removeFolder(this.folder)
  }
}

/** A room with a page and somebody in every seat. */
export class AccessRoom {
  readonly pageId = newId()
  /** A member who is not connected. */
  target = ''
  /** Somebody who waits besides the one in that seat. */
  knocking = ''
  /** Invite of the owner: for others, and for a device of their own. */
  inviteId = ''
  ownInviteId = ''
  #requests = 0

  private constructor(
    readonly server: AccessServer,
    readonly roomId: string,
    readonly people: Readonly<Record<Seat, Person>>,
  ) {}

  static async make(server: AccessServer): Promise<AccessRoom> {
    const people = {} as Record<Seat, Person>
    for (const seat of SEATS) people[seat] = seat === 'nobody' ? server.person() : await server.loggedIn()
    await people.nobody.connection.message('greeting')
    const { roomId } = await server.host.roomServer.createRoom('Room', people.owner.deviceId)
    const room = new AccessRoom(server, roomId, people)
    await people.owner.connection.join(roomId)
    await room.#makePage()
    for (const [seat, role] of Object.entries(INVITED) as [Seat, Role][]) {
      const { token } = await room.invite({ role })
      await people[seat].connection.join(roomId, token)
      await room.openPages(people[seat])
    }
    await room.#decide()
    return room
  }

  /** What an owner's invite says. */
  async invite(wish: { role: Role; ownDevice?: true }): Promise<{ token: string; inviteId: string }> {
    this.#requests += 1
    const create = { type: 'createInvite', request: this.#requests, expiresAt: null, maxUses: null, ...wish }
    const answer = await this.people.owner.connection.ask(create, 'invite')
    const { inviteId } = answer['invite'] as { inviteId: string }
    return { token: String(answer['token']), inviteId }
  }

  async openPages({ connection, clientId, heads }: Person): Promise<void> {
    for (const pageId of ['pages', this.pageId]) {
      const open = { type: 'open', request: 1, pageId, known: [], wants: 'updates', clients: [clientId] }
      const { head } = await connection.ask(open, 'opened')
      heads.set(pageId, head as { version: number; hash: string })
    }
  }

  /** What the owner says, carried out. */
  async order(...messages: Message[]): Promise<void> {
    for (const message of messages) this.people.owner.connection.send(message)
    await handled(this.people.owner.connection)
  }

  async #makePage(): Promise<void> {
    const { connection } = this.people.owner
    const clientId = newId()
    const open = {
      type: 'open',
      request: 0,
      pageId: 'pages',
      known: [],
      wants: 'updates',
      clients: [clientId],
    }
    const { head } = await connection.ask(open, 'opened')
    const put = { kind: 'page', props: { kind: 'text', order: 'a0' }, texts: { title: 'Notes' } }
    const edit = { pageId: 'pages', clientId, after: 0, seq: 1, op: { [this.pageId]: { put } } }
    await connection.ask({ type: 'submit', ...(head as object), ...edit }, 'updates')
    await this.openPages(this.people.owner)
  }

  async #decide(): Promise<void> {
    const { removed, banned, pageEditor, pageViewer, waiting } = this.people
    const member = await this.server.loggedIn()
    await member.connection.join(this.roomId, (await this.invite({ role: 'editor' })).token)
    this.target = member.deviceId
    const { pageId } = this
    await this.order(
      { type: 'setRole', deviceId: pageEditor.deviceId, pageId, role: 'editor' },
      { type: 'setRole', deviceId: pageViewer.deviceId, pageId, role: 'viewer' },
      { type: 'removeMember', deviceId: removed.deviceId, ban: false },
      { type: 'removeMember', deviceId: banned.deviceId, ban: true },
    )
    this.inviteId = (await this.invite({ role: 'viewer' })).inviteId
    this.ownInviteId = (await this.invite({ role: 'owner', ownDevice: true })).inviteId
    const knocking = await this.server.loggedIn()
    this.knocking = knocking.deviceId
    for (const { connection } of [waiting, knocking]) {
      await connection.ask({ type: 'join', roomId: this.roomId }, 'waiting')
    }
  }
}

/** Waits until the server has handled all that somebody in a room has sent. */
export async function handled(connection: Connection): Promise<void> {
  const pageId = newId()
  const from = connection.messages.length
  connection.send({ type: 'closePage', pageId })
  await connection.until(() =>
    connection.messages
      .slice(from)
      .find((message) => message.type === 'closedPage' && message['pageId'] === pageId),
  )
}
