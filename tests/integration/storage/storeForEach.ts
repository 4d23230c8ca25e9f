import { afterEach, beforeEach } from 'vitest'
import type { RoomStore } from '../../../src/server/storage/roomStore'

/** Something that lasts, on which stores are opened one after another. */
export interface RoomStoreGround {
  open(): Promise<RoomStore>
  remove(): Promise<void>
}

/**
 * Opens a store on a ground of its own for each test of a contract, and closes it after it. `opened` is given each store
 * in turn; `prepare` puts something into the first. Returns what closes the store and opens another on the same ground.
 */
export function storeForEach(
  start: () => Promise<RoomStoreGround>,
  opened: (store: RoomStore) => void,
  prepare: () => Promise<void>,
): () => Promise<void> {
  let ground: RoomStoreGround
  let store: RoomStore
  const open = async (): Promise<void> => {
    store = await ground.open()
    opened(store)
  }
  beforeEach(async () => {
    ground = await start()
    await open()
    await prepare()
  })
  afterEach(async () => {
    await store.close()
    await ground.remove()
  })
  return async () => {
    await store.close()
    await open()
  }
}
