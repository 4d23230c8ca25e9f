import { CacheError, type ReplicaCache, type ReplicaStore } from '../../shared/cache/replicaCache'

/** The replica cache as one page load uses it: the page has numbers for its claims. */
export class WindowCache {
  readonly #stores = new Map<number, ReplicaStore>()
  #lastClaimId = 0

  constructor(readonly cache: ReplicaCache) {}

  /** Makes a claimed replica known to the page. */
  add(store: ReplicaStore): { claimId: number; replicaId: string } {
    const claimId = ++this.#lastClaimId
    this.#stores.set(claimId, store)
    return { claimId, replicaId: store.replicaId }
  }

  /** Throws CacheError `lease-lost` for a claim that the page has given up, or never had. */
  store(claimId: number): ReplicaStore {
    const store = this.#stores.get(claimId)
    if (store === undefined) throw new CacheError('lease-lost', 'this window has no claim on the replica')
    return store
  }

  /** The store, for the last time. Undefined where the page has given it up before. */
  take(claimId: number): ReplicaStore | undefined {
    const store = this.#stores.get(claimId)
    this.#stores.delete(claimId)
    return store
  }

  async end(): Promise<void> {
    this.#stores.clear()
    await this.cache.close()
  }
}
