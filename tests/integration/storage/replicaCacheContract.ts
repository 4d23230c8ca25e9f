import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReplicaCache, ReplicaStore } from '../../../src/shared/cache/replicaCache'
import { claimReplica, PAGE_ID, ROOM_ID, type ReplicaGround } from './replicaGround'
import { sampleCheckpoint, sampleDraft, sampleEdit, sampleUpdates, updatesEntry } from './replicaSamples'
import { idOf, sampleUpdate } from './samples'

/** What every ReplicaCache does with its replicas, rooms and drafts. Run it against each implementation. */
export function describeReplicaCache(name: string, start: () => Promise<ReplicaGround>): void {
  describe(`${name} as a ReplicaCache`, () => {
    let ground: ReplicaGround
    let cache: ReplicaCache

    beforeEach(async () => {
      ground = await start()
      cache = await ground.open('first')
    })
    afterEach(() => ground.remove())

    describe('claims', () => {
      it('J6: never give one replica to two owners', async () => {
        const other = await ground.open('second')
        const stores = await Promise.all([
          cache.claim(ROOM_ID, PAGE_ID),
          other.claim(ROOM_ID, PAGE_ID),
          cache.claim(ROOM_ID, PAGE_ID),
        ])
        expect(new Set(stores.map((store) => store.replicaId)).size).toBe(3)
      })

      it('take a replica with unsent edits first', async () => {
        const stores = [await claimReplica(cache), await claimReplica(cache), await claimReplica(cache)]
        await stores[1]?.append([sampleEdit(1)])
        for (const store of stores) await store.release()
        expect((await cache.claim(ROOM_ID, PAGE_ID)).replicaId).toBe(stores[1]?.replicaId)
      })

      it('end with the cache that made them', async () => {
        const store = await claimReplica(cache)
        await cache.close()
        await expect(cache.claim(ROOM_ID, PAGE_ID)).rejects.toMatchObject({ code: 'storage-failed' })
        const other = await ground.open('second')
        expect((await other.claim(ROOM_ID, PAGE_ID)).replicaId).toBe(store.replicaId)
      })

      it('J6: of a frozen owner can be taken, and then it writes nothing more', async () => {
        const store = await claimReplica(cache)
        await store.append([sampleEdit(1)])
        await ground.freeze('first')
        const other = await ground.open('second')
        const taken = await other.claim(ROOM_ID, PAGE_ID)
        expect(taken.replicaId).toBe(store.replicaId)
        await taken.append([sampleEdit(1, 'by the new owner', 'other')])
        const draft = sampleDraft('late', ROOM_ID, 1)
        const lost = { code: 'lease-lost' }
        await expect(store.append([sampleEdit(2)])).rejects.toMatchObject(lost)
        await expect(store.checkpoint(sampleCheckpoint(9), { keepUpdates: 0, draft })).rejects.toMatchObject(
          lost,
        )
        await expect(store.discard()).rejects.toMatchObject(lost)
        await expect(store.load()).rejects.toMatchObject(lost)
        await expect(store.readLog()).rejects.toMatchObject(lost)
        await store.release()
        expect((await taken.load())?.journal).toEqual([
          sampleEdit(1),
          sampleEdit(1, 'by the new owner', 'other'),
        ])
        expect(await cache.listDrafts(ROOM_ID)).toEqual([])
        const third = await cache.claim(ROOM_ID, PAGE_ID)
        expect(third.replicaId).not.toBe(taken.replicaId)
      })

      it('end with a release: the store writes nothing more', async () => {
        const store = await claimReplica(cache)
        await store.release()
        await expect(store.append([sampleEdit(1)])).rejects.toMatchObject({ code: 'lease-lost' })
        await store.release()
      })

      it('delete a replica with everything in it', async () => {
        const store = await claimReplica(cache)
        await store.append([sampleEdit(1)])
        await store.discard()
        await expect(store.load()).rejects.toMatchObject({ code: 'lease-lost' })
        const next = await cache.claim(ROOM_ID, PAGE_ID)
        expect(next.replicaId).not.toBe(store.replicaId)
        expect(await next.load()).toBeUndefined()
      })
    })

    describe('orphans', () => {
      /** Replicas of a dead owner, one per page; gives back those that claimOrphans finds. */
      async function orphansOf(prepare: (store: ReplicaStore) => Promise<void>): Promise<string[]> {
        const store = await claimReplica(await ground.open('dead'))
        await prepare(store)
        await ground.kill('dead')
        const orphans = await cache.claimOrphans(ROOM_ID)
        return orphans.map((orphan) => orphan.pageId)
      }

      it('J7: are all replicas with unsent edits that nobody has open, of the room alone', async () => {
        const dead = await ground.open('dead')
        const pages = [idOf('page'), idOf('page 2'), 'pages']
        for (const page of pages) {
          const store = await dead.claim(ROOM_ID, page)
          await store.checkpoint(sampleCheckpoint(), { keepUpdates: 0 })
          if (page !== 'pages') await store.append([sampleEdit(1)])
        }
        const elsewhere = await dead.claim(idOf('other room'), PAGE_ID)
        await elsewhere.checkpoint(sampleCheckpoint(), { keepUpdates: 0 })
        await elsewhere.append([sampleEdit(1)])
        expect(await cache.claimOrphans(ROOM_ID)).toEqual([])
        await ground.kill('dead')
        const mine = await cache.claim(ROOM_ID, PAGE_ID)
        const orphans = await cache.claimOrphans(ROOM_ID)
        expect(orphans.map((orphan) => orphan.pageId)).toEqual([idOf('page 2')])
        expect((await orphans[0]?.store.load())?.journal).toEqual([sampleEdit(1)])
        expect(await cache.claimOrphans(ROOM_ID)).toEqual([])
        expect((await mine.load())?.journal).toEqual([sampleEdit(1)])
      })

      it('J7: are also further replicas of a page that somebody has open, sent or not', async () => {
        const dead = await ground.open('dead')
        for (let i = 0; i < 2; i++) {
          const store = await dead.claim(ROOM_ID, PAGE_ID)
          await store.checkpoint(sampleCheckpoint(), { keepUpdates: 0 })
        }
        await ground.kill('dead')
        expect(await cache.claimOrphans(ROOM_ID)).toEqual([])
        await cache.claim(ROOM_ID, PAGE_ID)
        expect((await cache.claimOrphans(ROOM_ID)).map((orphan) => orphan.pageId)).toEqual([PAGE_ID])
      })

      it('count edits that are sent and not acknowledged', async () => {
        const pages = await orphansOf((store) => store.append([sampleEdit(1), { kind: 'send' }]))
        expect(pages).toEqual([PAGE_ID])
      })

      it('count edits inside the checkpoint', async () => {
        const pending = [{ clientId: idOf('me'), first: 1, seq: 1, op: [] }]
        const pages = await orphansOf((store) =>
          store.checkpoint({ ...sampleCheckpoint(), pending }, { keepUpdates: 0 }),
        )
        expect(pages).toEqual([PAGE_ID])
      })

      it('do not count edits that came back committed', async () => {
        const pages = await orphansOf(async (store) => {
          await store.append([sampleEdit(1), sampleEdit(2), { kind: 'send' }])
          await store.append([updatesEntry(sampleUpdates(0, [sampleUpdate(2, [], 'me')]))])
        })
        expect(pages).toEqual([])
      })

      it('count edits after the newest that came back committed', async () => {
        const pages = await orphansOf(async (store) => {
          await store.append([sampleEdit(1), { kind: 'send' }, sampleEdit(2)])
          await store.append([updatesEntry(sampleUpdates(0, [sampleUpdate(1, [], 'me'), sampleUpdate(9)]))])
        })
        expect(pages).toEqual([PAGE_ID])
      })

      it('do not count edits that a checkpoint no longer has', async () => {
        const pages = await orphansOf(async (store) => {
          await store.append([sampleEdit(1), { kind: 'send' }])
          await store.checkpoint(sampleCheckpoint(4), {
            keepUpdates: 0,
            draft: sampleDraft('moved', ROOM_ID, 1),
          })
        })
        expect(pages).toEqual([])
      })
    })

    describe('rooms and drafts', () => {
      const room = { roomId: ROOM_ID, title: 'Room', link: 'inkroom:one', hosted: true, lastUsed: 1 }

      it('are kept; rooms are listed last used first', async () => {
        const other = { ...room, roomId: idOf('other'), hosted: false, lastUsed: 2 }
        await cache.putRoom(room)
        await cache.putRoom(other)
        await ground.kill('first')
        const next = await ground.open('second')
        expect(await next.listRooms()).toEqual([other, room])
        await next.putRoom({ ...room, title: 'New', lastUsed: 3 })
        expect((await next.listRooms()).map(({ title }) => title)).toEqual(['New', 'Room'])
      })

      it('drafts are listed by room, oldest first, and deleted one by one', async () => {
        const store = await claimReplica(cache)
        const elsewhere = await cache.claim(idOf('other'), PAGE_ID)
        const drafts = [
          sampleDraft('b', ROOM_ID, 2),
          sampleDraft('a', ROOM_ID, 1),
          sampleDraft('c', idOf('other'), 0),
        ]
        for (const draft of drafts) {
          const owner = draft.roomId === ROOM_ID ? store : elsewhere
          await owner.checkpoint(sampleCheckpoint(), { keepUpdates: 0, draft })
        }
        expect(await cache.listDrafts(ROOM_ID)).toEqual([drafts[1], drafts[0]])
        await cache.deleteDraft(idOf('a'))
        await cache.deleteDraft(idOf('a'))
        expect(await cache.listDrafts(ROOM_ID)).toEqual([drafts[0]])
        expect(await cache.listDrafts(idOf('other'))).toEqual([drafts[2]])
      })

      it('of a forgotten room are gone with its replicas, open ones too; other rooms stay', async () => {
        await cache.putRoom(room)
        await cache.putRoom({ ...room, roomId: idOf('other') })
        const store = await claimReplica(cache)
        await store.append([sampleEdit(1)])
        await store.checkpoint(sampleCheckpoint(), { keepUpdates: 0, draft: sampleDraft('a', ROOM_ID, 1) })
        const elsewhere = await cache.claim(idOf('other'), PAGE_ID)
        await elsewhere.checkpoint(sampleCheckpoint(), {
          keepUpdates: 0,
          draft: sampleDraft('b', idOf('other'), 1),
        })
        const other = await ground.open('second')
        await other.forgetRoom(ROOM_ID)
        await other.forgetRoom(ROOM_ID)
        expect((await cache.listRooms()).map((each) => each.roomId)).toEqual([idOf('other')])
        expect(await cache.listDrafts(ROOM_ID)).toEqual([])
        expect(await cache.listDrafts(idOf('other'))).toHaveLength(1)
        await expect(store.append([sampleEdit(2)])).rejects.toMatchObject({ code: 'lease-lost' })
        expect(await (await cache.claim(ROOM_ID, PAGE_ID)).load()).toBeUndefined()
        expect(await elsewhere.load()).toBeDefined()
      })
    })
  })
}
