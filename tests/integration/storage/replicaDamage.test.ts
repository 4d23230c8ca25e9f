import Database from 'better-sqlite3'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  openReplicaDatabase,
  REPLICA_DATABASE_FILE,
  type ReplicaDatabase,
} from '../../../src/main/cache/replicaDatabase'
import type { CacheError } from '../../../src/shared/cache/replicaCache'
import { sampleCheckpoint, sampleDraft, sampleEdit, sampleUpdates, updatesEntry } from './replicaSamples'
import { idOf } from './samples'
import { tempFolder } from './tempFolder'

describe('a replica database that cannot be used as it is', () => {
  const roomId = idOf('room')
  const otherId = idOf('other room')
  const pageId = idOf('page')
  let folder: string
  let file: string
  let remove: () => void
  let reports: CacheError[]

  beforeEach(async () => {
    const temp = tempFolder()
    folder = temp.folder
    remove = temp.remove
    file = path.join(folder, REPLICA_DATABASE_FILE)
    reports = []
    const replicas = open()
    const cache = replicas.cacheFor('window')
    for (const room of [roomId, otherId]) {
      await cache.putRoom({ roomId: room, title: 'Room', link: 'link', hosted: false, lastUsed: 1 })
      const store = await cache.claim(room, pageId)
      await store.checkpoint(sampleCheckpoint(), { keepUpdates: 9, draft: sampleDraft(room, room, 1) })
      await store.append([sampleEdit(1), updatesEntry(sampleUpdates(0, 2)), sampleEdit(2)])
    }
    await replicas.close()
  })
  afterEach(() => remove())

  function open(): ReplicaDatabase {
    return openReplicaDatabase(folder, { report: (error) => reports.push(error), lockTimeoutMs: 0 })
  }

  /** Changes the closed database as no release would; `$room` stands for the first room's id. */
  function tamper(sql: string): void {
    const database = new Database(file)
    database.exec(sql.replaceAll('$room', `'${roomId}'`))
    database.close()
  }

  function expectRefusal(code: string): void {
    const before = readFileSync(file)
    expect(open).toThrow(expect.objectContaining({ name: 'CacheError', code }))
    expect(readFileSync(file).equals(before)).toBe(true)
  }

  it('is refused as corrupt where it is no database, and left as it was', () => {
    writeFileSync(file, 'notes '.repeat(2000))
    expectRefusal('database-corrupt')
  })

  it('is refused as too new where a newer version wrote it, and left as it was', () => {
    tamper('PRAGMA user_version = 99')
    expectRefusal('database-too-new')
  })

  it('is refused as locked where another process of the app has it open', async () => {
    const first = open()
    expect(open).toThrow(expect.objectContaining({ code: 'database-locked' }))
    await first.close()
  })

  it.each([
    ['a step', `UPDATE steps SET entry = '{"kind":"edit"' WHERE position = 0`, 'entry 0 of replica'],
    [
      'a step of unknown kind',
      `UPDATE steps SET entry = '{"kind":"jump"}' WHERE position = 2`,
      'entry 2 of replica',
    ],
    ['an entry of the log', `UPDATE log SET entry = '{"kind":"updates","from":0}'`, 'entry 1 of replica'],
    ['a checkpoint', `UPDATE checkpoints SET head = '{"version":-1}'`, 'checkpoint of replica'],
  ])('names the row where %s does not parse, and the other rooms stay usable', async (_what, sql, row) => {
    const where = 'replica IN (SELECT id FROM replicas WHERE room_id = $room)'
    tamper(sql.includes('WHERE') ? `${sql} AND ${where}` : `${sql} WHERE ${where}`)
    const replicas = open()
    const cache = replicas.cacheFor('window')
    const damaged = await cache.claim(roomId, pageId)
    await expect(damaged.load()).rejects.toMatchObject({
      code: 'database-corrupt',
      message: expect.stringContaining(row) as unknown,
    })
    expect(await (await cache.claim(roomId, pageId)).load()).toBeUndefined()
    expect((await (await cache.claim(otherId, pageId)).load())?.journal).toHaveLength(3)
    await damaged.discard()
    await replicas.close()
  })

  it('leaves out and reports rooms, drafts and replicas that do not parse, and can forget the room', async () => {
    tamper(`UPDATE rooms SET hosted = 7 WHERE room_id = $room`)
    tamper(`UPDATE drafts SET draft = '[]' WHERE room_id = $room`)
    tamper(`UPDATE replicas SET unsent = 'none' WHERE room_id = $room`)
    const replicas = open()
    const cache = replicas.cacheFor('window')
    expect((await cache.listRooms()).map((room) => room.roomId)).toEqual([otherId])
    expect(await cache.listDrafts(roomId)).toEqual([])
    expect(await cache.claimOrphans(roomId)).toEqual([])
    expect(await (await cache.claim(roomId, pageId)).load()).toBeUndefined()
    expect(reports.map(({ code }) => code)).toEqual(Array(4).fill('database-corrupt'))
    expect(reports[0]?.message).toContain(roomId)
    await cache.forgetRoom(roomId)
    reports.length = 0
    expect(await cache.listDrafts(roomId)).toEqual([])
    expect(await cache.listDrafts(otherId)).toHaveLength(1)
    expect(reports).toEqual([])
    await replicas.close()
  })
})
