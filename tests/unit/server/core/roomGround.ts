import { OPEN_DOOR } from '../../../../src/server/access/policies'
import { createRoomServer, type RoomServerOptions } from '../../../../src/server/core/createRoomServer'
import type { RoomServer } from '../../../../src/server/core/roomServer'
import { nodeSha256Hex } from '../../../../src/server/nodeCrypto'
import {
  MemoryRoomDisk,
  MemoryRoomStore,
  type MemoryRoomHooks,
} from '../../../../src/server/storage/memoryRoomStore'
import {
  createKeyPair,
  idOfPublicKey,
  loginText,
  sign,
  type KeyPair,
} from '../../../../src/shared/identity/keys'
import type { ClientMessage, ClientMessageOf } from '../../../../src/shared/protocol/clientMessages'
import { closeCodeOf, isErrorCode } from '../../../../src/shared/protocol/errors'
import { parseServerMessage } from '../../../../src/shared/protocol/parse'
import type { ServerMessage, ServerMessageOf } from '../../../../src/shared/protocol/serverMessages'
import type { Socket } from '../../../../src/shared/socket'
import { steppedTokens } from '../../../lib/access/steppedTokens'
import { idOf } from '../../../lib/idOf'
import { ManualClock } from '../../../lib/manualClock'
import { SeededRandom } from '../../../lib/simulation/seededRandom'
import { TEST_ARRIVAL, TEST_AUDIENCE } from '../../../lib/testAudience'

export type GroundOptions = Partial<Pick<RoomServerOptions, 'limits' | 'roomCreation' | 'defaultPolicy'>> & {
  readonly hooks?: MemoryRoomHooks
  readonly disk?: MemoryRoomDisk
}

/** Certificate of the server's host. */
export const FINGERPRINT = 'F'.repeat(42) + 'A'
/** What everybody has rooms sign. */
export const CHALLENGE = idOf('challenge')

/** A room server in memory whose clock and queues move when a test says so. */
export class RoomGround {
  readonly clock = new ManualClock()
  readonly disk: MemoryRoomDisk
  readonly store: MemoryRoomStore
  readonly server: RoomServer
  readonly errors: object[] = []
  readonly #deferred: (() => void)[] = []
  readonly #random = new SeededRandom(1)

  constructor(options: GroundOptions = {}) {
    const { limits, roomCreation = { mode: 'anyone' }, defaultPolicy = OPEN_DOOR } = options
    const { hooks, disk = new MemoryRoomDisk() } = options
    this.disk = disk
    this.store = new MemoryRoomStore(disk, hooks)
    this.server = createRoomServer({
      store: this.store,
      clock: this.clock,
      defer: (task) => this.#deferred.push(task),
      randomBytes: (length) => this.#random.bytes(length),
      logger: {
        info: () => undefined,
        warn: () => undefined,
        error: (fields) => this.errors.push(fields),
      },
      roomCreation,
      defaultPolicy,
      place: () => ({
        origins: ['https://192.168.1.20:4660'],
        fingerprint: FINGERPRINT,
        isBehindProxy: false,
      }),
      tokens: steppedTokens,
      hash: nodeSha256Hex,
      ...(limits === undefined ? {} : { limits }),
    })
  }

  /** Lets everything happen that waits for its turn, or a millisecond for others to join. */
  async settle(): Promise<void> {
    for (let round = 0; round < 12; round++) {
      for (let turn = 0; turn < 30; turn++) await Promise.resolve()
      for (const task of this.#deferred.splice(0)) task()
      if (round === 6) this.clock.advance(1)
    }
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms)
    await this.settle()
  }

  /** A connection that has been greeted. */
  connect(): Peer {
    return new Peer(this)
  }

  /** A connection of a person, logged in. */
  async enter(name: string, device = deviceOf(name), windowId = idOf(`window of ${name}`)): Promise<Peer> {
    const peer = this.connect()
    await peer.logIn(name, device, windowId)
    return peer
  }

  /** A room owned by `owner`, through its connection. */
  async createRoom(owner: Peer, title = 'A room'): Promise<string> {
    return (await owner.ask({ type: 'createRoom', title }, 'roomCreated')).roomId
  }

  /** Two people in a new room that the first one owns. */
  async room(): Promise<{ ada: Peer; bob: Peer; roomId: string }> {
    const [ada, bob] = [await this.enter('ada'), await this.enter('bob')]
    const roomId = await this.createRoom(ada)
    await ada.join(roomId)
    await bob.join(roomId)
    for (const peer of [ada, bob]) peer.messages.length = 0
    return { ada, bob, roomId }
  }
}

/** The key of a person's device, the same for the same name. */
export function deviceOf(name: string): KeyPair {
  const random = new SeededRandom([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7))
  return createKeyPair((length) => random.bytes(length))
}

export const deviceIdOf = (name: string): string => idOfPublicKey(deviceOf(name).publicKey)

/** Asks for a page from nothing; `changes` say what is different. */
export function openMessage(
  pageId: string,
  changes: Partial<ClientMessageOf<'open'>> = {},
): ClientMessageOf<'open'> {
  return { type: 'open', request: 1, pageId, known: [], wants: 'cheapest', clients: [], ...changes }
}

/** The far end of a connection. */
export class Peer implements Socket {
  readonly messages: ServerMessage[] = []
  closing: { code: number; reason: string } | undefined
  sessionId = ''
  /** Bytes not read; a test sets it. */
  bufferedAmount = 0
  readonly #ground: RoomGround
  readonly #listener: ReturnType<RoomServer['accept']>

  constructor(ground: RoomGround) {
    this.#ground = ground
    this.#listener = ground.server.accept(this, TEST_ARRIVAL)
  }

  send(frame: string): void {
    if (this.closing === undefined) this.messages.push(parseServerMessage(frame))
  }

  close(code: number, reason: string): void {
    this.closing ??= { code, reason }
  }

  /** The connection is gone without a word. */
  vanish(): void {
    this.#listener.closed(1006, '')
  }

  /** Sends a frame as it is. */
  sayRaw(frame: string): void {
    this.#listener.received(frame)
  }

  say(message: ClientMessage): void {
    this.sayRaw(JSON.stringify(message))
  }

  /** Messages of one type received so far. */
  got<T extends ServerMessage['type']>(type: T): ServerMessageOf<T>[] {
    return this.messages.filter((message): message is ServerMessageOf<T> => message.type === type)
  }

  /** Sends and gives the next message of a type. */
  async ask<T extends ServerMessage['type']>(message: ClientMessage, type: T): Promise<ServerMessageOf<T>> {
    const before = this.got(type).length
    this.say(message)
    await this.#ground.settle()
    const answer = this.got(type)[before]
    if (answer === undefined) {
      throw new Error(`no ${type} came after ${message.type}, but ${JSON.stringify(this.messages.slice(-3))}`)
    }
    return answer
  }

  async logIn(name: string, device: KeyPair, windowId: string, audience = TEST_AUDIENCE): Promise<void> {
    const { nonce } = this.got('greeting')[0] ?? { nonce: '' }
    const signature = sign(loginText({ audience, nonce, windowId }), device.privateKey)
    const login = {
      protocol: 1,
      windowId,
      audience,
      deviceKey: device.publicKey,
      signature,
      challenge: CHALLENGE,
      name,
      colour: 0,
    }
    this.sessionId = (await this.ask({ type: 'login', ...login }, 'loggedIn')).sessionId
  }

  async join(roomId: string, invite?: string): Promise<ServerMessageOf<'joined'>> {
    return this.ask({ type: 'join', roomId, ...(invite !== undefined && { invite }) }, 'joined')
  }

  /** The error that ended the connection, with what is wrong if code and close number do not match. */
  get end(): string | undefined {
    if (this.closing === undefined) return undefined
    const error = this.got('error').at(-1)
    const code = error?.code ?? 'none'
    const { code: number, reason } = this.closing
    const matches = isErrorCode(code) && closeCodeOf(code) === number && reason === code
    return matches ? code : `${code}, closed with ${number} ${reason}`
  }
}
