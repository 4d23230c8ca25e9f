import { describe, expect, it } from 'vitest'
import { MemoryDisk } from '../../../../src/client/cache/memoryDisk'
import { MemoryReplicaCache } from '../../../../src/client/cache/memoryReplicaCache'
import type { Checkpoint, JournalEntry } from '../../../../src/client/cache/replicaCache'

const roomId = 'a'.repeat(32)
const checkpoint: Checkpoint = {
  version: 0,
  hash: '0'.repeat(64),
  signedHead: undefined,
  snapshot: '',
  inflight: undefined,
  pending: [],
  acknowledged: [],
}
const edit = (seq: number, op: unknown = []): JournalEntry => ({
  kind: 'edit',
  clientId: 'b'.repeat(26),
  seq,
  op,
})

describe('MemoryReplicaCache, as a test uses it', () => {
  it('writes nothing after a kill, also not what was under way', async () => {
    const disk = new MemoryDisk()
    const cache: MemoryReplicaCache = new MemoryReplicaCache(disk, 'one', {
      beforeWrite(what) {
        if (what === 'append') cache.kill()
      },
    })
    const store = await cache.claim(roomId, 'pages')
    await store.checkpoint(checkpoint, { keepUpdates: 0 })
    await expect(store.append([edit(1)])).rejects.toMatchObject({ code: 'storage-failed' })
    const next = await new MemoryReplicaCache(disk, 'two').claim(roomId, 'pages')
    expect(next.replicaId).toBe(store.replicaId)
    expect((await next.load())?.journal).toEqual([])
  })

  it('keeps a write after which it is killed before the call returns', async () => {
    const disk = new MemoryDisk()
    const cache: MemoryReplicaCache = new MemoryReplicaCache(disk, 'one', {
      afterWrite(what) {
        if (what !== 'append') return
        cache.kill()
        throw new Error('killed')
      },
    })
    const store = await cache.claim(roomId, 'pages')
    await store.checkpoint(checkpoint, { keepUpdates: 0 })
    await expect(store.append([edit(1)])).rejects.toThrow('killed')
    const next = await new MemoryReplicaCache(disk, 'two').claim(roomId, 'pages')
    expect((await next.load())?.journal).toEqual([edit(1)])
  })

  it('keeps the claims of a process that was cut off until they are voided, as leases are kept', async () => {
    const disk = new MemoryDisk()
    const cache = new MemoryReplicaCache(disk, 'one')
    const store = await cache.claim(roomId, 'pages')
    cache.cutOff()
    const other = new MemoryReplicaCache(disk, 'two')
    expect((await other.claim(roomId, 'pages')).replicaId).not.toBe(store.replicaId)
    disk.voidClaims('one')
    expect((await other.claim(roomId, 'pages')).replicaId).toBe(store.replicaId)
  })

  it('comes back from an older image without claims: a restored profile', async () => {
    const disk = new MemoryDisk()
    const cache = new MemoryReplicaCache(disk, 'one')
    const store = await cache.claim(roomId, 'pages')
    await store.checkpoint(checkpoint, { keepUpdates: 0 })
    await store.append([edit(1)])
    const backup = disk.image
    await store.append([edit(2)])
    disk.restore(backup)
    await expect(store.append([edit(3)])).rejects.toMatchObject({ code: 'lease-lost' })
    const next = await new MemoryReplicaCache(disk, 'two').claim(roomId, 'pages')
    expect((await next.load())?.journal).toEqual([edit(1)])
  })

  it('shares nothing with its callers', async () => {
    const store = await new MemoryReplicaCache().claim(roomId, 'pages')
    await store.checkpoint(checkpoint, { keepUpdates: 0 })
    const op = ['before']
    const appended = store.append([edit(1, op)])
    op[0] = 'after'
    await appended
    expect((await store.load())?.journal).toEqual([edit(1, ['before'])])
  })
})
