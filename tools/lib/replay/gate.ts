import type { ClientMessageOf } from '../../../src/shared/protocol/clientMessages'
import { parseClientMessage, parseServerMessage } from '../../../src/shared/protocol/parse'
import type { ServerMessage, ServerMessageOf } from '../../../src/shared/protocol/serverMessages'
import type { Dial, SocketListener } from '../../../src/shared/socket'
import { webSocketDial } from '../client/webSocketDial'

/** Updates of the page as they come from the server. */
export type UpdatesMessage = ServerMessageOf<'updates'>
export type SubmitMessage = ClientMessageOf<'submit'>

export interface GateListener {
  /** Updates have come, and wait. */
  arrived(message: UpdatesMessage): void
  /** The client sends an update. */
  submitted(message: SubmitMessage): void
}

interface Held {
  readonly frame: string
  readonly message: ServerMessage
}

/** Milliseconds between two heartbeats to a client whose messages are held, so that it does not think them lost. */
const HEARTBEAT_MS = 2_000

/**
 * Stands between a client and its socket and holds the updates of one page back until they are let through: a
 * network as slow as wanted. What comes behind them waits too, so that the order stays.
 */
export class Gate {
  readonly #listener: GateListener
  readonly #held: Held[] = []
  /** What the client has sent and is not on its way yet. */
  #unsent: (() => void)[] = []
  #pageId: string | undefined
  #client: SocketListener | undefined
  #heartbeat: NodeJS.Timeout | undefined

  constructor(listener: GateListener) {
    this.#listener = listener
  }

  /** Starts to hold the updates of a page. */
  hold(pageId: string): void {
    this.#pageId = pageId
    this.#heartbeat = setInterval(() => {
      if (this.#held.length > 0) this.#client?.received(JSON.stringify({ type: 'heartbeat' }))
    }, HEARTBEAT_MS)
  }

  /** Lets everything through from now on. */
  open(): void {
    this.#pageId = undefined
    clearInterval(this.#heartbeat)
    while (this.#held.length > 0) this.#deliver()
  }

  /** Sends what the client has handed over. */
  send(): void {
    for (const send of this.#unsent.splice(0)) send()
  }

  /** The oldest updates held. */
  get first(): UpdatesMessage | undefined {
    const message = this.#held[0]?.message
    return message?.type === 'updates' ? message : undefined
  }

  /** Lets the oldest updates through, and what does not have to wait behind them. */
  release(): void {
    this.#deliver()
    while (this.#held.length > 0 && this.first?.pageId !== this.#pageId) this.#deliver()
  }

  /** For the client whose messages pass here. */
  readonly dial: Dial = (host, listener) => {
    this.#client = listener
    const socket = webSocketDial(host, {
      opened: (audience) => listener.opened(audience),
      received: (frame) => this.#received(frame),
      closed: (code, reason) => {
        clearInterval(this.#heartbeat)
        listener.closed(code, reason)
      },
    })
    return {
      send: (frame) => {
        const isHeld = this.#sent(frame)
        if (isHeld) this.#unsent.push(() => socket.send(frame))
        else socket.send(frame)
      },
      close: (code, reason) => {
        clearInterval(this.#heartbeat)
        socket.close(code, reason)
      },
      get bufferedAmount() {
        return socket.bufferedAmount
      },
    }
  }

  #received(frame: string): void {
    const message = parseServerMessage(frame)
    const isHeld = message.type === 'updates' && message.pageId === this.#pageId
    if (!isHeld && this.#held.length === 0) {
      this.#client?.received(frame)
      return
    }
    this.#held.push({ frame, message })
    if (isHeld) this.#listener.arrived(message)
  }

  #sent(frame: string): boolean {
    const message = parseClientMessage(frame)
    if (message.type !== 'submit' || message.pageId !== this.#pageId) return false
    this.#listener.submitted(message)
    return true
  }

  #deliver(): void {
    const held = this.#held.shift()
    if (held !== undefined) this.#client?.received(held.frame)
  }
}
