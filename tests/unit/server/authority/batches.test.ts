import { describe, expect, it } from 'vitest'
import { StoreError } from '../../../../src/server/storage/roomStore'
import { verify } from '../../../../src/shared/identity/keys'
import { firstHash, headText, nextHash } from '../../../../src/shared/update'
import { PageGround, TestWriter } from './pageGround'

const diskFull = (): StoreError => new StoreError('storage-failed', 'disk full')
const noFailure = (): undefined => undefined

describe('a batch', () => {
  it('S10: is told to nobody before it is stored, then to receivers, then to its authors', async () => {
    const ground = await PageGround.create()
    const page = await ground.page()
    let release: () => void = () => undefined
    ground.hold = new Promise((resolve) => {
      release = resolve
    })
    page.submit(new TestWriter('ada').next(['a'], page.head))
    page.submit(new TestWriter('bob').next(['b'], page.head))
    await ground.step()
    expect([page.told, page.head.version, page.text]).toEqual([[], 0, ''])
    release()
    await ground.step()
    expect(page.told).toEqual(['committed 2', 'committed', 'committed'])
    expect(page.committed[0]).toMatchObject({ from: 0, updates: [{ version: 1 }, { version: 2 }] })
  })

  it('S10: that comes while another is being stored follows it', async () => {
    const ground = await PageGround.create()
    const page = await ground.page()
    const ada = new TestWriter('ada')
    let release: () => void = () => undefined
    ground.hold = new Promise((resolve) => {
      release = resolve
    })
    const base = page.head
    page.submit(ada.next(['a'], base))
    await ground.step()
    page.submit(new TestWriter('bob').next(['b'], base))
    page.submit(new TestWriter('cleo').next(['c'], base))
    await ground.step()
    expect(ground.stored).toEqual([])
    release()
    ground.hold = undefined
    await ground.step()
    expect(page.committed.map(({ from, head }) => [from, head.version])).toEqual([
      [0, 1],
      [1, 3],
    ])
    expect(page.text).toBe('cba')
  })

  it.each([0, 1, 2, 3, 4, 5, 6])(
    'S10: that comes %i turns after another was stored is stored without anybody else waking the committer',
    async (turns) => {
      const ground = await PageGround.create()
      const page = await ground.page()
      const ada = new TestWriter('ada')
      const later = new Promise<void>((resolve) => {
        page.authority.submit(ada.next(['a'], page.head), () => {
          const wait = async (): Promise<void> => {
            for (let turn = 0; turn < turns; turn++) await Promise.resolve()
            page.submit(ada.next(['b'], page.head))
          }
          void wait().then(resolve)
        })
      })
      await ground.step()
      await later
      await ground.step()
      expect(page.text).toBe('ba')
    },
  )

  it('S11: of several pages that were edited at once is one transaction', async () => {
    const ground = await PageGround.create()
    const [one, two] = [await ground.page('one'), await ground.page('two')]
    one.submit(new TestWriter('ada').next(['a'], one.head))
    two.submit(new TestWriter('ada').next(['a'], two.head))
    one.submit(new TestWriter('bob').next(['b'], one.head))
    await ground.step()
    expect(ground.stored).toEqual([[one.authority.pageId, two.authority.pageId]])
    expect([one.text, two.text]).toEqual(['ba', 'a'])
  })

  it('S11: without anything to store is not stored, and is answered', async () => {
    const ground = await PageGround.create()
    const page = await ground.page()
    const result = page.submit(new TestWriter('ada').next([5, 'a'], page.head))
    await ground.step()
    expect(result.outcome).toMatchObject({ code: 'op-unfit' })
    expect(ground.stored).toEqual([])
  })

  it('S12: that cannot be stored leaves all its pages as they were, and can be submitted again', async () => {
    const ground = await PageGround.create()
    const [one, two] = [await ground.page('one'), await ground.page('two')]
    const [ada, bob] = [new TestWriter('ada'), new TestWriter('bob')]
    await one.outcomeOf(ada.next(['kept'], one.head))
    ground.failureOf = diskFull
    const updates = [ada.next([4, '!'], one.head), bob.next(['b'], one.head)]
    const [first, second, third] = [
      one.submit(updates[0] as (typeof updates)[0]),
      one.submit(updates[1] as (typeof updates)[0]),
      two.submit(bob.next(['two'], two.head, { after: 0, seq: 1 })),
    ]
    await ground.step()
    expect([first, second, third].map((each) => each.outcome)).toEqual(Array(3).fill({ result: 'notStored' }))
    expect([one.text, one.head.version, two.text]).toEqual(['kept', 1, ''])
    // Of the batch, and of each page by itself.
    expect(ground.errors).toHaveLength(3)
    ground.failureOf = noFailure
    for (const update of updates) expect(await one.outcomeOf(update)).toMatchObject({ result: 'committed' })
    expect(one.text).toBe('bkept!')
    expect((await (await ground.restarted()).page('one')).text).toBe('bkept!')
  })

  it('S12: that cannot be stored does not make a resend known', async () => {
    const ground = await PageGround.create()
    const page = await ground.page()
    const update = new TestWriter('ada').next(['a'], page.head)
    ground.failureOf = diskFull
    const [first, second] = [page.submit(update), page.submit(update)]
    await ground.step()
    expect([first.outcome, second.outcome]).toEqual(Array(2).fill({ result: 'notStored' }))
    ground.failureOf = noFailure
    expect(await page.outcomeOf(update)).toEqual({ result: 'committed', version: 1, place: null })
  })

  it('S13: in which one page has been moved on by another server stores the others', async () => {
    const ground = await PageGround.create()
    const [one, two] = [await ground.page('one'), await ground.page('two')]
    const otherServer = await (await ground.restarted()).page('one')
    await otherServer.outcomeOf(new TestWriter('zoe').next(['elsewhere'], otherServer.head))
    const moved = one.submit(new TestWriter('ada').next(['a'], one.head))
    const fine = two.submit(new TestWriter('bob').next(['b'], two.head))
    await ground.step()
    expect(moved.outcome).toEqual({ result: 'notStored' })
    expect(fine.outcome).toMatchObject({ result: 'committed' })
    expect([one.text, two.text]).toEqual(['', 'b'])
  })

  it.each([
    ['is refused by the store', new RangeError('the page is of another kind')],
    ['is damaged', new StoreError('database-corrupt', 'no page')],
    ['does not fit on the disk', diskFull()],
    ['meets an error of our own', new TypeError('a bug')],
  ])('S13: in which one page %s stores the others', async (_name, error) => {
    const ground = await PageGround.create()
    const [one, two, three] = [await ground.page('one'), await ground.page('two'), await ground.page('three')]
    ground.failureOf = (pageIds) => (pageIds.includes(two.authority.pageId) ? error : undefined)
    const results = [one, two, three].map((page) => page.submit(new TestWriter('ada').next(['a'], page.head)))
    await ground.step()
    expect(results.map(({ outcome }) => outcome?.result)).toEqual(['committed', 'notStored', 'committed'])
    expect([one.text, two.text, three.text]).toEqual(['a', '', 'a'])
    expect((await (await ground.restarted()).page('three')).text).toBe('a')
    expect(ground.errors).toEqual([error, error])
  })

  it('S14: extends the hash chain and ends at a head the room has signed', async () => {
    const ground = await PageGround.create()
    const page = await ground.page()
    const { roomId } = ground
    const { pageId } = page.authority
    page.submit(new TestWriter('ada').next(['a'], page.head))
    page.submit(new TestWriter('bob').next(['b'], page.head))
    await ground.step()
    const batch = page.committed[0]
    if (batch === undefined) throw new Error('nothing was committed')
    let hash = firstHash(roomId, pageId)
    for (const { version, update, hash: stored } of batch.updates) {
      hash = nextHash(hash, version, update)
      expect(stored).toBe(hash)
    }
    expect(batch.head).toMatchObject({ version: 2, hash })
    const room = await ground.store.loadRoom(roomId)
    const text = `inkroom-head-1\n${roomId}\n${pageId}\n2\n${hash}`
    expect(headText(roomId, pageId, batch.head)).toBe(text)
    expect(verify(batch.head.signature, text, room?.publicKey ?? '')).toBe(true)
  })

  it('S14: has the same history after a restart from the log, and from a snapshot', async () => {
    const ground = await PageGround.create()
    const page = await ground.page()
    const ada = new TestWriter('ada')
    for (const letter of 'abc') await page.outcomeOf(ada.next([letter], page.head))
    const fromLog = await (await ground.restarted()).page()
    expect([fromLog.text, fromLog.head]).toEqual([page.text, page.head])
    const snapshot = page.authority.takeSnapshot(1)
    if (snapshot === undefined) throw new Error('no snapshot')
    await ground.store.saveSnapshot(ground.roomId, page.authority.pageId, snapshot)
    const fromSnapshot = await (await ground.restarted()).page()
    expect([fromSnapshot.text, fromSnapshot.head]).toEqual([page.text, page.head])
    expect(await fromSnapshot.outcomeOf(ada.next(['d'], page.head))).toMatchObject({ version: 4 })
    expect(page.authority.takeSnapshot(1)).toBeUndefined()
  })

  it('D2: runs a barrier when everything before it has been decided, stored or not', async () => {
    const ground = await PageGround.create()
    const page = await ground.page()
    page.submit(new TestWriter('ada').next(['a'], page.head))
    page.authority.afterQueued(() => page.told.push('barrier'))
    await ground.step()
    expect(page.told).toEqual(['committed 1', 'committed', 'barrier'])
    ground.failureOf = diskFull
    page.submit(new TestWriter('bob').next(['b'], page.head))
    page.authority.afterQueued(() => page.told.push('barrier'))
    expect(page.authority.busy).toBe(true)
    await ground.step()
    expect(page.told.slice(3)).toEqual(['notStored', 'barrier'])
    expect(page.authority.busy).toBe(false)
  })
})

describe('the join window', () => {
  it('S15: lets updates gather after a commit, and an update at rest is stored at once', async () => {
    const ground = await PageGround.create({ joinWindow: 30 })
    const page = await ground.page()
    const ada = new TestWriter('ada')
    await page.outcomeOf(ada.next(['a'], page.head))
    expect(ground.stored).toHaveLength(1)
    page.submit(ada.next(['b'], page.head))
    page.submit(new TestWriter('bob').next(['c'], page.head))
    await ground.step()
    expect(ground.stored).toHaveLength(1)
    ground.clock.advance(30)
    await ground.step()
    expect([ground.stored.length, page.text]).toEqual([2, 'cba'])
    ground.clock.advance(31)
    await page.outcomeOf(ada.next(['d'], page.head))
    expect(ground.stored).toHaveLength(3)
  })

  it('S15: does not begin with an answer for which nothing was stored', async () => {
    const ground = await PageGround.create({ joinWindow: 30 })
    const page = await ground.page()
    page.authority.afterQueued(() => page.told.push('barrier'))
    await ground.step()
    await page.outcomeOf(new TestWriter('ada').next(['a'], page.head))
    expect(page.text).toBe('a')
  })

  it('S15: is not longer where the clock was set back', async () => {
    const ground = await PageGround.create({ joinWindow: 30 })
    const page = await ground.page()
    const ada = new TestWriter('ada')
    await page.outcomeOf(ada.next(['a'], page.head))
    ground.clock.setBack(3_600_000)
    page.submit(ada.next(['b'], page.head))
    ground.clock.advance(30)
    await ground.step()
    expect(page.text).toBe('ba')
  })

  it('E11: is not waited for when everything is flushed', async () => {
    const ground = await PageGround.create({ joinWindow: 30 })
    const page = await ground.page()
    const ada = new TestWriter('ada')
    await page.outcomeOf(ada.next(['a'], page.head))
    page.submit(ada.next(['b'], page.head))
    await ground.committer.flush()
    expect([page.text, ground.clock.waiting]).toEqual(['ba', 0])
  })
})
