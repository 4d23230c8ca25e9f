import { describe, expect, it } from 'vitest'
import { idOf } from '../../../lib/idOf'
import { makePage, openPage, PageGuest } from './pageGuest'
import { openMessage, RoomGround } from './roomGround'

describe('opening a page', () => {
  it('D1: that is empty needs no content', async () => {
    const { ada, start } = await openPage()
    const opened = await ada.open()
    expect(opened).toMatchObject({ mode: 'updates', kind: 'text', head: start })
    expect(opened.head.version).toBe(0)
  })

  it('D1: from nothing gives the content, and updates from there on', async () => {
    const { ground, ada, bob, pageId, start } = await openPage()
    await ada.submit(['hello'], start)
    const cleo = new PageGuest(ground, await ground.enter('cleo'), pageId, 'cleo')
    await cleo.peer.join((await ground.server.listRooms())[0]?.room.roomId ?? '')
    const opened = await cleo.open()
    expect(opened).toMatchObject({ mode: 'snapshot', head: { version: 1 } })
    expect(cleo.peer.got('snapshot')).toEqual([
      { type: 'snapshot', pageId, index: 0, count: 1, text: 'hello' },
    ])
    await bob.submit([5, '!'], opened.head)
    expect(cleo.ops).toEqual([[5, '!']])
  })

  it('D1: from a little behind gives the updates since, from where one stands nothing', async () => {
    const { ada, bob, start } = await openPage()
    await ada.submit(['a'], start)
    const middle = ada.headAfter(start)
    await ada.submit([1, 'b'], middle)
    bob.peer.messages.length = 0
    expect(await bob.open({ known: [middle, start] })).toMatchObject({
      mode: 'updates',
      head: { version: 2 },
    })
    expect(bob.ops).toEqual([[1, 'b']])
    bob.peer.messages.length = 0
    expect(await bob.open({ known: [ada.headAfter(start)] })).toMatchObject({ mode: 'updates' })
    expect(bob.peer.messages.filter(({ type }) => type !== 'presence')).toHaveLength(1)
  })

  it('D1: gives the whole content where that is asked for', async () => {
    const { ada, bob, start } = await openPage()
    await ada.submit(['a'], start)
    expect(await bob.open({ known: [start], wants: 'snapshot' })).toMatchObject({ mode: 'snapshot' })
  })

  it('D1: from far behind gives whichever is shorter, and updates where they are asked for', async () => {
    const { ground, ada, bob, start } = await openPage()
    for (let i = 0; i < 520; i++)
      ada.peer.say(ada.next(['x'], i === 0 ? start : { version: 0, hash: start.hash }))
    await ground.settle()
    expect(await bob.open({ known: [start] })).toMatchObject({ mode: 'snapshot', head: { version: 520 } })
    bob.peer.messages.length = 0
    expect(await bob.open({ known: [start], wants: 'updates' })).toMatchObject({ mode: 'updates' })
    expect(bob.ops).toHaveLength(520)
  })

  it('D1: from before what the log still holds gives the content, whatever is asked for', async () => {
    const { ground, ada, bob, start, roomId, pageId } = await openPage()
    await ada.submit(['a'], start)
    await ada.submit([1, 'b'], ada.headAfter(start))
    const stored = await ground.store.loadPage(roomId, pageId)
    const { version, hash } = ada.headAfter(start)
    await ground.store.saveSnapshot(roomId, pageId, { version, hash, text: 'ab' })
    await ground.store.compact(roomId, pageId, 1)
    expect(stored?.tail).toHaveLength(2)
    expect(await bob.open({ known: [start], wants: 'updates' })).toMatchObject({ mode: 'snapshot' })
  })

  it('D2: says how far the edits of each client asked about are committed', async () => {
    const { ada, bob, start } = await openPage()
    await ada.submit(['abc'], start, { seq: 3 })
    const unknown = idOf('unknown client')
    expect((await bob.open({ clients: [ada.clientId, unknown] })).clients).toEqual([
      { clientId: ada.clientId, seq: 3, version: 1 },
      { clientId: unknown, seq: 0, version: 0 },
    ])
  })

  it('D2: waits for what was submitted before it', async () => {
    let release: () => void = () => undefined
    const disk: { hold?: Promise<void> } = {}
    const { ground, ada, bob, start } = await openPage({ hooks: { beforeAppend: () => disk.hold } })
    disk.hold = new Promise((resolve) => {
      release = resolve
    })
    ada.peer.say(ada.next(['a'], start))
    await ground.settle()
    bob.peer.say(openMessage(ada.pageId, { request: 9, clients: [ada.clientId] }))
    await ground.settle()
    expect(bob.peer.got('opened')).toEqual([])
    release()
    await ground.settle()
    expect(bob.peer.got('opened')).toMatchObject([{ request: 9, clients: [{ seq: 1, version: 1 }] }])
  })

  it('D4: twice starts anew: nothing comes twice', async () => {
    const { ada, bob, start } = await openPage()
    await bob.open({ known: [start] })
    await bob.open({ known: [start] })
    await ada.submit(['a'], start)
    expect(bob.ops).toEqual([['a']])
  })

  it('D7: from a head the server does not know is foreign, with the newest that both know', async () => {
    const { ada, bob, start } = await openPage()
    await ada.submit(['a'], start)
    const known = ada.headAfter(start)
    const lost = { version: 5, hash: 'f'.repeat(64) }
    const other = { version: 1, hash: 'e'.repeat(64) }
    expect(await bob.open({ known: [lost, known, start] })).toMatchObject({ mode: 'foreign', common: known })
    expect(await bob.open({ known: [other, start] })).toMatchObject({ mode: 'foreign', common: start })
    const nothing = await bob.open({ known: [other] })
    expect([nothing.mode, nothing.common]).toEqual(['foreign', undefined])
    bob.peer.messages.length = 0
    await ada.submit(['b'], known)
    expect(bob.peer.messages).toEqual([])
    expect(await bob.open({ known: [lost], wants: 'snapshot' })).toMatchObject({ mode: 'snapshot' })
  })

  it('D9: from before the log is told by the heads that are remembered whether it is the history of the page', async () => {
    const { ground, ada, bob, start, roomId, pageId } = await openPage({ limits: { keepRecent: 1 } })
    const heads = [start]
    for (let at = 0; at < 6; at++) {
      await ada.submit([...(at > 0 ? [at] : []), 'x'], ada.headAfter(start))
      heads.push(ada.headAfter(start))
    }
    const [, , second, third, fourth] = heads
    if (second === undefined || third === undefined || fourth === undefined) throw new Error('there are six')
    await ground.store.saveSnapshot(roomId, pageId, { ...ada.headAfter(start), text: 'xxxxxx' })
    await ground.store.compact(roomId, pageId, 3)
    expect(await bob.open({ known: [second, start], wants: 'updates' })).toMatchObject({ mode: 'snapshot' })
    const lost = { version: 2, hash: 'e'.repeat(64) }
    // Nothing can be handed back after a head that the log does not reach.
    const told = await bob.open({ known: [lost, start], wants: 'updates' })
    expect([told.mode, told.common]).toEqual(['foreign', undefined])
    expect(await bob.open({ known: [{ ...lost, version: 5 }, fourth] })).toMatchObject({
      mode: 'foreign',
      common: fourth,
    })
    await ground.store.forgetHeads(roomId, pageId, 3)
    expect(await bob.open({ known: [second, start] })).toMatchObject({ mode: 'foreign' })
    expect(await bob.open({ known: [third, start] })).toMatchObject({ mode: 'updates' })
  })

  it('E12: that the list does not have is page-unknown, of an unknown kind page-unsupported', async () => {
    const ground = new RoomGround()
    const { ada } = await ground.room()
    const odd = await makePage(ground, ada, 'odd', 'hologram')
    for (const [pageId, code] of [
      [idOf('nowhere'), 'page-unknown'],
      [odd, 'page-unsupported'],
    ] as const) {
      const open = openMessage(pageId)
      expect(await ada.ask(open, 'error')).toMatchObject({ code, pageId })
    }
    expect(ada.end).toBeUndefined()
  })

  it('E12: can be asked for in the breath in which it is made', async () => {
    const ground = new RoomGround()
    const { ada } = await ground.room()
    const list = new PageGuest(ground, ada, 'pages', 'list')
    const { head } = await list.open()
    const pageId = idOf('brand new')
    ada.say(list.next({ [pageId]: { put: { kind: 'page', props: { kind: 'text' } } } }, head))
    ada.say(openMessage(pageId, { request: 7 }))
    await ground.settle()
    expect(ada.got('opened').at(-1)).toMatchObject({ request: 7, pageId, kind: 'text' })
  })

  it('L1: of more than a session may have open is out-of-turn', async () => {
    const ground = new RoomGround({ limits: { maxOpenPages: 1 } })
    const { ada } = await ground.room()
    const pageId = await makePage(ground, ada, 'page')
    await new PageGuest(ground, ada, pageId, 'ada').open()
    await new PageGuest(ground, ada, pageId, 'ada').open()
    ada.say(openMessage('pages'))
    await ground.settle()
    expect(ada.end).toBe('out-of-turn')
  })

  it('G6: deleted pages count, with a limit of their own, since they are kept', async () => {
    const ground = new RoomGround({ limits: { maxPages: 2, maxKeptPages: 3 } })
    const { ada } = await ground.room()
    const list = new PageGuest(ground, ada, 'pages', 'list')
    const { head: start } = await list.open()
    const put = { put: { kind: 'page', props: { kind: 'text' } } }
    const [one, two, three] = ['one', 'two', 'three'].map(idOf) as [string, string, string]
    const ops = [
      { [one]: put, [two]: put },
      { [one]: { deleted: true } },
      { [three]: put },
      { [three]: { deleted: true } },
      // One lives, three are kept.
      { [idOf('four')]: put },
      { [one]: { deleted: false } },
    ]
    for (const op of ops)
      await list.submit(op, list.headAfter(start), op === ops[5] ? { after: 4, seq: 6 } : {})
    expect(ada.got('rejected')).toMatchObject([{ code: 'too-many-pages', seq: 5 }])
    expect(list.ops).toHaveLength(5)
  })

  it('L1: more pages than a room may have are too-many-pages', async () => {
    const ground = new RoomGround({ limits: { maxPages: 2 } })
    const { ada } = await ground.room()
    for (const name of ['one', 'two', 'three']) await makePage(ground, ada, name)
    expect(ada.got('rejected')).toMatchObject([{ code: 'too-many-pages', seq: 1 }])
  })
})
