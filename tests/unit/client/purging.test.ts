import { expect, it } from 'vitest'
import type { PageClient, RoomClient } from '../../../src/client/api'
import { MemoryDisk } from '../../../src/client/cache/memoryDisk'
import { MemoryReplicaCache } from '../../../src/client/cache/memoryReplicaCache'
import { createRoomClient } from '../../../src/client/createRoomClient'
import { OPEN_DOOR } from '../../../src/server/access/policies'
import { createRoomServer } from '../../../src/server/core/createRoomServer'
import type { RoomServer } from '../../../src/server/core/roomServer'
import { MemoryRoomStore } from '../../../src/server/storage/memoryRoomStore'
import { UndoStack } from '../../../src/shared/board/undoStack'
import { createId, createKeyPair, idOfPublicKey } from '../../../src/shared/identity/keys'
import { loginSigner } from '../../../src/shared/identity/loginSigner'
import {
  appendPoints,
  recordsType,
  type RecordsOp,
  type RecordsPosition,
  type RecordsSnapshot,
  type RecordValue,
} from '../../../src/shared/ot/records'
import { createPage } from '../../../src/shared/pages'
import { FakeClock } from '../../lib/simulation/fakeClock'
import { FakeNetwork, Wire } from '../../lib/simulation/fakeNetwork'
import { SeededRandom } from '../../lib/simulation/seededRandom'
import { simulatedHash, simulatedSign } from '../../lib/simulation/serverProcess'

const DAY = 24 * 3_600_000
const FIRST_WORD = 0x4e00

type Board = PageClient<RecordsSnapshot, RecordsOp, RecordsPosition>

/** Somebody with one window on the board, who may be offline for days. */
class Person {
  readonly disk = new MemoryDisk()
  readonly undo = new UndoStack<RecordsSnapshot, RecordsOp>(recordsType)
  readonly client: RoomClient
  offline = false
  board: Board | undefined

  constructor(
    readonly name: string,
    desk: Desk,
    roomId: string,
  ) {
    this.client = createRoomClient({
      roomId,
      host: { urls: ['ws://simulated/socket'] },
      link: 'http://simulated/room',
      title: 'Simulated',
      hosted: false,
      device: loginSigner(
        createKeyPair((length) => desk.random.bytes(length)),
        simulatedSign,
      ),
      profile: { name, colour: 0 },
      dial: (url, listener) => {
        if (!this.offline) return desk.network.dialer(name)(url, listener)
        const wire = new Wire(name, listener, () => undefined)
        desk.network.wires.push(wire)
        return wire.clientSocket()
      },
      clock: desk.clock.scope(),
      randomBytes: (length) => desk.random.bytes(length),
      random: () => desk.random.next(),
      cache: new MemoryReplicaCache(this.disk, name),
      hash: simulatedHash,
      verify: () => true,
      onError: (error) => desk.errors.push(error),
    })
  }

  open(pageId: string): void {
    const board = this.client.openPage(pageId, 'board') as Board
    board.onRemote((op) => this.undo.remote(op))
    this.board = board
  }

  get content(): RecordsSnapshot {
    return this.board?.content ?? recordsType.create()
  }

  do(op: RecordsOp): void {
    if (recordsType.isEmpty(op)) return
    this.undo.record(op, this.content)
    this.board?.edit(op)
  }
}

class Desk {
  readonly random: SeededRandom
  readonly clock = new FakeClock()
  readonly network = new FakeNetwork()
  readonly errors: unknown[] = []
  readonly store = new MemoryRoomStore()
  readonly server: RoomServer
  readonly people: Person[] = []
  readonly typed = new Set<string>()
  /** Words in shapes that the server has purged: everybody had been sent them, deleted, for days. */
  readonly purged = new Set<string>()
  /** Words that their author has undone. */
  readonly takenBack = new Set<string>()
  pageId = ''
  roomId = ''
  made = 0
  readonly #deferred: (() => void)[] = []

  constructor(seed: number) {
    this.random = new SeededRandom(seed)
    this.server = createRoomServer({
      store: this.store,
      clock: this.clock.scope(),
      defer: (task) => this.#deferred.push(task),
      randomBytes: (length) => this.random.bytes(length),
      logger: { info: () => undefined, warn: () => undefined, error: (fields) => this.errors.push(fields) },
      roomCreation: { mode: 'nobody' },
      defaultPolicy: OPEN_DOOR,
      place: () => ({ origins: [], fingerprint: undefined, isBehindProxy: false }),
      hash: simulatedHash,
      sign: simulatedSign,
      verify: () => true,
      limits: { firstUpkeepMs: 100_000 * DAY, keepRecent: 5, purgeRecords: 2, snapshotEvery: 3 },
    })
    this.network.server = this.server
  }

  async start(): Promise<void> {
    const keys = createKeyPair((length) => this.random.bytes(length))
    this.roomId = idOfPublicKey(keys.publicKey)
    await this.store.createRoom({
      roomId: this.roomId,
      ...keys,
      title: 'Simulated',
      owner: createId((length) => this.random.bytes(length)),
      createdAt: 0,
      open: true,
    })
    for (const name of ['ada', 'bob', 'cleo']) this.people.push(new Person(name, this, this.roomId))
    await this.settle()
    this.pageId = createId((length) => this.random.bytes(length))
    const list = this.people[0]?.client.pageList
    list?.edit(createPage(list.content, { id: this.pageId, kind: 'board', title: 'Board' }))
    await this.settle()
    for (const person of this.people) person.open(this.pageId)
    await this.settle()
  }

  /** Lets everything happen that waits for its turn, and some seconds pass. */
  async settle(): Promise<void> {
    for (let round = 0; round < 25; round++) {
      for (let turn = 0; turn < 8; turn++) await Promise.resolve()
      for (const task of this.#deferred.splice(0)) task()
      for (const wire of this.network.wires) {
        if (!wire.connected && wire.clientOpen) wire.connect()
        while (wire.toServer.length > 0) wire.deliver('toServer')
        while (wire.toClient.length > 0) wire.deliver('toClient')
      }
      this.network.sweep()
      this.clock.advance(round % 5 === 4 ? 400 : 17)
    }
  }

  cut(person: Person): void {
    person.offline = true
    for (const wire of this.network.wires.filter(({ owner }) => owner === person.name)) {
      wire.endClient(1006)
      wire.endServer()
    }
  }

  async keepUp(): Promise<void> {
    await this.settle()
    const before = wordsIn(await this.served())
    let done = false
    const run = this.server.keepUp().then(() => {
      done = true
    })
    for (let i = 0; i < 50 && !done; i++) await this.settle()
    await run
    const after = wordsIn(await this.served())
    for (const word of before) if (!after.has(word)) this.purged.add(word)
  }

  /** What the server has. */
  async served(): Promise<RecordsSnapshot> {
    const page = await this.store.loadPage(this.roomId, this.pageId)
    const start =
      page?.snapshot === undefined ? recordsType.create() : recordsType.parseSnapshot(page.snapshot.text)
    return (page?.tail ?? []).reduce(
      (content, { update }) => recordsType.apply(content, recordsType.parseOp(update.op)),
      start,
    )
  }

  act(person: Person): void {
    const records = [...person.content.records.entries()]
    const [id, record] = this.random.pick(records) ?? ['', undefined]
    const what = this.random.pick([
      'make',
      'type',
      'type',
      'draw',
      'move',
      'delete',
      'delete',
      'restore',
      'undo',
      'redo',
    ])
    if (what === 'undo' || what === 'redo') {
      const before = wordsIn(person.content)
      const op = person.undo[what](person.content)
      if (op !== undefined) person.board?.edit(op)
      for (const word of before) if (!wordsIn(person.content).has(word)) this.takenBack.add(word)
    } else if (record?.deleted === true) {
      // Deleted shapes are on no screen: nobody does more to them than take that back.
      if (what === 'restore') person.do(recordsType.parseOp({ [id]: { deleted: false } }))
    } else if (what === 'make' || record === undefined) {
      this.made += 1
      person.do(recordsType.parseOp({ [`s${this.made}`]: { put: { kind: 'note', props: { x: 1, y: 1 } } } }))
    } else person.do(this.#change(what ?? '', id, record))
  }

  #change(what: string, id: string, record: RecordValue): RecordsOp {
    switch (what) {
      case 'type': {
        const word = String.fromCharCode(FIRST_WORD + this.typed.size)
        this.typed.add(word)
        return recordsType.parseOp({ [id]: { texts: { label: [word] } } })
      }
      case 'draw':
        return appendPoints(id, record, 'path', [this.random.below(9), this.random.below(9)])
      case 'move':
        return recordsType.parseOp({
          [id]: { set: { x: this.random.below(100), y: this.random.below(100) } },
        })
      default:
        return what === 'delete' ? recordsType.parseOp({ [id]: { deleted: true } }) : {}
    }
  }
}

function wordsIn(snapshot: RecordsSnapshot): Set<string> {
  return new Set([...recordsType.serialise(snapshot)].filter((letter) => letter.charCodeAt(0) >= FIRST_WORD))
}

it('C14: people who come back after days, to boards purged meanwhile, end equal and lose no words (100 runs)', async () => {
  let drafts = 0
  let purged = 0
  for (let seed = 1; seed <= 100; seed++) {
    const desk = new Desk(seed)
    await desk.start()
    for (let step = 0; step < 60; step++) {
      const person = desk.random.pick(desk.people)
      if (person === undefined) continue
      const chance = desk.random.next()
      if (chance < 0.7) desk.act(person)
      else if (chance < 0.8) desk.cut(person)
      else if (chance < 0.9) person.offline = false
      else {
        desk.clock.sleep(desk.random.below(8 * DAY))
        if (desk.random.chance(0.7)) await desk.keepUp()
      }
      if (desk.random.chance(0.5)) await desk.settle()
    }
    for (const person of desk.people) person.offline = false
    for (let i = 0; i < 20; i++) await desk.settle()
    const served = recordsType.serialise(await desk.served())
    const texts = new Set(wordsIn(await desk.served()))
    for (const { client, content, name } of desk.people) {
      expect(recordsType.serialise(content), `seed ${seed}, ${name}`).toBe(served)
      expect(client.unsent.value, `seed ${seed}, ${name}`).toBe(0)
      for (const draft of client.drafts.value) {
        drafts += 1
        for (const letter of draft.content) texts.add(letter)
      }
    }
    const undone = new Set([...desk.typed].filter((word) => !texts.has(word) && !desk.purged.has(word)))
    // Words that their author has taken back are the only ones that may be gone.
    for (const word of undone) expect(desk.takenBack.has(word), `seed ${seed}, ${word}`).toBe(true)
    purged += desk.purged.size
    expect(desk.errors, `seed ${seed}`).toEqual([])
    await desk.server.stop()
  }
  expect(drafts).toBeGreaterThan(5)
  expect(purged).toBeGreaterThan(20)
}, 120_000)
