import { hasUnsent } from '../../../src/client/cache/memoryReplicaCache'
import { MemoryRoomDisk, type MemoryRoomImage } from '../../../src/server/storage/memoryRoomStore'
import type { ServerLimits } from '../../../src/server/core/serverLimits'
import { mayWrite } from '../../../src/shared/access/roles'
import { createPage } from '../../../src/shared/pages'
import { createKeyPair } from '../../../src/shared/identity/keys'
import type { Activity } from './activity'
import { FakeClock } from './fakeClock'
import { FakeNetwork } from './fakeNetwork'
import { intrude } from './intruder'
import { marksOf } from './boardMarks'
import { editPageList } from './pageListEdits'
import { Device, Window, type RoomHandle } from './participant'
import { SeededRandom } from './seededRandom'
import { ServerProcess, simulatedHash, simulatedSign } from './serverProcess'

const PAGE_ID = 'a'.repeat(26)

/** The server looks after its pages within a short run. */
const SOON: Partial<ServerLimits> = { firstUpkeepMs: 1_000, upkeepEveryMs: 2_000 }
/** What is deleted on a board is purged then. */
const SOON_PURGED: Partial<ServerLimits> = { ...SOON, keepDeletedMs: 4_000, purgeRecords: 3 }
/** What was done long ago is forgotten then. */
const SOON_FORGOTTEN: Partial<ServerLimits> = { ...SOON, keepLogMs: 4_000 }

export interface WorldOptions {
  readonly seed: number
  readonly devices: number
  /** Probability that a write waits. */
  readonly slowWrites: number
  /** Whether the first device owns the room; else nobody in it does. */
  readonly owned?: boolean
  /** Whether the server forgets updates within a run. */
  readonly forgets?: boolean
  /** What is done on the page. */
  readonly activity: (random: SeededRandom) => Activity
}

/** A room, its server and its participants on a network that moves only when told to. */
export class World {
  readonly random: SeededRandom
  readonly clock = new FakeClock()
  readonly network = new FakeNetwork()
  readonly disk = new MemoryRoomDisk()
  readonly devices: Device[]
  readonly log: string[] = []
  windows: Window[] = []
  server: ServerProcess | undefined
  backup: MemoryRoomImage | undefined
  /** What clients that are not ours did that was taken. */
  readonly intrusions: unknown[] = []
  /** How often they were refused. */
  refusals = 0
  /** Marks in shapes that the server has purged: they had been deleted for a time, and everybody could know. */
  readonly purged = new Set<string>()
  readonly #releases = new Map<Window, () => void>()
  #serial = 0
  /** True until the page has been made. */
  #pageless = true

  private constructor(
    readonly options: WorldOptions,
    readonly room: RoomHandle,
    server: ServerProcess,
    random: SeededRandom,
    devices: Device[],
    readonly activity: Activity,
  ) {
    this.server = server
    this.random = random
    this.devices = devices
  }

  /** A room with one page that every device has joined. */
  static async create(options: WorldOptions): Promise<World> {
    const random = new SeededRandom(options.seed)
    const devices = Array.from({ length: options.devices }, (_, i) => createDevice(i, random))
    const disk = new MemoryRoomDisk()
    const clock = new FakeClock()
    const first = new ServerProcess(disk, clock, random, 0)
    const owner = options.owned === true ? devices[0]?.deviceId : undefined
    const room = await first.server.createRoom('Simulated', owner ?? 'nobody')
    first.kill()
    const handle = { roomId: room.roomId, hash: simulatedHash, sign: simulatedSign }
    const world = new World(options, handle, first, random, devices, options.activity(random))
    world.disk.image = disk.image
    world.server = undefined
    world.startServer()
    for (const device of devices) world.openWindow(device)
    const maker = world.windows[0]
    await world.heal()
    maker?.client.pageList.edit(
      createPage(maker.client.pageList.content, { id: PAGE_ID, kind: world.activity.kind, title: 'Notes' }),
    )
    world.#pageless = false
    await world.heal()
    return world
  }

  get alive(): Window[] {
    return this.windows.filter((window) => window.alive)
  }

  note(text: string): void {
    this.log.push(text)
  }

  startServer(): void {
    if (this.server !== undefined) return
    // In some runs next to nothing is transformed for a client: it has to do it itself.
    const work = this.options.seed % 4 === 3 ? { maxTransformWork: 12 } : {}
    const { forgets = false } = this.options
    const purging = this.activity.kind === 'board' ? SOON_PURGED : {}
    this.server = new ServerProcess(this.disk, this.clock, this.random, this.options.slowWrites, {
      limits: { ...work, ...purging, ...(forgets && SOON_FORGOTTEN) },
      forgets,
      onPurge: (record) => marksOf(record).forEach((mark) => this.purged.add(mark)),
    })
    this.network.server = this.server.server
  }

  killServer(): void {
    this.server?.kill()
    this.server = undefined
    this.network.server = undefined
    for (const wire of this.network.wires) {
      wire.serverOpen = false
      wire.toServer.length = 0
      if (wire.connected && wire.clientOpen) wire.toClient.push({ close: 1006 })
    }
  }

  /** Somebody who was never here before. */
  addDevice(): Device {
    const device = createDevice(this.devices.length, this.random)
    this.devices.push(device)
    return device
  }

  /** A window looks at something else. */
  leavePage(): void {
    const window = this.random.pick(this.alive)
    if (window === undefined) return
    if (window.onPage) this.activity.leave(window)
    window.leavePage()
  }

  openWindow(device: Device): Window {
    this.#serial += 1
    const { network, clock, random } = this
    const window = new Window(
      device,
      this.#serial,
      this.room,
      { id: PAGE_ID, kind: this.activity.kind },
      network,
      clock,
      random,
      this.options.slowWrites,
    )
    this.windows.push(window)
    return window
  }

  /** Somebody who was out of reach is there again. */
  comeBack(): void {
    const name = this.random.pick([...this.network.away])
    if (name !== undefined) this.network.away.delete(name)
  }

  /** Begins or ends a composition: remote updates wait meanwhile. */
  toggleHold(window: Window): void {
    const release = this.#releases.get(window)
    this.#releases.delete(window)
    if (release === undefined) this.#releases.set(window, window.page.hold())
    else release()
  }

  /** Whether a window's person may write on the page, as far as the window knows. */
  mayWrite({ client: { access } }: Window): boolean {
    return mayWrite(access.roleOn(PAGE_ID).value ?? 'viewer')
  }

  /** The owner, where connected, lets somebody else write or only read, in the room or on the page. */
  changeRole(): void {
    const { random } = this
    const owner = random.pick(this.alive.filter(({ device }) => device === this.devices[0]))
    const { deviceId } = random.pick(this.devices.slice(1)) ?? { deviceId: '' }
    const role = random.pick(['viewer', 'editor'] as const) ?? 'editor'
    if (random.chance(0.5)) owner?.client.access.setRole(deviceId, role)
    else owner?.client.access.setPageRole(deviceId, PAGE_ID, random.chance(0.3) ? null : role)
  }

  /** A client that is not ours gives the page another kind, or forgets it, perhaps with one of another kind in its place. */
  flipKind(): void {
    const kind = this.activity.kind === 'board' ? 'text' : 'board'
    const put = { kind: 'page', props: { kind } }
    const change = this.random.pick([{ set: { kind } }, { purge: true }, { purge: true, put }])
    this.#intrude('pages', { [PAGE_ID]: change })
  }

  /** Such a client forgets the first shape of the page, whether it is deleted or not. */
  purgeShape(): void {
    this.#intrude(PAGE_ID, { S0000: { purge: true } })
  }

  #intrude(pageId: string, op: unknown): void {
    if (this.server === undefined) return
    const { roomId } = this.room
    intrude(this.server.server, this.random, { roomId, pageId, op }, (how) => {
      if (how === 'taken') this.intrusions.push(op)
      else this.refusals++
    })
  }

  editPageList(window: Window): void {
    editPageList(window.client, PAGE_ID, this.random)
  }

  /**
   * After a backup was restored: what neither the server nor any device holds any longer cannot come back. What only a
   * replica holds that is about to be deleted, as the server had everything of it, is gone with the server's.
   */
  forgetWhatNobodyHolds(): void {
    const rooms = [...this.disk.image.values()].map(({ pages }) => JSON.stringify([...pages.values()]))
    const devices = this.devices.map((device) => {
      const { replicas, drafts } = device.disk.image
      const windows = this.alive.filter((window) => window.device === device)
      const ending = new Set(windows.flatMap(({ replicasEnding }) => replicasEnding))
      const kept = [...replicas.values()].filter(({ replicaId }) => !ending.has(replicaId))
      return JSON.stringify([...kept, ...drafts.values()])
    })
    const held = [...rooms, ...devices].join('')
    this.activity.marks.forgetAllBut(held)
  }

  /** Which replicas on disk hold a mark, for messages. */
  holders(mark: string): string {
    return this.devices
      .flatMap(({ name, disk }) =>
        [...disk.image.replicas.values()]
          .filter((replica) => JSON.stringify(replica).includes(mark))
          .map(
            ({ replicaId, pageId }) =>
              ` held by ${name} ${replicaId} of ${pageId}, ${disk.isClaimed(replicaId) ? 'claimed' : 'free'}`,
          ),
      )
      .join(';')
  }

  /** Runs everything that needs neither the network nor time to go on. */
  async settle(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      const deferred = this.server?.deferred.splice(0) ?? []
      if (deferred.length === 0) return
      for (const task of deferred) task()
    }
  }

  /** One frame of one wire, or its beginning. */
  deliverOne(): void {
    const wire = this.random.pick(this.network.busy)
    if (wire === undefined) return
    if (!wire.connected) {
      if (wire.clientOpen) wire.connect()
      return
    }
    wire.deliver(
      wire.toServer.length === 0 || (wire.toClient.length > 0 && this.random.chance(0.5))
        ? 'toClient'
        : 'toServer',
    )
  }

  /** Everything works again, for long enough that everybody is in step. Throws where that does not come about. */
  async heal(): Promise<void> {
    this.startServer()
    this.network.away.clear()
    if (this.server !== undefined) this.server.failNextAppend = false
    this.server?.gate.open()
    for (const device of this.devices) {
      if (!this.alive.some((window) => window.device === device)) this.openWindow(device)
    }
    for (const window of this.alive) {
      window.gate.setFull(false)
      window.gate.open()
      window.enterPage()
      this.#releases.get(window)?.()
      this.#releases.delete(window)
    }
    for (let round = 0; round < 600; round++) {
      const moved = await this.#deliverAll()
      if (!moved && this.#inStep()) return
      if (!moved) this.clock.advance(500)
    }
    throw new Error(`the room does not come to rest, ${this.#whatIsMissing() ?? ''}: ${this.describe()}`)
  }

  /** Delivers everything, then lets half a second pass. */
  async step(): Promise<void> {
    await this.#deliverAll()
    this.clock.advance(500)
    await this.settle()
  }

  /** Delivers what is under way. False where nothing was. */
  async #deliverAll(): Promise<boolean> {
    await this.settle()
    let moved = false
    for (const wire of [...this.network.wires]) {
      if (!wire.connected && wire.clientOpen) {
        wire.connect()
        moved = true
      }
      while (wire.toServer.length > 0 || wire.toClient.length > 0) {
        moved = true
        while (wire.toServer.length > 0) wire.deliver('toServer')
        while (wire.toClient.length > 0) wire.deliver('toClient')
        await this.settle()
      }
    }
    this.network.sweep()
    return moved
  }

  /** Where every window and every replica that waits stands. */
  describe(): string {
    const orphans = this.devices.flatMap(({ name, disk }) =>
      [...disk.image.replicas.values()]
        .filter(hasUnsent)
        .map(
          ({ replicaId, pageId, journal, checkpoint }) =>
            `${name} ${replicaId} of ${pageId}, ${disk.isClaimed(replicaId) ? 'claimed' : 'free'}: ${checkpoint} ${journal.join(' ')}`,
        ),
    )
    const errors = this.windows.flatMap((window) =>
      window.errors.map((error) => `${window.name}: ${String(error)}`),
    )
    const serverErrors = (this.server?.errors ?? [])
      .slice(-3)
      .map((fields) => String((fields as { err?: unknown }).err))
    return [...this.#describeWindows(), ...orphans, ...errors, ...serverErrors].join('\n')
  }

  #describeWindows(): string[] {
    return this.alive.map(({ name, client, page }) => {
      const { version, unsent, problem, loaded } = page.saveState.value
      return `${name}: ${JSON.stringify(client.status.value)}, v${version}, ${unsent} unsent, ${client.unsent.value} in all, ${loaded ? 'loaded' : 'empty'}, ${problem ?? 'fine'}`
    })
  }

  #inStep(): boolean {
    return this.#whatIsMissing() === undefined
  }

  /** Why the room is not at rest; undefined where it is. */
  #whatIsMissing(): string | undefined {
    const count = (values: readonly unknown[]): number => new Set(values).size
    const windows = this.alive
    if (count(windows.map(({ page }) => page.saveState.value.version)) > 1) return 'versions differ'
    if (count(windows.map(({ page }) => page.type.serialise(page.content))) > 1) return 'contents differ'
    if (count(windows.map(({ client: { pageList } }) => pageList.type.serialise(pageList.content))) > 1)
      return 'page lists differ'
    if (!this.#pageless && !windows.every(({ page }) => page.saveState.value.loaded))
      return 'a page is not loaded'
    const isExchanged = ({ client }: Window): boolean =>
      client.status.value.state === 'connected' && client.unsent.value === 0
    if (!windows.every(isExchanged)) return 'something is not sent'
    return this.devices.some((device) => this.#hasOrphans(device)) ? 'replicas are left over' : undefined
  }

  /** True while the device has replicas beyond one per window and page, or unsent edits anywhere. */
  #hasOrphans(device: Device): boolean {
    const windows = this.alive.filter((window) => window.device === device).length
    const replicas = [...device.disk.image.replicas.values()]
    const ofPage = (pageId: string): number => replicas.filter((replica) => replica.pageId === pageId).length
    return replicas.some((replica) => hasUnsent(replica) || ofPage(replica.pageId) > windows)
  }
}

function createDevice(index: number, random: SeededRandom): Device {
  return new Device(
    `device${index}`,
    createKeyPair((length) => random.bytes(length)),
  )
}
