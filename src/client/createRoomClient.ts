import type { RoomClient } from './api'
import type { RoomClientOptions } from './engine/clientOptions'
import { RoomEngine } from './engine/roomEngine'

export type { RoomClientOptions } from './engine/clientOptions'

/** Enters a room: opens it from the cache at once and connects. Ended with `leave`. */
export function createRoomClient(options: RoomClientOptions): RoomClient {
  return new RoomEngine(options)
}
