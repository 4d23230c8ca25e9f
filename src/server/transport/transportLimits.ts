/** What one server takes from the network, and how long it waits. Every field may be overridden when it starts. */
export interface TransportLimits {
  /** WebSockets at once. */
  readonly maxConnections: number
  /** TCP connections at once, those that fetch files included. */
  readonly maxTcpConnections: number
  /** Milliseconds until a new TCP connection has sent the headers of its request (the WebSocket handshake, too). */
  readonly handshakeTimeoutMs: number
  /** Milliseconds until a whole request is there. */
  readonly requestTimeoutMs: number
  /** Milliseconds an idle HTTP connection is kept for the next request. */
  readonly keepAliveTimeoutMs: number
  /** Bytes of all headers of a request. */
  readonly maxHeaderBytes: number
  /** Bytes of one WebSocket message in UTF-8, after its fragments are joined. */
  readonly maxFrameBytes: number
  /** Milliseconds between two WebSocket pings to a client. */
  readonly pingEveryMs: number
  /** Milliseconds without a byte from a client until it counts as gone. */
  readonly deadAfterMs: number
  /** Milliseconds a client has to answer the server's close. */
  readonly closeTimeoutMs: number
}

export const DEFAULT_TRANSPORT_LIMITS: TransportLimits = {
  // One process carries that many idle sockets in about 100 MB; far more people than a room is made for.
  maxConnections: 2_000,
  // A browser holds up to six connections for files while it loads, and lets go of them soon after.
  maxTcpConnections: 4_000,
  // Headers are one packet; slower than this is somebody holding connections open.
  handshakeTimeoutMs: 5_000,
  // No request here has a body worth waiting for.
  requestTimeoutMs: 10_000,
  keepAliveTimeoutMs: 5_000,
  // Chromium sends about 1 kB; cookies of other servers on the same host name come along.
  maxHeaderBytes: 8 * 1024,
  // An op of the longest allowed paste piece with room to spare; larger content travels in pieces.
  maxFrameBytes: 4 * 1024 * 1024,
  // Two pings may be lost before a client counts as gone, and it is noticed within 10 s.
  pingEveryMs: 3_000,
  deadAfterMs: 9_000,
  closeTimeoutMs: 3_000,
}
