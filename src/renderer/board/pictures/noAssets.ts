import type { AssetClient } from '../../../client/api'
import { Variable } from '../../../client/observable'
import { AssetError } from '../../../shared/assets/assetError'

/** Pictures of a room client that has none. */
export const NO_ASSETS: AssetClient = {
  add: () => Promise.reject(new AssetError('storage-failed', 'this client keeps no pictures')),
  watch: () => new Variable({ state: 'waiting' } as const),
  read: () => Promise.resolve(undefined),
  unsentBytes: new Variable(0),
}
