/**
 * Bytes of messages that have begun and not ended, over all connections of a server. They wait in memory, so whoever
 * begins large messages on many connections and ends none could fill it.
 */
export class UnfinishedMessages<Connection> {
  readonly #bytes = new Map<Connection, number>()
  #total = 0

  /** `maxBytes`: how much may wait in all. `cut` ends a connection. */
  constructor(
    private readonly maxBytes: number,
    private readonly cut: (connection: Connection) => void,
  ) {}

  /** Bytes have come on a connection. Cuts the one that holds most where it is too much in all. */
  came(connection: Connection, count: number): void {
    this.#set(connection, (this.#bytes.get(connection) ?? 0) + count)
    if (this.#total <= this.maxBytes) return
    const [largest] = [...this.#bytes].reduce((most, entry) => (entry[1] > most[1] ? entry : most))
    this.#set(largest, 0)
    this.cut(largest)
  }

  /** A message is whole. */
  finished(connection: Connection): void {
    this.#set(connection, 0)
  }

  /** A ping or pong with so many bytes came, which may stand in the middle of a message. */
  control(connection: Connection, count: number): void {
    this.#set(connection, Math.max(0, (this.#bytes.get(connection) ?? 0) - count))
  }

  /** The connection is closed. */
  closed(connection: Connection): void {
    this.#set(connection, 0)
  }

  #set(connection: Connection, bytes: number): void {
    this.#total += bytes - (this.#bytes.get(connection) ?? 0)
    if (bytes === 0) this.#bytes.delete(connection)
    else this.#bytes.set(connection, bytes)
  }
}
