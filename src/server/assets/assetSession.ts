import type { ServerMessage } from '../../shared/protocol/serverMessages'

/** What the pictures of a room know of a session. Compared by identity. */
export interface AssetSession {
  readonly deviceId: string
  /** Does nothing once the session has left. */
  send(message: ServerMessage): void
}
