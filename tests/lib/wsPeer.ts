import { EventEmitter, once } from 'node:events'
import { WebSocket, type ClientOptions } from 'ws'

/** The far end of a WebSocket, for tests of the wire: keeps what it gets. */
export class WsPeer {
  readonly frames: string[] = []
  closing: { code: number; reason: string } | undefined
  private readonly events = new EventEmitter()

  private constructor(readonly webSocket: WebSocket) {
    webSocket.on('message', (data) => {
      this.frames.push(Buffer.isBuffer(data) ? data.toString('utf8') : '(not a buffer)')
      this.events.emit('frame')
    })
    webSocket.on('close', (code, reason) => {
      this.closing = { code, reason: reason.toString('utf8') }
      this.events.emit('closed')
    })
  }

  /** Connects. Fails with the HTTP status where the handshake is refused. */
  static async connect(url: string, options: ClientOptions = {}): Promise<WsPeer> {
    const webSocket = new WebSocket(url, options)
    const peer = new WsPeer(webSocket)
    await once(webSocket, 'open')
    webSocket.on('error', () => webSocket.terminate())
    return peer
  }

  send(frame: string): void {
    this.webSocket.send(frame)
  }

  /** The frame with an index, waited for. */
  async frame(index: number): Promise<string> {
    for (;;) {
      const frame = this.frames[index]
      if (frame !== undefined) return frame
      await once(this.events, 'frame')
    }
  }

  /** Waits until the connection is closed, and says how. */
  async wasClosed(): Promise<{ code: number; reason: string }> {
    if (this.closing === undefined) await once(this.events, 'closed')
    if (this.closing === undefined) throw new Error('not closed')
    return this.closing
  }
}
