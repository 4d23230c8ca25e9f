/** What one server takes from the network, and how long it waits. Every field may be overridden when it starts. */
export interface TransportLimits {
  /** WebSockets at once. */
  readonly maxConnections: number
  /** TCP connections at once, those that fetch files included. */
  readonly maxTcpConnections: number
  /** TCP connections at once of one address. */
  readonly maxConnectionsPerAddress: number
  /** TCP connections at once of one IPv6 network, the first 64 bits of an address. */
  readonly maxConnectionsPerIPv6Network: number
  /** TCP connections at once of one IPv6 site, the first 48 bits of an address. */
  readonly maxConnectionsPerIPv6Site: number
  /**
   * Milliseconds until a new TCP connection has said its first byte, then until it has agreed on encryption, then until the
   * headers of its request are there (the WebSocket handshake, too). Bytes that come meanwhile give no more time.
   */
  readonly handshakeTimeoutMs: number
  /** Milliseconds until a whole request is there. */
  readonly requestTimeoutMs: number
  /** Milliseconds an idle HTTP connection is kept for the next request. */
  readonly keepAliveTimeoutMs: number
  /** Bytes of all headers of a request. */
  readonly maxHeaderBytes: number
  /** Bytes of one WebSocket message in UTF-8, after its fragments are joined. */
  readonly maxFrameBytes: number
  /** Bytes that a connection may send before it has logged in. */
  readonly maxBytesBeforeLogin: number
  /** Bytes of messages that have begun and not ended, over all connections. */
  readonly maxUnfinishedBytes: number
  /** Messages, pings and pongs of one connection each second, on average. Who sends more is read more slowly. */
  readonly messagesPerSecond: number
  /** Messages that may come at once after a rest. No message costs more than that, or it would never get through. */
  readonly messageBurst: number
  /** Bytes of one connection each second, on average. Who sends more is read more slowly. */
  readonly bytesPerSecond: number
  /** Bytes that may come at once after a rest. */
  readonly byteBurst: number
  /** Milliseconds a connection is at most not read for its rates; one that would have to wait longer is cut. */
  readonly maxPauseMs: number
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
  // A class of 30 behind one router, each with a browser that loads over six connections and holds one.
  maxConnectionsPerAddress: 256,
  // One machine has every address of its network, and everybody at a school may be in it: 500 people once they are in.
  maxConnectionsPerIPv6Network: 512,
  // A line at home comes with up to 65,536 networks: half of all WebSockets are left for others.
  maxConnectionsPerIPv6Site: 1_000,
  // Headers are one packet; slower than this is somebody holding connections open.
  handshakeTimeoutMs: 5_000,
  // No request here has a body worth waiting for.
  requestTimeoutMs: 10_000,
  keepAliveTimeoutMs: 5_000,
  // Chromium sends about 1 kB; cookies of other servers on the same host name come along.
  maxHeaderBytes: 8 * 1024,
  // An op of the longest allowed paste piece with room to spare; larger content travels in pieces.
  maxFrameBytes: 4 * 1024 * 1024,
  // A login has less than 1 kB.
  maxBytesBeforeLogin: 64 * 1024,
  // 300 people who paste at the same moment, and a small machine that goes on.
  maxUnfinishedBytes: 256 * 1024 * 1024,
  // Somebody who draws sends an update and a place for each screen frame: 120.
  messagesPerSecond: 500,
  // Coming back with 200 open pages and unsent edits in all of them is 600 messages.
  messageBurst: 2_000,
  // More than most Wi-Fi carries; JSON of that is parsed in a tenth of the second.
  bytesPerSecond: 16 * 1024 * 1024,
  // A few photographs or the longest paste at full speed.
  byteBurst: 32 * 1024 * 1024,
  // An honest client owes some milliseconds: as much as was read in one piece.
  maxPauseMs: 2_000,
  // Two pings may be lost before a client counts as gone, and it is noticed within 10 s.
  pingEveryMs: 3_000,
  deadAfterMs: 9_000,
  closeTimeoutMs: 3_000,
}
