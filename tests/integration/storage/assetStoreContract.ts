import { describe, expect, it } from 'vitest'
import type { UploadKey } from '../../../src/server/storage/assetStore'
import type { RoomStore } from '../../../src/server/storage/roomStore'
import { ASSET_PIECE_BYTES, pieceOf } from '../../../src/shared/assets/limits'
import { idOfPicture, samplePng } from '../../lib/samplePictures'
import { storeForEach, type RoomStoreGround } from './storeForEach'
import { idOf, sampleRoom } from './samples'

/** What every RoomStore does with pictures. Run it against each implementation. */
export function describeAssetStore(name: string, start: () => Promise<RoomStoreGround>): void {
  describe(`${name} as an AssetStore`, () => {
    let store: RoomStore
    const { roomId } = sampleRoom('room')
    const other = sampleRoom('other').roomId
    const picture = samplePng(4, 3, 2 * ASSET_PIECE_BYTES + 5)
    const assetId = idOfPicture(picture)
    const key: UploadKey = { assetId, deviceId: idOf('ada') }
    const begin = (time = 1): Promise<void> =>
      store.assets.beginUpload(roomId, { ...key, size: picture.length, time })
    const append = (index: number, time = 2): Promise<void> =>
      store.assets.appendPiece(roomId, key, index, pieceOf(picture, index), time)

    const reopen = storeForEach(
      start,
      (next) => {
        store = next
      },
      async () => {
        await store.createRoom(sampleRoom('room'))
        await store.createRoom(sampleRoom('other'))
      },
    )

    async function storeAll(): Promise<void> {
      await begin()
      for (const index of [0, 1, 2]) await append(index)
      await store.assets.finishUpload(roomId, key, 3)
    }

    it('keeps unfinished uploads over a restart, and knows how far they are', async () => {
      await begin()
      await append(0)
      await append(1, 7)
      await reopen()
      expect(await store.assets.listUploads(roomId)).toMatchObject([
        { ...key, size: picture.length, pieces: 2, time: 7 },
      ])
      expect(await store.assets.readUploadPiece(roomId, key, 1)).toEqual(pieceOf(picture, 1))
      expect(await store.assets.readUploadPiece(roomId, key, 2)).toBeUndefined()
      expect(await store.assets.listAssets(roomId)).toEqual([])
      expect(await store.assets.readPiece(roomId, assetId, 0)).toBeUndefined()
    })

    it('gives back what was finished, over a restart too', async () => {
      await storeAll()
      await reopen()
      const stored = { assetId, size: picture.length, time: 3 }
      expect(await store.assets.listAssets(roomId)).toEqual([stored])
      expect(await store.assets.findAsset(roomId, assetId)).toEqual(stored)
      for (const index of [0, 1, 2])
        expect(await store.assets.readPiece(roomId, assetId, index)).toEqual(pieceOf(picture, index))
      expect(await store.assets.readPiece(roomId, assetId, 3)).toBeUndefined()
      expect(await store.assets.listUploads(roomId)).toEqual([])
      expect(await store.assets.findAsset(other, assetId)).toBeUndefined()
    })

    it('takes pieces in order only', async () => {
      await expect(append(0)).rejects.toBeInstanceOf(RangeError)
      await begin()
      await expect(append(1)).rejects.toBeInstanceOf(RangeError)
      await append(0)
      await expect(append(0)).rejects.toBeInstanceOf(RangeError)
      expect(await store.assets.listUploads(roomId)).toMatchObject([{ pieces: 1 }])
    })

    it('begins anew in place of what was there', async () => {
      await begin()
      await append(0)
      await begin()
      expect(await store.assets.listUploads(roomId)).toMatchObject([{ pieces: 0 }])
      await append(0)
    })

    it('stores one of two uploads of a picture and drops the other', async () => {
      const bob = { assetId, deviceId: idOf('bob') }
      await store.assets.beginUpload(roomId, { ...bob, size: picture.length, time: 1 })
      await store.assets.appendPiece(roomId, bob, 0, pieceOf(picture, 0), 1)
      await storeAll()
      expect(await store.assets.listUploads(roomId)).toEqual([])
      expect(await store.assets.listAssets(roomId)).toHaveLength(1)
      await expect(store.assets.finishUpload(roomId, bob, 4)).rejects.toBeInstanceOf(RangeError)
    })

    it('keeps what is stored when it is uploaded again', async () => {
      await storeAll()
      await storeAll()
      expect(await store.assets.listAssets(roomId)).toEqual([{ assetId, size: picture.length, time: 3 }])
      expect(await store.assets.readPiece(roomId, assetId, 2)).toEqual(pieceOf(picture, 2))
    })

    it('remembers when a stored picture was added again', async () => {
      await storeAll()
      await store.assets.touchAsset(roomId, assetId, 99)
      await store.assets.touchAsset(roomId, 'c'.repeat(64), 99)
      await store.assets.touchAsset(other, assetId, 99)
      await reopen()
      expect(await store.assets.listAssets(roomId)).toEqual([{ assetId, size: picture.length, time: 99 }])
      expect(await store.assets.listAssets(other)).toEqual([])
    })

    it('counts stored and unfinished pictures of a room', async () => {
      await storeAll()
      const small = samplePng(1, 1, 50)
      const smallKey = { assetId: idOfPicture(small), deviceId: idOf('bob') }
      await store.assets.beginUpload(roomId, { ...smallKey, size: 50, time: 1 })
      expect(await store.assets.assetUsage(roomId)).toEqual({ count: 2, bytes: picture.length + 50 })
      await store.assets.dropUpload(roomId, smallKey)
      await store.assets.dropUpload(roomId, smallKey)
      expect(await store.assets.assetUsage(roomId)).toEqual({ count: 1, bytes: picture.length })
      expect(await store.assets.assetUsage(other)).toEqual({ count: 0, bytes: 0 })
    })

    it('deletes pictures by name, with every piece, and no upload', async () => {
      await storeAll()
      const unfinished = { assetId: 'b'.repeat(64), deviceId: idOf('ada') }
      await store.assets.beginUpload(roomId, { ...unfinished, size: 9, time: 1 })
      await store.assets.deleteAssets(roomId, [assetId, unfinished.assetId, 'c'.repeat(64)])
      expect(await store.assets.listAssets(roomId)).toEqual([])
      expect(await store.assets.readPiece(roomId, assetId, 0)).toBeUndefined()
      expect(await store.assets.listUploads(roomId)).toHaveLength(1)
      await store.assets.deleteAssets(idOf('nowhere'), [assetId])
    })

    it('deletes the pictures of a room with the room', async () => {
      await storeAll()
      await store.deleteRoom(roomId)
      await store.createRoom(sampleRoom('room'))
      expect(await store.assets.assetUsage(roomId)).toEqual({ count: 0, bytes: 0 })
    })

    it('keeps nothing for a room that is not there', async () => {
      const nowhere = store.assets.beginUpload(idOf('nowhere'), { ...key, size: 1, time: 1 })
      await expect(nowhere).rejects.toMatchObject({ code: 'room-unknown' })
      expect(await store.assets.listAssets(idOf('nowhere'))).toEqual([])
    })

    it('shares nothing with its callers', async () => {
      await begin()
      const piece = pieceOf(picture, 0).slice()
      await store.assets.appendPiece(roomId, key, 0, piece, 1)
      piece.fill(0)
      const read = await store.assets.readUploadPiece(roomId, key, 0)
      read?.fill(1)
      expect(await store.assets.readUploadPiece(roomId, key, 0)).toEqual(pieceOf(picture, 0))
    })
  })
}
