import { expect, test } from 'vitest'
import type { RoomServer } from '../../../../src/server/core/roomServer'
import { ensureRoom } from '../../../../src/server/host/ensureRoom'

type Rooms = Pick<RoomServer, 'createRoom' | 'listRooms' | 'reopenRoom'>
type Listed = Awaited<ReturnType<RoomServer['listRooms']>>[number]

const listed = (roomId: string, title: string, open: boolean): Listed => ({
  room: { roomId, title, open, owner: '', publicKey: '', privateKey: '', createdAt: 0 },
  open,
  sessions: 0,
  guests: 0,
})

function fakeRooms(rooms: Listed[]): Rooms & { done: string[] } {
  const done: string[] = []
  return {
    done,
    listRooms: () => Promise.resolve(rooms),
    reopenRoom: (roomId) => Promise.resolve(void done.push(`reopen ${roomId}`)),
    createRoom: (title, owner) => {
      done.push(`create ${title} owned by ${owner ?? 'nobody'}`)
      return Promise.resolve(listed('new', title, true).room)
    },
  }
}

test('a room with the title is taken as it is, the newest first', async () => {
  const rooms = fakeRooms([listed('c', 'Other', true), listed('b', 'Mine', true), listed('a', 'Mine', true)])
  expect(await ensureRoom(rooms, 'Mine')).toBe('b')
  expect(rooms.done).toEqual([])
})

test('a closed one is opened again', async () => {
  const rooms = fakeRooms([listed('a', 'Mine', false)])
  expect(await ensureRoom(rooms, 'Mine')).toBe('a')
  expect(rooms.done).toEqual(['reopen a'])
})

test('one that is missing is made, and nobody owns it', async () => {
  const rooms = fakeRooms([listed('a', 'mine', true)])
  expect(await ensureRoom(rooms, 'Mine')).toBe('new')
  expect(rooms.done).toEqual(['create Mine owned by nobody'])
})
