import { EventEmitter, once } from 'node:events'
import type { Arrival, RoomServer } from '../../../src/server/core/roomServer'
import type { Socket } from '../../../src/shared/socket'

/** One connection as a room server sees it. */
export class FakeConnection {
  readonly frames: string[] = []
  closing: { code: number; reason: string } | undefined
  private readonly events = new EventEmitter()

  constructor(
    readonly socket: Socket,
    readonly arrival: Arrival,
  ) {}

  received(frame: string): void {
    this.frames.push(frame)
    this.events.emit('frame')
  }

  closed(code: number, reason: string): void {
    if (this.closing !== undefined) throw new Error('closed was told twice')
    this.closing = { code, reason }
    this.events.emit('closed')
  }

  /** Waits until that many frames have come. */
  async framesCame(count: number): Promise<void> {
    while (this.frames.length < count) await once(this.events, 'frame')
  }

  /** Waits until the connection is closed, and says how. */
  async wasClosed(): Promise<{ code: number; reason: string }> {
    if (this.closing === undefined) await once(this.events, 'closed')
    if (this.closing === undefined) throw new Error('not closed')
    return this.closing
  }
}

/** A room server that greets with `hello` and notes what happens. */
export class FakeRoomServer implements Pick<RoomServer, 'accept'> {
  readonly connections: FakeConnection[] = []
  /** Called for each frame; may throw. */
  onFrame: (frame: string, connection: FakeConnection) => void = () => undefined
  /** Whether its connections count as logged in. */
  isLoggedIn = true
  private readonly events = new EventEmitter()

  accept(socket: Socket, arrival: Arrival): ReturnType<RoomServer['accept']> {
    const connection = new FakeConnection(socket, arrival)
    this.connections.push(connection)
    this.events.emit('connection')
    socket.send('hello')
    return {
      received: (frame) => {
        connection.received(frame)
        this.onFrame(frame, connection)
      },
      closed: (code, reason) => connection.closed(code, reason),
      isLoggedIn: this.isLoggedIn,
    }
  }

  /** The connection with an index, waited for. */
  async connection(index = 0): Promise<FakeConnection> {
    for (;;) {
      const connection = this.connections[index]
      if (connection !== undefined) return connection
      await once(this.events, 'connection')
    }
  }
}
