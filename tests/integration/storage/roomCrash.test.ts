import { describe, expect, it } from 'vitest'
import { openSqliteRoomStore } from '../../../src/server/storage/sqliteRoomStore'
import { killAfterLines } from './killedProcess'
import { idOf, sampleRoom } from './samples'
import { tempFolder } from './tempFolder'

describe('SqliteRoomStore and kill -9', () => {
  it.each([1, 17, 58])('B1: keeps all that was reported as appended, after %i appends', async (lines) => {
    const { folder, remove } = tempFolder()
    const [version, hash] = (await killAfterLines('appendUntilKilled.ts', folder, lines)).split(' ')
    const store = openSqliteRoomStore(folder)
    const { roomId } = sampleRoom('room')
    expect(await store.hashAt(roomId, idOf('page'), Number(version))).toBe(hash)
    // Both pages of a batch are there or neither, and each loads without a gap.
    const page = await store.loadPage(roomId, idOf('page'))
    const list = await store.loadPage(roomId, 'pages')
    expect(page?.head?.version).toBeGreaterThanOrEqual(Number(version))
    expect(list?.head?.version).toBe(page?.head?.version)
    await store.close()
    remove()
  })
})
