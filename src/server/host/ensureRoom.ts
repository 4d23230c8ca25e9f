import { createId, type RandomBytes } from '../../shared/identity/keys'
import type { RoomServer } from '../core/roomServer'

/**
 * Makes sure that a room with a title exists and is open, and returns its id; of several the newest counts. A room made
 * here belongs to an id that no device has: whoever runs the server is its owner, not whoever comes first.
 */
export async function ensureRoom(
  roomServer: Pick<RoomServer, 'createRoom' | 'listRooms' | 'reopenRoom'>,
  title: string,
  randomBytes: RandomBytes,
): Promise<string> {
  const known = (await roomServer.listRooms()).find(({ room }) => room.title === title)
  if (known === undefined) return (await roomServer.createRoom(title, createId(randomBytes))).roomId
  if (!known.open) await roomServer.reopenRoom(known.room.roomId)
  return known.room.roomId
}
