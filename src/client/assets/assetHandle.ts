import type { AssetState } from '../api'
import { Variable, type Observable } from '../observable'

const LOADING: AssetState = { state: 'loading', progress: undefined }

/** What is known of one picture. Holds its bytes while somebody watches, and falls asleep without them. */
export class AssetHandle implements Observable<AssetState> {
  readonly #state = new Variable<AssetState>(LOADING)
  readonly #onWatched: (handle: AssetHandle) => void
  readonly #onUnwatched: (handle: AssetHandle) => void
  #watchers = 0
  asleep = true

  constructor(
    readonly assetId: string,
    onWatched: (handle: AssetHandle) => void,
    onUnwatched: (handle: AssetHandle) => void,
  ) {
    this.#onWatched = onWatched
    this.#onUnwatched = onUnwatched
  }

  get value(): AssetState {
    return this.#state.value
  }

  get isWatched(): boolean {
    return this.#watchers > 0
  }

  subscribe(listener: (state: AssetState) => void): () => void {
    const end = this.#state.subscribe(listener)
    let isWatching = true
    this.#watchers += 1
    this.#onWatched(this)
    return () => {
      if (!isWatching) return
      isWatching = false
      end()
      this.#watchers -= 1
      if (this.#watchers === 0) this.#onUnwatched(this)
    }
  }

  set(state: AssetState): void {
    if (!this.asleep) this.#state.set(state)
  }

  fallAsleep(): void {
    this.set(LOADING)
    this.asleep = true
  }
}
