import type { AssetState } from '../../../../src/client/api'
import type { EngineWindow } from '../../../lib/engineGround'

/** What a window shows of a picture, as a word or its bytes. */
export function shown(window: EngineWindow, assetId: string): unknown {
  const state: AssetState = window.client.assets.watch(assetId).value
  if (state.state === 'ready') return state.bytes
  return state.state === 'failed' ? state.code : state.state
}
