import type { AssetClient, AssetState } from '../../src/client/api'
import { Variable } from '../../src/client/observable'
import { assetTypeOf, inspectAsset } from '../../src/shared/assets/inspectAsset'
import { idOfPicture } from './samplePictures'

/** Pictures without a network: what is added is there at once, the rest stands as a test sets it. */
export class FakeAssets implements AssetClient {
  readonly unsentBytes = new Variable(0)
  readonly kept = new Map<string, Uint8Array>()
  readonly #states = new Map<string, Variable<AssetState>>()

  async add(bytes: Uint8Array): Promise<string> {
    inspectAsset(bytes)
    const assetId = idOfPicture(bytes)
    this.kept.set(assetId, bytes.slice())
    this.set(assetId, this.#ready(bytes))
    await Promise.resolve()
    return assetId
  }

  watch(assetId: string): Variable<AssetState> {
    const known = this.#states.get(assetId)
    if (known !== undefined) return known
    const state = new Variable<AssetState>({ state: 'loading', progress: undefined })
    this.#states.set(assetId, state)
    return state
  }

  async read(assetId: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.kept.get(assetId))
  }

  /** What is known of a picture from now on. */
  set(assetId: string, state: AssetState): void {
    this.watch(assetId).set(state)
  }

  #ready(bytes: Uint8Array): AssetState {
    return { state: 'ready', bytes, mimeType: assetTypeOf(bytes) ?? 'image/png', upload: undefined }
  }
}
