import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** `up`: from whoever connects to the target; `down`: back. */
export type Direction = 'up' | 'down'

interface Pair {
  readonly client: Socket
  readonly target: Socket
}

/**
 * A TCP proxy on 127.0.0.1 that does to a connection what bad networks do. It knows nothing of what passes through.
 * Faults hold for the connections there are and for new ones, until `heal`.
 */
export class TcpProxy {
  private readonly pairs = new Set<Pair>()
  private readonly stalled = new Set<Direction>()
  private readonly allowance = new Map<Direction, number>()
  private refusing = false
  private dead = false
  private delayMs = 0
  private readonly bytesPerSecond = new Map<Direction, number>()
  /** Connections that were made through it so far. */
  accepted = 0
  /** Bytes that were passed on, by direction. */
  readonly passed: Record<Direction, number> = { up: 0, down: 0 }

  private constructor(
    private readonly server: Server,
    /** The port on 127.0.0.1 it leads to. */
    public targetPort: number,
  ) {
    server.on('connection', (client) => this.connected(client))
  }

  /** Starts a proxy to a port on 127.0.0.1, which may be set later; `port` 0 lets the system choose its own. */
  static async start(targetPort: number, port = 0): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    return new TcpProxy(server, targetPort)
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  /** Connections there are now. */
  get connections(): number {
    return this.pairs.size
  }

  /** Resets every connection, as when the Wi-Fi changes. New ones are taken. */
  cut(): void {
    for (const pair of this.pairs) reset(pair)
  }

  /** Resets every connection and each new one, as when the machine is away. */
  refuse(): void {
    this.refusing = true
    this.cut()
  }

  /** Lets `bytes` more pass in a direction, then resets the connection: a message is lost or torn. Holds once. */
  cutAfter(direction: Direction, bytes: number): void {
    this.allowance.set(direction, bytes)
  }

  /** Stops taking bytes in a direction, or both: what was sent waits and is not lost. */
  stall(direction?: Direction): void {
    for (const each of direction === undefined ? (['up', 'down'] as const) : [direction]) {
      this.stalled.add(each)
      for (const pair of this.pairs) sourceOf(pair, each).pause()
    }
  }

  /**
   * Swallows everything in both directions, closes and resets too: both ends believe to be connected. As when a cable
   * is pulled. Connections of this time stay dead after `heal`, as the bytes they lost cannot be had again.
   */
  halfOpen(): void {
    this.dead = true
  }

  /** Passes each piece on this much later, in order. */
  delay(ms: number): void {
    this.delayMs = ms
  }

  /** Passes on at most so many bytes a second, for each connection. */
  throttle(direction: Direction, bytesPerSecond: number): void {
    this.bytesPerSecond.set(direction, bytesPerSecond)
  }

  /** Ends all faults. */
  heal(): void {
    if (this.dead) this.cut()
    this.dead = false
    this.refusing = false
    this.delayMs = 0
    this.bytesPerSecond.clear()
    this.allowance.clear()
    this.stalled.clear()
    for (const { client, target } of this.pairs) {
      client.resume()
      target.resume()
    }
  }

  /** Resets all connections and gives the port back. */
  async close(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private connected(client: Socket): void {
    client.on('error', () => client.destroy())
    if (this.refusing) {
      client.resetAndDestroy()
      return
    }
    this.accepted += 1
    const target = connect({ port: this.targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    target.on('error', () => target.destroy())
    const pair = { client, target }
    this.pairs.add(pair)
    this.join(pair, 'up')
    this.join(pair, 'down')
  }

  private join(pair: Pair, direction: Direction): void {
    const source = sourceOf(pair, direction)
    const sink = sourceOf(pair, direction === 'up' ? 'down' : 'up')
    const line = new DelayLine(() => this.delayMs)
    source.on('data', (bytes: Buffer) => {
      if (this.dead) return
      const rate = this.bytesPerSecond.get(direction)
      if (rate === undefined) return line.add(() => this.pass(pair, direction, sink, bytes))
      const pieceBytes = Math.ceil((rate * PIECE_MS) / 1_000)
      for (let start = 0; start < bytes.length; start += pieceBytes) {
        line.add(() => this.pass(pair, direction, sink, bytes.subarray(start, start + pieceBytes)), PIECE_MS)
      }
      source.pause()
      line.add(() => this.resume(pair, direction))
    })
    source.on('end', () => {
      if (!this.dead) line.add(() => sink.end())
    })
    source.on('close', () => {
      if (this.dead) return
      this.pairs.delete(pair)
      line.add(() => {
        if (source.errored === null) sink.destroySoon()
        else sink.resetAndDestroy()
      })
    })
    // A receiver that does not read is felt by the sender, as without a proxy.
    sink.on('drain', () => this.resume(pair, direction))
    if (this.stalled.has(direction)) source.pause()
  }

  private resume(pair: Pair, direction: Direction): void {
    const sink = sourceOf(pair, direction === 'up' ? 'down' : 'up')
    if (!this.stalled.has(direction) && !sink.writableNeedDrain) sourceOf(pair, direction).resume()
  }

  private pass(pair: Pair, direction: Direction, sink: Socket, bytes: Buffer): void {
    if (this.dead || sink.destroyed) return
    const allowed = this.allowance.get(direction)
    const part = allowed === undefined ? bytes : bytes.subarray(0, allowed)
    this.passed[direction] += part.length
    if (allowed !== undefined && allowed <= bytes.length) {
      this.allowance.delete(direction)
      // Ended properly, then reset: a reset alone would take back what is on its way.
      sink.end(part, () => reset(pair))
      return
    }
    if (allowed !== undefined) this.allowance.set(direction, allowed - bytes.length)
    if (!sink.write(part)) sourceOf(pair, direction).pause()
  }
}

/** How long one piece of a throttled stream takes, milliseconds. */
const PIECE_MS = 20

/** Runs tasks in order, each at least as long after it came as the delay was at that time. */
class DelayLine {
  private readonly waiting: { readonly at: number; readonly task: () => void }[] = []
  private lastAt = 0

  constructor(private readonly delayMs: () => number) {}

  /** `afterLastMs` is the least time after the task before. */
  add(task: () => void, afterLastMs = 0): void {
    const now = performance.now()
    this.lastAt = Math.max(now + this.delayMs(), this.lastAt + afterLastMs)
    if (this.lastAt <= now && this.waiting.length === 0) return task()
    this.waiting.push({ at: this.lastAt, task })
    if (this.waiting.length === 1) this.wait()
  }

  private wait(): void {
    const next = this.waiting[0]
    if (next === undefined) return
    setTimeout(
      () => {
        this.waiting.shift()
        next.task()
        this.wait()
      },
      Math.max(0, next.at - performance.now()),
    )
  }
}

function sourceOf(pair: Pair, direction: Direction): Socket {
  return direction === 'up' ? pair.client : pair.target
}

function reset({ client, target }: Pair): void {
  client.resetAndDestroy()
  target.resetAndDestroy()
}
