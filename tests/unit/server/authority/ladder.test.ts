import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../../../../src/shared/update'
import { PageGround, TestWriter } from './pageGround'

const committedAt = (version: number, place: unknown = null): object => ({
  result: 'committed',
  version,
  place,
})
const rejectedWith = (code: string): object => expect.objectContaining({ result: 'rejected', code }) as object
const outdated = expect.objectContaining({ result: 'outdated' }) as object

describe('a submission', () => {
  it('S1: of a client id that another device committed with is rejected with client-taken', async () => {
    const page = await (await PageGround.create()).page()
    await page.outcomeOf(new TestWriter('ada', 'laptop').next(['a'], page.head))
    const thief = new TestWriter('ada', 'other laptop')
    expect(await page.outcomeOf(thief.next(['x'], page.head))).toEqual(rejectedWith('client-taken'))
    thief.next(['x'], page.head)
    expect(await page.outcomeOf(thief.next(['x'], page.head))).toEqual(rejectedWith('client-taken'))
    expect(page.text).toBe('a')
  })

  it('S1: of a client id that another device uses in the same batch is rejected with client-taken', async () => {
    const page = await (await PageGround.create()).page()
    const first = page.submit(new TestWriter('ada', 'laptop').next(['a'], page.head))
    expect(await page.outcomeOf(new TestWriter('ada', 'phone').next(['b'], page.head))).toEqual(
      rejectedWith('client-taken'),
    )
    expect(first.outcome).toEqual(committedAt(1))
  })

  it('S2: a resend of a committed update is acknowledged again with its version', async () => {
    const page = await (await PageGround.create()).page()
    const ada = new TestWriter('ada')
    const update = ada.next(['a'], page.head)
    expect(await page.outcomeOf(update)).toEqual(committedAt(1))
    await page.outcomeOf(new TestWriter('bob').next(['b'], page.head))
    expect(await page.outcomeOf(update)).toEqual({ result: 'known', version: 1 })
    expect([page.text, page.head.version]).toEqual(['ba', 2])
  })

  it('S2: a resend is known after the server was restarted and its log compacted', async () => {
    const ground = await PageGround.create()
    const page = await ground.page()
    const update = new TestWriter('ada').next(['a'], page.head)
    await page.outcomeOf(update)
    const snapshot = page.authority.takeSnapshot(1)
    if (snapshot === undefined) throw new Error('no snapshot')
    await ground.store.saveSnapshot(ground.roomId, page.authority.pageId, snapshot)
    await ground.store.compact(ground.roomId, page.authority.pageId, 1)
    const later = await (await ground.restarted()).page()
    expect(later.text).toBe('a')
    expect(await later.outcomeOf(update)).toEqual({ result: 'known', version: 1 })
  })

  it('S3: a resend that waits in the same batch as its first copy is committed once', async () => {
    const page = await (await PageGround.create()).page()
    const update = new TestWriter('ada').next(['a'], page.head)
    const [first, second, third] = [page.submit(update), page.submit(update), page.submit(update)]
    await page.ground.step()
    expect(first.outcome).toEqual(committedAt(1))
    expect([second.outcome, third.outcome]).toEqual(Array(2).fill({ result: 'known', version: 1 }))
    expect(page.text).toBe('a')
  })

  it.each([
    ['another op', { op: ['b'] }],
    ['another base', { version: 0 }],
    ['other edits before it', { after: 1, seq: 2 }],
  ])('S4: the same seq with %s is rejected with update-conflict', async (_name, change) => {
    const page = await (await PageGround.create()).page()
    await page.outcomeOf(new TestWriter('zoe').next(['z'], page.head))
    const ada = new TestWriter('ada')
    const update = ada.next(['a'], page.head, { seq: 2 })
    await page.outcomeOf(update)
    expect(await page.outcomeOf({ ...update, ...change })).toEqual(rejectedWith('update-conflict'))
    expect(page.text).toBe('az')
  })

  it('S5: that skips edits is outdated', async () => {
    const page = await (await PageGround.create()).page()
    const ada = new TestWriter('ada')
    await page.outcomeOf(ada.next(['a'], page.head))
    ada.next(['lost'], page.head)
    expect(await page.outcomeOf(ada.next(['c'], page.head))).toEqual(outdated)
    expect(page.text).toBe('a')
  })

  it('S5: of edits that are committed inside a later update is outdated', async () => {
    const page = await (await PageGround.create()).page()
    const ada = new TestWriter('ada')
    const first = ada.next(['a'], page.head)
    await page.outcomeOf(first)
    await page.outcomeOf(ada.next(['b'], page.head))
    expect(await page.outcomeOf(first)).toEqual(outdated)
    expect(page.text).toBe('ba')
  })

  it('S5: of a first update that claims earlier ones is outdated', async () => {
    const page = await (await PageGround.create()).page()
    const update = new TestWriter('ada').next(['a'], page.head, { after: 3, seq: 4 })
    expect(await page.outcomeOf(update)).toEqual(outdated)
  })

  it('S8: that holds no edit is rejected with op-malformed', async () => {
    const page = await (await PageGround.create()).page()
    const ada = new TestWriter('ada')
    await page.outcomeOf(ada.next(['a'], page.head, { seq: 4 }))
    const backwards = ada.next(['b'], page.head, { after: 4, seq: 4 })
    expect(await page.outcomeOf(backwards)).toEqual(rejectedWith('update-conflict'))
    const empty = new TestWriter('bob').next(['b'], page.head, { after: 0, seq: 0 })
    expect(await page.outcomeOf(empty)).toEqual(rejectedWith('op-malformed'))
  })

  it('S6: that starts at a version to come is outdated', async () => {
    const page = await (await PageGround.create()).page()
    const ahead = { version: 1, hash: sha256Hex('made up') }
    expect(await page.outcomeOf(new TestWriter('ada').next(['a'], ahead))).toEqual(outdated)
  })

  it('S6: that starts at another history of the same length is outdated', async () => {
    const page = await (await PageGround.create()).page()
    await page.outcomeOf(new TestWriter('ada').next(['a'], page.head))
    const elsewhere = { version: 1, hash: sha256Hex('another history') }
    expect(await page.outcomeOf(new TestWriter('bob').next(['b'], elsewhere))).toEqual(outdated)
    expect(page.text).toBe('a')
  })

  it('S6: that starts before what is kept to transform over is outdated, one inside it is not', async () => {
    const page = await (await PageGround.create({ keepRecent: 2 })).page()
    const start = page.head
    const ada = new TestWriter('ada')
    const heads = [start]
    for (let i = 0; i < 6; i++) {
      await page.outcomeOf(ada.next(['a'], page.head))
      heads.push(page.head)
    }
    expect(await page.outcomeOf(new TestWriter('bob').next(['b'], start))).toEqual(outdated)
    const kept = heads[4]
    if (kept === undefined) throw new Error('no head')
    expect(await page.outcomeOf(new TestWriter('cleo').next([4, 'c'], kept))).toEqual(committedAt(7))
    expect(page.text).toBe('aaaaaac')
  })

  it('S7: is transformed over what was committed since, as the later one', async () => {
    const page = await (await PageGround.create()).page()
    const start = page.head
    const [ada, bob] = [new TestWriter('ada'), new TestWriter('bob')]
    await page.outcomeOf(ada.next(['ada'], start))
    await page.outcomeOf(ada.next([3, '!'], page.head))
    expect(await page.outcomeOf(bob.next(['bob'], start))).toEqual(committedAt(3))
    expect(page.text).toBe('bobada!')
    expect(page.authority.state.recent.after(2)?.[0]?.update.op).toEqual(['bob'])
  })

  it('S7: is transformed over updates of its own batch too', async () => {
    const page = await (await PageGround.create()).page()
    await page.outcomeOf(new TestWriter('zoe').next(['0123456789'], page.head))
    const base = page.head
    page.submit(new TestWriter('ada').next([2, -4], base))
    const bob = page.submit(new TestWriter('bob').next([4, 'x', -4], base))
    await page.ground.step()
    expect(bob.outcome).toEqual(committedAt(3))
    expect(page.text).toBe('01x89')
  })

  it.each([
    ['no op', undefined, 'op-malformed'],
    ['an op of another type', { n1: { put: { kind: 'note' } } }, 'op-malformed'],
    ['an op that is not canonical', ['a', 'b'], 'op-malformed'],
    ['half a surrogate pair', ['\ud83d'], 'op-malformed'],
    ['a carriage return', ['a\r\n'], 'op-malformed'],
    ['an op beyond the end', [9, 'x'], 'op-unfit'],
    ['a boundary inside a surrogate pair', [2, 'x'], 'op-unfit'],
    ['an op that is too long', ['x'.repeat(200)], 'op-too-large'],
    ['an op that makes the page too large', ['x'.repeat(60)], 'page-too-large'],
  ])('S8: with %s is rejected, and the page stays', async (_name, op, code) => {
    const page = await (await PageGround.create({ maxOpLength: 100, maxPageLength: 40 })).page()
    await page.outcomeOf(new TestWriter('zoe').next(['a😀b'], page.head))
    const { head } = page
    expect(await page.outcomeOf(new TestWriter('ada').next(op, head))).toEqual(rejectedWith(code))
    expect([page.text, page.head]).toEqual(['a😀b', head])
  })

  it('S8: may make a page that is over its limit smaller, but not larger', async () => {
    const ground = await PageGround.create()
    const page = await ground.page()
    await page.outcomeOf(new TestWriter('zoe').next(['x'.repeat(50)], page.head))
    const strict = await (await ground.restarted({ maxPageLength: 20 })).page()
    const ada = new TestWriter('ada')
    expect(await strict.outcomeOf(ada.next([-10], strict.head))).toEqual(committedAt(2))
    expect(await strict.outcomeOf(ada.next(['y'], strict.head))).toEqual(rejectedWith('page-too-large'))
    expect(strict.text).toBe('x'.repeat(40))
  })

  it('S8: that a rule of the page forbids is rejected with the code of the rule', async () => {
    const refusal = { code: 'too-many-pages', detail: 'no' } as const
    const page = await (await PageGround.create({ rule: () => refusal })).page()
    expect(await page.outcomeOf(new TestWriter('ada').next(['a'], page.head))).toEqual(
      rejectedWith('too-many-pages'),
    )
    expect(page.text).toBe('')
  })

  it('S8: is shown to the rule of the page in the form in which it would be committed', async () => {
    const seen: unknown[] = []
    const rule = (_before: unknown, _after: unknown, op: unknown): undefined => {
      seen.push(op)
    }
    const page = await (await PageGround.create({ rule })).page()
    const start = page.head
    await page.outcomeOf(new TestWriter('ada').next(['abc'], start))
    const middle = page.head
    await page.outcomeOf(new TestWriter('bob').next(['x'], middle))
    await page.outcomeOf(new TestWriter('cleo').next([3, 'y'], middle))
    expect(seen).toEqual([['abc'], ['x'], [4, 'y']])
  })

  it('S9: that trips over an error of the server is refused alone', async () => {
    const bug = new Error('a bug')
    const rule = (_before: unknown, after: unknown): undefined => {
      if (String(after).includes('!')) throw bug
    }
    const page = await (await PageGround.create({ rule })).page()
    const [ada, bob, cleo] = [new TestWriter('ada'), new TestWriter('bob'), new TestWriter('cleo')]
    const outcomes = [
      page.submit(ada.next(['a'], page.head)),
      page.submit(bob.next(['!'], page.head)),
      page.submit(cleo.next(['c'], page.head)),
    ]
    await page.ground.step()
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      committedAt(1),
      rejectedWith('internal'),
      committedAt(2),
    ])
    expect(page.text).toBe('ca')
    expect(page.ground.errors).toEqual([bug])
  })

  it('P2: carries a place after its op, which is mapped over what was committed since its base', async () => {
    const page = await (await PageGround.create()).page()
    const start = page.head
    await page.outcomeOf(new TestWriter('ada').next(['12345'], start))
    const bob = new TestWriter('bob').next(['bob'], start, { place: [3, 0] })
    expect(await page.outcomeOf(bob)).toEqual(committedAt(2, [3, 0]))
    const cleo = new TestWriter('cleo').next(['cleo'], page.head, { place: [4] })
    const late = new TestWriter('dan').next([3, 'dan'], page.head, { place: [6] })
    page.submit(cleo)
    expect(await page.outcomeOf(late)).toEqual(committedAt(4, [10]))
    expect(page.text).toBe('cleobobdan12345')
  })

  it.each([[['x']], [[-1]], ['no list'], [Array(65).fill(0)], [{ length: 1 }]])(
    'P8: with the place %j is rejected with op-malformed',
    async (place) => {
      const page = await (await PageGround.create()).page()
      const update = new TestWriter('ada').next(['a'], page.head, { place })
      expect(await page.outcomeOf(update)).toEqual(rejectedWith('op-malformed'))
    },
  )
})
