import { describe, expect, it } from 'vitest'
import type { RoomStore } from '../../../src/server/storage/roomStore'
import { storeForEach, type RoomStoreGround } from './storeForEach'
import { idOf, sampleRoom, sampleUpdate, SampleHistory, SIGNATURE } from './samples'

/** What every {@link RoomStore} does. Run it against each implementation. */
export function describeRoomStore(name: string, start: () => Promise<RoomStoreGround>): void {
  describe(`${name} as a RoomStore`, () => {
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

    it('keeps rooms over a restart and lists the newest first', async () => {
      const later = sampleRoom('later', 2000)
      await store.createRoom(later)
      await reopen()
      expect(await store.listRooms()).toEqual([later, room])
      expect(await store.loadRoom(room.roomId)).toEqual(room)
      expect(await store.loadRoom(idOf('nowhere'))).toBeUndefined()
    })

    it('refuses a second room of one id and keeps the first', async () => {
      await expect(store.createRoom({ ...room, title: 'other' })).rejects.toMatchObject({
        code: 'room-exists',
      })
      expect(await store.loadRoom(room.roomId)).toEqual(room)
    })

    it('keeps a closed room closed over a restart', async () => {
      await store.setRoomOpen(room.roomId, false)
      await reopen()
      expect(await store.loadRoom(room.roomId)).toEqual({ ...room, open: false })
      await store.setRoomOpen(room.roomId, true)
      expect(await store.loadRoom(room.roomId)).toEqual(room)
      await expect(store.setRoomOpen(idOf('nowhere'), true)).rejects.toMatchObject({
        code: 'room-unknown',
      })
    })

    it('U7: shows a room that is being imported only when it is complete, with pages that start anywhere', async () => {
      const imported = sampleRoom('imported', 2000)
      await store.beginImport(imported)
      await expect(store.createRoom(imported)).rejects.toMatchObject({ code: 'room-exists' })
      const history = new SampleHistory(imported.roomId, pageId)
      history.nextMany(5)
      const start = { ...history.head, signature: SIGNATURE }
      await store.startPage(imported.roomId, pageId, 'text', start)
      await expect(store.startPage(imported.roomId, pageId, 'text', start)).rejects.toThrow(RangeError)
      const next = history.nextMany(2)
      await store.append([next])
      await store.saveSnapshot(imported.roomId, pageId, { ...history.head, text: 'content' })
      expect(await store.loadRoom(imported.roomId)).toBeUndefined()
      expect(await store.listRooms()).toEqual([room])

      await store.finishImport(imported.roomId)
      await reopen()
      expect(await store.listRooms()).toEqual([imported, room])
      expect(await store.loadPage(imported.roomId, pageId)).toMatchObject({ head: history.head, tail: [] })
      expect(await store.logStart(imported.roomId, pageId)).toBe(5)
      expect(await store.hashAt(imported.roomId, pageId, 5)).toBe(start.hash)
      expect(await store.readUpdates(imported.roomId, pageId, 0, 10, 10)).toEqual(next.updates)
      await expect(store.finishImport(imported.roomId)).rejects.toMatchObject({ code: 'room-unknown' })
    })

    it('U7: has nothing of an import that did not come to its end', async () => {
      const imported = sampleRoom('imported')
      await store.beginImport(imported)
      await store.append([new SampleHistory(imported.roomId, pageId).nextMany(3)])
      await reopen()
      await expect(store.finishImport(imported.roomId)).rejects.toMatchObject({ code: 'room-unknown' })
      expect(await store.loadPage(imported.roomId, pageId)).toBeUndefined()
      expect(await store.listRooms()).toEqual([room])
    })

    it('knows nothing of a page before its first update', async () => {
      expect(await store.loadPage(room.roomId, pageId)).toBeUndefined()
      expect(await store.readUpdates(room.roomId, pageId, 0, 10, 10)).toEqual([])
      expect(await store.hashAt(room.roomId, pageId, 0)).toBeUndefined()
      expect(await store.logStart(room.roomId, pageId)).toBe(0)
    })

    it('gives back what was appended, over a restart too', async () => {
      const history = new SampleHistory(room.roomId, pageId)
      const first = history.next(
        sampleUpdate(1, ['a\u2028"\u0000 😀']),
        sampleUpdate(1, { deep: [1, null] }, 'bob'),
      )
      const second = history.next(sampleUpdate(4))
      await store.append([first])
      await store.append([second])
      await reopen()
      const page = await store.loadPage(room.roomId, pageId)
      expect(page).toEqual({
        kind: 'text',
        snapshot: undefined,
        tail: [...first.updates, ...second.updates],
        head: second.head,
        clients: expect.arrayContaining([first.clients[1], second.clients[0]]) as unknown,
      })
      expect(page?.clients).toHaveLength(2)
    })

    it('shares nothing with its callers', async () => {
      const op = ['before']
      await store.append([new SampleHistory(room.roomId, pageId).next(sampleUpdate(1, op))])
      op[0] = 'after'
      const first = await store.loadPage(room.roomId, pageId)
      expect(first?.tail[0]?.update.op).toEqual(['before'])
      const read: unknown = first?.tail[0]?.update.op
      if (Array.isArray(read)) read.push('more')
      expect((await store.loadPage(room.roomId, pageId))?.tail[0]?.update.op).toEqual(['before'])
    })

    it('B1: stores a batch over several pages and rooms as one', async () => {
      const other = sampleRoom('other')
      await store.createRoom(other)
      const one = new SampleHistory(room.roomId, pageId)
      const two = new SampleHistory(other.roomId, 'pages')
      await store.append([one.nextMany(2), two.nextMany(3), one.nextMany(1)])
      expect((await store.loadPage(room.roomId, pageId))?.head).toEqual({
        ...one.head,
        signature: SIGNATURE,
      })
      expect((await store.loadPage(other.roomId, 'pages'))?.tail).toHaveLength(3)
    })

    it('B1: stores nothing of a batch in which one head has moved', async () => {
      const one = new SampleHistory(room.roomId, pageId)
      const two = new SampleHistory(room.roomId, 'pages')
      await store.append([one.nextMany(1), two.nextMany(1)])
      const stale = new SampleHistory(room.roomId, pageId).nextMany(1)
      await expect(store.append([two.nextMany(1), stale])).rejects.toMatchObject({ code: 'head-moved' })
      expect((await store.loadPage(room.roomId, 'pages'))?.head?.version).toBe(1)
    })

    it('B2: refuses an append after the right version of another history', async () => {
      const history = new SampleHistory(room.roomId, pageId)
      await store.append([history.nextMany(1)])
      const foreign = new SampleHistory(room.roomId, pageId)
      foreign.next(sampleUpdate(1, ['another edit']))
      await expect(store.append([foreign.nextMany(1)])).rejects.toMatchObject({ code: 'head-moved' })
      const ahead = new SampleHistory(room.roomId, 'pages')
      ahead.nextMany(1)
      await expect(store.append([ahead.nextMany(1)])).rejects.toMatchObject({ code: 'head-moved' })
    })

    it('refuses an append that contradicts itself, whatever the caller thought', async () => {
      const append = new SampleHistory(room.roomId, pageId).nextMany(2)
      await expect(store.append([{ ...append, updates: [] }])).rejects.toThrow(RangeError)
      await expect(store.append([{ ...append, updates: append.updates.slice(1) }])).rejects.toThrow(
        RangeError,
      )
      await expect(store.append([{ ...append, updates: append.updates.slice(0, 1) }])).rejects.toThrow(
        RangeError,
      )
      expect(await store.loadPage(room.roomId, pageId)).toBeUndefined()
    })

    it('refuses an append to a room that is gone', async () => {
      await store.deleteRoom(room.roomId)
      const append = new SampleHistory(room.roomId, pageId).nextMany(1)
      await expect(store.append([append])).rejects.toMatchObject({ code: 'room-unknown' })
    })

    it('reads a stretch of the log, in order and at most so many', async () => {
      const history = new SampleHistory(room.roomId, pageId)
      await store.append([history.nextMany(10)])
      const versions = async (from: number, to: number, limit: number): Promise<number[]> =>
        (await store.readUpdates(room.roomId, pageId, from, to, limit)).map(({ version }) => version)
      expect(await versions(3, 7, 100)).toEqual([4, 5, 6, 7])
      expect(await versions(3, 7, 2)).toEqual([4, 5])
      expect(await versions(9, 99, 100)).toEqual([10])
      expect(await versions(10, 99, 100)).toEqual([])
    })

    it('knows the hash of each version of the log', async () => {
      const history = new SampleHistory(room.roomId, pageId)
      const { updates } = history.nextMany(3)
      await store.append([new SampleHistory(room.roomId, pageId).nextMany(3)])
      for (const { version, hash } of updates)
        expect(await store.hashAt(room.roomId, pageId, version)).toBe(hash)
      expect(await store.hashAt(room.roomId, pageId, 4)).toBeUndefined()
    })

    it('loads a page from its newest snapshot and the updates since', async () => {
      const history = new SampleHistory(room.roomId, pageId)
      await store.append([history.nextMany(2)])
      const older = { ...history.head, text: 'older' }
      await store.append([history.nextMany(2)])
      const newer = { ...history.head, text: 'newer 😀\u0000' }
      await store.append([history.nextMany(1)])
      await store.saveSnapshot(room.roomId, pageId, newer)
      await store.saveSnapshot(room.roomId, pageId, older)
      await reopen()
      const page = await store.loadPage(room.roomId, pageId)
      expect(page?.snapshot).toEqual(newer)
      expect(page?.tail.map(({ version }) => version)).toEqual([5])
      await store.saveSnapshot(room.roomId, pageId, { ...history.head, text: 'newest' })
      const atHead = await store.loadPage(room.roomId, pageId)
      expect([atHead?.snapshot?.text, atHead?.tail]).toEqual(['newest', []])
      await expect(store.saveSnapshot(room.roomId, 'pages', older)).rejects.toMatchObject({
        code: 'page-unknown',
      })
    })

    it('stores a snapshot of 10 MB', async () => {
      const history = new SampleHistory(room.roomId, pageId)
      await store.append([history.nextMany(1)])
      const text = 'Grüße 😀\n'.repeat(1_000_000)
      await store.saveSnapshot(room.roomId, pageId, { ...history.head, text })
      await reopen()
      expect((await store.loadPage(room.roomId, pageId))?.snapshot?.text === text).toBe(true)
    })

    it('B5: says which pages have a log or deleted records, and how long the log is', async () => {
      const history = new SampleHistory(room.roomId, pageId)
      await store.append([history.nextMany(3)])
      const page = {
        pageId,
        kind: 'text',
        headVersion: 3,
        snapshotVersion: 0,
        logStart: 0,
        deletions: undefined,
      }
      expect(await store.pagesToKeep(room.roomId)).toEqual([page])
      const lengths = [
        await store.logLength(room.roomId, pageId, 0, 3),
        await store.logLength(room.roomId, pageId, 0, 1),
        await store.logLength(room.roomId, pageId, 1, 9),
        await store.logLength(room.roomId, pageId, 3, 9),
        await store.logLength(room.roomId, 'pages', 0, 9),
      ]
      expect(lengths[0]).toBeGreaterThan(300)
      expect(lengths[0]).toBe((lengths[1] ?? 0) + (lengths[2] ?? 0))
      expect(lengths.slice(3)).toEqual([0, 0])
      const deletions = { times: { a: 2_000, b: 1_000 }, isMost: true }
      await store.saveSnapshot(room.roomId, pageId, { ...history.head, text: 'all', deletions })
      await store.compact(room.roomId, pageId, 3)
      await reopen()
      expect((await store.loadPage(room.roomId, pageId))?.snapshot?.deletions).toEqual(deletions)
      expect(await store.pagesToKeep(room.roomId)).toEqual([
        { ...page, snapshotVersion: 3, logStart: 3, deletions: { oldest: 1_000, isMost: true } },
      ])
      await store.saveSnapshot(room.roomId, pageId, { ...history.head, text: 'all' })
      expect(await store.pagesToKeep(room.roomId)).toEqual([])
      expect(await store.pagesToKeep(idOf('nowhere'))).toEqual([])
    })

    it('B6: lists the boards of a room', async () => {
      expect(await store.listBoards(room.roomId)).toEqual([])
      await store.append([new SampleHistory(room.roomId, pageId).nextMany(1)])
      const append = new SampleHistory(room.roomId, idOf('board')).nextMany(1)
      await store.append([{ ...append, kind: 'board' }])
      expect(await store.listBoards(room.roomId)).toEqual([idOf('board')])
    })

    it('B5: gives freed space back until there is none, and loses nothing by it', async () => {
      const history = new SampleHistory(room.roomId, pageId)
      for (let i = 0; i < 10; i++)
        await store.append([history.next(sampleUpdate(i + 1, ['x'.repeat(300_000)]))])
      await store.saveSnapshot(room.roomId, pageId, { ...history.head, text: 'all' })
      await store.compact(room.roomId, pageId, 9)
      let slices = 0
      while (await store.shrink()) slices += 1
      expect(slices).toBeLessThan(10)
      await reopen()
      expect((await store.loadPage(room.roomId, pageId))?.snapshot?.text).toBe('all')
      expect(await store.readUpdates(room.roomId, pageId, 0, 99, 99)).toHaveLength(1)
    })

    it('deletes a room with its pages and leaves others alone', async () => {
      const other = sampleRoom('other')
      await store.createRoom(other)
      await store.append([new SampleHistory(room.roomId, pageId).nextMany(2)])
      await store.append([new SampleHistory(other.roomId, pageId).nextMany(1)])
      await store.deleteRoom(room.roomId)
      await store.deleteRoom(room.roomId)
      await reopen()
      expect(await store.listRooms()).toEqual([other])
      await store.createRoom(room)
      expect(await store.loadPage(room.roomId, pageId)).toBeUndefined()
      expect((await store.loadPage(other.roomId, pageId))?.tail).toHaveLength(1)
    })

    it('does nothing after it was closed', async () => {
      await store.close()
      await expect(store.listRooms()).rejects.toMatchObject({ code: 'storage-failed' })
      const append = new SampleHistory(room.roomId, pageId).nextMany(1)
      await expect(store.append([append])).rejects.toMatchObject({ code: 'storage-failed' })
    })
  })
}
