import type { ClientMessage } from '../../shared/protocol/clientMessages'
import type { ServerMessageOf } from '../../shared/protocol/serverMessages'

/** What pictures need of a connection that has joined. */
export interface AssetLink {
  send(message: ClientMessage): void
  /** Bytes queued and not yet handed to the system. */
  readonly bufferedAmount: number
}

const ASSET_MESSAGES = [
  'assetWanted',
  'assetStored',
  'assetRefused',
  'assetPiece',
  'assetMissing',
  'assetSought',
] as const

/** What a server says of pictures. */
export type AssetMessage = ServerMessageOf<(typeof ASSET_MESSAGES)[number]>

export function isAssetMessage(message: { readonly type: string }): message is AssetMessage {
  return (ASSET_MESSAGES as readonly string[]).includes(message.type)
}
