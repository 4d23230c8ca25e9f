import { describe, expect, it } from 'vitest'
import { MemoryRoomDisk, MemoryRoomStore } from '../../../src/server/storage/memoryRoomStore'
import { openSqliteRoomStore } from '../../../src/server/storage/sqliteRoomStore'
import { describeAccessStore } from './accessStoreContract'
import { describeAssetStore } from './assetStoreContract'
import { describeForgetting } from './forgettingContract'
import { describeRoomStore } from './roomStoreContract'
import type { RoomStoreGround } from './storeForEach'
import { idOf, sampleRoom, SampleHistory } from './samples'
import { tempFolder } from './tempFolder'

async function startMemory(): Promise<RoomStoreGround> {
  const disk = new MemoryRoomDisk()
  return { open: async () => new MemoryRoomStore(disk), remove: async () => undefined }
}

async function startSqlite(): Promise<RoomStoreGround> {
  const { folder, remove } = tempFolder()
  return { open: async () => openSqliteRoomStore(folder), remove: async () => remove() }
}

for (const [name, start] of [
  ['MemoryRoomStore', startMemory],
  ['SqliteRoomStore', startSqlite],
] as const) {
  describeRoomStore(name, start)
  describeForgetting(name, start)
  describeAssetStore(name, start)
  describeAccessStore(name, start)
}

describe('MemoryRoomStore in tests', () => {
  const room = sampleRoom('room')
  const pageId = idOf('page')

  it('stores nothing where the hook before an append throws', async () => {
    let full = true
    const store = new MemoryRoomStore(new MemoryRoomDisk(), {
      beforeAppend() {
        if (full) throw new Error('disk full')
      },
    })
    await store.createRoom(room)
    const append = new SampleHistory(room.roomId, pageId).nextMany(1)
    await expect(store.append([append])).rejects.toThrow('disk full')
    expect(await store.loadPage(room.roomId, pageId)).toBeUndefined()
    full = false
    await store.append([append])
    expect((await store.loadPage(room.roomId, pageId))?.tail).toHaveLength(1)
  })

  it('stores nothing that was under way when it was closed', async () => {
    const disk = new MemoryRoomDisk()
    const store: MemoryRoomStore = new MemoryRoomStore(disk, { beforeAppend: () => store.close() })
    await store.createRoom(room)
    const append = new SampleHistory(room.roomId, pageId).nextMany(1)
    await expect(store.append([append])).rejects.toMatchObject({ code: 'storage-failed' })
    expect(await new MemoryRoomStore(disk).loadPage(room.roomId, pageId)).toBeUndefined()
  })

  it('goes back to an older image, as from a backup', async () => {
    const disk = new MemoryRoomDisk()
    const store = new MemoryRoomStore(disk)
    await store.createRoom(room)
    const history = new SampleHistory(room.roomId, pageId)
    await store.append([history.nextMany(1)])
    const backup = disk.image
    await store.append([history.nextMany(1)])
    disk.image = backup
    expect((await new MemoryRoomStore(disk).loadPage(room.roomId, pageId))?.tail).toHaveLength(1)
  })
})
