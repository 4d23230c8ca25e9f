import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReplicaCache, ReplicaStore } from '../../../src/shared/cache/replicaCache'
import {
  hashOf,
  sampleCheckpoint,
  sampleDraft,
  sampleEdit,
  sampleUpdates,
  updatesEntry,
} from './replicaSamples'
import { idOf, sampleUpdate } from './samples'

/** A disk with caches of several owners on it. */
export interface ReplicaGround {
  /** The cache of a window or tab. */
  open(ownerId: string): Promise<ReplicaCache>
  /** Kills the owner's process: whatever it holds can be claimed, without its having released anything. */
  kill(ownerId: string): Promise<void>
  /** The owner is frozen for so long that what it holds can be claimed; it does not know and may wake up. */
  freeze(ownerId: string): Promise<void>
  /** While on, no write reaches the disk, as where it is full. */
  fill(on: boolean): void
  remove(): Promise<void>
}

/** What every {@link ReplicaCache} does. Run it against each implementation. */
export function describeReplicaCache(name: string, start: () => Promise<ReplicaGround>): void {
  describe(`${name} as a ReplicaCache`, () => {
    const roomId = idOf('room')
    const pageId = idOf('page')
    let ground: ReplicaGround
    let cache: ReplicaCache

    beforeEach(async () => {
      ground = await start()
      cache = await ground.open('first')
    })
    afterEach(() => ground.remove())

    /** A replica of the page with a checkpoint at version 0. */
    async function claimNew(owner = cache): Promise<ReplicaStore> {
      const store = await owner.claim(roomId, pageId)
      if ((await store.load()) === undefined) await store.checkpoint(sampleCheckpoint(), { keepUpdates: 10 })
      return store
    }

    describe('journal', () => {
      it('has nothing in a new replica, and nothing can be appended before a checkpoint', async () => {
        const store = await cache.claim(roomId, pageId)
        expect(await store.load()).toBeUndefined()
        expect(await store.readLog()).toEqual([])
        await expect(store.append([sampleEdit(1)])).rejects.toMatchObject({ code: 'storage-failed' })
        await store.checkpoint(sampleCheckpoint(), { keepUpdates: 0 })
        expect(await store.load()).toEqual({ checkpoint: sampleCheckpoint(), journal: [] })
      })

      it('keeps all entries in the order of the calls, even where none was waited for', async () => {
        const store = await claimNew()
        const entries = [
          sampleEdit(1, ['a\u2028"\u0000 😀']),
          { kind: 'send' as const },
          sampleEdit(2, { deep: [null, true] }),
          updatesEntry(sampleUpdates(0, 2)),
          { kind: 'unsent' as const },
          updatesEntry({ ...sampleUpdates(2), signature: undefined }),
        ]
        await Promise.all(entries.map((entry) => store.append([entry])))
        await store.append([sampleEdit(3), sampleEdit(4)])
        const expected = [...entries, sampleEdit(3), sampleEdit(4)]
        expect((await store.load())?.journal).toEqual(expected)
        await ground.kill('first')
        const next = await (await ground.open('second')).claim(roomId, pageId)
        expect(await next.load()).toEqual({ checkpoint: sampleCheckpoint(), journal: expected })
      })

      it('goes on after a new claim', async () => {
        const store = await claimNew()
        await store.append([sampleEdit(1)])
        await store.release()
        const again = await cache.claim(roomId, pageId)
        expect(again.replicaId).toBe(store.replicaId)
        await again.append([sampleEdit(2)])
        expect((await again.load())?.journal).toEqual([sampleEdit(1), sampleEdit(2)])
      })

      it('holds exactly what was written when the process is killed between two writes', async () => {
        const entries = Array.from({ length: 5 }, (_, index) => sampleEdit(index + 1))
        for (let written = 0; written <= entries.length; written += 1) {
          const owner = `killed ${written}`
          const store = await claimNew(await ground.open(owner))
          await store.checkpoint(sampleCheckpoint(), { keepUpdates: 0 })
          for (const entry of entries.slice(0, written)) await store.append([entry])
          await ground.kill(owner)
          const next = await cache.claim(roomId, pageId)
          expect((await next.load())?.journal).toEqual(entries.slice(0, written))
          await next.release()
        }
      })

      it('of 50,000 edits loads in less than two seconds, also on a busy machine', async () => {
        const store = await claimNew()
        for (let seq = 1; seq <= 50_000; seq += 500) {
          await store.append(Array.from({ length: 500 }, (_, index) => sampleEdit(seq + index)))
        }
        const start = performance.now()
        const journal = (await store.load())?.journal ?? []
        const ms = performance.now() - start
        process.stdout.write(`${name}: 50,000 edits loaded in ${ms.toFixed(0)} ms\n`)
        expect([journal.length, journal.at(-1)]).toEqual([50_000, sampleEdit(50_000)])
        expect(ms).toBeLessThan(2000)
      })

      it('has no gap after a failed append: later ones fail too, until a checkpoint is written', async () => {
        const store = await claimNew()
        await store.append([sampleEdit(1)])
        ground.fill(true)
        await expect(store.append([sampleEdit(2)])).rejects.toMatchObject({ code: 'storage-failed' })
        ground.fill(false)
        await expect(store.append([sampleEdit(3)])).rejects.toMatchObject({ code: 'storage-failed' })
        expect((await store.load())?.journal).toEqual([sampleEdit(1)])
        await store.checkpoint(sampleCheckpoint(7), { keepUpdates: 0 })
        await store.append([sampleEdit(4)])
        expect(await store.load()).toEqual({ checkpoint: sampleCheckpoint(7), journal: [sampleEdit(4)] })
      })
    })

    describe('checkpoint', () => {
      it('replaces checkpoint and journal with all its fields', async () => {
        const store = await claimNew()
        await store.append([sampleEdit(1), updatesEntry(sampleUpdates(0, 3))])
        const state = {
          ...sampleCheckpoint(3, 'a \u0000 b\n😀'),
          inflight: { clientId: idOf('me'), first: 1, seq: 2, after: 0, op: [1, 'x'] },
          pending: [{ clientId: idOf('me'), first: 3, seq: 9, op: ['y'] }],
          acknowledged: [[idOf('me'), 0] as const],
        }
        await store.checkpoint(state, { keepUpdates: 10 })
        expect(await store.load()).toEqual({ checkpoint: state, journal: [] })
        await store.append([{ kind: 'unsent' }])
        expect(await store.load()).toEqual({ checkpoint: state, journal: [{ kind: 'unsent' }] })
      })

      it('is written whole with its draft or not at all', async () => {
        const store = await claimNew()
        await store.append([sampleEdit(1)])
        const draft = sampleDraft('refused', roomId, 5)
        ground.fill(true)
        await expect(store.checkpoint(sampleCheckpoint(2), { keepUpdates: 0, draft })).rejects.toMatchObject({
          code: 'storage-failed',
        })
        ground.fill(false)
        expect(await store.load()).toEqual({ checkpoint: sampleCheckpoint(), journal: [sampleEdit(1)] })
        expect(await cache.listDrafts(roomId)).toEqual([])
        await store.checkpoint(sampleCheckpoint(2), { keepUpdates: 0, draft })
        expect(await store.load()).toEqual({ checkpoint: sampleCheckpoint(2), journal: [] })
        expect(await cache.listDrafts(roomId)).toEqual([draft])
      })

      it('holds a snapshot of 10 MB', async () => {
        const snapshot = 'Grüße 😀\n'.repeat(1_000_000)
        const store = await cache.claim(roomId, pageId)
        await store.checkpoint(sampleCheckpoint(1, snapshot), { keepUpdates: 0 })
        await store.release()
        const loaded = await (await cache.claim(roomId, pageId)).load()
        expect(loaded?.checkpoint.snapshot === snapshot).toBe(true)
      })
    })

    describe('log', () => {
      it('is contiguous over checkpoints, with the newest so many entries from before', async () => {
        const store = await claimNew()
        for (let version = 0; version < 6; version += 2) {
          await store.append([updatesEntry(sampleUpdates(version, 2)), sampleEdit(version + 1)])
        }
        expect(await store.readLog()).toEqual([sampleUpdates(0, 2), sampleUpdates(2, 2), sampleUpdates(4, 2)])
        await store.checkpoint(sampleCheckpoint(6), { keepUpdates: 2 })
        await store.append([updatesEntry(sampleUpdates(6))])
        const kept = [sampleUpdates(2, 2), sampleUpdates(4, 2), sampleUpdates(6)]
        expect(await store.readLog()).toEqual(kept)
        expect((await store.load())?.journal).toEqual([updatesEntry(sampleUpdates(6))])
        await ground.kill('first')
        const next = await (await ground.open('second')).claim(roomId, pageId)
        expect(await next.readLog()).toEqual(kept)
        await next.checkpoint(sampleCheckpoint(7), { keepUpdates: 1 })
        expect(await next.readLog()).toEqual([sampleUpdates(6)])
        await next.checkpoint(sampleCheckpoint(7), { keepUpdates: 0 })
        expect(await next.readLog()).toEqual([])
      })

      it('does not reach over a snapshot from the server, nor into another history', async () => {
        const store = await claimNew()
        await store.append([updatesEntry(sampleUpdates(0, 2))])
        await store.checkpoint(sampleCheckpoint(9), { keepUpdates: 10 })
        expect(await store.readLog()).toEqual([])
        await store.append([updatesEntry(sampleUpdates(9))])
        expect(await store.readLog()).toEqual([sampleUpdates(9)])
        await store.checkpoint({ ...sampleCheckpoint(10), hash: hashOf(99) }, { keepUpdates: 10 })
        expect(await store.readLog()).toEqual([])
      })
    })

    describe('claims', () => {
      it('never give one replica to two owners', async () => {
        const other = await ground.open('second')
        const stores = await Promise.all([
          cache.claim(roomId, pageId),
          other.claim(roomId, pageId),
          cache.claim(roomId, pageId),
        ])
        expect(new Set(stores.map((store) => store.replicaId)).size).toBe(3)
      })

      it('take a replica with unsent edits first', async () => {
        const stores = [await claimNew(), await claimNew(), await claimNew()]
        await stores[1]?.append([sampleEdit(1)])
        for (const store of stores) await store.release()
        expect((await cache.claim(roomId, pageId)).replicaId).toBe(stores[1]?.replicaId)
      })

      it('end with the cache that made them', async () => {
        const store = await claimNew()
        await cache.close()
        await expect(cache.claim(roomId, pageId)).rejects.toMatchObject({ code: 'storage-failed' })
        const other = await ground.open('second')
        expect((await other.claim(roomId, pageId)).replicaId).toBe(store.replicaId)
      })

      it('of a frozen owner can be taken, and then it writes nothing more', async () => {
        const store = await claimNew()
        await store.append([sampleEdit(1)])
        await ground.freeze('first')
        const other = await ground.open('second')
        const taken = await other.claim(roomId, pageId)
        expect(taken.replicaId).toBe(store.replicaId)
        await taken.append([sampleEdit(1, 'by the new owner', 'other')])
        const draft = sampleDraft('late', roomId, 1)
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
        expect(await cache.listDrafts(roomId)).toEqual([])
        const third = await cache.claim(roomId, pageId)
        expect(third.replicaId).not.toBe(taken.replicaId)
      })

      it('end with a release: the store writes nothing more', async () => {
        const store = await claimNew()
        await store.release()
        await expect(store.append([sampleEdit(1)])).rejects.toMatchObject({ code: 'lease-lost' })
        await store.release()
      })

      it('delete a replica with everything in it', async () => {
        const store = await claimNew()
        await store.append([sampleEdit(1)])
        await store.discard()
        await expect(store.load()).rejects.toMatchObject({ code: 'lease-lost' })
        const next = await cache.claim(roomId, pageId)
        expect(next.replicaId).not.toBe(store.replicaId)
        expect(await next.load()).toBeUndefined()
      })
    })

    describe('orphans', () => {
      /** Replicas of a dead owner, one per page; gives back those that claimOrphans finds. */
      async function orphansOf(prepare: (store: ReplicaStore) => Promise<void>): Promise<string[]> {
        const store = await claimNew(await ground.open('dead'))
        await prepare(store)
        await ground.kill('dead')
        const orphans = await cache.claimOrphans(roomId)
        return orphans.map((orphan) => orphan.pageId)
      }

      it('are all replicas with unsent edits that nobody has open, of the room alone', async () => {
        const dead = await ground.open('dead')
        const pages = [idOf('page'), idOf('page 2'), 'pages']
        for (const page of pages) {
          const store = await dead.claim(roomId, page)
          await store.checkpoint(sampleCheckpoint(), { keepUpdates: 0 })
          if (page !== 'pages') await store.append([sampleEdit(1)])
        }
        const elsewhere = await dead.claim(idOf('other room'), pageId)
        await elsewhere.checkpoint(sampleCheckpoint(), { keepUpdates: 0 })
        await elsewhere.append([sampleEdit(1)])
        expect(await cache.claimOrphans(roomId)).toEqual([])
        await ground.kill('dead')
        const mine = await cache.claim(roomId, pageId)
        const orphans = await cache.claimOrphans(roomId)
        expect(orphans.map((orphan) => orphan.pageId)).toEqual([idOf('page 2')])
        expect((await orphans[0]?.store.load())?.journal).toEqual([sampleEdit(1)])
        expect(await cache.claimOrphans(roomId)).toEqual([])
        expect((await mine.load())?.journal).toEqual([sampleEdit(1)])
      })

      it('count edits that are sent and not acknowledged', async () => {
        const pages = await orphansOf((store) => store.append([sampleEdit(1), { kind: 'send' }]))
        expect(pages).toEqual([pageId])
      })

      it('count edits inside the checkpoint', async () => {
        const pending = [{ clientId: idOf('me'), first: 1, seq: 1, op: [] }]
        const pages = await orphansOf((store) =>
          store.checkpoint({ ...sampleCheckpoint(), pending }, { keepUpdates: 0 }),
        )
        expect(pages).toEqual([pageId])
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
        expect(pages).toEqual([pageId])
      })

      it('do not count edits that a checkpoint no longer has', async () => {
        const pages = await orphansOf(async (store) => {
          await store.append([sampleEdit(1), { kind: 'send' }])
          await store.checkpoint(sampleCheckpoint(4), {
            keepUpdates: 0,
            draft: sampleDraft('moved', roomId, 1),
          })
        })
        expect(pages).toEqual([])
      })
    })

    describe('rooms and drafts', () => {
      const room = { roomId, title: 'Room', link: 'inkroom:one', hosted: true, lastUsed: 1 }

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
        const store = await claimNew()
        const elsewhere = await cache.claim(idOf('other'), pageId)
        const drafts = [
          sampleDraft('b', roomId, 2),
          sampleDraft('a', roomId, 1),
          sampleDraft('c', idOf('other'), 0),
        ]
        for (const draft of drafts) {
          const owner = draft.roomId === roomId ? store : elsewhere
          await owner.checkpoint(sampleCheckpoint(), { keepUpdates: 0, draft })
        }
        expect(await cache.listDrafts(roomId)).toEqual([drafts[1], drafts[0]])
        await cache.deleteDraft(idOf('a'))
        await cache.deleteDraft(idOf('a'))
        expect(await cache.listDrafts(roomId)).toEqual([drafts[0]])
        expect(await cache.listDrafts(idOf('other'))).toEqual([drafts[2]])
      })

      it('of a forgotten room are gone with its replicas, open ones too; other rooms stay', async () => {
        await cache.putRoom(room)
        await cache.putRoom({ ...room, roomId: idOf('other') })
        const store = await claimNew()
        await store.append([sampleEdit(1)])
        await store.checkpoint(sampleCheckpoint(), { keepUpdates: 0, draft: sampleDraft('a', roomId, 1) })
        const elsewhere = await cache.claim(idOf('other'), pageId)
        await elsewhere.checkpoint(sampleCheckpoint(), {
          keepUpdates: 0,
          draft: sampleDraft('b', idOf('other'), 1),
        })
        const other = await ground.open('second')
        await other.forgetRoom(roomId)
        await other.forgetRoom(roomId)
        expect((await cache.listRooms()).map((each) => each.roomId)).toEqual([idOf('other')])
        expect(await cache.listDrafts(roomId)).toEqual([])
        expect(await cache.listDrafts(idOf('other'))).toHaveLength(1)
        await expect(store.append([sampleEdit(2)])).rejects.toMatchObject({ code: 'lease-lost' })
        expect(await (await cache.claim(roomId, pageId)).load()).toBeUndefined()
        expect(await elsewhere.load()).toBeDefined()
      })
    })
  })
}
