import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReplicaCache } from '../../../src/shared/cache/replicaCache'
import { claimReplica, PAGE_ID, ROOM_ID, type ReplicaGround } from './replicaGround'
import {
  hashOf,
  sampleCheckpoint,
  sampleDraft,
  sampleEdit,
  sampleUpdates,
  updatesEntry,
} from './replicaSamples'
import { idOf } from './samples'

/** What every ReplicaStore does. Run it against each implementation. */
export function describeReplicaStore(name: string, start: () => Promise<ReplicaGround>): void {
  describe(`${name} as a ReplicaStore`, () => {
    let ground: ReplicaGround
    let cache: ReplicaCache

    beforeEach(async () => {
      ground = await start()
      cache = await ground.open('first')
    })
    afterEach(() => ground.remove())

    describe('journal', () => {
      it('has nothing in a new replica, and nothing can be appended before a checkpoint', async () => {
        const store = await cache.claim(ROOM_ID, PAGE_ID)
        expect(await store.load()).toBeUndefined()
        expect(await store.readLog()).toEqual([])
        await expect(store.append([sampleEdit(1)])).rejects.toMatchObject({ code: 'storage-failed' })
        await store.checkpoint(sampleCheckpoint(), { keepUpdates: 0 })
        expect(await store.load()).toEqual({ checkpoint: sampleCheckpoint(), journal: [] })
      })

      it('keeps all entries in the order of the calls, even where none was waited for', async () => {
        const store = await claimReplica(cache)
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
        const next = await (await ground.open('second')).claim(ROOM_ID, PAGE_ID)
        expect(await next.load()).toEqual({ checkpoint: sampleCheckpoint(), journal: expected })
      })

      it('goes on after a new claim', async () => {
        const store = await claimReplica(cache)
        await store.append([sampleEdit(1)])
        await store.release()
        const again = await cache.claim(ROOM_ID, PAGE_ID)
        expect(again.replicaId).toBe(store.replicaId)
        await again.append([sampleEdit(2)])
        expect((await again.load())?.journal).toEqual([sampleEdit(1), sampleEdit(2)])
      })

      it('J5: holds exactly what was written when the process is killed between two writes', async () => {
        const entries = Array.from({ length: 5 }, (_, index) => sampleEdit(index + 1))
        for (let written = 0; written <= entries.length; written += 1) {
          const owner = `killed ${written}`
          const store = await claimReplica(await ground.open(owner))
          await store.checkpoint(sampleCheckpoint(), { keepUpdates: 0 })
          for (const entry of entries.slice(0, written)) await store.append([entry])
          await ground.kill(owner)
          const next = await cache.claim(ROOM_ID, PAGE_ID)
          expect((await next.load())?.journal).toEqual(entries.slice(0, written))
          await next.release()
        }
      })

      it('of 50,000 edits loads in less than two seconds, also on a busy machine', async () => {
        const store = await claimReplica(cache)
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
        const store = await claimReplica(cache)
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
        const store = await claimReplica(cache)
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

      it('J3: is written whole with its draft or not at all', async () => {
        const store = await claimReplica(cache)
        await store.append([sampleEdit(1)])
        const draft = sampleDraft('refused', ROOM_ID, 5)
        ground.fill(true)
        await expect(store.checkpoint(sampleCheckpoint(2), { keepUpdates: 0, draft })).rejects.toMatchObject({
          code: 'storage-failed',
        })
        ground.fill(false)
        expect(await store.load()).toEqual({ checkpoint: sampleCheckpoint(), journal: [sampleEdit(1)] })
        expect(await cache.listDrafts(ROOM_ID)).toEqual([])
        await store.checkpoint(sampleCheckpoint(2), { keepUpdates: 0, draft })
        expect(await store.load()).toEqual({ checkpoint: sampleCheckpoint(2), journal: [] })
        expect(await cache.listDrafts(ROOM_ID)).toEqual([draft])
      })

      it('holds a snapshot of 10 MB', async () => {
        const snapshot = 'Grüße 😀\n'.repeat(1_000_000)
        const store = await cache.claim(ROOM_ID, PAGE_ID)
        await store.checkpoint(sampleCheckpoint(1, snapshot), { keepUpdates: 0 })
        await store.release()
        const loaded = await (await cache.claim(ROOM_ID, PAGE_ID)).load()
        expect(loaded?.checkpoint.snapshot === snapshot).toBe(true)
      })
    })

    describe('log', () => {
      it('is contiguous over checkpoints, with the newest so many entries from before', async () => {
        const store = await claimReplica(cache)
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
        const next = await (await ground.open('second')).claim(ROOM_ID, PAGE_ID)
        expect(await next.readLog()).toEqual(kept)
        await next.checkpoint(sampleCheckpoint(7), { keepUpdates: 1 })
        expect(await next.readLog()).toEqual([sampleUpdates(6)])
        await next.checkpoint(sampleCheckpoint(7), { keepUpdates: 0 })
        expect(await next.readLog()).toEqual([])
      })

      it('does not reach over a snapshot from the server, nor into another history', async () => {
        const store = await claimReplica(cache)
        await store.append([updatesEntry(sampleUpdates(0, 2))])
        await store.checkpoint(sampleCheckpoint(9), { keepUpdates: 10 })
        expect(await store.readLog()).toEqual([])
        await store.append([updatesEntry(sampleUpdates(9))])
        expect(await store.readLog()).toEqual([sampleUpdates(9)])
        await store.checkpoint({ ...sampleCheckpoint(10), hash: hashOf(99) }, { keepUpdates: 10 })
        expect(await store.readLog()).toEqual([])
      })
    })
  })
}
