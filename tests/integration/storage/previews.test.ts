import 'fake-indexeddb/auto'
import { deleteDB, openDB, type IDBPDatabase } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { IdbPreviews, PREVIEWS_DATABASE } from '../../../src/renderer/platform/previews/idbPreviews'
import {
  MAX_PREVIEW_BYTES,
  MAX_PREVIEW_SIDE,
  MAX_PREVIEWS,
  type PreviewKey,
} from '../../../src/renderer/platform/previews/previews'
import { samplePng } from '../../lib/samplePictures'
import { idOf } from './samples'

const bounds = { x: -10.5, y: 3, width: 200, height: 0.5 }
const roomId = idOf('room')
const keyOf = (page: string, changes: Partial<PreviewKey> = {}): PreviewKey => ({
  roomId,
  pageId: idOf(page),
  theme: 'light',
  ...changes,
})

let now: number
let previews: IdbPreviews
beforeEach(() => {
  now = 1_000
  previews = new IdbPreviews(() => now++)
})
afterEach(async () => {
  vi.unstubAllGlobals()
  await deleteDB(PREVIEWS_DATABASE)
})

/** Does something to the database behind the app's back. */
async function tamper(change: (database: IDBPDatabase) => Promise<unknown>): Promise<void> {
  const database = await openDB(PREVIEWS_DATABASE)
  await change(database)
  database.close()
}

describe('pictures of boards that a device keeps', () => {
  it('are those of their board and theme, the newest each', async () => {
    const [old, bright, dark] = [1, 2, 3].map((seed) => ({ bounds, bytes: samplePng(40, 30, 100, seed) }))
    if (old === undefined || bright === undefined || dark === undefined) throw new Error('there are three')
    await previews.put(keyOf('wall'), old)
    await previews.put(keyOf('wall'), bright)
    await previews.put(keyOf('wall', { theme: 'dark' }), dark)
    const later = new IdbPreviews(() => now)
    expect(await later.get(keyOf('wall'))).toEqual(bright)
    expect(await later.get(keyOf('wall', { theme: 'dark' }))).toEqual(dark)
    expect(await later.get(keyOf('other'))).toBeUndefined()
  })

  it('are so many at most: those not used for longest go first', async () => {
    const bytes = samplePng()
    for (let i = 0; i < MAX_PREVIEWS; i++) await previews.put(keyOf(`board ${i}`), { bounds, bytes })
    expect(await previews.get(keyOf('board 0'))).toBeDefined()
    await previews.put(keyOf('one more'), { bounds, bytes })
    await previews.put(keyOf('and another'), { bounds, bytes })
    const kept = async (name: string): Promise<boolean> => (await previews.get(keyOf(name))) !== undefined
    expect(await kept('board 0')).toBe(true)
    expect([await kept('board 1'), await kept('board 2'), await kept('board 3')]).toEqual([
      false,
      false,
      true,
    ])
    expect(await kept('and another')).toBe(true)
  })

  it('go with their board or their room, and no others', async () => {
    const bytes = samplePng()
    const elsewhere = keyOf('wall', { roomId: idOf('other room') })
    const keys = [keyOf('wall'), keyOf('wall', { theme: 'dark' }), keyOf('plan'), elsewhere]
    for (const key of keys) await previews.put(key, { bounds, bytes })
    const left = async (): Promise<boolean[]> =>
      Promise.all(keys.map(async (key) => (await previews.get(key)) !== undefined))
    await previews.forgetPage(roomId, idOf('wall'))
    expect(await left()).toEqual([false, false, true, true])
    await previews.forgetRoom(roomId)
    expect(await left()).toEqual([false, false, false, true])
  })

  it.each([
    ['nothing of it', 'rubbish'],
    ['a place that is no number', { bounds: { ...bounds, x: NaN }, bytes: samplePng() }],
    ['a place beyond all boards', { bounds: { ...bounds, y: 1e9 }, bytes: samplePng() }],
    ['no width', { bounds: { ...bounds, width: 0 }, bytes: samplePng() }],
    ['an endless height', { bounds: { ...bounds, height: Infinity }, bytes: samplePng() }],
    ['text for a picture', { bounds, bytes: 'picture' }],
    ['bytes that are no picture', { bounds, bytes: new Uint8Array(50) }],
    [
      'a picture of another kind',
      { bounds, bytes: new TextEncoder().encode('GIF89a\u0004\0\u0003\0\0\0\0') },
    ],
    ['a picture that unpacks to much', { bounds, bytes: samplePng(MAX_PREVIEW_SIDE + 1, 4) }],
    ['a picture of too many bytes', { bounds, bytes: samplePng(4, 4, MAX_PREVIEW_BYTES + 1) }],
  ])('are not shown where the database holds %s', async (_what, stored) => {
    const key = keyOf('wall')
    await previews.put(key, { bounds, bytes: samplePng() })
    await tamper((database) => database.put('pictures', stored, [key.roomId, key.pageId, key.theme]))
    expect(await previews.get(key)).toBeUndefined()
    await previews.put(key, stored as never)
    expect(await previews.get(key)).toBeUndefined()
  })

  it('take a time that is none for the oldest', async () => {
    const bytes = samplePng()
    for (let i = 0; i < MAX_PREVIEWS; i++) await previews.put(keyOf(`board ${i}`), { bounds, bytes })
    const { pageId } = keyOf('board 9')
    await tamper((database) => database.put('uses', { since: 'ever' }, [roomId, pageId, 'light']))
    await previews.put(keyOf('one more'), { bounds, bytes })
    expect(await previews.get(keyOf('board 9'))).toBeUndefined()
    expect(await previews.get(keyOf('board 0'))).toBeDefined()
  })

  it('are done without where a browser keeps nothing', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const none = new IdbPreviews(() => now)
    await none.put(keyOf('wall'), { bounds, bytes: samplePng() })
    expect(await none.get(keyOf('wall'))).toBeUndefined()
    await none.forgetRoom(roomId)
  })

  it('come back after the browser has taken the database away', async () => {
    await previews.put(keyOf('wall'), { bounds, bytes: samplePng() })
    // Whoever deletes it has the others let go of it first.
    await deleteDB(PREVIEWS_DATABASE)
    expect(await previews.get(keyOf('wall'))).toBeUndefined()
    await previews.put(keyOf('wall'), { bounds, bytes: samplePng() })
    expect(await previews.get(keyOf('wall'))).toBeDefined()
  })
})
