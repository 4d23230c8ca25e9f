import { describe, expect, it } from 'vitest'
import { ASSET_PIECE_BYTES } from '../../../../src/shared/assets/limits'
import { createPage } from '../../../../src/shared/pages'
import { idOfPicture, samplePng } from '../../../lib/samplePictures'
import { EngineDevice, EngineGround, type EngineWindow } from '../../../lib/engineGround'
import { shown } from './shown'

/** A picture of so many pieces. */
const pictureOf = (pieces: number, seed = 0): Uint8Array =>
  samplePng(4, 3, pieces * ASSET_PIECE_BYTES - 7, seed)

/** Watches a picture as a screen does. */
const look = ({ client }: EngineWindow, assetId: string): (() => void) =>
  client.assets.watch(assetId).subscribe(() => undefined)

async function two(): Promise<{ ground: EngineGround; ada: EngineWindow; bob: EngineWindow }> {
  const ground = await EngineGround.start()
  const [ada, bob] = [ground.open(new EngineDevice('ada')), ground.open(new EngineDevice('bob'))]
  await ground.run()
  return { ground, ada, bob }
}

const storedIn = (ground: EngineGround): string[] => [
  ...(ground.disk.image.get(ground.roomId)?.assets.assets.keys() ?? []),
]
const uploadsIn = (ground: EngineGround): number =>
  ground.disk.image.get(ground.roomId)?.assets.uploads.size ?? 0

describe('pictures in a room', () => {
  it('A2: are on the screen at once, then with the server, then with the others', async () => {
    const { ground, ada, bob } = await two()
    const picture = pictureOf(5)
    const assetId = await ada.client.assets.add(picture)
    expect(assetId).toBe(idOfPicture(picture))
    expect(ada.client.assets.watch(assetId).value).toEqual({ state: 'loading', progress: undefined })
    await Promise.resolve()
    look(ada, assetId)
    look(bob, assetId)
    await ground.run(() => shown(ada, assetId) instanceof Uint8Array)
    expect([ada.client.assets.unsentBytes.value, ada.client.unsent.value]).toEqual([picture.length, 1])
    await ground.run()
    expect(ada.client.assets.watch(assetId).value).toEqual({
      state: 'ready',
      bytes: picture,
      mimeType: 'image/png',
      upload: undefined,
    })
    expect(shown(bob, assetId)).toEqual(picture)
    expect([ada.client.assets.unsentBytes.value, ada.client.unsent.value]).toEqual([0, 0])
    expect([storedIn(ground), uploadsIn(ground)]).toEqual([[assetId], 0])
    expect(await bob.client.assets.read(assetId)).toEqual(picture)
    expect([ada.errors, bob.errors, ground.serverErrors]).toEqual([[], [], []])
  })

  it('A2: show how far they are, up and down', async () => {
    const { ground, ada, bob } = await two()
    const picture = pictureOf(5)
    const assetId = await ada.client.assets.add(picture)
    const [up, down]: [unknown[], unknown[]] = [[], []]
    ada.client.assets.watch(assetId).subscribe((state) => {
      if (state.state === 'ready') up.push(state.upload)
    })
    await ground.run()
    bob.client.assets.watch(assetId).subscribe((state) => {
      down.push(state.state === 'loading' ? state.progress : state.state)
    })
    await ground.run()
    expect(up).toEqual([0, 0, 0.2, 0.4, 0.6, 0.8, undefined])
    expect(down).toEqual([undefined, 0.2, 0.4, 0.6, 0.8, 'ready'])
  })

  it('A3: are not sent where the room has them', async () => {
    const { ground, ada, bob } = await two()
    const picture = pictureOf(3)
    await ada.client.assets.add(picture)
    await ground.run()
    await bob.client.assets.add(picture)
    await ada.client.assets.add(picture)
    await ground.run()
    expect([ground.piecesOf(ada), ground.piecesOf(bob)]).toEqual([3, 0])
    expect([ada.client.unsent.value, bob.client.unsent.value, storedIn(ground).length]).toEqual([0, 0, 1])
  })

  it('A4: go on where they were when the connection is lost, up and down', async () => {
    const { ground, ada, bob } = await two()
    const picture = pictureOf(5)
    const assetId = await ada.client.assets.add(picture)
    await ground.run(() => ground.piecesOf(ada) === 3)
    ground.cut(ada)
    await ground.run(() => ada.client.unsent.value === 0, 10)
    expect(ground.piecesOf(ada)).toBeLessThan(5 + 3)
    look(bob, assetId)
    const progress = (): number => {
      const state = bob.client.assets.watch(assetId).value
      return state.state === 'loading' ? (state.progress ?? 0) : 0
    }
    await ground.run(() => progress() >= 0.5)
    ground.cut(bob)
    expect(bob.client.assets.watch(assetId).value).toEqual({ state: 'waiting' })
    const before = ground.sent.length
    await ground.run(() => shown(bob, assetId) instanceof Uint8Array, 10)
    expect(shown(bob, assetId)).toEqual(picture)
    const gets = ground.sent.slice(before).filter(({ message }) => message.type === 'assetGet')
    expect(gets.length).toBeLessThanOrEqual(4)
  })

  it('A4: go on where they were when the server is killed, and are checked as a whole', async () => {
    const { ground, ada, bob } = await two()
    const picture = pictureOf(5)
    const assetId = await ada.client.assets.add(picture)
    await ground.run(() => ground.piecesOf(ada) === 3)
    await ground.killServer()
    ground.startServer()
    await ground.run(() => ada.client.unsent.value === 0, 10)
    expect(ground.piecesOf(ada)).toBeLessThan(5 + 3)
    look(bob, assetId)
    await ground.run(() => false, 10)
    expect(shown(bob, assetId)).toEqual(picture)
  })

  it('A4: are finished where the server was killed after the last piece', async () => {
    const { ground, ada } = await two()
    const picture = pictureOf(3)
    await ada.client.assets.add(picture)
    await ground.run(() => ground.piecesOf(ada) === 3)
    await ground.killServer()
    ground.startServer()
    await ground.run(() => ada.client.unsent.value === 0, 10)
    expect([storedIn(ground), uploadsIn(ground)]).toEqual([[idOfPicture(picture)], 0])
  })

  it('A4, A6: that were added offline are shown, and sent by the next run', async () => {
    const ground = await EngineGround.start()
    await ground.killServer()
    const device = new EngineDevice('ada')
    const picture = pictureOf(3)
    const first = ground.open(device)
    const assetId = await first.client.assets.add(picture)
    look(first, assetId)
    await ground.run(() => false, 1)
    expect(shown(first, assetId)).toEqual(picture)
    first.kill()
    ground.startServer()
    const second = ground.open(device)
    await ground.run(() => false, 5)
    expect([storedIn(ground), second.client.unsent.value]).toEqual([[assetId], 0])
    second.kill()
    const offline = ground.open(device)
    look(offline, assetId)
    await ground.run(() => shown(offline, assetId) instanceof Uint8Array)
    expect(shown(offline, assetId)).toEqual(picture)
  })

  it('A5: come to who asked before they were uploaded, also to who asked before being connected', async () => {
    const { ground, ada, bob } = await two()
    const picture = pictureOf(3)
    look(bob, idOfPicture(picture))
    await ground.run()
    expect(shown(bob, idOfPicture(picture))).toBe('waiting')
    ground.cut(bob)
    expect(shown(bob, idOfPicture(picture))).toBe('waiting')
    await ada.client.assets.add(picture)
    await ground.run(() => false, 5)
    expect(shown(bob, idOfPicture(picture))).toEqual(picture)
  })

  it('A2: of two who upload the same are stored once', async () => {
    const { ground, ada, bob } = await two()
    const picture = pictureOf(5)
    await Promise.all([ada.client.assets.add(picture), bob.client.assets.add(picture)])
    await ground.run()
    expect([storedIn(ground).length, uploadsIn(ground)]).toEqual([1, 0])
    expect([ada.client.unsent.value, bob.client.unsent.value]).toEqual([0, 0])
  })

  it('A2: of two windows of one device are stored once, and each knows', async () => {
    const ground = await EngineGround.start()
    await ground.killServer()
    const device = new EngineDevice('ada')
    const [one, other] = [ground.open(device), ground.open(device)]
    const assetId = await one.client.assets.add(pictureOf(5))
    await other.client.assets.add(pictureOf(5))
    ground.startServer()
    await ground.run(() => false, 5)
    expect([storedIn(ground), uploadsIn(ground)]).toEqual([[assetId], 0])
    expect([one.client.unsent.value, other.client.unsent.value]).toEqual([0, 0])
    expect(device.disk.image.assets.get(assetId)?.rooms.get(ground.roomId)).toBe(false)
  })

  it('A6: of a window that was closed are sent by another one of the device', async () => {
    const ground = await EngineGround.start()
    const device = new EngineDevice('ada')
    const staying = ground.open(device)
    await ground.run()
    const closing = ground.open(device)
    const assetId = await closing.client.assets.add(pictureOf(4))
    await ground.run(() => ground.piecesOf(closing) === 1)
    closing.kill()
    await ground.run(() => false, 40)
    expect([storedIn(ground), staying.client.unsent.value]).toEqual([[assetId], 0])
  })

  it('A8: are refused by the device where it cannot keep them', async () => {
    const { ground, ada } = await two()
    const device = new EngineDevice('full')
    const full = ground.open(device)
    device.full = true
    await expect(full.client.assets.add(pictureOf(1))).rejects.toMatchObject({ code: 'storage-failed' })
    await expect(ada.client.assets.add(new Uint8Array(100))).rejects.toMatchObject({
      code: 'asset-not-an-image',
    })
    expect(ada.client.unsent.value).toBe(0)
  })

  it('A8: wait where the server cannot store them now, and are sent when it can', async () => {
    const { ground, ada } = await two()
    const assetId = await ada.client.assets.add(pictureOf(4))
    await ground.run(() => ground.piecesOf(ada) === 1)
    ground.serverFull = true
    await ground.run(() => false, 2)
    expect([storedIn(ground), ada.client.unsent.value]).toEqual([[], 1])
    ground.serverFull = false
    await ground.run(() => false, 12)
    expect([storedIn(ground), ada.client.unsent.value]).toEqual([[assetId], 0])
  })

  it('A12: that the server will not take are shown as refused, and offered again after a reconnect', async () => {
    const ground = await EngineGround.start({ limits: { maxAssetBytesPerRoom: 3 * ASSET_PIECE_BYTES } })
    const ada = ground.open(new EngineDevice('ada'))
    const first = await ada.client.assets.add(pictureOf(2, 1))
    await ground.run()
    const second = await ada.client.assets.add(pictureOf(2, 2))
    look(ada, second)
    await ground.run()
    expect([shown(ada, second), ada.client.unsent.value]).toEqual(['too-many-assets', 0])
    const store = ground.disk.image.get(ground.roomId)
    if (store === undefined) throw new Error('no room')
    ground.disk.image = new Map(ground.disk.image).set(ground.roomId, {
      ...store,
      assets: { assets: new Map(), uploads: new Map() },
    })
    ground.cut(ada)
    await ground.run(() => false, 5)
    expect(storedIn(ground)).toEqual([second])
    expect(shown(ada, second)).toBeInstanceOf(Uint8Array)
    expect(first).not.toBe(second)
  })

  it('A11: that a restored server has lost are given back by who has them, also by who comes later', async () => {
    const ground = await EngineGround.start()
    const [device, others] = [new EngineDevice('ada'), new EngineDevice('bob')]
    const [ada, bob] = [ground.open(device), ground.open(others)]
    await ground.run()
    const before = ground.disk.image
    const restore = async (): Promise<void> => {
      await ground.killServer()
      ground.disk.image = before
      ground.startServer()
    }
    const picture = pictureOf(3)
    const assetId = await ada.client.assets.add(picture)
    await ground.run()
    await restore()
    look(bob, assetId)
    await ground.run(() => false, 5)
    expect(shown(bob, assetId)).toEqual(picture)

    await restore()
    ada.kill()
    bob.kill()
    const cleo = ground.open(new EngineDevice('cleo'))
    look(cleo, assetId)
    await ground.run(() => false, 2)
    expect(shown(cleo, assetId)).toBe('waiting')
    ground.open(device)
    await ground.run(() => false, 5)
    expect(shown(cleo, assetId)).toEqual(picture)
  })

  it('A11: are offered again where a page shows that the server has lost history', async () => {
    const { ground, ada } = await two()
    const before = ground.disk.image
    const assetId = await ada.client.assets.add(pictureOf(1))
    const { pageList } = ada.client
    pageList.edit(createPage(pageList.content, { id: 'a'.repeat(26), kind: 'board', title: 'Board' }))
    await ground.run(() => false, 2)
    await ground.killServer()
    ground.disk.image = before
    ground.startServer()
    await ground.run(() => false, 10)
    expect(storedIn(ground)).toEqual([assetId])
  })

  it('A11: are given to nobody in a room that they were not added to', async () => {
    const ground = await EngineGround.start()
    const device = new EngineDevice('ada')
    const picture = pictureOf(1)
    const assetId = idOfPicture(picture)
    device.disk.write({
      assets: new Map([[assetId, { bytes: picture, rooms: new Map([['b'.repeat(32), false]]), usedAt: 1 }]]),
    })
    const [ada, eve] = [ground.open(device), ground.open(new EngineDevice('eve'))]
    look(eve, assetId)
    await ground.run(() => false, 5)
    expect([shown(eve, assetId), storedIn(ground), uploadsIn(ground)]).toEqual(['waiting', [], 0])
    expect(await ada.client.assets.read(assetId)).toEqual(picture)
  })

  it('let go of their bytes when nobody looks any more, and have them again for who does', async () => {
    const { ground, ada } = await two()
    const picture = pictureOf(1)
    const assetId = await ada.client.assets.add(picture)
    const asset = ada.client.assets.watch(assetId)
    const end = asset.subscribe(() => undefined)
    await ground.run()
    expect(asset.value.state).toBe('ready')
    end()
    await ground.run(() => false, 12)
    expect(asset.value).toEqual({ state: 'loading', progress: undefined })
    asset.subscribe(() => undefined)
    await ground.run()
    expect(asset.value.state).toBe('ready')
  })

  it('A1: are not taken from a server that gives others', async () => {
    const { ground, ada, bob } = await two()
    const assetId = await ada.client.assets.add(pictureOf(2))
    await ground.run()
    const store = ground.disk.image.get(ground.roomId)
    const stored = store?.assets.assets.get(assetId)
    if (store === undefined || stored === undefined) throw new Error('not stored')
    const pieces = stored.pieces.map((piece) => piece.map((byte, index) => (index > 40 ? byte ^ 1 : byte)))
    ground.disk.image = new Map(ground.disk.image).set(ground.roomId, {
      ...store,
      assets: { ...store.assets, assets: new Map([[assetId, { ...stored, pieces }]]) },
    })
    look(bob, assetId)
    look(bob, 'no id')
    await ground.run()
    expect([shown(bob, assetId), shown(bob, 'no id')]).toEqual(['asset-damaged', 'asset-damaged'])
    expect(await bob.client.assets.read(assetId)).toBeUndefined()
  })
})
