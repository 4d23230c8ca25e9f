import { MemoryDisk, type MemoryDiskImage } from '../../../src/client/cache/memoryDisk'
import { MemoryReplicaCache } from '../../../src/client/cache/memoryReplicaCache'
import type { PageClient, RoomClient } from '../../../src/client/api'
import { createRoomClient } from '../../../src/client/createRoomClient'
import { idOfPublicKey, type KeyPair } from '../../../src/shared/identity/keys'
import { loginSigner } from '../../../src/shared/identity/loginSigner'
import type { ClockScope, FakeClock } from './fakeClock'
import type { FakeNetwork } from './fakeNetwork'
import { Gate, ProcessKilled } from './gate'
import type { SeededRandom } from './seededRandom'

export interface RoomHandle {
  readonly roomId: string
  readonly hash: (text: string) => string
  readonly sign: (text: string, privateKey: string) => string
}

/** A device: a profile on disk that outlives its windows. */
export class Device {
  readonly disk = new MemoryDisk()
  readonly deviceId: string
  backup: MemoryDiskImage | undefined

  constructor(
    readonly name: string,
    readonly keys: KeyPair,
  ) {
    this.deviceId = idOfPublicKey(keys.publicKey)
  }
}

/** Small enough that larger edits go out in pieces, and that only what people paste takes many. */
const MAX_OP_LENGTH = { text: 60, board: 300 }

/** Writes that need room on the disk. Letting go of a claim does not, nor does deleting. */
const STORING: ReadonlySet<string> = new Set(['append', 'checkpoint'])

/** Knows which replicas its window has claimed only to send what is in them. */
class WindowCache extends MemoryReplicaCache {
  readonly orphans = new Set<string>()

  override async claimOrphans(roomId: string): ReturnType<MemoryReplicaCache['claimOrphans']> {
    const orphans = await super.claimOrphans(roomId)
    for (const { store } of orphans) this.orphans.add(store.replicaId)
    return orphans
  }
}

/** One window of a device: an engine that can be killed at any moment. */
export class Window {
  readonly name: string
  readonly gate: Gate
  readonly errors: unknown[] = []
  readonly client: RoomClient
  page: PageClient<unknown, unknown, unknown>
  onPage = true
  alive = true
  readonly #cache: WindowCache
  readonly #clock: ClockScope
  readonly #network: FakeNetwork

  constructor(
    readonly device: Device,
    serial: number,
    room: RoomHandle,
    private readonly pageToOpen: { readonly id: string; readonly kind: 'text' | 'board' },
    network: FakeNetwork,
    clock: FakeClock,
    random: SeededRandom,
    waitProbability: number,
  ) {
    this.name = `${device.name}.${serial}`
    this.gate = new Gate(random, waitProbability)
    this.#clock = clock.scope()
    this.#network = network
    this.#cache = new WindowCache(device.disk, this.name, {
      beforeWrite: (what, replicaId) => this.gate.pass(replicaId, STORING.has(what)),
      afterWrite: (_what, replicaId) => this.gate.pass(replicaId),
    })
    this.client = createRoomClient({
      roomId: room.roomId,
      host: { urls: ['ws://simulated/socket'] },
      link: 'http://simulated/room',
      title: 'Simulated',
      hosted: false,
      device: loginSigner(device.keys, room.sign),
      profile: { name: device.name, colour: 0 },
      dial: network.dialer(this.name),
      clock: this.#clock,
      randomBytes: (length) => random.bytes(length),
      random: () => random.next(),
      cache: this.#cache,
      hash: room.hash,
      verify: () => true,
      // Takes nothing from the run's chances, so that seeds go on making the runs that they made.
      newChallenge: () => 'c'.repeat(26),
      // Small enough that runs, pieces and checkpoints are met within a short run.
      limits: { maxOpLength: MAX_OP_LENGTH[pageToOpen.kind], checkpointEntries: 7, keepUpdates: 40 },
      onError: (error) => {
        if (!(error instanceof ProcessKilled)) this.errors.push(error)
      },
    })
    this.page = this.client.openPage(pageToOpen.id, pageToOpen.kind)
  }

  get ready(): boolean {
    return this.alive && this.onPage && this.page.saveState.value.loaded
  }

  /**
   * Replicas of dead windows that this one sends and on which a write waits: it may have sent all of one, and then has
   * made up its mind to delete it.
   */
  get replicasEnding(): string[] {
    return this.gate.waitingReplicas.filter((replicaId) => this.#cache.orphans.has(replicaId))
  }

  /** Looks at something else. */
  leavePage(): void {
    if (!this.alive || !this.onPage) return
    this.onPage = false
    this.client.closePage(this.pageToOpen.id).catch((error: unknown) => {
      if (!(error instanceof ProcessKilled)) this.errors.push(error)
    })
  }

  /** Comes back to the page. */
  enterPage(): void {
    if (!this.alive || this.onPage) return
    this.onPage = true
    this.page = this.client.openPage(this.pageToOpen.id, this.pageToOpen.kind)
  }

  /** kill -9: nothing it was about to write or receive happens; what it sent may still arrive. */
  kill(): void {
    this.alive = false
    this.gate.kill()
    this.#clock.kill()
    for (const wire of this.#network.wires) {
      if (wire.owner !== this.name || !wire.clientOpen) continue
      wire.clientOpen = false
      wire.toClient.length = 0
      wire.toServer.push({ close: 1006 })
    }
    this.device.disk.voidClaims(this.name)
  }
}
