import { describe, expect, it } from 'vitest'
import { nodeSha256Hex } from '../../../../src/server/nodeCrypto'
import { idOf } from '../../../lib/idOf'
import { BoardGround, DAY, NOTE } from './boardGround'
import { makePage, PageGuest } from './pageGuest'

describe('forgetting pictures', () => {
  const assetId = (name: string): string => nodeSha256Hex(name)
  const image = (name: string): unknown => ({ put: { kind: 'image', props: { asset: assetId(name) } } })

  /** Stores a picture of a few bytes. */
  async function store(board: BoardGround, name: string): Promise<void> {
    const { assets } = board.ground.store
    const key = { assetId: assetId(name), deviceId: idOf('device') }
    const time = board.ground.clock.now()
    await assets.beginUpload(board.roomId, { ...key, size: 3, time })
    await assets.appendPiece(board.roomId, key, 0, Uint8Array.from([1, 2, 3]), time)
    await assets.finishUpload(board.roomId, key, time)
  }

  const kept = async (board: BoardGround): Promise<string[]> =>
    (await board.ground.store.assets.listAssets(board.roomId)).map((asset) => asset.assetId).sort()

  it('B6: those go that no board names any more, when what named them is purged and they are old enough', async () => {
    const board = await BoardGround.create()
    for (const name of ['shown', 'deleted', 'never named']) await store(board, name)
    await board.adaDoes({ a: image('shown'), b: image('deleted') }, { b: { deleted: true } })
    await board.ground.pass(6 * DAY)
    await store(board, 'new')
    await board.ground.pass(DAY - 60_000)
    await board.keepUp()
    expect(await kept(board)).toHaveLength(4)
    await board.ground.pass(2 * DAY)
    await board.keepUp()
    expect(await kept(board)).toEqual([assetId('shown'), assetId('new')].sort())
    await board.ground.pass(7 * DAY)
    await board.keepUp()
    expect(await kept(board)).toEqual([assetId('shown')])
  })

  it('B6: those stay that are named again while the other boards are looked at', async () => {
    const board = await BoardGround.create()
    for (const name of ['named again', 'forgotten']) await store(board, name)
    await board.adaDoes({ a: NOTE })
    for (const name of ['second', 'third', 'fourth']) {
      const pageId = await makePage(board.ground, board.bob.peer, name, 'board')
      const guest = new PageGuest(board.ground, board.bob.peer, pageId, name)
      const { head } = await guest.open()
      await guest.submit({ a: NOTE }, head)
    }
    await board.ground.pass(8 * DAY)
    const { store: rooms } = board.ground
    const [{ loadPage }, { head }] = [rooms, await board.ada.open()]
    let looks = 0
    rooms.loadPage = async (roomId, pageId) => {
      const page = await loadPage.call(rooms, roomId, pageId)
      // Just after the board has been looked at.
      if (pageId === board.pageId && looks++ === 0)
        board.ada.peer.say(board.ada.next({ p: image('named again') }, head))
      return page
    }
    await board.keepUp()
    expect(looks).toBeGreaterThan(0)
    expect(await kept(board)).toEqual([assetId('named again')])
  })

  it('B6: those stay that a deleted board names, or one that nobody opens', async () => {
    const board = await BoardGround.create()
    await store(board, 'shown')
    await board.adaDoes({ a: image('shown') })
    await board.deletePage()
    await board.empty()
    await board.ground.pass(30 * DAY)
    await board.keepUp()
    expect(await kept(board)).toEqual([assetId('shown')])
  })
})
