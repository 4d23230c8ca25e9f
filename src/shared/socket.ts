import type { Audience } from './identity/audience'

/**
 * A WebSocket as the engine sees it: text frames, in order, to one peer. Implemented by `ws` on the server,
 * by the browser's WebSocket, by the desktop bridge, and by the fake network of the tests.
 */
export interface Socket {
  /** Queues a frame. Does nothing once the socket is closed. */
  send(frame: string): void
  /** Closes with a code (1000 to 4999) and a reason of at most 123 bytes. */
  close(code: number, reason: string): void
  /** Bytes queued and not yet handed to the system: grows when the peer reads too slowly. */
  readonly bufferedAmount: number
}

/** What a {@link Socket}'s owner is told. `closed` comes exactly once and is the last. */
export interface SocketListener {
  /** The first that comes, where it connects at all. `audience`: whom a login over it is meant for. */
  opened(audience: Audience): void
  received(frame: string): void
  closed(code: number, reason: string): void
}

/** Where a server is met. */
export interface HostAddress {
  /** Addresses of its WebSocket (`ws:` or `wss:`), best first: whichever answers first is used. At least one. */
  readonly urls: readonly string[]
  /**
   * SHA-256 of its certificate, base64url: then that certificate counts and no other. Undefined: the system's
   * authorities decide. A browser cannot check it and asks the person instead.
   */
  readonly fingerprint?: string | undefined
}

/** Opens a socket to a host. Failing to connect is reported by `closed`. */
export type Dial = (host: HostAddress, listener: SocketListener) => Socket
