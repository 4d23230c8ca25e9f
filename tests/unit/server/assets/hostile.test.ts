import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServerLimits } from '../../../../src/server/core/serverLimits'
import {
  ASSET_PIECE_BYTES,
  MAX_ASSET_BYTES,
  MAX_UNANSWERED_ASSET_MESSAGES,
  pieceCountOf,
  pieceOf,
} from '../../../../src/shared/assets/limits'
import type { ClientMessageOf } from '../../../../src/shared/protocol/clientMessages'
import { idOfPicture, samplePng } from '../../../lib/samplePictures'
import { RoomGround, type Peer } from '../core/roomGround'

const offer = (assetId: string, size: number): ClientMessageOf<'assetOffer'> => ({
  type: 'assetOffer',
  assetId,
  size,
})
const get = (assetId: string, index = 0): ClientMessageOf<'assetGet'> => ({
  type: 'assetGet',
  assetId,
  index,
})
const piece = (assetId: string, index: number, bytes: Uint8Array): ClientMessageOf<'assetPiece'> => ({
  type: 'assetPiece',
  assetId,
  index,
  data: Buffer.from(bytes).toString('base64'),
})

/** Offers bytes under an id, sends every piece, and gives what the server said last. */
async function upload(
  ground: RoomGround,
  peer: Peer,
  bytes: Uint8Array,
  id = idOfPicture(bytes),
): Promise<string> {
  peer.say(offer(id, bytes.length))
  await ground.settle()
  for (let index = 0; index < pieceCountOf(bytes.length); index++) {
    if (peer.got('assetRefused').length > 0) break
    peer.say(piece(id, index, pieceOf(bytes, index)))
    await ground.settle()
  }
  return lastOf(peer)
}

function lastOf(peer: Peer): string {
  const last = peer.messages.at(-1)
  return last?.type === 'assetRefused' ? last.code : (last?.type ?? 'nothing')
}

async function start(limits: Partial<ServerLimits> = {}) {
  const ground = new RoomGround({ limits })
  const { ada, bob, roomId } = await ground.room()
  const usage = () => ground.store.assets.assetUsage(roomId)
  return { ground, ada, bob, roomId, usage }
}

const NOTHING = { count: 0, bytes: 0 }
const PICTURE = samplePng(4, 3, 2 * ASSET_PIECE_BYTES + 10)
const ID = idOfPicture(PICTURE)

describe('pictures of hostile clients', () => {
  it.each<[string, Uint8Array, string, string]>([
    ['other bytes', PICTURE, 'f'.repeat(64), 'asset-damaged'],
    ['no picture', new Uint8Array(500).fill(65), '', 'asset-not-an-image'],
    ['a script', new TextEncoder().encode('<svg onload="alert(1)"/>'), '', 'asset-not-an-image'],
    ['too many pixels', samplePng(10_000, 10_000), '', 'asset-too-many-pixels'],
    ['too long a side', samplePng(16_385, 1), '', 'asset-too-many-pixels'],
    ['no pixels', samplePng(0, 7), '', 'asset-not-an-image'],
    ['half a header', samplePng().slice(0, 20), '', 'asset-not-an-image'],
  ])('A1, A8: with %s are refused, and nothing of them stays', async (_what, bytes, id, code) => {
    const { ground, ada, usage } = await start()
    expect(await upload(ground, ada, bytes, id === '' ? undefined : id)).toBe(code)
    expect([await usage(), ada.end, ground.errors]).toEqual([NOTHING, undefined, []])
  })

  it('A8: that are too large are refused before anything is sent', async () => {
    const { ground, ada, usage } = await start()
    for (const size of [MAX_ASSET_BYTES + 1, Number.MAX_SAFE_INTEGER]) {
      ada.say(offer(ID, size))
      await ground.settle()
      expect(lastOf(ada)).toBe('asset-too-large')
    }
    ada.say(offer(ID, MAX_ASSET_BYTES))
    await ground.settle()
    expect(lastOf(ada)).toBe('assetWanted')
    expect(await usage()).toEqual(NOTHING)
  })

  it.each<[string, number, Uint8Array]>([
    ['a piece ahead', 1, pieceOf(PICTURE, 1)],
    ['the last piece first', 2, pieceOf(PICTURE, 2)],
    ['a piece that is too short', 0, pieceOf(PICTURE, 0).slice(3)],
  ])('A8: end with %s, and the upload can be begun anew', async (_what, index, bytes) => {
    const { ground, ada, usage } = await start()
    ada.say(offer(ID, PICTURE.length))
    ada.say(piece(ID, index, bytes))
    await ground.settle()
    expect([lastOf(ada), await usage()]).toEqual(['asset-damaged', NOTHING])
    ada.messages.length = 0
    expect(await upload(ground, ada, PICTURE)).toBe('assetStored')
  })

  it('A8: that are longer than they were said to be are cut off there', async () => {
    const { ground, ada, usage } = await start()
    ada.say(offer(ID, ASSET_PIECE_BYTES + 5))
    ada.say(piece(ID, 0, pieceOf(PICTURE, 0)))
    ada.say(piece(ID, 1, pieceOf(PICTURE, 1)))
    ada.say(piece(ID, 2, pieceOf(PICTURE, 2)))
    await ground.settle()
    expect(ada.got('assetRefused').map(({ code }) => code)).toEqual(['asset-damaged', 'upload-unknown'])
    expect(await usage()).toEqual(NOTHING)
  })

  it('A8: that nobody offered are answered and not kept', async () => {
    const { ground, ada, bob, usage } = await start()
    bob.say(offer(ID, PICTURE.length))
    ada.say(piece(ID, 0, pieceOf(PICTURE, 0)))
    await ground.settle()
    expect([lastOf(ada), lastOf(bob)]).toEqual(['upload-unknown', 'assetWanted'])
    expect(await usage()).toEqual(NOTHING)
  })

  it('A3: that are added again count as stored now', async () => {
    const { ground, ada, bob, roomId } = await start()
    await upload(ground, ada, PICTURE)
    const [before] = await ground.store.assets.listAssets(roomId)
    await ground.pass(2 * 3_600_000)
    const cleo = await ground.enter('cleo')
    await cleo.join(roomId)
    cleo.say(offer(ID, PICTURE.length))
    await ground.settle()
    const [after] = await ground.store.assets.listAssets(roomId)
    expect([lastOf(cleo), (after?.time ?? 0) - (before?.time ?? 0) > 3_600_000, bob.end]).toEqual([
      'assetStored',
      true,
      undefined,
    ])
  })

  it('A8: do not spoil what another device uploads under the same id', async () => {
    const { ground, ada, bob } = await start()
    const wrong = PICTURE.map((byte, index) => (index > 100 ? byte ^ 1 : byte))
    ada.say(offer(ID, PICTURE.length))
    bob.say(offer(ID, PICTURE.length))
    for (const index of [0, 1, 2]) {
      bob.say(piece(ID, index, pieceOf(wrong, index)))
      ada.say(piece(ID, index, pieceOf(PICTURE, index)))
      await ground.settle()
    }
    expect([lastOf(ada), lastOf(bob)]).toEqual(['assetStored', 'asset-damaged'])
  })

  it('A8: take no piece twice', async () => {
    const { ground, ada } = await start()
    ada.say(offer(ID, PICTURE.length))
    for (const index of [0, 0, 1, 0, 1]) ada.say(piece(ID, index, pieceOf(PICTURE, index)))
    await ground.settle()
    expect(ada.got('assetWanted').map(({ index }) => index)).toEqual([0, 1, 1, 2, 2, 2])
    ada.say(piece(ID, 2, pieceOf(PICTURE, 2)))
    ada.say(piece(ID, 2, pieceOf(PICTURE, 2)))
    await ground.settle()
    expect(ada.got('assetStored')).toHaveLength(2)
  })

  it('A8: begin anew when offered with another size', async () => {
    const { ground, ada, usage } = await start()
    ada.say(offer(ID, 5 * ASSET_PIECE_BYTES))
    ada.say(piece(ID, 0, pieceOf(PICTURE, 0)))
    ada.say(offer(ID, PICTURE.length))
    await ground.settle()
    expect([lastOf(ada), await usage()]).toEqual(['assetWanted', NOTHING])
    ada.say(piece(ID, 0, pieceOf(PICTURE, 0)))
    await ground.settle()
    expect(await usage()).toEqual({ count: 1, bytes: PICTURE.length })
    ada.say(offer(ID, PICTURE.length - 1))
    await ground.settle()
    expect(await usage()).toEqual(NOTHING)
    expect(ada.got('assetWanted').at(-1)?.index).toBe(0)
  })

  it('A9: end the connection where too many are unanswered', async () => {
    const { ground, ada, bob } = await start()
    for (let i = 0; i <= MAX_UNANSWERED_ASSET_MESSAGES; i++) ada.say(offer(ID, PICTURE.length))
    await ground.settle()
    expect([ada.end, bob.end]).toEqual(['out-of-turn', undefined])
  })

  it('A9: that are not there or have no such piece are told so', async () => {
    const { ground, ada, bob } = await start()
    await upload(ground, ada, PICTURE)
    bob.say(get('e'.repeat(64), 200))
    await ground.settle()
    expect(bob.got('assetMissing')).toEqual([{ type: 'assetMissing', assetId: 'e'.repeat(64) }])
    bob.say(get(ID, 2))
    await ground.settle()
    expect(bob.got('assetPiece')).toMatchObject([{ index: 2, size: PICTURE.length }])
    bob.say(get(ID, 3))
    await ground.settle()
    expect([bob.end, ada.end]).toEqual(['out-of-turn', undefined])
  })

  it('A9: are not sent to a receiver that does not read, and go on when it does', async () => {
    const { ground, ada, bob } = await start({ maxBufferedBytes: 1_000 })
    await upload(ground, ada, PICTURE)
    bob.bufferedAmount = 1_001
    for (const index of [0, 1, 2]) bob.say(get(ID, index))
    await ground.pass(500)
    expect(bob.got('assetPiece')).toEqual([])
    bob.bufferedAmount = 0
    await ground.pass(20)
    await ground.settle()
    expect(bob.got('assetPiece').map(({ index }) => index)).toEqual([0, 1, 2])
    bob.bufferedAmount = 1_001
    bob.say(get(ID))
    await ground.settle()
    bob.vanish()
    await ground.pass(100)
    expect(bob.got('assetPiece')).toHaveLength(3)
  })

  it('A9: that are asked for in vain are told to the others once, and so many for each session', async () => {
    const { ground, ada, bob } = await start({ maxSoughtAssets: 3 })
    const id = (n: number): string => n.toString(16).padStart(64, '0')
    for (let round = 0; round < 2; round++) for (let n = 0; n < 6; n++) bob.say(get(id(n)))
    await ground.settle()
    expect(bob.got('assetMissing')).toHaveLength(12)
    expect(ada.got('assetSought').map(({ assetId }) => assetId)).toEqual([id(0), id(1), id(2)])
    const cleo = await ground.enter('cleo')
    await cleo.join((await ground.server.listRooms())[0]?.room.roomId ?? '')
    expect(cleo.got('assetSought')).toHaveLength(3)
    bob.vanish()
    await ground.settle()
    const dora = await ground.enter('dora')
    await dora.join((await ground.server.listRooms())[0]?.room.roomId ?? '')
    expect(dora.got('assetSought')).toEqual([])
  })

  it('A8, A9: leave the server as it should be, whatever they send', async () => {
    const ids = [ID, idOfPicture(samplePng()), 'f'.repeat(64)]
    const id = fc.constantFrom(...ids)
    const size = fc.constantFrom(1, 100, PICTURE.length, ASSET_PIECE_BYTES, MAX_ASSET_BYTES, 2 ** 40)
    const bytes = fc.constantFrom(
      samplePng(),
      pieceOf(PICTURE, 0),
      pieceOf(PICTURE, 1),
      pieceOf(PICTURE, 2),
      new Uint8Array(9),
    )
    const index = fc.constantFrom(0, 0, 1, 1, 2, 2, 213)
    const message = fc.oneof(
      fc.tuple(id, size).map(([assetId, length]) => offer(assetId, length)),
      fc.tuple(id, index, bytes).map(([assetId, at, data]) => piece(assetId, at, data)),
      fc.tuple(id, index).map(([assetId, at]) => get(assetId, at)),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), message), { maxLength: 25 }), async (sent) => {
        const limits = { maxAssetsPerRoom: 4, maxAssetBytesPerRoom: 11 * 1024 * 1024, maxUploadsPerDevice: 2 }
        const { ground, ada, bob, roomId, usage } = await start(limits)
        for (const [isAda, each] of sent) {
          const peer = isAda ? ada : bob
          peer.say(each)
          await ground.settle()
        }
        const { count, bytes: total } = await usage()
        expect(ground.errors).toEqual([])
        expect(count).toBeLessThanOrEqual(4)
        expect(total).toBeLessThanOrEqual(limits.maxAssetBytesPerRoom)
        for (const { assetId } of await ground.store.assets.listAssets(roomId))
          expect(ids.slice(0, 2)).toContain(assetId)
        for (const peer of [ada, bob]) expect(['out-of-turn', undefined]).toContain(peer.end)
      }),
      { numRuns: 150 },
    )
  })

  it('A12: beyond what a room may have are refused', async () => {
    const { ground, ada, bob } = await start({ maxAssetsPerRoom: 2, maxAssetBytesPerRoom: 1_000 })
    expect(await upload(ground, ada, samplePng(1, 1, 400, 1))).toBe('assetStored')
    bob.say(offer('d'.repeat(64), 601))
    await ground.settle()
    expect(lastOf(bob)).toBe('too-many-assets')
    bob.say(offer('d'.repeat(64), 600))
    await ground.settle()
    expect(lastOf(bob)).toBe('assetWanted')
    ada.say(offer('c'.repeat(64), 1))
    await ground.settle()
    expect(lastOf(ada)).toBe('too-many-assets')
  })

  it('A12: of one device beyond its uploads drop its oldest, and of a room those that were left', async () => {
    const { ground, ada, bob, usage } = await start({ maxUploadsPerDevice: 2, maxUploadsPerRoom: 3 })
    const id = (letter: string): string => letter.repeat(64)
    for (const letter of ['a', 'b', 'c']) {
      ada.say(offer(id(letter), 100))
      await ground.pass(1)
    }
    expect(ada.got('assetRefused')).toMatchObject([{ assetId: id('a'), code: 'upload-unknown' }])
    bob.say(offer(id('d'), 100))
    await ground.settle()
    const cleo = await ground.enter('cleo')
    await cleo.join((await ground.server.listRooms())[0]?.room.roomId ?? '')
    cleo.say(offer(id('e'), 100))
    await ground.settle()
    expect(lastOf(cleo)).toBe('too-many-uploads')
    ada.vanish()
    cleo.say(offer(id('e'), 100))
    await ground.settle()
    expect(lastOf(cleo)).toBe('assetWanted')
    // None of them has cost the disk anything.
    expect(await usage()).toEqual(NOTHING)
  })

  it('A12: that nobody goes on with are dropped after a time', async () => {
    const { ground, ada, usage } = await start({
      uploadStaleMs: 60_000,
      unloadAfterMs: 1_000,
      heartbeatMs: 600_000,
    })
    ada.say(offer(ID, PICTURE.length))
    ada.say(piece(ID, 0, pieceOf(PICTURE, 0)))
    await ground.settle()
    await ground.pass(50_000)
    expect((await usage()).count).toBe(1)
    for (let i = 0; i < 20; i++) await ground.pass(1_000)
    expect(await usage()).toEqual(NOTHING)
  })
})
