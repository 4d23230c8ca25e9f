import { describe, expect, it } from 'vitest'
import type { RoomStore } from '../../../src/server/storage/roomStore'
import type { Head } from '../../../src/shared/update'
import { storeForEach, type RoomStoreGround } from './storeForEach'
import { idOf, sampleRoom, sampleUpdate, SampleHistory, SIGNATURE } from './samples'

/** What every {@link RoomStore} does with updates that are old. Run it against each implementation. */
export function describeForgetting(name: string, start: () => Promise<RoomStoreGround>): void {
  describe(`${name} as a store that forgets`, () => {
    let store: RoomStore
    const room = sampleRoom('room')
    const pageId = idOf('page')

    const reopen = storeForEach(
      start,
      (next) => {
        store = next
      },
      () => store.createRoom(room),
    )

    it('B3: forgets old updates, but neither where clients stand nor the hash where the log starts', async () => {
      const history = new SampleHistory(room.roomId, pageId)
      await store.append([history.next(sampleUpdate(1, ['x'], 'bob'), sampleUpdate(1))])
      const middle = history.head
      await store.append([history.nextMany(2)])
      await store.saveSnapshot(room.roomId, pageId, { ...history.head, text: 'all' })
      await store.compact(room.roomId, pageId, middle.version)
      await reopen()
      expect(await store.logStart(room.roomId, pageId)).toBe(2)
      expect(await store.hashAt(room.roomId, pageId, 1)).toBeUndefined()
      expect(await store.hashAt(room.roomId, pageId, 2)).toBe(middle.hash)
      const kept = await store.readUpdates(room.roomId, pageId, 0, 99, 99)
      expect(kept.map(({ version }) => version)).toEqual([3, 4])
      const clients = (await store.loadPage(room.roomId, pageId))?.clients ?? []
      expect(clients.map(({ clientId, seq }) => [clientId, seq]).sort()).toEqual(
        [
          [idOf('alice'), 4],
          [idOf('bob'), 1],
        ].sort(),
      )
      await store.append([history.nextMany(1)])
      expect((await store.loadPage(room.roomId, pageId))?.head?.version).toBe(5)
    })

    it('D9: remembers the heads of updates that it forgets, until they are forgotten too', async () => {
      const history = new SampleHistory(room.roomId, pageId)
      const append = history.nextMany(9)
      const { updates } = append
      await store.append([append])
      await store.saveSnapshot(room.roomId, pageId, { ...history.head, text: 'all' })
      for (const version of [3, 6, 8]) await store.compact(room.roomId, pageId, version)
      await reopen()
      const known = (all: readonly Head[]): Promise<boolean[]> =>
        Promise.all(all.map((head) => store.isHead(room.roomId, pageId, head)))
      const none = updates.map(() => false)
      expect(await known(updates)).toEqual(none.map(() => true))
      expect(await known(updates.map(({ version }) => ({ version, hash: 'e'.repeat(64) })))).toEqual(none)
      expect(await known(updates.map(({ version, hash }) => ({ version: version + 1, hash })))).toEqual(none)
      expect(await store.isHead(room.roomId, 'pages', history.head)).toBe(false)

      await store.forgetHeads(room.roomId, pageId, 6)
      expect(await known(updates.slice(0, 2))).toEqual([false, false])
      expect(await known(updates.slice(5))).toEqual([true, true, true, true])
      await store.forgetHeads(room.roomId, pageId, 99)
      expect(await known(updates)).toEqual([...none.slice(0, 7), true, true])
      await expect(store.forgetHeads(room.roomId, 'pages', 1)).rejects.toMatchObject({ code: 'page-unknown' })
    })

    it('D9: remembers the head at which an imported page began', async () => {
      const imported = sampleRoom('imported')
      await store.beginImport(imported)
      const history = new SampleHistory(imported.roomId, pageId)
      history.nextMany(5)
      const start = { ...history.head, signature: SIGNATURE }
      await store.startPage(imported.roomId, pageId, 'text', start)
      const next = history.nextMany(2)
      await store.append([next])
      await store.saveSnapshot(imported.roomId, pageId, { ...history.head, text: 'all' })
      await store.compact(imported.roomId, pageId, 7)
      for (const head of [start, ...next.updates])
        expect(await store.isHead(imported.roomId, pageId, head)).toBe(true)
      expect(await store.isHead(imported.roomId, pageId, { ...start, version: 4 })).toBe(false)
    })

    it('forgets a whole log and goes on from the snapshot', async () => {
      const history = new SampleHistory(room.roomId, pageId)
      await store.append([history.nextMany(3)])
      await store.saveSnapshot(room.roomId, pageId, { ...history.head, text: 'all' })
      await store.compact(room.roomId, pageId, 3)
      await store.compact(room.roomId, pageId, 2)
      expect(await store.hashAt(room.roomId, pageId, 3)).toBe(history.head.hash)
      expect(await store.loadPage(room.roomId, pageId)).toMatchObject({ tail: [], head: history.head })
      await store.append([history.nextMany(1)])
      expect(await store.readUpdates(room.roomId, pageId, 3, 99, 99)).toHaveLength(1)
    })

    it('never forgets updates that no snapshot holds', async () => {
      const history = new SampleHistory(room.roomId, pageId)
      await store.append([history.nextMany(3)])
      await expect(store.compact(room.roomId, pageId, 1)).rejects.toThrow(RangeError)
      await expect(store.compact(room.roomId, 'pages', 1)).rejects.toMatchObject({
        code: 'page-unknown',
      })
      expect(await store.readUpdates(room.roomId, pageId, 0, 99, 99)).toHaveLength(3)
    })
  })
}
