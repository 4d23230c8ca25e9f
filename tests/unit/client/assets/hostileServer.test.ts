import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AssetEngine } from '../../../../src/client/assets/assetEngine'
import { isAssetMessage } from '../../../../src/client/assets/assetLink'
import { MemoryAssetCache } from '../../../../src/client/cache/memoryAssetCache'
import { ASSET_PIECE_BYTES, pieceOf } from '../../../../src/shared/assets/limits'
import type { ClientMessage } from '../../../../src/shared/protocol/clientMessages'
import { parseServerMessage } from '../../../../src/shared/protocol/parse'
import { ManualClock } from '../../../lib/manualClock'
import { idOfPicture, samplePng } from '../../../lib/samplePictures'

const MINE = samplePng(4, 3, 2 * ASSET_PIECE_BYTES + 10, 1)
const THEIRS = samplePng(4, 3, 2 * ASSET_PIECE_BYTES + 10, 2)
const IDS = [idOfPicture(MINE), idOfPicture(THEIRS), 'f'.repeat(64)]

function start() {
  const sent: ClientMessage[] = []
  const errors: unknown[] = []
  const clock = new ManualClock()
  const cache = new MemoryAssetCache()
  const onError = (error: unknown): void => void errors.push(error)
  const engine = new AssetEngine({ roomId: 'a'.repeat(32), cache, clock, onError })
  const link = { send: (message: ClientMessage) => void sent.push(message), bufferedAmount: 0 }
  const receive = (message: object): void => {
    const parsed = parseServerMessage(JSON.stringify(message))
    if (isAssetMessage(parsed)) engine.received(parsed)
  }
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  return { engine, link, receive, settle, sent, errors, clock, cache }
}

describe('pictures with a server that does not keep to the protocol', () => {
  it('A9: ask for little at a time, keep no wrong bytes and fail at nothing', async () => {
    const id = fc.constantFrom(...IDS)
    const index = fc.constantFrom(0, 0, 1, 1, 2, 2, 3, 213)
    const data = fc
      .constantFrom(
        pieceOf(THEIRS, 0),
        pieceOf(THEIRS, 1),
        pieceOf(THEIRS, 2),
        new Uint8Array(5),
        new Uint8Array(1),
      )
      .map((bytes) => Buffer.from(bytes).toString('base64'))
    const size = fc.constantFrom(1, THEIRS.length, THEIRS.length, ASSET_PIECE_BYTES, 2 ** 40)
    const message = fc.oneof(
      fc.record({ type: fc.constantFrom('assetStored', 'assetMissing', 'assetSought'), assetId: id }),
      fc.record({ type: fc.constant('assetWanted'), assetId: id, index }),
      fc.record({
        type: fc.constant('assetRefused'),
        assetId: id,
        code: fc.constantFrom('storage-failed', 'too-many-assets', 'upload-unknown', 'no such code'),
        detail: fc.constant(''),
      }),
      {
        weight: 3,
        arbitrary: fc.record({ type: fc.constant('assetPiece'), assetId: id, index, size, data }),
      },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 25 }), async (messages) => {
        const { engine, link, receive, settle, sent, errors, clock, cache } = start()
        await engine.add(MINE)
        engine.connected(link)
        for (const assetId of IDS) engine.watch(assetId).subscribe(() => undefined)
        await settle()
        for (const each of messages) {
          const before = sent.length
          receive(each)
          await settle()
          expect(sent.length - before).toBeLessThanOrEqual(6)
        }
        clock.advance(20_000)
        await settle()
        expect(errors).toEqual([])
        for (const { assetId } of await cache.list('a'.repeat(32))) {
          const bytes = await cache.get(assetId, 1)
          expect(idOfPicture(bytes ?? new Uint8Array(0))).toBe(assetId)
        }
        engine.end()
      }),
      { numRuns: 200 },
    )
  })

  it('A10: send no piece while the socket is full, and go on when it is not', async () => {
    const { engine, link, receive, settle, sent, clock } = start()
    const assetId = await engine.add(MINE)
    engine.connected(link)
    await settle()
    link.bufferedAmount = 1_000_000
    receive({ type: 'assetWanted', assetId, index: 0 })
    await settle()
    clock.advance(1_000)
    expect(sent.map(({ type }) => type)).toEqual(['assetOffer'])
    link.bufferedAmount = 0
    clock.advance(20)
    expect(sent.map(({ type }) => type)).toEqual(['assetOffer', 'assetPiece', 'assetPiece'])
    receive({ type: 'assetWanted', assetId, index: 1 })
    expect(sent).toHaveLength(4)
    receive({ type: 'assetStored', assetId })
    expect([sent.length, engine.unsentBytes.value]).toEqual([4, 0])
  })

  it('A4: send again from where the server has it, also from before what it had once', async () => {
    const { engine, link, receive, settle, sent } = start()
    const assetId = await engine.add(MINE)
    engine.connected(link)
    await settle()
    receive({ type: 'assetWanted', assetId, index: 0 })
    await settle()
    receive({ type: 'assetWanted', assetId, index: 2 })
    engine.disconnected()
    sent.length = 0
    engine.connected(link)
    await settle()
    receive({ type: 'assetRefused', assetId, code: 'upload-unknown', detail: '' })
    receive({ type: 'assetWanted', assetId, index: 1 })
    await settle()
    expect(sent.map((message) => ('index' in message ? message.index : message.type))).toEqual([
      'assetOffer',
      1,
      2,
    ])
    expect(engine.unsentBytes.value).toBe(Math.ceil((MINE.length * 2) / 3))
  })
})
