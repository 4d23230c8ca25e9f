import { expect, it } from 'vitest'
import type { FromServer, ServerRequest } from '../../../src/main/hosting/messages'
import { ServerWorker } from '../../../src/main/hosting/serverWorker'
import type { Host } from '../../../src/server/host/startHost'
import { silentLogger } from '../../../src/server/logger'
import { idOf } from '../../lib/idOf'
import { ManualClock } from '../../lib/manualClock'

const ROOM = { roomId: idOf('room'), title: 'Plans' }
const START = {
  type: 'start',
  options: { dataFolder: '', clientFolder: '', host: '127.0.0.1', port: 4660, plainBrowsers: false },
}

/** A worker whose server has one open room, with as many guests as the test says. */
class Ground {
  guests = 0
  readonly clock = new ManualClock()
  readonly said: FromServer[] = []
  readonly #worker: ServerWorker
  #calls = 0

  constructor() {
    const listRooms = () => Promise.resolve([{ room: ROOM, open: true, sessions: 0, guests: this.guests }])
    const host = { port: 4660, fingerprint: 'f'.repeat(64), roomServer: { listRooms } }
    this.#worker = new ServerWorker({
      startHost: () => Promise.resolve(host as unknown as Host),
      reply: (message) => this.said.push(message),
      exit: () => undefined,
      clock: this.clock,
      logger: silentLogger,
    })
  }

  async start(): Promise<void> {
    this.#worker.received(START)
    await this.settled()
  }

  async call(request: ServerRequest): Promise<void> {
    this.#calls += 1
    this.#worker.received({ type: 'call', callId: this.#calls, request })
    await this.settled()
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms)
    await this.settled()
  }

  async settled(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }

  /** The numbers of guests that main was told, one after another. */
  get told(): number[] {
    return this.said.flatMap((message) =>
      message.type === 'rooms' ? [message.rooms.reduce((sum, { guests }) => sum + guests, 0)] : [],
    )
  }
}

it('Y8: tells of those in the rooms when it is asked to look, before it answers', async () => {
  const ground = new Ground()
  await ground.start()
  ground.guests = 2
  await ground.call({ type: 'look' })
  expect(ground.said.slice(-2)).toMatchObject([{ type: 'rooms' }, { type: 'done', callId: 1, answer: [] }])
  expect(ground.told).toEqual([2])
})

it('Y8: tells of guests who go before a look and come back after it', async () => {
  const ground = new Ground()
  await ground.start()
  ground.guests = 1
  await ground.pass(1_000)
  ground.guests = 0
  await ground.call({ type: 'look' })
  ground.guests = 1
  await ground.pass(1_000)
  await ground.pass(1_000)
  expect(ground.told).toEqual([1, 0, 1])
})
