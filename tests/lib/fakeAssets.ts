import type { AssetClient, AssetState } from '../../src/client/api'
import { Variable } from '../../src/client/observable'
import { AssetError, type AssetErrorCode } from '../../src/shared/assets/assetError'

/** Pictures without a room: tests say how each stands with {@link set}. */
export class FakeAssets implements AssetClient {
  readonly unsentBytes = new Variable(0)
  readonly added: { readonly id: string; readonly bytes: Uint8Array }[] = []
  /** What the next `add` fails with. */
  refuses: AssetErrorCode | undefined
  /** How often each picture was asked for. */
  readonly asked = new Map<string, number>()
  readonly #states = new Map<string, Variable<AssetState>>()

  constructor(
    /** Pictures of other rooms of this device. */
    private readonly elsewhere: ReadonlyMap<string, Uint8Array> = new Map(),
  ) {}

  async add(bytes: Uint8Array): Promise<string> {
    await Promise.resolve()
    if (this.refuses !== undefined) throw new AssetError(this.refuses, 'refused by the test')
    const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))
    const id = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    this.added.push({ id, bytes })
    this.set(id, { state: 'ready', bytes, mimeType: 'image/png', upload: undefined })
    return id
  }

  watch(assetId: string): Variable<AssetState> {
    this.asked.set(assetId, (this.asked.get(assetId) ?? 0) + 1)
    return this.#variable(assetId)
  }

  read(assetId: string): Promise<Uint8Array | undefined> {
    const state = this.#states.get(assetId)?.value
    return Promise.resolve(state?.state === 'ready' ? state.bytes : this.elsewhere.get(assetId))
  }

  set(assetId: string, state: AssetState): void {
    this.#variable(assetId).set(state)
  }

  #variable(assetId: string): Variable<AssetState> {
    let variable = this.#states.get(assetId)
    if (variable === undefined) {
      variable = new Variable<AssetState>({ state: 'loading', progress: undefined })
      this.#states.set(assetId, variable)
    }
    return variable
  }
}
