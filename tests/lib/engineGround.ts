import type { RoomClient } from '../../src/client/api'
import { MemoryDisk } from '../../src/client/cache/memoryDisk'
import { MemoryReplicaCache } from '../../src/client/cache/memoryReplicaCache'
import { createRoomClient } from '../../src/client/createRoomClient'
import { idOfPublicKey } from '../../src/shared/identity/keys'
import type { RoomPolicy } from '../../src/shared/access/roomAccess'
import { steppedTokens } from './access/steppedTokens'
import { OPEN_DOOR } from '../../src/server/access/policies'
import { createRoomServer } from '../../src/server/core/createRoomServer'
import type { ServerLimits } from '../../src/server/core/serverLimits'
import { MemoryRoomDisk, MemoryRoomStore } from '../../src/server/storage/memoryRoomStore'
import { StoreError } from '../../src/server/storage/roomStore'
import { CacheError } from '../../src/shared/cache/replicaCache'
import type { ClientMessage } from '../../src/shared/protocol/clientMessages'
import { loginSigner } from '../../src/shared/identity/loginSigner'
import { FakeClock, type ClockScope } from './simulation/fakeClock'
import { FakeNetwork, type Wire } from './simulation/fakeNetwork'
import { SeededRandom } from './simulation/seededRandom'
import { deviceOf } from '../unit/server/core/roomGround'

/** A device of a person: what it keeps outlives its windows. */
export class EngineDevice {
  readonly disk = new MemoryDisk()
  /** While true, nothing can be written. */
  full = false
  readonly keys

  constructor(readonly name: string) {
    this.keys = deviceOf(name)
  }
}

export interface GroundOptions {
  readonly limits?: Partial<ServerLimits>
  /** By default everybody comes in. */
  readonly policy?: RoomPolicy
  /** Whose the room is; by default nobody's. */
  readonly owner?: EngineDevice
}

/** A window in the room. */
export interface EngineWindow {
  readonly client: RoomClient
  readonly errors: unknown[]
  /** Of the window, on the network. */
  readonly name: string
  /** Ends it as a crash does. */
  kill(): void
}

/** A room whose server, network and time move only when a test says so. */
export class EngineGround {
  readonly clock = new FakeClock()
  readonly network = new FakeNetwork()
  readonly disk = new MemoryRoomDisk()
  readonly serverErrors: object[] = []
  /** While true, the server stores no picture. */
  serverFull = false
  /** Frames of clients that have reached the server, by window. */
  readonly sent: { readonly from: string; readonly message: ClientMessage }[] = []
  roomId = ''
  readonly #random = new SeededRandom(3)
  readonly #options: GroundOptions
  #deferred: (() => void)[] = []
  #serverClock: ClockScope | undefined
  #store: MemoryRoomStore | undefined
  #windows = 0

  private constructor(options: GroundOptions) {
    this.#options = options
  }

  static async start(options: GroundOptions = {}): Promise<EngineGround> {
    const ground = new EngineGround(options)
    const server = ground.startServer()
    const owner = options.owner && idOfPublicKey(options.owner.keys.publicKey)
    ground.roomId = (await server.createRoom('Room', owner)).roomId
    return ground
  }

  startServer(): ReturnType<typeof createRoomServer> {
    const scope = this.clock.scope()
    const deferred: (() => void)[] = []
    this.#deferred = deferred
    this.#serverClock = scope
    this.#store = new MemoryRoomStore(this.disk, {
      beforeAssetWrite: () => {
        if (this.serverFull) throw new StoreError('storage-failed', 'the disk is full')
      },
    })
    const server = createRoomServer({
      store: this.#store,
      clock: scope,
      defer: (task) => deferred.push(task),
      randomBytes: (length) => this.#random.bytes(length),
      logger: {
        info: () => undefined,
        warn: () => undefined,
        error: (fields) => this.serverErrors.push(fields),
      },
      roomCreation: { mode: 'nobody' },
      defaultPolicy: this.#options.policy ?? OPEN_DOOR,
      place: () => ({ origins: ['https://10.0.0.1:4660'], fingerprint: undefined, isBehindProxy: false }),
      tokens: steppedTokens,
      ...(this.#options.limits && { limits: this.#options.limits }),
    })
    this.network.server = server
    return server
  }

  /** The server's process ends; what it had not stored is lost. */
  async killServer(): Promise<void> {
    this.network.server = undefined
    this.#serverClock?.kill()
    this.#deferred = []
    await this.#store?.close()
    for (const wire of this.network.wires) {
      wire.serverOpen = false
      wire.toServer.length = 0
      if (wire.connected && wire.clientOpen) wire.endClient(1006)
    }
  }

  /** Opens a window of a device, which comes by an invite where it has one. */
  open(device: EngineDevice, invite?: string): EngineWindow {
    this.#windows += 1
    const name = `${device.name} ${this.#windows}`
    const scope = this.clock.scope()
    const errors: unknown[] = []
    const cache = new MemoryReplicaCache(device.disk, name, {
      beforeWrite: () => {
        if (device.full) throw new CacheError('storage-failed', 'the disk is full')
      },
    })
    const client = createRoomClient({
      roomId: this.roomId,
      host: { urls: ['ws://server/socket'] },
      invite,
      link: `http://server/room/${this.roomId}`,
      title: 'Room',
      hosted: false,
      device: loginSigner(device.keys),
      profile: { name: device.name, colour: 0 },
      dial: this.network.dialer(name),
      clock: scope,
      randomBytes: (length) => this.#random.bytes(length),
      random: () => 0.5,
      cache,
      onError: (error) => errors.push(error),
    })
    const kill = (): void => {
      scope.kill()
      cache.kill()
      for (const wire of this.#wiresOf(name)) {
        wire.clientOpen = false
        wire.endServer()
      }
    }
    return { client, errors, name, kill }
  }

  /** Cuts the connections of a window; both ends know at once. */
  cut({ name }: EngineWindow): void {
    for (const wire of this.#wiresOf(name)) {
      wire.endServer()
      wire.endClient(1006)
    }
  }

  /** Lets everything arrive, also in the next seconds. Stops as soon as `enough` is true after a frame. */
  async run(enough: () => boolean = () => false, seconds = 0): Promise<void> {
    const end = this.clock.now + seconds * 1_000
    for (;;) {
      const moved = await this.#moveOne()
      if (enough()) return
      if (moved) continue
      if (this.clock.now >= end) return
      this.clock.advance(100)
    }
  }

  /** Delivers one frame. False where none is under way. */
  async #moveOne(): Promise<boolean> {
    await this.#settle()
    this.network.sweep()
    for (const wire of [...this.network.wires]) {
      if (!wire.connected) {
        if (!wire.clientOpen) continue
        wire.connect()
      } else if (wire.toServer.length > 0) {
        this.#note(wire)
        wire.deliver('toServer')
      } else if (wire.toClient.length > 0) wire.deliver('toClient')
      else continue
      // The next frame is another connection's.
      this.network.wires = [...this.network.wires.filter((each) => each !== wire), wire]
      await this.#settle()
      return true
    }
    return false
  }

  async #settle(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      const deferred = this.#deferred.splice(0)
      if (deferred.length === 0) return
      for (const task of deferred) task()
    }
  }

  #note(wire: Wire): void {
    const [delivery] = wire.toServer
    if (delivery === undefined || !('frame' in delivery)) return
    this.sent.push({ from: wire.owner, message: JSON.parse(delivery.frame) as ClientMessage })
  }

  /** How many pieces a window has sent so far. */
  piecesOf(window: EngineWindow): number {
    return this.sent.filter(({ from, message }) => from === window.name && message.type === 'assetPiece')
      .length
  }

  #wiresOf(name: string): Wire[] {
    return this.network.wires.filter(({ owner }) => owner === name)
  }
}
