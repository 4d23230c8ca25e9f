import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../../../../src/server/core/serverLimits'
import type { StoredUpdate } from '../../../../src/server/storage/roomStore'
import { headText, nextHash, type Head } from '../../../../src/shared/update'
import { idOf } from '../../../lib/idOf'
import { PageGround, TestWriter, type TestPage } from './pageGround'

const { keepRecent, maxOpLength, maxPageLength, maxTransformWork } = DEFAULT_LIMITS
const DEFAULTS = { keepRecent, maxOpLength, maxPageLength, maxTransformWork }

/** As many parts as fit into one op. */
const MOST_PARTS = Math.floor(maxOpLength / 6) * 2
/** Longer than what it reaches over, in lines as people write them. */
const TEXT = `${'x'.repeat(99)}\n`.repeat(MOST_PARTS / 100)
const WORST = Array.from({ length: MOST_PARTS }, (_, i) => (i % 2 === 0 ? 1 : 'a'))

/** A page with as many updates since `base` as are ever kept to transform over. */
async function busyPage(): Promise<{ page: TestPage; base: Head }> {
  const ground = await PageGround.create(DEFAULTS)
  const { authority, head: after } = await ground.page()
  const { roomId } = ground
  const { pageId } = authority
  const writer = { clientId: idOf('zoe'), author: idOf('device of zoe') }
  let { hash } = after
  const updates = Array.from({ length: 2 * keepRecent }, (_, i): StoredUpdate => {
    const op = i === 0 ? [TEXT] : [i * 50, 'z']
    const update = { ...writer, after: i, seq: i + 1, time: 1_000, op }
    hash = nextHash(hash, i + 1, update)
    return { version: i + 1, hash, update }
  })
  const head = ground.signed({ version: updates.length, hash }, (made) => headText(roomId, pageId, made))
  await ground.store.append([{ roomId, pageId, kind: 'text', after, updates, head, clients: [] }])
  return { page: await ground.page(), base: { version: 1, hash: updates[0]?.hash ?? '' } }
}

/** Milliseconds for which working out the next batch keeps everybody else waiting. */
function timeToPrepare(page: TestPage): number {
  const { authority } = page
  const start = performance.now()
  const batch = authority.prepare()
  const time = performance.now() - start
  authority.failed(batch)
  return time
}

describe('the work of one page', () => {
  it('S17: what would take too much to transform is outdated, and committed on a newer head', async () => {
    const page = await (await PageGround.create({ maxTransformWork: 1_000 })).page()
    const zoe = new TestWriter('zoe')
    await page.outcomeOf(zoe.next(['x'.repeat(100)], page.head))
    const base = page.head
    for (let i = 0; i < 50; i++) await page.outcomeOf(zoe.next([1, 'z'], page.head))
    const many = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : 'a'))
    const large = new TestWriter('ada')
    expect(await page.outcomeOf(large.next(many, base))).toMatchObject({ result: 'outdated' })
    // Somebody as far behind who has done less is not.
    expect(await page.outcomeOf(new TestWriter('bob').next(['b'], base))).toMatchObject({
      result: 'committed',
    })
    const again = new TestWriter('ada').next(many, page.head)
    expect(await page.outcomeOf(again)).toMatchObject({ result: 'committed' })
    expect(page.text.match(/a/g)).toHaveLength(20)
  })

  it('S17: counts what an op grows to, and the places that go with it', async () => {
    const page = await (await PageGround.create({ maxTransformWork: 1_000 })).page()
    const zoe = new TestWriter('zoe')
    await page.outcomeOf(zoe.next(['x'.repeat(100)], page.head))
    const base = page.head
    for (let i = 1; i <= 50; i++) await page.outcomeOf(zoe.next([2 * i, 'z'], page.head))
    // Each of those splits the deletion once more.
    expect(await page.outcomeOf(new TestWriter('ada').next([-100], base))).toMatchObject({
      result: 'outdated',
    })
    const place = Array.from({ length: 64 }, (_, i) => i)
    const placed = new TestWriter('bob').next(['b'], base, { place })
    expect(await page.outcomeOf(placed)).toMatchObject({ result: 'outdated' })
  })

  it('S17: the worst op over the most updates keeps nobody waiting for long', async () => {
    const { page, base } = await busyPage()
    const result = page.submit(new TestWriter('ada').next(WORST, base))
    const time = timeToPrepare(page)
    // One part, which every update splits.
    page.submit(new TestWriter('bob').next([-TEXT.length], base))
    const other = timeToPrepare(page)
    expect(result.outcome).toEqual({ result: 'notStored' })
    expect(Math.max(time, other)).toBeLessThan(2_000)
  }, 20_000)

  it('S17: many such ops at once are worked out a part at a time, in order, others in between', async () => {
    const { page } = await busyPage()
    const base = page.head
    const results = ['ada', 'bob', 'cleo', 'dan', 'eve', 'finn'].map((name) =>
      page.submit(new TestWriter(name).next(WORST, base)),
    )
    page.authority.afterQueued(() => page.told.push('barrier'))
    await page.ground.step()
    expect(results.some(({ outcome }) => outcome === undefined)).toBe(true)
    await page.ground.committer.flush()
    expect(results.map(({ outcome }) => outcome?.result)).toEqual([
      'committed',
      'committed',
      ...Array<string>(4).fill('outdated'),
    ])
    expect(page.told.at(-1)).toBe('barrier')
    expect(page.authority.busy).toBe(false)
  }, 20_000)

  it('S17: a page with much to work out lets the others be stored', async () => {
    const { page } = await busyPage()
    const other = await page.ground.page('other')
    for (const name of ['ada', 'bob', 'cleo', 'dan', 'eve'])
      page.submit(new TestWriter(name).next(WORST, page.head))
    const waiting = page.submit(new TestWriter('finn').next(['f'], page.head))
    const result = other.submit(new TestWriter('zoe').next(['z'], other.head))
    await page.ground.step()
    expect([result.outcome?.result, waiting.outcome]).toEqual(['committed', undefined])
    for (let i = 0; i < 20 && waiting.outcome === undefined; i++) {
      page.ground.clock.advance(1)
      await page.ground.step()
    }
    expect(waiting.outcome).toBeDefined()
  }, 20_000)
})
