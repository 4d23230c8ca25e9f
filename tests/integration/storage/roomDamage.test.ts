import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ROOM_DATABASE } from '../../../src/server/storage/roomMigrations'
import { openDatabase } from '../../../src/server/storage/sqlite/openDatabase'
import {
  openSqliteRoomStore,
  ROOM_DATABASE_FILE,
  SqliteRoomStore,
} from '../../../src/server/storage/sqliteRoomStore'
import { idOf, sampleRoom, SampleHistory, sampleUpdate } from './samples'
import { sampleMember } from '../../lib/access/samples'
import { tempFolder } from './tempFolder'

describe('a room database that cannot be used', () => {
  const room = sampleRoom('room')
  const pageId = idOf('page')
  let folder: string
  let file: string
  let remove: () => void

  beforeEach(() => {
    const temp = tempFolder()
    folder = temp.folder
    remove = temp.remove
    file = path.join(folder, ROOM_DATABASE_FILE)
  })
  afterEach(() => remove())

  /** A reader leaves an empty write-ahead log behind, which is the same as none. */
  const print = (name: string): string => {
    const bytes = existsSync(name) ? readFileSync(name) : ''
    return createHash('sha256').update(bytes).digest('hex')
  }
  const content = (): string[] => [print(file), print(`${file}-wal`)]

  /** Opening gives the code and changes not one byte. */
  function expectRefusal(code: string): void {
    const before = content()
    expect(() => openSqliteRoomStore(folder, { lockTimeoutMs: 0 })).toThrow(expect.objectContaining({ code }))
    expect(content()).toEqual(before)
  }

  async function fill(updates: number): Promise<void> {
    const store = openSqliteRoomStore(folder)
    await store.createRoom(room, [{ change: 'putMember', member: sampleMember('ada') }])
    await store.append([new SampleHistory(room.roomId, pageId).nextMany(updates)])
    await store.close()
  }

  /** Changes the closed database as no release would. */
  function tamper(sql: string): void {
    const database = new Database(file)
    database.exec(sql)
    database.close()
  }

  it('B4: is refused as corrupt where it is no database at all', () => {
    writeFileSync(file, 'These are somebody’s notes, not a database. '.repeat(200))
    expectRefusal('database-corrupt')
  })

  it('B4: is refused as corrupt where it is a database of another program', () => {
    tamper('CREATE TABLE notes (text TEXT)')
    expectRefusal('database-corrupt')
  })

  it('B4: is refused as corrupt where it was cut off', async () => {
    await fill(2000)
    truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096)
    expectRefusal('database-corrupt')
  })

  it('B4: is refused as corrupt where a part of it was overwritten', async () => {
    await fill(2000)
    const bytes = readFileSync(file)
    bytes.fill(0x5a, bytes.length - 8 * 4096, bytes.length - 4 * 4096)
    writeFileSync(file, bytes)
    expectRefusal('database-corrupt')
  })

  it('B4: is refused as corrupt where the file is empty and only the write-ahead log has anything', async () => {
    const store = openSqliteRoomStore(folder)
    await store.createRoom(room)
    copyFileSync(`${file}-wal`, path.join(folder, 'log'))
    await store.close()
    writeFileSync(file, '')
    copyFileSync(path.join(folder, 'log'), `${file}-wal`)
    expectRefusal('database-corrupt')
  })

  it('B4: is refused as too new where a newer version wrote it', async () => {
    await fill(1)
    tamper(`PRAGMA user_version = ${ROOM_DATABASE.migrations.length + 1}`)
    expectRefusal('database-too-new')
  })

  it('B4: is refused as locked where another server has it open, which goes on working', async () => {
    const first = openSqliteRoomStore(folder)
    await first.createRoom(room)
    expect(() => openSqliteRoomStore(folder, { lockTimeoutMs: 0 })).toThrow(
      expect.objectContaining({ code: 'database-locked' }),
    )
    await first.append([new SampleHistory(room.roomId, pageId).nextMany(1)])
    await first.close()
    const second = openSqliteRoomStore(folder)
    expect((await second.loadPage(room.roomId, pageId))?.tail).toHaveLength(1)
    await second.close()
  })

  it('is made anew where the file is empty, as after a crash before its first write', async () => {
    writeFileSync(file, '')
    await fill(1)
    expect(statSync(file).size).toBeGreaterThan(0)
  })

  it.each([
    ['an update whose op is not JSON', `UPDATE updates SET body = '{"clientId":' WHERE version = 2`],
    ['an update without a client', `UPDATE updates SET body = '{"seq":1}' WHERE version = 2`],
    ['a missing update', 'DELETE FROM updates WHERE version = 2'],
    ['a head that is not the log’s end', `UPDATE pages SET head_hash = '${'0'.repeat(64)}'`],
    ['an unknown kind of page', `UPDATE pages SET kind = 'film'`],
  ])('names the page that has %s, and the others stay usable', async (_what, sql) => {
    await fill(3)
    tamper(sql)
    const store = openSqliteRoomStore(folder)
    await expect(store.loadPage(room.roomId, pageId)).rejects.toMatchObject({
      code: 'database-corrupt',
      message: expect.stringContaining(pageId) as unknown,
    })
    const other = new SampleHistory(room.roomId, 'pages')
    await store.append([other.nextMany(1)])
    expect((await store.loadPage(room.roomId, 'pages'))?.tail).toHaveLength(1)
    await store.close()
  })

  it.each([
    ['members with a role that there is not', `UPDATE members SET role = 'king'`],
    ['members whose roles on pages are not JSON', `UPDATE members SET page_roles = '{'`],
    ['a policy that is none', `UPDATE rooms SET policy = '{"strangers":"maybe"}'`],
  ])('B7: is refused as corrupt where a room has %s', async (_what, sql) => {
    await fill(1)
    tamper(sql)
    const store = openSqliteRoomStore(folder)
    await expect(store.loadAccess(room.roomId)).rejects.toMatchObject({ code: 'database-corrupt' })
    await store.close()
  })

  it('B7: gives the rooms of an older version the device that made them as owner', async () => {
    const older = { ...ROOM_DATABASE, migrations: ROOM_DATABASE.migrations.slice(0, 3) }
    const database = openDatabase(file, older)
    const { roomId, publicKey, privateKey, owner } = room
    database
      .prepare('INSERT INTO rooms VALUES (1, ?, ?, ?, ?, ?, ?, 1)')
      .run(roomId, publicKey, privateKey, 'Old', owner, 1_000)
    database.close()
    const store = openSqliteRoomStore(folder)
    expect(await store.loadAccess(roomId)).toMatchObject({
      policy: undefined,
      members: [{ deviceId: owner, personId: owner, role: 'owner', pageRoles: {}, banned: false }],
    })
    await store.close()
  })

  it('B1: loses nothing where the disk is full: the batch is refused, and stored once there is room', async () => {
    const database = openDatabase(file, ROOM_DATABASE)
    const store = new SqliteRoomStore(database)
    await store.createRoom(room)
    const history = new SampleHistory(room.roomId, pageId)
    await store.append([history.nextMany(10)])
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 3}`)
    const before = history.head.version
    const large = history.next(sampleUpdate(11, ['x'.repeat(100_000)]))
    await expect(store.append([large])).rejects.toMatchObject({ code: 'storage-failed' })
    const page = await store.loadPage(room.roomId, pageId)
    expect([page?.head?.version, page?.tail.length]).toEqual([before, before])
    database.pragma('max_page_count = 1000000')
    await store.append([large])
    await store.close()
    const reopened = openSqliteRoomStore(folder)
    expect((await reopened.loadPage(room.roomId, pageId))?.tail).toHaveLength(before + 1)
    await reopened.close()
  })

  it('can be read by its owner alone, since it holds private keys', async () => {
    await fill(1)
    expect(statSync(file).mode & 0o077).toBe(0)
  })
})
