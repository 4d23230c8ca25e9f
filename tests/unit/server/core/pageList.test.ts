import { describe, expect, it } from 'vitest'
import type { Head } from '../../../../src/shared/update'
import { idOf } from '../../../lib/idOf'
import { makePage, PageGuest } from './pageGuest'
import { RoomGround } from './roomGround'

const KIND_CHANGES: readonly (readonly [string, unknown])[] = [
  ['gives it another kind', { set: { kind: 'text' } }],
  ['gives it a kind that nobody knows', { set: { kind: 'hologram' } }],
  ['takes its kind away', { set: { kind: null } }],
  ['forgets it', { purge: true }],
  ['puts another in its place', { purge: true, put: { kind: 'page', props: { kind: 'text' } } }],
  ['puts something else in its place', { purge: true, put: { kind: 'folder', props: { kind: 'board' } } }],
]

/** A room with a board that somebody has drawn on. */
async function boardRoom() {
  const ground = new RoomGround()
  const { ada, bob, roomId } = await ground.room()
  const pageId = await makePage(ground, ada, 'board', 'board')
  const guest = new PageGuest(ground, ada, pageId, 'ada')
  const { head } = await guest.open()
  await guest.submit({ a: { put: { kind: 'note' } } }, head)
  const list = new PageGuest(ground, bob, 'pages', 'bob')
  return {
    ground,
    roomId,
    pageId,
    list,
    listHead: (await list.open()).head,
    /** Everybody leaves and the room is unloaded; somebody comes and opens the board. */
    reopen: async (): Promise<PageGuest> => {
      for (const peer of [ada, bob]) peer.vanish()
      for (let i = 0; i < 6; i++) await ground.pass(20_000)
      const cleo = await ground.enter('cleo')
      await cleo.join(roomId)
      return new PageGuest(ground, cleo, pageId, 'cleo')
    },
  }
}

describe('the page list', () => {
  it.each(KIND_CHANGES)('G5: what %s is op-unfit, and the page is as it was', async (_name, change) => {
    const { ground, pageId, list, listHead, reopen } = await boardRoom()
    await list.submit({ [pageId]: change }, listHead)
    expect(list.peer.got('rejected')).toMatchObject([{ code: 'op-unfit' }])
    const guest = await reopen()
    const { head, kind } = await guest.open()
    await guest.submit({ a: { set: { x: 1 } } }, head)
    expect([kind, guest.ops, ground.errors]).toEqual(['board', [{ a: { set: { x: 1 } } }], []])
  })

  it('G5: of two who make one page as two kinds, the later is op-unfit', async () => {
    const { list, listHead } = await boardRoom()
    const id = idOf('made twice')
    const put = (kind: string): unknown => ({ [id]: { put: { kind: 'page', props: { kind } } } })
    await list.submit(put('board'), listHead)
    await list.submit(put('text'), listHead)
    expect(list.peer.got('rejected')).toMatchObject([{ code: 'op-unfit', seq: 2 }])
  })

  it('G5: a page that was made without a kind, as its record came in pieces, is given one once', async () => {
    const { list, listHead } = await boardRoom()
    const id = idOf('made in pieces')
    const head = (): Head => list.headAfter(listHead)
    await list.submit({ [id]: { put: { kind: 'page' } } }, head())
    await list.submit({ [id]: { set: { kind: 'text' } } }, head())
    await list.submit({ [id]: { set: { kind: 'board' } } }, head())
    expect(list.ops).toHaveLength(2)
    expect(list.peer.got('rejected')).toMatchObject([{ code: 'op-unfit', seq: 3 }])
  })

  it.each([
    ['a title', { texts: { title: ['New'] } }],
    ['a place', { set: { order: 'a1' } }],
    ['the kind that it has', { set: { kind: 'board' } }],
    ['a property of a newer version', { set: { icon: 'star' } }],
  ])('G5: what gives a page %s is taken', async (_name, change) => {
    const { pageId, list, listHead } = await boardRoom()
    await list.submit({ [pageId]: change }, listHead)
    expect(list.ops).toEqual([{ [pageId]: change }])
  })

  it('G5: gives a page as the kind that it is stored as, whatever a damaged list says', async () => {
    const { ground, roomId, reopen } = await boardRoom()
    await reopen()
    await ground.server.closeRoom(roomId)
    await ground.server.reopenRoom(roomId)
    const list = await ground.store.loadPage(roomId, 'pages')
    if (list?.snapshot === undefined) throw new Error('the list is not stored as a whole')
    const text = list.snapshot.text.replace('"kind":"board"', '"kind":"text"')
    expect(text).not.toBe(list.snapshot.text)
    await ground.store.saveSnapshot(roomId, 'pages', { ...list.snapshot, text })

    const later = await reopen()
    const opened = await later.open()
    expect(opened).toMatchObject({ kind: 'board', mode: 'snapshot' })
    await later.submit({ a: { set: { x: 1 } } }, opened.head)
    expect([later.ops, ground.errors]).toEqual([[{ a: { set: { x: 1 } } }], []])
  })
})
