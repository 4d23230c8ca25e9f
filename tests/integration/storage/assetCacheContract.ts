import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CachedAsset } from '../../../src/shared/cache/assetCache'
import type { ReplicaCache } from '../../../src/shared/cache/replicaCache'
import { idOfPicture, samplePng } from '../../lib/samplePictures'
import { ROOM_ID, type ReplicaGround } from './replicaGround'
import { idOf } from './samples'

/** Bytes of pictures that the caches of the contract keep. */
export const CONTRACT_ASSET_BYTES = 1000

/** What every AssetCache does. Run it against each implementation, with room for CONTRACT_ASSET_BYTES. */
export function describeAssetCache(name: string, start: () => Promise<ReplicaGround>): void {
  describe(`${name} as an AssetCache`, () => {
    let ground: ReplicaGround
    let cache: ReplicaCache
    const OTHER_ROOM = idOf('other room')

    beforeEach(async () => {
      ground = await start()
      cache = await ground.open('first')
    })
    afterEach(() => ground.remove())

    /** Keeps a picture of so many bytes and gives its id. */
    async function put(
      seed: number,
      time: number,
      unsent = false,
      roomId = ROOM_ID,
      size = 300,
    ): Promise<string> {
      const bytes = samplePng(4, 3, size, seed)
      const assetId = idOfPicture(bytes)
      await cache.assets.put({ roomId, assetId, bytes, unsent, time })
      return assetId
    }
    const kept = async (roomId = ROOM_ID): Promise<string[]> =>
      (await cache.assets.list(roomId)).map(({ assetId }) => assetId)
    const byId = (a: CachedAsset, b: CachedAsset): number => (a.assetId < b.assetId ? -1 : 1)

    it('A6: gives back what was kept, to other windows too, and after they were killed', async () => {
      const assetId = await put(1, 1, true)
      await ground.kill('first')
      const other = await ground.open('second')
      expect(await other.assets.get(assetId, 2)).toEqual(samplePng(4, 3, 300, 1))
      expect(await other.assets.list(ROOM_ID)).toEqual([{ assetId, size: 300, unsent: true }])
      expect(await other.assets.get('f'.repeat(64), 2)).toBeUndefined()
    })

    it('A6: remembers for each room what is still to be sent', async () => {
      const [first, second] = [await put(1, 1, true), await put(2, 1, true)]
      await put(1, 2, true, OTHER_ROOM)
      await cache.assets.setUnsent(ROOM_ID, [first, 'f'.repeat(64)], false)
      await cache.assets.setUnsent(OTHER_ROOM, [second], true)
      expect(await cache.assets.list(ROOM_ID)).toEqual(
        [
          { assetId: first, size: 300, unsent: false },
          { assetId: second, size: 300, unsent: true },
        ].sort(byId),
      )
      expect(await cache.assets.list(OTHER_ROOM)).toEqual([{ assetId: first, size: 300, unsent: true }])
      await cache.assets.setUnsent(ROOM_ID, [first], true)
      expect((await cache.assets.list(ROOM_ID)).every(({ unsent }) => unsent)).toBe(true)
    })

    it('A7: forgets what was not used for the longest time when it gets too much', async () => {
      const [first, second, third] = [await put(1, 1), await put(2, 2), await put(3, 3)]
      await cache.assets.get(first, 4)
      const fourth = await put(4, 5)
      expect((await kept()).sort()).toEqual([first, third, fourth].sort())
      expect(await cache.assets.get(second, 6)).toBeUndefined()
    })

    it('A7: never forgets what is still to be sent, or what has just come', async () => {
      const unsent = [await put(1, 1, true), await put(2, 2, true), await put(3, 3, true, OTHER_ROOM)]
      await put(3, 3, false)
      const big = await put(4, 4, false, ROOM_ID, 900)
      expect((await kept()).sort()).toEqual([...unsent, big].sort())
      await cache.assets.setUnsent(ROOM_ID, unsent.slice(0, 2), false)
      await put(5, 5)
      expect((await kept()).includes(unsent[2] ?? '')).toBe(true)
      expect((await kept()).length).toBe(2)
    })

    it('forgets the pictures of a room with the room, but not those of another', async () => {
      const [shared, own] = [await put(1, 1, true), await put(2, 1, true)]
      await put(1, 1, false, OTHER_ROOM)
      await cache.forgetRoom(ROOM_ID)
      expect(await kept()).toEqual([])
      expect(await kept(OTHER_ROOM)).toEqual([shared])
      expect(await cache.assets.get(shared, 2)).toBeDefined()
      expect(await cache.assets.get(own, 2)).toBeUndefined()
    })

    it('keeps nothing and says so where the disk is full', async () => {
      const first = await put(1, 1)
      ground.fill(true)
      await expect(put(2, 2)).rejects.toMatchObject({ code: 'storage-failed' })
      ground.fill(false)
      expect(await kept()).toEqual([first])
      await put(2, 2)
      expect(await kept()).toHaveLength(2)
    })

    it('is of no use once the cache is closed', async () => {
      await cache.close()
      await expect(put(1, 1)).rejects.toMatchObject({ code: 'storage-failed' })
    })
  })
}
