import { writeSync } from 'node:fs'
import { openSqliteRoomStore } from '../../../src/server/storage/sqliteRoomStore'
import { idOf, sampleRoom, SampleHistory } from './samples'

/**
 * Run by roomCrash.test.ts as a process of its own: appends to two pages in one batch for ever, and writes the
 * version to stdout after each append has returned. Killed from outside.
 */
const [dataDir = ''] = process.argv.slice(2)
const store = openSqliteRoomStore(dataDir)
const room = sampleRoom('room')
await store.createRoom(room)
const histories = [new SampleHistory(room.roomId, idOf('page')), new SampleHistory(room.roomId, 'pages')]
for (;;) {
  await store.append(histories.map((history) => history.nextMany(3)))
  const { version, hash } = histories[0]?.head ?? { version: 0, hash: '' }
  writeSync(1, `${version} ${hash}\n`)
  if (version % 30 === 0)
    await store.saveSnapshot(room.roomId, 'pages', {
      version,
      hash: histories[1]?.head.hash ?? '',
      text: 'x'.repeat(50_000),
    })
}
