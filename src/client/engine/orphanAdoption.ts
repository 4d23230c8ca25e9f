import type { ReplicaStore } from '../cache/replicaCache'
import type { RoomClientOptions } from './clientOptions'
import { OrphanDrain, type Orphan } from './orphanDrain'

/** Milliseconds after joining, and between two times, that replicas left by ended windows are looked for. */
const FIRST_ADOPT_MS = 1_000
const ADOPT_MS = 30_000

export interface OrphanAdoptionOptions {
  readonly client: RoomClientOptions
  /** Whether the page list is there: it tells of what kind a page is. */
  readonly isReady: () => boolean
  /** It is time to look: what else is unsent is sent as well. */
  readonly onRound: () => void
  /** Takes a replica over, or says what is to be drained of it. */
  readonly adopt: (pageId: string, store: ReplicaStore) => Orphan[]
  readonly onDrafts: () => void
}

/** Now and then takes over what windows that ended have left unsent, so that it is sent though nobody shows it. */
export class OrphanAdoption {
  readonly #options: OrphanAdoptionOptions
  #drain: OrphanDrain | undefined
  #isAdopting = false
  #isConnected = false
  #isEnded = false
  #cancel: () => void = () => undefined

  constructor(options: OrphanAdoptionOptions) {
    this.#options = options
  }

  /** The room is joined: looks soon, and again and again. */
  connected(): void {
    this.#isConnected = true
    this.#lookIn(FIRST_ADOPT_MS)
  }

  disconnected(): void {
    this.#isConnected = false
    this.#cancel()
  }

  /** Takes over nothing more. */
  stop(): void {
    this.#isEnded = true
    this.#cancel()
  }

  /** Waits until what is being drained is let go of. */
  async drained(): Promise<void> {
    await this.#drain?.end()
  }

  #lookIn(ms: number): void {
    const { clock, onError } = this.#options.client
    this.#cancel()
    this.#cancel = clock.after(ms, () => {
      this.#adoptAll()
        .catch(onError)
        .finally(() => {
          if (this.#isConnected && !this.#isEnded) this.#lookIn(ADOPT_MS)
        })
    })
  }

  async #adoptAll(): Promise<void> {
    const { client, isReady, onRound, adopt, onDrafts } = this.#options
    if (!isReady() || this.#drain?.done === false || this.#isAdopting) return
    this.#isAdopting = true
    try {
      onRound()
      const orphans = await client.cache.claimOrphans(client.roomId)
      if (this.#isEnded) await Promise.all(orphans.map(({ store }) => store.release()))
      const toDrain = this.#isEnded ? [] : orphans.flatMap(({ pageId, store }) => adopt(pageId, store))
      if (toDrain.length === 0) return
      this.#drain = new OrphanDrain(client, toDrain, onDrafts)
      this.#drain.run().catch(client.onError)
    } finally {
      this.#isAdopting = false
    }
  }
}
