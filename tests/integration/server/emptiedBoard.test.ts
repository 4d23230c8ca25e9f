import { statSync } from 'node:fs'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { expect, onTestFinished, test } from 'vitest'
import { OPEN_DOOR } from '../../../src/server/access/policies'
import { createRoomServer } from '../../../src/server/core/createRoomServer'
import { silentLogger } from '../../../src/server/logger'
import { createNodeSigner, nodeRandomBytes, nodeSha256Hex } from '../../../src/server/nodeCrypto'
import { openSqliteRoomStore, ROOM_DATABASE_FILE } from '../../../src/server/storage/sqliteRoomStore'
import { systemClock } from '../../../src/server/systemClock'
import { createKeyPair, createId, loginText, sign } from '../../../src/shared/identity/keys'
import type { ClientMessage } from '../../../src/shared/protocol/clientMessages'
import { parseServerMessage } from '../../../src/shared/protocol/parse'
import type { ServerMessage, ServerMessageOf } from '../../../src/shared/protocol/serverMessages'
import type { Clock } from '../../../src/shared/clock'
import type { Head } from '../../../src/shared/update'
import { TEST_ARRIVAL, TEST_AUDIENCE } from '../../lib/testAudience'
import { tempFolder } from '../storage/tempFolder'

const HOUR = 3_600_000
const STROKES = 6_000
/** Strokes in one update. */
const BATCH = 20

test('X16: an emptied board of 20 MB takes under 10 % of its size on disk after compaction', async () => {
  const { folder, remove } = tempFolder()
  let later = 0
  const clock: Clock = {
    now: () => systemClock.now() + later,
    after: (ms, task) => systemClock.after(ms, task),
  }
  const server = createRoomServer({
    store: openSqliteRoomStore(folder),
    clock,
    defer: (task) => void setImmediate(task),
    randomBytes: nodeRandomBytes,
    logger: silentLogger,
    roomCreation: { mode: 'anyone' },
    defaultPolicy: OPEN_DOOR,
    place: () => ({ origins: [], fingerprint: undefined, isBehindProxy: false }),
    hash: nodeSha256Hex,
    sign: createNodeSigner(),
    limits: { purgePauseMs: 1 },
  })
  onTestFinished(async () => {
    await server.stop()
    remove()
  })
  const size = (): number =>
    ['', '-wal'].reduce(
      (sum, end) =>
        sum + (statSync(path.join(folder, ROOM_DATABASE_FILE + end), { throwIfNoEntry: false })?.size ?? 0),
      0,
    )

  const person = new Person(server)
  const board = await person.openBoard()
  const ids = Array.from({ length: STROKES }, (_, i) => `stroke${i}`)
  for (let from = 0; from < STROKES; from += BATCH)
    await board.submit(
      Object.fromEntries(ids.slice(from, from + BATCH).map((id) => [id, { put: stroke(id) }])),
    )
  const contentLength = ids.length * JSON.stringify(stroke('stroke0')).length
  expect(contentLength).toBeGreaterThan(20_000_000)
  await server.keepUp()
  const full = size()
  expect(full).toBeGreaterThan(20_000_000)

  for (let from = 0; from < STROKES; from += 1_000)
    await board.submit(Object.fromEntries(ids.slice(from, from + 1_000).map((id) => [id, { deleted: true }])))
  await server.keepUp()
  expect(size()).toBeGreaterThan(40_000_000)

  later = HOUR + 1
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await server.keepUp()
  delay.disable()
  const emptied = size()
  process.stderr.write(
    `\n${(full / 1e6).toFixed(1)} MB -> ${(emptied / 1e6).toFixed(3)} MB; longest pause ${(delay.max / 1e6).toFixed(0)} ms, p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms\n`,
  )
  expect(emptied).toBeLessThan(2_000_000)
  // Those drawing have been sent the purge, and go on.
  await board.submit({ one: { put: stroke('one') } })
  expect(Object.keys(board.lastOp)).toEqual(['one'])
}, 120_000)

/** A stroke of some 3.5 kB. */
function stroke(id: string): unknown {
  const points = Array.from({ length: 600 }, (_, i) => ((i * 7919 + id.length) % 20_000) / 10)
  return { kind: 'stroke', points: { path: points }, props: { x: 0, y: 0 } }
}

/** One connection without a network. */
class Person {
  readonly messages: ServerMessage[] = []
  readonly #connection: ReturnType<ReturnType<typeof createRoomServer>['accept']>
  #waiting: () => void = () => undefined

  constructor(server: ReturnType<typeof createRoomServer>) {
    this.#connection = server.accept(
      {
        send: (frame) => {
          this.messages.push(parseServerMessage(frame))
          this.#waiting()
        },
        close: () => undefined,
        bufferedAmount: 0,
      },
      TEST_ARRIVAL,
    )
  }

  say(message: ClientMessage): void {
    this.#connection.received(JSON.stringify(message))
  }

  async next<T extends ServerMessage['type']>(type: T): Promise<ServerMessageOf<T>> {
    for (;;) {
      const message = this.messages.shift()
      if (message?.type === type) return message as ServerMessageOf<T>
      if (message === undefined)
        await new Promise<void>((resolve) => {
          this.#waiting = resolve
        })
    }
  }

  async openBoard(): Promise<Board> {
    const device = createKeyPair(nodeRandomBytes)
    const windowId = createId(nodeRandomBytes)
    const { nonce } = await this.next('greeting')
    const audience = TEST_AUDIENCE
    const signature = sign(loginText({ audience, nonce, windowId }), device.privateKey)
    this.say({
      type: 'login',
      protocol: 1,
      windowId,
      audience,
      deviceKey: device.publicKey,
      signature,
      challenge: createId(nodeRandomBytes),
      name: 'Ada',
      colour: 0,
    })
    await this.next('loggedIn')
    this.say({ type: 'createRoom', title: 'A room' })
    const { roomId } = await this.next('roomCreated')
    this.say({ type: 'join', roomId })
    await this.next('joined')
    const pageId = createId(nodeRandomBytes)
    const list = await this.open('pages')
    await list.submit({ [pageId]: { put: { kind: 'page', props: { kind: 'board' } } } })
    return this.open(pageId)
  }

  async open(pageId: string): Promise<Board> {
    const clientId = createId(nodeRandomBytes)
    this.say({ type: 'open', request: 1, pageId, known: [], wants: 'cheapest', clients: [clientId] })
    return new Board(this, pageId, clientId, (await this.next('opened')).head)
  }
}

class Board {
  lastOp: object = {}
  #seq = 0

  constructor(
    readonly person: Person,
    readonly pageId: string,
    readonly clientId: string,
    private head: Head,
  ) {}

  async submit(op: unknown): Promise<void> {
    const after = this.#seq
    this.#seq += 1
    const { clientId, pageId } = this
    this.person.say({ type: 'submit', pageId, ...this.head, clientId, after, seq: this.#seq, op })
    for (;;) {
      const { from, updates, hash } = await this.person.next('updates')
      this.head = { version: from + updates.length, hash }
      const own = updates.find((update) => update.clientId === clientId && update.seq === this.#seq)
      if (own === undefined) continue
      this.lastOp = own.op as object
      return
    }
  }
}
