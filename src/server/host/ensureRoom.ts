import type { RoomServer } from '../core/roomServer'

/**
 * Makes sure that a room with a title exists and is open, and returns its id; of several the newest counts. A room made
 * here has no owner at first: whoever runs the server gives the invite that makes one, not whoever comes first.
 */
export async function ensureRoom(
  roomServer: Pick<RoomServer, 'createRoom' | 'listRooms' | 'reopenRoom'>,
  title: string,
): Promise<string> {
  const known = (await roomServer.listRooms()).find(({ room }) => room.title === title)
  if (known === undefined) return (await roomServer.createRoom(title)).roomId
  if (!known.open) await roomServer.reopenRoom(known.room.roomId)
  return known.room.roomId
}
