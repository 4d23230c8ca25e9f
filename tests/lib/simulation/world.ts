import { hasUnsent } from '../../../src/client/cache/memoryReplicaCache'
import { MemoryRoomDisk, type MemoryRoomImage } from '../../../src/server/storage/memoryRoomStore'
import {
  createPage,
  deletePage,
  movePage,
  readPages,
  renamePage,
  restorePage,
} from '../../../src/shared/pages'
import type { Text } from '@codemirror/state'
import { createKeyPair } from '../../../src/shared/identity/keys'
import { textType } from '../../../src/shared/ot/text'
import { FakeClock } from './fakeClock'
import { FakeNetwork } from './fakeNetwork'
import { Device, Window, type RoomHandle } from './participant'
import { SeededRandom } from './seededRandom'
import { ServerProcess, simulatedHash, simulatedSign } from './serverProcess'

/** First of the characters that edits insert: private use, one for each edit of a run, so that each can be counted. */
const FIRST_MARK = 0xe000
const PAGE_ID = 'a'.repeat(26)

export interface WorldOptions {
  readonly seed: number
  readonly devices: number
  /** Typed characters are also deleted: then only doubles are looked for, not losses. */
  readonly deletions: boolean
  /** Probability that a write waits. */
  readonly slowWrites: number
}

/** A mark typed somewhere, and whether its window's cache held it. */
interface Typed {
  readonly mark: string
  readonly by: Window
  durable: boolean
  deleted: boolean
}

/** A room, its server and its participants on a network that moves only when told to. */
export class World {
  readonly random: SeededRandom
  readonly clock = new FakeClock()
  readonly network = new FakeNetwork()
  readonly disk = new MemoryRoomDisk()
  readonly devices: Device[]
  readonly typed = new Map<string, Typed>()
  readonly log: string[] = []
  windows: Window[] = []
  server: ServerProcess | undefined
  backup: MemoryRoomImage | undefined
  readonly #releases = new Map<Window, () => void>()
  #serial = 0
  /** True until the page has been made. */
  #pageless = true
  #marks = 0

  private constructor(
    readonly options: WorldOptions,
    readonly room: RoomHandle,
    server: ServerProcess,
    random: SeededRandom,
    devices: Device[],
  ) {
    this.server = server
    this.random = random
    this.devices = devices
  }

  /** A room with one text page that every device has joined. */
  static async create(options: WorldOptions): Promise<World> {
    const random = new SeededRandom(options.seed)
    const devices = Array.from(
      { length: options.devices },
      (_, i) =>
        new Device(
          `device${i}`,
          createKeyPair((length) => random.bytes(length)),
        ),
    )
    const disk = new MemoryRoomDisk()
    const clock = new FakeClock()
    const first = new ServerProcess(disk, clock, random, 0)
    const room = await first.server.createRoom('Simulated', 'nobody')
    first.kill()
    const handle = { roomId: room.roomId, hash: simulatedHash, sign: simulatedSign }
    const world = new World(options, handle, first, random, devices)
    world.disk.image = disk.image
    world.server = undefined
    world.startServer()
    for (const device of devices) world.openWindow(device)
    const maker = world.windows[0]
    await world.heal()
    maker?.client.pageList.edit(
      createPage(maker.client.pageList.content, { id: PAGE_ID, kind: 'text', title: 'Notes' }),
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
    this.server = new ServerProcess(this.disk, this.clock, this.random, this.options.slowWrites)
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

  openWindow(device: Device): Window {
    this.#serial += 1
    const { network, clock, random } = this
    const window = new Window(
      device,
      this.#serial,
      this.room,
      PAGE_ID,
      network,
      clock,
      random,
      this.options.slowWrites,
    )
    this.windows.push(window)
    return window
  }

  /** Types one to five new characters somewhere, or deletes some. */
  editText(window: Window): void {
    const content = window.page.content as Text
    const text = content.toString()
    if (this.options.deletions && text.length > 3 && this.random.chance(0.3)) {
      const at = this.random.below(text.length - 2)
      const length = 1 + this.random.below(2)
      for (const mark of text.slice(at, at + length)) {
        const typed = this.typed.get(mark)
        if (typed !== undefined) typed.deleted = true
      }
      this.#edit(window, at, length, '')
      return
    }
    const marks = Array.from({ length: 1 + this.random.below(5) }, () => this.#newMark(window))
    // Often at the same spot as others: ties are where transforming goes wrong.
    const at = this.random.chance(0.4) ? Math.floor(text.length / 2) : this.random.below(text.length + 1)
    this.#edit(window, at, 0, marks.join(''))
    void window.client.written().then(
      () => {
        for (const mark of marks) {
          const typed = this.typed.get(mark)
          if (typed !== undefined) typed.durable = true
        }
      },
      () => undefined,
    )
  }

  /** Begins or ends a composition: remote updates wait meanwhile. */
  toggleHold(window: Window): void {
    const release = this.#releases.get(window)
    this.#releases.delete(window)
    if (release === undefined) this.#releases.set(window, window.page.hold())
    else release()
  }

  editPageList(window: Window): void {
    const { pageList } = window.client
    const pages = readPages(pageList.content)
    const page = this.random.pick(pages)
    if (page === undefined || !pageList.saveState.value.loaded) return
    const other = this.random.pick(pages.filter(({ id }) => id !== page.id))
    switch (this.random.below(4)) {
      case 0:
        return pageList.edit(
          renamePage(pageList.content, page.id, `${page.title.slice(0, 20)}${this.random.below(100)}`),
        )
      case 1:
        if (other !== undefined) pageList.edit(movePage(pageList.content, page.id, { before: other.id }))
        return
      case 2: {
        if (page.id === PAGE_ID) return
        const op = page.deleted
          ? restorePage(pageList.content, page.id)
          : deletePage(pageList.content, page.id)
        return pageList.edit(op)
      }
      default: {
        if (pages.length >= 6) return
        const id = Array.from({ length: 26 }, () => 'abcdefghijklmnop'[this.random.below(16)]).join('')
        pageList.edit(createPage(pageList.content, { id, kind: 'text', title: 'New' }))
      }
    }
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
    for (const typed of this.typed.values()) if (!held.includes(typed.mark)) typed.durable = false
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
    const busy = this.network.wires.filter(
      (wire) => (!wire.connected && wire.clientOpen && wire.serverOpen) || !wire.idle,
    )
    const wire = this.random.pick(busy)
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
    if (this.server !== undefined) this.server.failNextAppend = false
    this.server?.gate.open()
    for (const device of this.devices) {
      if (!this.alive.some((window) => window.device === device)) this.openWindow(device)
    }
    for (const window of this.alive) {
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
    throw new Error(`the room does not come to rest: ${this.describe()}`)
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
    const versions = new Set(this.alive.map(({ page }) => page.saveState.value.version))
    const texts = new Set(this.alive.map(({ page }) => page.type.serialise(page.content)))
    const lists = new Set(
      this.alive.map(({ client }) => client.pageList.type.serialise(client.pageList.content)),
    )
    return (
      versions.size <= 1 &&
      texts.size <= 1 &&
      lists.size <= 1 &&
      (this.#pageless || this.alive.every(({ page }) => page.saveState.value.loaded)) &&
      this.alive.every(
        ({ client }) => client.status.value.state === 'connected' && client.unsent.value === 0,
      ) &&
      !this.devices.some((device) => this.#hasOrphans(device))
    )
  }

  /** True while the device has replicas beyond one per window and page, or unsent edits anywhere. */
  #hasOrphans(device: Device): boolean {
    const windows = this.alive.filter((window) => window.device === device).length
    const replicas = [...device.disk.image.replicas.values()]
    const ofPage = (pageId: string): number => replicas.filter((replica) => replica.pageId === pageId).length
    return replicas.some((replica) => hasUnsent(replica) || ofPage(replica.pageId) > windows)
  }

  #edit(window: Window, at: number, deleted: number, inserted: string): void {
    const op = [
      ...(at > 0 ? [at] : []),
      ...(inserted === '' ? [] : [inserted]),
      ...(deleted > 0 ? [-deleted] : []),
    ]
    window.page.edit(textType.parseOp(op))
    if (this.random.chance(0.5)) window.page.setPlace([at, at])
  }

  #newMark(by: Window): string {
    const mark = String.fromCharCode(FIRST_MARK + this.#marks)
    this.#marks += 1
    this.typed.set(mark, { mark, by, durable: false, deleted: false })
    return mark
  }
}
