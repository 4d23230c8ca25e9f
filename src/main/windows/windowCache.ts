import { CacheError, type ReplicaCache, type ReplicaStore } from '../../shared/cache/replicaCache'

/** The replica cache as one page load uses it: the page has ids for the replicas it claimed. */
export class WindowCache {
  readonly #stores = new Map<string, ReplicaStore>()

  constructor(readonly cache: ReplicaCache) {}

  /** Makes a claimed replica known to the page. */
  add(store: ReplicaStore): string {
    this.#stores.set(store.replicaId, store)
    return store.replicaId
  }

  /** Throws CacheError `lease-lost` for a replica that this page load has not claimed, or has given up. */
  store(replicaId: string): ReplicaStore {
    const store = this.#stores.get(replicaId)
    if (store === undefined) throw new CacheError('lease-lost', 'this window has no claim on the replica')
    return store
  }

  /** The store, which the page will not use again. */
  take(replicaId: string): ReplicaStore {
    const store = this.store(replicaId)
    this.#stores.delete(replicaId)
    return store
  }

  async end(): Promise<void> {
    this.#stores.clear()
    await this.cache.close()
  }
}
