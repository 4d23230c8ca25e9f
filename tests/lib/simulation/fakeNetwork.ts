import type { RoomServer } from '../../../src/server/core/roomServer'
import type { Dial, Socket, SocketListener } from '../../../src/shared/socket'
import { TEST_ARRIVAL, TEST_AUDIENCE } from '../testAudience'

type Delivery = { readonly frame: string } | { readonly close: number }

/** One connection: a queue each way, and two ends that may learn of its end at different times. */
export class Wire {
  readonly toServer: Delivery[] = []
  readonly toClient: Delivery[] = []
  clientOpen = true
  serverOpen = true
  #server: ReturnType<RoomServer['accept']> | undefined

  constructor(
    readonly owner: string,
    readonly listener: SocketListener,
    readonly accept: () => RoomServer | undefined,
  ) {}

  get connected(): boolean {
    return this.#server !== undefined
  }

  get idle(): boolean {
    return this.connected && this.toServer.length === 0 && this.toClient.length === 0
  }

  clientSocket(): Socket {
    return {
      send: (frame) => {
        if (this.clientOpen) this.toServer.push({ frame })
      },
      close: (code) => {
        if (!this.clientOpen) return
        this.clientOpen = false
        this.toServer.push({ close: code })
        this.toClient.length = 0
      },
      bufferedAmount: 0,
    }
  }

  /** The server takes the connection, or the client learns that there is none. */
  connect(): void {
    const server = this.accept()
    if (server === undefined) {
      this.serverOpen = false
      this.endClient(1006)
      return
    }
    this.listener.opened(TEST_AUDIENCE)
    this.#server = server.accept(this.#serverSocket(), TEST_ARRIVAL)
  }

  /** Delivers the oldest frame of one direction. */
  deliver(direction: 'toServer' | 'toClient'): void {
    const delivery = this[direction].shift()
    if (delivery === undefined) return
    if (direction === 'toServer') {
      if (!this.serverOpen) return
      if ('frame' in delivery) this.#server?.received(delivery.frame)
      else this.endServer()
    } else if (this.clientOpen) {
      if ('frame' in delivery) this.listener.received(delivery.frame)
      else this.endClient(delivery.close)
    }
  }

  /** The client learns that the connection is gone; what it sent may still arrive. */
  endClient(code: number): void {
    if (!this.clientOpen) return
    this.clientOpen = false
    this.toClient.length = 0
    this.listener.closed(code, '')
  }

  /** The server learns that the connection is gone; what it sent may still arrive. */
  endServer(): void {
    if (!this.serverOpen) return
    this.serverOpen = false
    this.toServer.length = 0
    this.#server?.closed(1006, '')
  }

  #serverSocket(): Socket {
    const toClient = this.toClient
    return {
      send: (frame) => {
        if (this.serverOpen && this.clientOpen) toClient.push({ frame })
      },
      close: (code) => {
        if (!this.serverOpen) return
        this.serverOpen = false
        this.toServer.length = 0
        if (this.clientOpen) toClient.push({ close: code })
      },
      get bufferedAmount() {
        return toClient.reduce((sum, delivery) => sum + ('frame' in delivery ? delivery.frame.length : 0), 0)
      },
    }
  }
}

/** Wires between clients and whatever server runs now. Nothing moves unless a test delivers it. */
export class FakeNetwork {
  wires: Wire[] = []
  /** The server that takes new connections; undefined while none runs. */
  server: RoomServer | undefined
  /** Who is out of reach: their new wires are not connected. */
  readonly away = new Set<string>()

  /** Wires on which something may happen. */
  get busy(): Wire[] {
    return this.wires.filter(
      (wire) =>
        !this.away.has(wire.owner) && ((!wire.connected && wire.clientOpen && wire.serverOpen) || !wire.idle),
    )
  }

  /** Somebody is out of reach from now on. */
  sendAway(owner: string): void {
    this.away.add(owner)
    for (const wire of this.wires.filter((each) => each.owner === owner)) {
      wire.endClient(1006)
      wire.endServer()
    }
  }

  /** How `owner` dials. */
  dialer(owner: string): Dial {
    return (_host, listener) => {
      const wire = new Wire(owner, listener, () => this.server)
      this.wires.push(wire)
      return wire.clientSocket()
    }
  }

  /** Forgets wires that both ends have given up and on which nothing is under way. */
  sweep(): void {
    this.wires = this.wires.filter((wire) => wire.clientOpen || (wire.serverOpen && wire.connected))
  }
}
