import { describe, expect, it } from 'vitest'
import type { FromServer, ServerRoom, ToServer } from '../../../src/main/hosting/messages'
import {
  FIRST_RESTART_MS,
  LONGEST_RESTART_MS,
  ServerProcess,
  STOP_TIMEOUT_MS,
  type ChildProcess,
} from '../../../src/main/hosting/serverProcess'
import { silentLogger } from '../../../src/server/logger'
import { ManualClock } from '../../lib/manualClock'

const FINGERPRINT = 'A'.repeat(43)

const room: ServerRoom = { roomId: 'a'.repeat(32), title: 'Room', open: true, guests: 0 }

class FakeChild implements ChildProcess {
  readonly sent: ToServer[] = []
  killed = false
  #onMessage: (message: unknown) => void = () => undefined
  #onExit: (code: number) => void = () => undefined

  postMessage(message: ToServer): void {
    this.sent.push(message)
  }

  on(event: 'message' | 'exit', listener: (value: never) => void): unknown {
    if (event === 'message') this.#onMessage = listener as (message: unknown) => void
    else this.#onExit = listener as (code: number) => void
    return this
  }

  kill(): boolean {
    this.killed = true
    this.exit(143)
    return true
  }

  say(message: FromServer | object): void {
    this.#onMessage(message)
  }

  exit(code: number): void {
    this.#onExit(code)
  }
}

function setUp(): {
  server: ServerProcess
  children: FakeChild[]
  clock: ManualClock
  ports: number[]
  wanted: { value: boolean }
  told: string[][]
} {
  const children: FakeChild[] = []
  const clock = new ManualClock()
  const ports: number[] = []
  const wanted = { value: true }
  const told: string[][] = []
  const server = new ServerProcess({
    fork: () => {
      const child = new FakeChild()
      children.push(child)
      return child
    },
    startOptions: () => ({
      dataFolder: '/data',
      clientFolder: '/client',
      host: '127.0.0.1',
      port: 4660,
      plainBrowsers: false,
    }),
    isWanted: () => wanted.value,
    onStarted: ({ port }) => ports.push(port),
    onRooms: (rooms) => told.push(rooms.map(({ title, guests }) => `${title}: ${guests}`)),
    clock,
    log: silentLogger,
  })
  return { server, children, clock, ports, wanted, told }
}

/** The child of an index; failing the test where there is none. */
function childAt(children: readonly FakeChild[], index: number): FakeChild {
  const child = children[index]
  if (child === undefined) throw new Error(`only ${children.length} processes were started`)
  return child
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the process of the room server', () => {
  it('is started by the first call, once for all callers', async () => {
    const { server, children, ports } = setUp()
    expect(server.isRunning).toBe(false)
    const calls = Promise.all([server.call({ type: 'list' }), server.call({ type: 'list' })])
    expect(children).toHaveLength(1)
    const child = childAt(children, 0)
    expect(child.sent).toHaveLength(1)
    child.say({ type: 'started', port: 4661, fingerprint: FINGERPRINT })
    await turn()
    expect(child.sent.slice(1)).toEqual([
      { type: 'call', callId: 1, request: { type: 'list' } },
      { type: 'call', callId: 2, request: { type: 'list' } },
    ])
    child.say({ type: 'done', callId: 2, answer: [] })
    child.say({ type: 'done', callId: 1, answer: [room] })
    expect(await calls).toEqual([[room], []])
    expect(ports).toEqual([4661])
  })

  it('passes on why it could not start, is ended, and is tried anew by the next call', async () => {
    const { server, children, wanted } = setUp()
    wanted.value = false
    const call = server.call({ type: 'list' })
    childAt(children, 0).say({ type: 'failed', failure: { code: 'database-too-new', message: 'newer' } })
    await expect(call).rejects.toMatchObject({ code: 'database-too-new' })
    expect(childAt(children, 0).killed).toBe(true)
    const again = server.start()
    expect(children).toHaveLength(2)
    childAt(children, 1).say({ type: 'started', port: 4660, fingerprint: FINGERPRINT })
    expect(await again).toMatchObject({ port: 4660 })
  })

  it('fails the calls under way with host-failed when it crashes', async () => {
    const { server, children } = setUp()
    const call = server.call({ type: 'list' })
    childAt(children, 0).say({ type: 'started', port: 4660, fingerprint: FINGERPRINT })
    await turn()
    childAt(children, 0).exit(139)
    await expect(call).rejects.toMatchObject({ code: 'host-failed' })
    expect(server.isRunning).toBe(false)
  })

  it('comes back after a crash with growing waits, and at once when somebody asks', async () => {
    const { server, children, clock } = setUp()
    void server.start()
    const waits: number[] = []
    for (let crash = 0; crash < 10; crash++) {
      childAt(children, crash).say({ type: 'started', port: 4660, fingerprint: FINGERPRINT })
      childAt(children, crash).exit(1)
      const before = clock.now()
      while (children.length === crash + 1) clock.advance(FIRST_RESTART_MS)
      waits.push(clock.now() - before)
    }
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8].map((factor) => factor * FIRST_RESTART_MS))
    expect(waits.at(-1)).toBe(LONGEST_RESTART_MS)
    childAt(children, 10).exit(1)
    void server.start().catch(() => undefined)
    expect(children).toHaveLength(12)
    expect(clock.waiting).toBe(0)
  })

  it('starts with short waits again once it has run for a minute', async () => {
    const { server, children, clock } = setUp()
    void server.start()
    for (let crash = 0; crash < 5; crash++) {
      childAt(children, crash).say({ type: 'started', port: 4660, fingerprint: FINGERPRINT })
      childAt(children, crash).exit(1)
      clock.advance(LONGEST_RESTART_MS)
    }
    clock.advance(60_000)
    childAt(children, 5).exit(1)
    clock.advance(FIRST_RESTART_MS)
    expect(children).toHaveLength(7)
  })

  it('stays away after a crash where no room is open', () => {
    const { server, children, clock, wanted } = setUp()
    void server.start()
    childAt(children, 0).say({ type: 'started', port: 4660, fingerprint: FINGERPRINT })
    wanted.value = false
    childAt(children, 0).exit(1)
    clock.advance(LONGEST_RESTART_MS)
    expect(children).toHaveLength(1)
  })

  it('is asked to stop, and killed where it takes longer than five seconds', async () => {
    const gentle = setUp()
    void gentle.server.start()
    const stopped = gentle.server.stop()
    expect(childAt(gentle.children, 0).sent.at(-1)).toEqual({ type: 'stop' })
    childAt(gentle.children, 0).exit(0)
    await stopped
    expect(gentle.clock.waiting).toBe(0)
    expect(childAt(gentle.children, 0).killed).toBe(false)
    await expect(gentle.server.start()).rejects.toMatchObject({ code: 'host-failed' })

    const stuck = setUp()
    void stuck.server.start()
    const killed = stuck.server.stop()
    stuck.clock.advance(STOP_TIMEOUT_MS)
    await killed
    expect(childAt(stuck.children, 0).killed).toBe(true)
    expect(stuck.children).toHaveLength(1)
  })

  it('is not believed where it sends what the contract does not know', async () => {
    const { server, children } = setUp()
    const call = server.call({ type: 'list' })
    childAt(children, 0).say({ type: 'started', port: 4660, fingerprint: FINGERPRINT })
    await turn()
    childAt(children, 0).say({
      type: 'done',
      callId: 1,
      answer: [{ roomId: '../x', title: 'x', open: true }],
    })
    childAt(children, 0).say({ type: 'done', callId: 1, answer: [room] })
    expect(await call).toEqual([room])
  })
})
