import { deleteDB, openDB, type IDBPDatabase } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CACHE_DATABASE, CACHE_VERSION } from '../../../src/renderer/platform/web/cache/cacheDatabase'
import { openWebCache } from '../../../src/renderer/platform/web/cache/openWebCache'
import { LEASE_MS } from '../../../src/renderer/platform/web/cache/ownerLease'
import type { ReplicaCache, ReplicaStore } from '../../../src/shared/cache/replicaCache'
import { Browser, BrowserTime } from './idbGround'
import { sampleCheckpoint, sampleDraft, sampleEdit, sampleUpdates, updatesEntry } from './replicaSamples'
import { idOf } from './samples'

const roomId = idOf('room')
const otherId = idOf('other room')
const pageId = idOf('page')

let browser: Browser
beforeEach(() => {
  browser = new Browser()
})
afterEach(async () => {
  vi.unstubAllGlobals()
  await browser.remove()
})

/** Does something to the database behind the app's back. */
async function tamper(change: (database: IDBPDatabase) => Promise<unknown>): Promise<void> {
  const database = await openDB(CACHE_DATABASE)
  await change(database)
  database.close()
}

async function claimNew(cache: ReplicaCache, room = roomId): Promise<ReplicaStore> {
  const store = await cache.claim(room, pageId)
  if ((await store.load()) === undefined) await store.checkpoint(sampleCheckpoint(), { keepUpdates: 9 })
  return store
}

describe('the lease of a tab', () => {
  it('holds as long as the tab lives, however idle', async () => {
    const { cache } = await browser.openTab('first')
    const store = await claimNew(cache)
    const other = await browser.openTab('second')
    for (let minute = 0; minute < 10; minute += 1) {
      browser.time.advance(60_000)
      // The two heartbeats of this minute were asked for before this, so they are written before it.
      const another = await other.cache.claim(roomId, pageId)
      expect(another.replicaId).not.toBe(store.replicaId)
      await another.discard()
    }
    await store.append([sampleEdit(1)])
  })

  it('holds a little longer than a minute without a sign: timers of hidden tabs run once a minute', async () => {
    const { cache } = await browser.openTab('hidden')
    const store = await claimNew(cache)
    browser.time.freeze('hidden') // Its timers alone: messages still reach it.
    browser.time.advance(61_000)
    const other = await browser.openTab('second')
    expect((await other.cache.claim(roomId, pageId)).replicaId).not.toBe(store.replicaId)
    browser.time.advance(LEASE_MS - 61_000)
    expect((await other.cache.claim(roomId, pageId)).replicaId).toBe(store.replicaId)
  })

  it('ends at once where the page goes away, without an answer being waited for', async () => {
    const { cache, page } = await browser.openTab('first')
    const store = await claimNew(cache)
    await store.append([sampleEdit(1)])
    browser.time.freeze('first')
    page.dispatchEvent(new Event('pagehide'))
    const reloaded = await browser.openTab('reloaded')
    const again = await reloaded.cache.claim(roomId, pageId)
    expect(again.replicaId).toBe(store.replicaId)
    expect((await again.load())?.journal).toEqual([sampleEdit(1)])
  })

  it('begins again where the page comes back, and what nobody took is still its own', async () => {
    const { cache, page } = await browser.openTab('first')
    const store = await claimNew(cache)
    page.dispatchEvent(new Event('pagehide'))
    page.dispatchEvent(new Event('pageshow'))
    const other = await browser.openTab('second')
    expect((await other.cache.claim(roomId, pageId)).replicaId).not.toBe(store.replicaId)
    browser.time.advance(LEASE_MS * 3)
    await store.append([sampleEdit(1)])
    expect((await other.cache.claimOrphans(roomId)).length).toBe(0)
  })

  it('of a killed tab holds no longer than it takes to call the roll, where there are unsent edits', async () => {
    const { cache } = await browser.openTab('killed')
    const store = await claimNew(cache)
    await store.append([sampleEdit(1)])
    browser.stopTab('killed')
    const start = browser.time.now
    const { cache: next } = await browser.openTab('next')
    const taken = await browser.passUntil(next.claim(roomId, pageId))
    expect(taken.replicaId).toBe(store.replicaId)
    expect(browser.time.now - start).toBeLessThan(LEASE_MS / 2)
    await expect(store.append([sampleEdit(2)])).rejects.toMatchObject({ code: 'lease-lost' })
  })

  it('of a tab that answers holds, hidden or not, whatever unsent edits it has', async () => {
    const { cache } = await browser.openTab('hidden')
    const store = await claimNew(cache)
    await store.append([sampleEdit(1)])
    browser.time.freeze('hidden')
    const { cache: next } = await browser.openTab('next')
    expect(await next.claimOrphans(roomId)).toEqual([])
    expect((await next.claim(roomId, pageId)).replicaId).not.toBe(store.replicaId)
    await store.append([sampleEdit(2)])
  })

  it('without unsent edits is waited out: nobody is asked', async () => {
    const { cache } = await browser.openTab('killed')
    const store = await claimNew(cache)
    browser.stopTab('killed')
    const { cache: next } = await browser.openTab('next')
    expect((await next.claim(roomId, pageId)).replicaId).not.toBe(store.replicaId)
  })

  it('that ends absurdly late, after the clock was set back, does not hold', async () => {
    const { cache } = await browser.openTab('first')
    const store = await claimNew(cache)
    browser.time.freeze('first')
    browser.time.now -= 24 * 3_600_000
    const other = await browser.openTab('second')
    expect((await other.cache.claim(roomId, pageId)).replicaId).toBe(store.replicaId)
  })

  it('of an owner whose row does not parse counts as none, and is reported', async () => {
    const { cache } = await browser.openTab('first')
    await claimNew(cache)
    await tamper((database) => database.put('owners', { ownerId: 'strange' }))
    await cache.claim(roomId, pageId)
    expect(browser.reports[0]).toMatchObject({ code: 'database-corrupt' })
  })
})

describe('a database of another version', () => {
  it('is refused as too new, and left as it was', async () => {
    const newer = await openDB(CACHE_DATABASE, CACHE_VERSION + 1, {
      upgrade: (database) => void database.createObjectStore('later'),
    })
    newer.close()
    await expect(browser.openTab('first')).rejects.toMatchObject({ code: 'database-too-new' })
    const after = await openDB(CACHE_DATABASE)
    expect([after.version, [...after.objectStoreNames]]).toEqual([CACHE_VERSION + 1, ['later']])
    after.close()
  })

  it('can be made while an older tab is open, which lets go and says why it cannot write any more', async () => {
    const { cache } = await browser.openTab('old')
    const store = await claimNew(cache)
    const newer = await openDB(CACHE_DATABASE, CACHE_VERSION + 1)
    newer.close()
    await expect(store.append([sampleEdit(1)])).rejects.toMatchObject({ code: 'database-too-new' })
    await expect(cache.listRooms()).rejects.toMatchObject({ code: 'database-too-new' })
  })

  it('is refused as locked where a tab with an older version does not let go', async () => {
    await deleteDB(CACHE_DATABASE)
    vi.stubGlobal('indexedDB', blockedForEver(indexedDB))
    const opening = expect(browser.openTab('new')).rejects.toMatchObject({ code: 'database-locked' })
    await Promise.resolve()
    browser.time.advance(5000)
    await opening
  })
})

/** An IndexedDB whose open requests are blocked and stay so. */
function blockedForEver(real: IDBFactory): IDBFactory {
  return new Proxy(real, {
    get(target, name) {
      if (name !== 'open') return Reflect.get(target, name, target) as unknown
      return () => {
        const request = new IDBOpenDBRequest()
        queueMicrotask(() =>
          request.dispatchEvent(new IDBVersionChangeEvent('blocked', { oldVersion: 0, newVersion: 1 })),
        )
        return request
      }
    },
  })
}

describe('a browser that stores nothing', () => {
  const options = {
    clock: new BrowserTime().clockOf('tab'),
    newId: () => 'id',
    page: new EventTarget(),
    report: () => undefined,
  }

  it('gets a cache in memory, and the caller is told', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const opened = await openWebCache(options)
    expect(opened).toMatchObject({ kept: false, reason: { code: 'storage-failed' } })
    const store = await claimNew(opened.cache)
    await store.append([sampleEdit(1)])
    expect((await store.load())?.journal).toEqual([sampleEdit(1)])
  })

  it('is also one that refuses to open a database', async () => {
    const refusing = {
      open: () => {
        throw new DOMException('not in a private window', 'SecurityError')
      },
    }
    vi.stubGlobal('indexedDB', refusing)
    expect(await openWebCache(options)).toMatchObject({ kept: false, reason: { code: 'storage-failed' } })
  })
})

describe('rows that do not parse', () => {
  it.each([
    ['a step', 'steps', { position: 0, entries: [{ kind: 'jump' }] }, 0, 'entry 0 of replica'],
    ['an entry of the log', 'log', { position: 1, entry: { from: -1 } }, 1, 'log entry 1 of replica'],
  ])('name the row: %s; the other rooms stay usable', async (_what, store, row, position, name) => {
    const { cache } = await browser.openTab('first')
    const damaged = await claimNew(cache)
    await damaged.append([sampleEdit(1), updatesEntry(sampleUpdates(0))])
    await tamper((database) => database.put(store, row, [damaged.replicaId, position]))
    await expect(damaged.load()).rejects.toMatchObject({
      code: 'database-corrupt',
      message: expect.stringContaining(name) as unknown,
    })
    const other = await claimNew(cache, otherId)
    await other.append([sampleEdit(1)])
    expect((await other.load())?.journal).toHaveLength(1)
  })

  it('are left out of lists and reported; the room can be forgotten', async () => {
    const { cache } = await browser.openTab('first')
    await cache.putRoom({ roomId: otherId, title: 'Room', link: 'link', hosted: false, lastUsed: 1 })
    const store = await claimNew(cache)
    await store.checkpoint(sampleCheckpoint(), { keepUpdates: 0, draft: sampleDraft('draft', otherId, 1) })
    await store.release()
    await tamper(async (database) => {
      await database.put('rooms', { roomId, title: 7 })
      await database.put('drafts', { draftId: 'x', roomId })
      await database.put('replicas', { replicaId: store.replicaId, roomId, pageId })
    })
    expect((await cache.listRooms()).map((room) => room.roomId)).toEqual([otherId])
    expect(await cache.listDrafts(roomId)).toEqual([])
    expect((await cache.claim(roomId, pageId)).replicaId).not.toBe(store.replicaId)
    expect(browser.reports.map(({ code }) => code)).toEqual(Array(3).fill('database-corrupt'))
    await cache.forgetRoom(roomId)
    browser.reports.length = 0
    expect(await cache.listDrafts(roomId)).toEqual([])
    expect(await cache.listDrafts(otherId)).toHaveLength(1)
    expect(browser.reports).toEqual([])
  })
})
