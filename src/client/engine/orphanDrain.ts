import { createId } from '../../shared/identity/keys'
import type { PageKind } from '../../shared/protocol/values'
import type { ReplicaStore } from '../cache/replicaCache'
import { Connection } from '../connection/connection'
import type { PageMessage, Replica } from '../replica/replica'
import type { RoomClientOptions } from './clientOptions'
import { loadReplica } from './replicaFactory'

/** A replica that no window shows and that holds unsent edits: left by a window or tab that ended. */
export interface Orphan {
  readonly pageId: string
  readonly kind: PageKind
  readonly store: ReplicaStore
}

/**
 * Sends what orphaned replicas hold, over a connection of its own (a session receives a page once, and the window may
 * have the same page open), one after another, and deletes each when nothing is left unsent in it.
 */
export class OrphanDrain {
  readonly #options: RoomClientOptions
  readonly #onDrafts: () => void
  #waiting: Orphan[]
  #current: { orphan: Orphan; replica: Replica } | undefined
  #connection: Connection | undefined
  #ended = false

  constructor(options: RoomClientOptions, orphans: readonly Orphan[], onDrafts: () => void) {
    this.#options = options
    this.#waiting = [...orphans]
    this.#onDrafts = onDrafts
  }

  /** True when everything has been sent, or the drain was ended. */
  get done(): boolean {
    return this.#ended
  }

  start(): void {
    const { roomId, url, device, profile, dial, clock, random, randomBytes } = this.#options
    const clientId = createId(randomBytes)
    const connection = new Connection({
      url,
      roomId,
      clientId,
      device,
      profile: () => profile,
      dial,
      clock,
      random,
      sign: this.#options.sign,
      onJoined: () => this.#joined(connection, clientId),
      onMessage: (message) => {
        const current = this.#current
        if (current !== undefined && 'pageId' in message && message.pageId === current.orphan.pageId) {
          current.replica.received(message as PageMessage)
        }
      },
      onLost: () => this.#current?.replica.disconnected(),
    })
    this.#connection = connection
    connection.connect()
  }

  /** Stops; what is not sent stays in the cache. */
  async end(): Promise<void> {
    this.#ended = true
    await this.#connection?.leave()
    await this.#current?.replica.close('release')
    for (const { store } of this.#waiting) await store.release()
    this.#waiting = []
  }

  #joined(connection: Connection, clientId: string): void {
    if (this.#current !== undefined) this.#current.replica.connected(connection)
    else this.#next(connection, clientId).catch(this.#options.onError)
  }

  async #next(connection: Connection, clientId: string): Promise<void> {
    const orphan = this.#waiting.shift()
    if (orphan === undefined || this.#ended) {
      this.#ended = true
      await connection.leave()
      return
    }
    const replica = await loadReplica(
      this.#options,
      clientId,
      orphan.pageId,
      orphan.kind,
      orphan.store,
      this.#onDrafts,
    )
    this.#current = { orphan, replica }
    let done = false
    replica.saveState.subscribe(({ unsent }) => {
      if (unsent > 0 || done) return
      done = true
      this.#drained(connection, clientId, replica).catch(this.#options.onError)
    })
    replica.connected(connection)
  }

  async #drained(connection: Connection, clientId: string, replica: Replica): Promise<void> {
    await replica.written()
    this.#current = undefined
    await replica.close('discard')
    await this.#next(connection, clientId)
  }
}
