import { join } from 'node:path'
import { StartError } from '../startError'
import { StoreError, type RoomStore } from '../storage/roomStore'
import { openSqliteRoomStore, ROOM_DATABASE_FILE } from '../storage/sqliteRoomStore'

/** Opens the database in a data folder. Throws StartError `database-...` or `data-unwritable`. */
export function openStore(dataFolder: string): RoomStore {
  try {
    return openSqliteRoomStore(dataFolder)
  } catch (error) {
    throw error instanceof StoreError ? explained(error, join(dataFolder, ROOM_DATABASE_FILE)) : error
  }
}

function explained(error: StoreError, path: string): StartError {
  const options = { cause: error }
  switch (error.code) {
    case 'database-corrupt':
      return new StartError(
        'database-corrupt',
        `${path} is damaged or no Inkroom database. It was left as it is. Move it away, or put a backup in its place.`,
        options,
      )
    case 'database-too-new':
      return new StartError(
        'database-too-new',
        `${path} was written by a newer version of Inkroom. It was left as it is. Start that version instead.`,
        options,
      )
    case 'database-locked':
      return new StartError(
        'database-locked',
        `${path} is in use by another room server. Stop that one, or choose another data folder.`,
        options,
      )
    case 'storage-failed':
      return new StartError(
        'data-unwritable',
        `${path} cannot be opened or written. Look at its permissions and at the space left on the disk.`,
        options,
      )
    default:
      // The other codes belong to calls on an open store.
      return new StartError('start-failed', error.message, options)
  }
}
