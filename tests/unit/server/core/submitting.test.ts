import { describe, expect, it } from 'vitest'
import { StoreError } from '../../../../src/server/storage/roomStore'
import { idOf } from '../../../lib/idOf'
import { openPage, PageGuest } from './pageGuest'
import { deviceOf, openMessage, RoomGround } from './roomGround'

describe('submitting', () => {
  it('S10: is acknowledged by the committed update, which everybody gets', async () => {
    const { ada, bob, start, pageId } = await openPage()
    await ada.submit(['a'], start)
    expect(ada.peer.messages).toEqual(bob.peer.messages)
    expect(bob.peer.got('updates')).toMatchObject([
      { pageId, from: 0, updates: [{ clientId: ada.clientId, after: 0, seq: 1, op: ['a'] }] },
    ])
  })

  it('S2: a resend is acknowledged with its version, to its sender alone', async () => {
    const { ground, ada, bob, start, pageId } = await openPage()
    const update = ada.next(['a'], start)
    ada.peer.say(update)
    await ground.settle()
    ada.peer.say(update)
    await ground.settle()
    const ack = { type: 'ack', pageId, clientId: ada.clientId, seq: 1, version: 1 }
    expect(ada.peer.messages.slice(1)).toEqual([ack])
    expect(bob.peer.messages).toHaveLength(1)
  })

  it('S8: what is rejected is told to its sender alone, with the code', async () => {
    const { ada, bob, start, pageId } = await openPage()
    await ada.submit([7, 'a'], start)
    expect(ada.peer.messages).toMatchObject([
      { type: 'rejected', pageId, clientId: ada.clientId, seq: 1, code: 'op-unfit' },
    ])
    expect([bob.peer.messages, ada.peer.end]).toEqual([[], undefined])
  })

  it('S6: what starts elsewhere is told to open the page again', async () => {
    const { ada, start, pageId } = await openPage()
    await ada.submit(['a'], { ...start, version: 3 })
    expect(ada.peer.messages).toMatchObject([{ type: 'outdated', pageId }])
  })

  it('S12: what cannot be stored is storage-failed for its page, and taken when sent again', async () => {
    let full = false
    const { ground, ada, start, pageId } = await openPage({
      hooks: {
        beforeAppend: () => {
          if (full) throw new StoreError('storage-failed', 'disk full')
        },
      },
    })
    full = true
    const update = ada.next(['a'], start)
    ada.peer.say(update)
    await ground.settle()
    expect(ada.peer.messages).toMatchObject([{ type: 'error', code: 'storage-failed', pageId }])
    full = false
    ada.peer.say(update)
    await ground.settle()
    expect([ada.ops, ada.peer.end]).toEqual([[['a']], undefined])
  })

  it('S16: is for the session that opened the page for that client last', async () => {
    const { ground, ada, start, pageId, roomId } = await openPage()
    await ada.submit(['x'], start, { clientId: idOf('somebody else') })
    expect(ada.peer.messages).toMatchObject([{ type: 'outdated' }])
    const second = new PageGuest(
      ground,
      await ground.enter('ada', deviceOf('ada'), idOf('window 2')),
      pageId,
      'ada',
    )
    await second.peer.join(roomId)
    await second.open({ clients: [ada.clientId] })
    await ada.submit(['a'], start)
    expect(ada.peer.messages.filter(({ type }) => type !== 'person')).toMatchObject([
      { type: 'outdated' },
      { type: 'outdated' },
    ])
    await second.submit(['b'], start)
    expect(second.ops).toEqual([['b']])
  })

  it('S16: is not taken away by another device that names the client', async () => {
    const { ada, bob, start } = await openPage()
    await bob.open({ clients: [ada.clientId] })
    await ada.submit(['a'], start)
    expect(ada.ops).toEqual([['a']])
    await bob.submit(['b'], start, { clientId: ada.clientId, after: 1, seq: 2 })
    expect(bob.peer.got('rejected')).toMatchObject([{ code: 'client-taken' }])
  })

  it('W6: to a page that was closed is out-of-turn, and nothing more of it comes', async () => {
    const { ground, ada, bob, start, pageId } = await openPage()
    expect(await bob.peer.ask({ type: 'closePage', pageId }, 'closedPage')).toEqual({
      type: 'closedPage',
      pageId,
    })
    await ada.submit(['a'], start)
    expect(bob.peer.got('updates')).toEqual([])
    bob.peer.say(bob.next(['b'], start))
    await ground.settle()
    expect([bob.peer.end, ada.ops]).toEqual(['out-of-turn', [['a']]])
  })

  it('L2: more than a session may have waiting, in number or in length, is out-of-turn', async () => {
    for (const limits of [{ maxQueuedMessages: 3 }, { maxQueuedLength: 1_000 }]) {
      const { ground, ada, bob, start } = await openPage({ limits })
      ada.peer.say(openMessage('pages'))
      for (let i = 0; i < 5; i++) ada.peer.say(ada.next(['x'.repeat(200)], start))
      await ground.settle()
      expect([ada.peer.end, bob.peer.end, bob.ops]).toEqual(['out-of-turn', undefined, []])
    }
  })

  it('L2: any number of messages may follow each other as long as they are handled', async () => {
    const { ground, ada, start } = await openPage({
      limits: { maxQueuedMessages: 3, maxQueuedLength: 1_000 },
    })
    for (let i = 0; i < 50; i++) ada.peer.say(ada.next(['x'], start))
    await ground.settle()
    expect([ada.peer.end, ada.ops.length]).toEqual([undefined, 50])
  })
})

describe('places', () => {
  it('P4: go when their session closes the page or is gone, and stay when it opens the page again', async () => {
    const { ground, ada, bob, start, pageId } = await openPage()
    await ada.submit(['hello'], start, { place: [5] })
    await ground.pass(50)
    expect(bob.peer.got('presence').at(-1)?.people).toEqual([{ sessionId: ada.peer.sessionId, place: [5] }])
    bob.peer.messages.length = 0
    await ada.open({ known: [start] })
    await ground.pass(50)
    expect(bob.peer.got('presence')).toEqual([])
    await ada.peer.ask({ type: 'closePage', pageId }, 'closedPage')
    await ground.pass(50)
    expect(bob.peer.got('presence').at(-1)?.people).toEqual([{ sessionId: ada.peer.sessionId, place: null }])
    await ada.open()
    ada.peer.say({ type: 'presence', pageId, version: 1, place: [2] })
    await ground.pass(50)
    ada.peer.vanish()
    await ground.pass(50)
    expect(
      bob.peer
        .got('presence')
        .slice(-2)
        .map(({ people }) => people[0]?.place),
    ).toEqual([[2], null])
  })

  it('P6: of everybody are told to whoever opens the page', async () => {
    const { ground, ada, bob, start, pageId } = await openPage()
    ada.peer.say({ type: 'presence', pageId, version: 0, place: [0] })
    await ground.pass(50)
    bob.peer.messages.length = 0
    await bob.open({ known: [start] })
    expect(bob.peer.got('presence')).toMatchObject([
      { version: 0, people: [{ sessionId: ada.peer.sessionId }] },
    ])
  })

  it.each<[string, unknown]>([
    ['no list', 5],
    ['no position', ['x']],
    ['too many positions', Array(65).fill(0)],
    ['too long', ['x'.repeat(9_000)]],
  ])(
    'P8: with %s end the connection with message-malformed, and others see nothing',
    async (_name, place) => {
      const { ground, ada, bob, pageId } = await openPage()
      ada.peer.say({ type: 'presence', pageId, version: 0, place })
      await ground.pass(50)
      expect([ada.peer.end, bob.peer.got('presence')]).toEqual(['message-malformed', []])
    },
  )
})

describe('history handed back over a connection', () => {
  it('H1: is confirmed by handedBack, and the page goes on for everybody who has it open', async () => {
    const first = await openPage()
    const backup = first.ground.disk.image
    await first.ada.submit(['lost'], first.start)
    const [update] = first.ada.peer.got('updates')
    if (update?.signature === undefined) throw new Error('nothing was committed')
    first.ground.disk.image = backup
    const ground = new RoomGround({ disk: first.ground.disk })
    const peers = [await ground.enter('ada'), await ground.enter('bob')] as const
    const guests = peers.map(
      (peer, index) => new PageGuest(ground, peer, first.pageId, ['ada', 'bob'][index] ?? ''),
    )
    for (const guest of guests) await guest.peer.join(first.roomId)
    const [ada, bob] = guests
    if (ada === undefined || bob === undefined) throw new Error('nobody came')
    await bob.open()
    const lost = { version: 1, hash: update.hash }
    expect(await ada.open({ known: [lost, first.start] })).toMatchObject({
      mode: 'foreign',
      common: first.start,
    })
    const message = {
      type: 'handBack',
      pageId: first.pageId,
      after: first.start,
      updates: update.updates,
    } as const
    await ada.peer.ask(
      { ...message, head: { ...lost, signature: update.signature }, more: false },
      'handedBack',
    )
    expect(bob.ops).toEqual([['lost']])
    expect(await ada.open({ known: [lost] })).toMatchObject({ mode: 'updates', head: lost })
    const forged = { ...lost, signature: 'A'.repeat(86) }
    expect(await bob.peer.ask({ ...message, head: forged, more: false }, 'error')).toMatchObject({
      code: 'history-unproven',
      pageId: first.pageId,
    })
    expect(bob.peer.end).toBeUndefined()
  })
})

describe('a page whose stored state cannot be read', () => {
  it.each<[string, (first: Awaited<ReturnType<typeof openPage>>) => Promise<void>]>([
    [
      'that does not fit together',
      async ({ ground, roomId, pageId, ada, start }) => {
        const head = ada.headAfter(start)
        await ground.store.saveSnapshot(roomId, pageId, { ...head, text: 'half a pair \ud83d' })
      },
    ],
    [
      'for which the store fails',
      async ({ ground }) => {
        ground.store.loadPage = () => Promise.reject(new StoreError('storage-failed', 'no such disk'))
      },
    ],
  ])('D8: %s is storage-failed, and everything else goes on', async (_name, damage) => {
    const first = await openPage({ limits: { unloadAfterMs: 100 } })
    const { ground, ada, bob, start, pageId } = first
    await ada.submit(['a'], start)
    for (const guest of [ada, bob]) await guest.peer.ask({ type: 'closePage', pageId }, 'closedPage')
    for (let i = 0; i < 4; i++) await ground.pass(50)
    await damage(first)
    const open = openMessage(pageId)
    expect(await ada.peer.ask(open, 'error')).toMatchObject({ code: 'storage-failed', pageId })
    await new PageGuest(ground, ada.peer, 'pages', 'list').open()
    expect(ada.peer.end).toBeUndefined()
    expect(ground.errors).toHaveLength(1)
  })
})
