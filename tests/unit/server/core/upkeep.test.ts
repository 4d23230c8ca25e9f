import { describe, expect, it } from 'vitest'
import { BoardGround, DAY, NOTE } from './boardGround'
import { PageGuest } from './pageGuest'
import { RoomGround } from './roomGround'

const purges = (guest: PageGuest): unknown[] => guest.ops.filter((op) => JSON.stringify(op).includes('purge'))

describe('purging', () => {
  it('X16: what was deleted 7 days ago is purged by an update of the room, which everybody is sent', async () => {
    const board = await BoardGround.create()
    await board.adaDoes({ a: NOTE, b: NOTE, c: NOTE }, { a: { deleted: true } })
    await board.ground.pass(2 * DAY)
    await board.adaDoes({ b: { deleted: true } })
    await board.ground.pass(5 * DAY - 60_000)
    await board.keepUp()
    expect([purges(board.ada), purges(board.bob)]).toEqual([[], []])
    await board.ground.pass(60_000)
    await board.keepUp()
    expect(purges(board.bob)).toEqual([{ a: { purge: true } }])
    expect(board.ada.peer.got('updates')).toEqual(board.bob.peer.got('updates'))
    const update = board.bob.peer.got('updates').at(-1)?.updates[0]
    expect(update).toMatchObject({ author: board.roomId, after: 0, seq: 1 })
    await board.ground.pass(2 * DAY)
    await board.keepUp()
    expect(purges(board.bob)).toEqual([{ a: { purge: true } }, { b: { purge: true } }])
    expect(board.bob.peer.got('updates').at(-1)?.updates[0]).toMatchObject({
      author: board.roomId,
      after: 1,
      seq: 2,
    })
    expect(Object.keys(await board.stored())).toEqual(['c'])
    expect(board.ground.errors).toEqual([])
  })

  it('X16: nobody may submit as the client that purges', async () => {
    const board = await BoardGround.create({ keepDeletedMs: 0 })
    await board.adaDoes({ a: NOTE, b: NOTE }, { a: { deleted: true } })
    await board.ground.pass(1)
    await board.keepUp()
    const clientId = board.bob.peer.got('updates').at(-1)?.updates[0]?.clientId ?? ''
    await board.bob.open({ clients: [clientId], known: [board.head] })
    board.bob.peer.say({ ...board.bob.next({ b: { purge: true } }, board.head), clientId, after: 1, seq: 2 })
    await board.ground.settle()
    expect(board.bob.peer.got('rejected')).toMatchObject([{ code: 'client-taken' }])
  })

  it.each([
    ['of a living shape', { a: { purge: true } }],
    ['of a deleted shape', { b: { purge: true } }],
    ['with another in its place', { a: { purge: true, put: { kind: 'note' } } }],
    ['beside an edit', { a: { set: { x: 5 } }, b: { purge: true } }],
  ])('R7: a purge %s by anybody but the room is op-unfit', async (_name, op) => {
    const board = await BoardGround.create()
    await board.adaDoes({ a: NOTE, b: NOTE }, { b: { deleted: true } })
    await board.bob.submit(op, board.head)
    expect(board.bob.peer.got('rejected')).toMatchObject([{ code: 'op-unfit' }])
    expect(purges(board.ada)).toEqual([])
  })

  it('R7: of two who put one record at once the later is op-unfit, since it would take the place of the other', async () => {
    const board = await BoardGround.create()
    await board.ada.submit({ a: NOTE }, board.start)
    await board.bob.submit({ a: { put: { kind: 'frame' } } }, board.start)
    expect(board.bob.peer.got('rejected')).toMatchObject([{ code: 'op-unfit' }])
    // The same record is no other.
    await board.bob.submit({ a: NOTE }, board.start, { after: 0, seq: 2 })
    expect(board.bob.ops.at(-1)).toEqual({})
  })

  it('X16: what is restored stays, and what is edited after it was deleted is kept from then on', async () => {
    const board = await BoardGround.create()
    await board.adaDoes({ a: NOTE, b: NOTE }, { a: { deleted: true }, b: { deleted: true } })
    await board.ground.pass(6 * DAY)
    await board.adaDoes({ a: { deleted: false } }, { b: { texts: { label: ['late words'] } } })
    await board.ground.pass(2 * DAY)
    await board.keepUp()
    expect(purges(board.ada)).toEqual([])
    await board.ground.pass(6 * DAY)
    await board.keepUp()
    expect(purges(board.ada)).toEqual([{ b: { purge: true } }])
  })

  it('X16: where most of a large board is deleted it is kept for an hour, and the log before the purge goes', async () => {
    const board = await BoardGround.create({ minMostlyDeleted: 2_000, purgeRecords: 30 })
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`s${i}`, NOTE]))
    const emptied = Object.fromEntries(Object.keys(many).map((id) => [id, { deleted: true }]))
    await board.adaDoes({ stays: NOTE, ...many }, emptied)
    await board.ground.pass(3_600_001)
    await board.keepUp()
    expect(purges(board.bob).map((op) => Object.keys(op as object).length)).toEqual([30, 30, 30, 10])
    expect([await board.log(), Object.keys(await board.stored())]).toEqual([[], ['stays']])
    await board.adaDoes({ more: NOTE })
    expect(await board.log()).toHaveLength(1)
  })

  it('X16: the time is counted over restarts, and boards that nobody opens are purged too', async () => {
    const board = await BoardGround.create()
    await board.adaDoes({ a: NOTE, b: NOTE }, { a: { deleted: true } })
    await board.empty()
    await board.ground.pass(3 * DAY)
    await board.ground.server.stop()
    const later = new RoomGround({ disk: board.ground.disk, limits: { upkeepEveryMs: DAY } })
    later.clock.advance(board.ground.clock.now() - later.clock.now())
    await later.settle()
    for (let hour = 0; hour < 6 * 24; hour++) await later.pass(3_600_000)
    const page = await later.store.loadPage(board.roomId, board.pageId)
    expect(page?.snapshot?.text).not.toContain('"a"')
    expect(page?.snapshot?.text).toContain('"b"')
    expect(later.errors).toEqual([])
  })

  it.each([
    ['is taken back', { a: { deleted: false } }, { kind: 'note', props: { x: 1, y: 2 } }],
    [
      'has words put in',
      { a: { texts: { label: ['late'] } } },
      { deleted: true, kind: 'note', props: { x: 1, y: 2 }, texts: { label: 'late' } },
    ],
  ])('X16: what %s while a purge of it waits to be stored is not purged', async (_name, change, kept) => {
    const board = await BoardGround.create({ joinWindowPerReceiverMs: 1_000, maxJoinWindowMs: 2_000 })
    const deletion = { a: { deleted: true }, b: { deleted: true } }
    for (const op of [{ a: NOTE, b: NOTE, c: NOTE }, deletion]) {
      await board.adaDoes(op)
      await board.ground.pass(3_000)
    }
    await board.ground.pass(8 * DAY)
    // Begins a window: what comes next waits for its end.
    await board.adaDoes({ c: { set: { x: 7 } } })
    board.bob.peer.say(board.bob.next(change, board.head))
    await board.keepUp()
    expect(purges(board.ada)).toEqual([{ b: { purge: true } }])
    await board.empty()
    expect(await board.stored()).toMatchObject({ a: kept })
    expect(board.ground.errors).toEqual([])
  })

  it('X16: what was deleted in history handed back is kept from then on', async () => {
    const board = await BoardGround.create()
    await board.adaDoes({ a: NOTE, b: NOTE })
    const [backup, after] = [board.ground.disk.image, board.head]
    await board.adaDoes({ a: { deleted: true } })
    const lost = board.ada.peer.got('updates').at(-1)
    if (lost?.signature === undefined) throw new Error('nothing was signed')
    const { updates, hash, signature } = lost
    const head = { version: after.version + 1, hash, signature }
    await board.ground.server.stop()
    board.ground.disk.image = backup
    const later = await board.restarted(8 * DAY)
    later.ada.peer.say({ type: 'handBack', pageId: board.pageId, after, updates, head, more: false })
    await later.ground.settle()
    expect(later.ada.peer.got('handedBack')).toHaveLength(1)
    await later.keepUp()
    expect(Object.keys(await later.stored())).toEqual(['a', 'b'])
    await later.ground.pass(7 * DAY + 1)
    await later.keepUp()
    expect(Object.keys(await later.stored())).toEqual(['b'])
  })

  it('X16: when something was deleted that nobody noted, the time counts from the first look, for good', async () => {
    const board = await BoardGround.create()
    await board.adaDoes({ a: NOTE, b: NOTE }, { a: { deleted: true } })
    await board.empty()
    const page = await board.ground.store.loadPage(board.roomId, board.pageId)
    if (page?.snapshot === undefined) throw new Error('the board is not stored as a whole')
    const { version, hash, text } = page.snapshot
    await board.ground.store.saveSnapshot(board.roomId, board.pageId, { version, hash, text })
    await board.ground.store.compact(board.roomId, board.pageId, version)
    // Somebody looks at it for a moment.
    const later = await board.restarted(DAY)
    await later.empty()
    await later.ground.pass(7 * DAY)
    await later.keepUp()
    expect(Object.keys(await later.stored())).toEqual(['b'])
  })

  it('X16: only boards are purged: a deleted page comes back whenever it is asked for', async () => {
    const board = await BoardGround.create()
    await board.adaDoes({ a: NOTE })
    await board.deletePage()
    await board.empty()
    await board.ground.pass(30 * DAY)
    await board.keepUp()
    const later = await board.restarted(0)
    const again = new PageGuest(later.ground, later.bob.peer, 'pages', 'restorer')
    await again.submit({ [board.pageId]: { deleted: false } }, (await again.open()).head)
    expect(again.ops).toEqual([{ [board.pageId]: { deleted: false } }])
    await later.adaDoes({ a: { set: { x: 5 } } })
    expect(later.ada.ops).toEqual([{ a: { set: { x: 5 } } }])
    expect(JSON.stringify(later.ada.peer.messages)).not.toContain('purge')
  })

  it('X16: a purge that cannot be stored is tried again', async () => {
    const board = await BoardGround.create({ keepDeletedMs: 0 })
    await board.adaDoes({ a: NOTE, b: NOTE }, { a: { deleted: true } })
    await board.ground.pass(1)
    const { append } = board.ground.store
    board.ground.store.append = () => Promise.reject(new Error('disk full'))
    await board.keepUp()
    expect(purges(board.ada)).toEqual([])
    board.ground.store.append = append
    await board.keepUp()
    expect(purges(board.ada)).toEqual([{ a: { purge: true } }])
  })
})

describe('forgetting updates', () => {
  it('B5: those older than they are kept go, once a snapshot holds them', async () => {
    const board = await BoardGround.create()
    await board.adaDoes({ a: NOTE }, { b: NOTE })
    await board.ground.pass(4 * DAY)
    await board.adaDoes({ c: NOTE })
    await board.ground.pass(4 * DAY)
    await board.keepUp()
    expect((await board.log()).map(({ version }) => version)).toEqual([3])
    expect(await board.ground.store.logStart(board.roomId, board.pageId)).toBe(2)
  })

  it('B5: those of pages that nobody opens go too', async () => {
    const board = await BoardGround.create()
    await board.adaDoes({ a: NOTE }, { b: NOTE })
    await board.empty()
    expect(await board.log()).toHaveLength(2)
    await board.ground.pass(8 * DAY)
    await board.keepUp()
    expect(await board.log()).toEqual([])
    expect(await board.ground.store.pagesToKeep(board.roomId)).toEqual([])
  })

  it('B5: the oldest go where they are too long together', async () => {
    const board = await BoardGround.create({ maxLogLength: 100 })
    await board.adaDoes({ a: NOTE }, { b: NOTE }, { c: NOTE })
    await board.keepUp()
    expect(await board.log()).toEqual([])
    expect(Object.keys(await board.stored())).toEqual(['a', 'b', 'c'])
  })

  it('B5: none go that somebody who reads slowly is still to be sent', async () => {
    const board = await BoardGround.create({ keepRecent: 1 })
    board.bob.peer.bufferedAmount = Infinity
    await board.adaDoes({ a: NOTE }, { b: NOTE }, { c: NOTE }, { d: NOTE })
    await board.ground.pass(8 * DAY)
    await board.keepUp()
    expect(await board.log()).toHaveLength(4)
    board.bob.peer.bufferedAmount = 0
    await board.ground.pass(1_000)
    await board.keepUp()
    expect([board.bob.ops, await board.log()]).toEqual([board.ada.ops, []])
  })

  it('B5: who is overtaken by it all the same is told to open the page again', async () => {
    const board = await BoardGround.create({ keepRecent: 1 })
    board.bob.peer.bufferedAmount = Infinity
    await board.adaDoes({ a: NOTE }, { b: NOTE }, { c: NOTE }, { d: NOTE })
    const { head } = board
    await board.ground.store.saveSnapshot(board.roomId, board.pageId, { ...head, text: '{}' })
    await board.ground.store.compact(board.roomId, board.pageId, head.version)
    board.bob.peer.bufferedAmount = 0
    await board.ground.pass(1_000)
    expect(board.bob.peer.messages).toMatchObject([{ type: 'outdated', pageId: board.pageId }])
    expect(await board.bob.open({ known: [board.start] })).toMatchObject({ mode: 'snapshot', head })
    await board.adaDoes({ e: NOTE })
    expect(board.bob.ops).toEqual([{ e: NOTE }])
  })

  it('B5: who stands before the log is given the content', async () => {
    const board = await BoardGround.create()
    await board.adaDoes({ a: NOTE })
    const old = board.head
    await board.adaDoes({ b: NOTE }, { c: NOTE })
    await board.ground.pass(8 * DAY)
    await board.keepUp()
    const opened = await board.bob.open({ known: [old], wants: 'updates' })
    expect(opened).toMatchObject({ mode: 'snapshot', head: { version: 3 } })
    const again = await board.bob.open({ known: [board.head, old], wants: 'updates' })
    expect(again).toMatchObject({ mode: 'updates', head: { version: 3 } })
  })
})
