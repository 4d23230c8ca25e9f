import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { HostedRooms } from '../../../src/main/hosting/hostedRooms'
import { writeBundle } from '../../../src/server/bundle/bundleWriter'
import { samplePng } from '../../lib/samplePictures'
import { BundleGround } from '../bundle/bundleGround'
import { HostingGround } from './hostingGround'

let ground: HostingGround
let rooms: HostedRooms
let file: string

beforeEach(async () => {
  ground = await HostingGround.withPort()
  rooms = ground.open()
  file = join(ground.userData, 'Workshop.inkroom')
})

/** A room in `file` that takes a while. */
async function writeLargeRoom(): Promise<void> {
  const elsewhere = await BundleGround.start()
  const room = await elsewhere.createRoom()
  await elsewhere.listPages(room, ['text', 'board'])
  for (let seed = 1; seed <= 8; seed++) await elsewhere.addPicture(room, samplePng(9, 9 + seed, 1_000_000))
  await elsewhere.bundles.export(room.roomId, file)
}

describe('rooms of this device as files', () => {
  it('U2: a room saved to a file and opened is another room of this device, which others come into once it is open', async () => {
    const room = await rooms.create('Workshop')
    await rooms.saveToFile(room.roomId, file, {})
    const opened = await rooms.openFile(file, true, {})
    expect(opened).toMatchObject({ title: 'Workshop', open: true, listed: true })
    expect(opened.roomId).not.toBe(room.roomId)
    expect((await rooms.list()).map(({ roomId }) => roomId).sort()).toEqual(
      [room.roomId, opened.roomId].sort(),
    )
    expect(rooms.hosts(opened.roomId)).toBe(true)
  })

  it('Y14: a room of a file is not announced where the person did not say so', async () => {
    const room = await rooms.create('Workshop')
    await rooms.saveToFile(room.roomId, file, {})
    expect(await rooms.openFile(file, false, {})).toMatchObject({ open: true, listed: false })
  })

  it('Y14: says how far it is, for both ways', async () => {
    await writeLargeRoom()
    const told: number[][] = [[], []]
    const opened = await rooms.openFile(file, false, { onProgress: (done) => told[0]?.push(done) })
    await rooms.saveToFile(opened.roomId, file, { onProgress: (done) => told[1]?.push(done) })
    for (const list of told) {
      expect(list.length).toBeGreaterThan(0)
      expect(list).toEqual([...list].sort((a, b) => a - b))
      expect(list.filter((done) => done <= 0 || done > 1)).toEqual([])
    }
  })

  it('Y14: what is cancelled leaves nothing behind', async () => {
    await writeLargeRoom()
    const { roomId } = await rooms.openFile(file, false, {})
    const before = await readFile(file)
    const cancelled = async (start: (signal: AbortSignal) => Promise<unknown>): Promise<void> => {
      const controller = new AbortController()
      const work = start(controller.signal)
      controller.abort()
      await expect(work).rejects.toMatchObject({ code: 'bundle-cancelled' })
    }
    await cancelled((signal) => rooms.saveToFile(roomId, file, { signal }))
    await cancelled((signal) => rooms.openFile(file, false, { signal }))
    expect(before.equals(await readFile(file))).toBe(true)
    expect((await readdir(ground.userData)).filter((name) => name.includes('partial'))).toEqual([])
    expect((await rooms.list()).map((room) => room.roomId)).toEqual([roomId])
  })

  it('Y14: the server does everything else meanwhile', async () => {
    await writeLargeRoom()
    const { roomId } = await rooms.openFile(file, false, {})
    const order: string[] = []
    const saving = rooms.saveToFile(roomId, file, {}).then(() => order.push('saved'))
    await rooms.list().then(() => order.push('listed'))
    await saving
    expect(order).toEqual(['listed', 'saved'])
  })

  it('U6, U7: a broken file is refused with its code, and there is no room more', async () => {
    const room = await rooms.create('Workshop')
    await rooms.saveToFile(room.roomId, file, {})
    const bytes = await readFile(file)
    const cases = [
      ['bundle-foreign', Buffer.from('# Notes\n')],
      ['bundle-damaged', bytes.subarray(0, bytes.length - 30)],
    ] as const
    for (const [code, content] of cases) {
      await writeFile(file, content)
      await expect(rooms.openFile(file, false, {})).rejects.toMatchObject({ code })
    }
    await expect(rooms.openFile(join(ground.userData, 'gone.inkroom'), false, {})).rejects.toMatchObject({
      code: 'bundle-unreadable',
    })
    expect(await rooms.list()).toHaveLength(1)
  })

  it('U5: a place that cannot be written is refused with its code', async () => {
    const room = await rooms.create('Workshop')
    const nowhere = join(ground.userData, 'no such folder', 'Workshop.inkroom')
    await expect(rooms.saveToFile(room.roomId, nowhere, {})).rejects.toMatchObject({
      code: 'bundle-unwritable',
    })
  })

  it('U5: a full disk has a code of its own, and what was there is still there', async () => {
    await writeFile(file, 'what was there before')
    const full = Object.assign(new Error('no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    })
    async function* entries() {
      yield {
        path: 'manifest.json',
        compress: false,
        // eslint-disable-next-line require-yield -- fails before it gives anything
        content: async function* (): AsyncGenerator<string> {
          throw full
        },
      }
    }
    await expect(writeBundle(file, 0, entries())).rejects.toMatchObject({ code: 'bundle-disk-full' })
    expect(await readFile(file, 'utf8')).toBe('what was there before')
  })
})
