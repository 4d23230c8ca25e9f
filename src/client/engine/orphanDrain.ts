import { createId } from '../../shared/identity/keys'
import type { PageKind } from '../../shared/protocol/values'
import type { ReplicaStore } from '../cache/replicaCache'
import { Connection } from '../connection/connection'
import type { PageMessage } from '../replica/link'
import type { Replica } from '../replica/replica'
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
  readonly #connection: Connection
  readonly #waiting: Orphan[]
  #current: { readonly pageId: string; readonly replica: Replica; readonly finish: () => void } | undefined
  #joined = false
  #done = false

  constructor(options: RoomClientOptions, orphans: readonly Orphan[], onDrafts: () => void) {
    const { roomId, host, device, profile, dial, clock, random, randomBytes } = options
    this.#options = options
    this.#waiting = [...orphans]
    this.#onDrafts = onDrafts
    this.#connection = new Connection({
      host,
      roomId,
      windowId: createId(randomBytes),
      device,
      profile: () => profile,
      dial,
      clock,
      random,
      newChallenge: options.newChallenge ?? (() => createId(randomBytes)),
      verify: options.verify,
      onJoined: () => {
        this.#joined = true
        this.#current?.replica.connected(this.#connection)
      },
      onMessage: (message) => {
        const current = this.#current
        if (current !== undefined && 'pageId' in message && message.pageId === current.pageId) {
          current.replica.received(message as PageMessage)
        }
      },
      onLost: () => {
        this.#joined = false
        this.#current?.replica.disconnected()
      },
    })
  }

  /** True when everything has been sent, or the drain was ended. */
  get done(): boolean {
    return this.#done
  }

  /** Sends everything. Resolves when nothing is left, or after {@link end}. */
  async run(): Promise<void> {
    this.#connection.connect()
    for (let orphan = this.#waiting.shift(); orphan !== undefined; orphan = this.#waiting.shift()) {
      // One that cannot be read stays claimed and as it is; the others go on.
      await this.#send(orphan).catch(this.#options.onError)
    }
    this.#done = true
    await this.#connection.leave()
  }

  /** Stops; what is not sent stays in the cache. */
  async end(): Promise<void> {
    this.#done = true
    for (const { store } of this.#waiting.splice(0)) await store.release()
    this.#current?.finish()
  }

  async #send({ pageId, kind, store }: Orphan): Promise<void> {
    const replica = await loadReplica(this.#options, pageId, kind, store, this.#onDrafts)
    if (!this.#done) {
      await new Promise<void>((finish) => {
        this.#current = { pageId, replica, finish }
        // One that the server refuses is left for a later time, so that it does not hold up the others.
        replica.saveState.subscribe(({ synced, problem }) => {
          if (synced || problem !== undefined) finish()
        })
        if (this.#joined) replica.connected(this.#connection)
      })
    }
    this.#current = undefined
    const sent = replica.saveState.value.synced
    // Where this device cannot store, what is sent is safe with the server, and the rest stays as it was stored.
    await replica.written().catch(this.#options.onError)
    await replica.close(sent ? 'discard' : 'release')
    if (this.#joined) this.#connection.send({ type: 'closePage', pageId })
  }
}
