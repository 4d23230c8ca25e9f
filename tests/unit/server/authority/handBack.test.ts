import { describe, expect, it } from 'vitest'
import type { ReturnedHistory } from '../../../../src/server/authority/handBack'
import type { MemoryRoomImage } from '../../../../src/server/storage/memoryRoomStore'
import { headText, nextHash, type Head, type Update } from '../../../../src/shared/update'
import { PageGround, TestWriter, type TestPage } from './pageGround'

/** A page that lost its newest updates to a restored backup, and what a client still has of them. */
interface Restored {
  readonly ground: PageGround
  readonly page: TestPage
  /** Head that the backup has. */
  readonly common: Head
  readonly returned: ReturnedHistory
}

/** "kept" is in the backup; Ada's "A", Bob's "B" and Ada's "C" are not. */
async function restore(): Promise<Restored> {
  const ground = await PageGround.create()
  const before = await ground.page()
  const [ada, bob] = [new TestWriter('ada'), new TestWriter('bob')]
  await before.outcomeOf(ada.next(['kept'], before.head))
  const backup: MemoryRoomImage = ground.disk.image
  const common = before.head
  await before.outcomeOf(ada.next([4, 'A'], before.head))
  await before.outcomeOf(bob.next([5, 'B'], before.head, { seq: 3 }))
  await before.outcomeOf(ada.next([6, 'C'], before.head))
  expect(before.text).toBe('keptABC')
  const updates = (before.authority.state.recent.after(common.version) ?? []).map(({ update }) => update)
  const head = before.authority.state.signedHead
  if (head === undefined) throw new Error('nothing was signed')
  ground.disk.image = backup
  const restarted = await ground.restarted()
  return {
    ground: restarted,
    page: await restarted.page(),
    common,
    returned: { after: common, updates, head },
  }
}

/** History like `returned` with other updates, hashed on and signed by the room. */
function signedAgain({ ground, page, common }: Restored, updates: readonly Update[]): ReturnedHistory {
  let { version, hash } = common
  for (const update of updates) {
    version += 1
    hash = nextHash(hash, version, update)
  }
  const head = ground.signed({ version, hash }, (made) =>
    headText(ground.roomId, page.authority.pageId, made),
  )
  return { after: common, updates, head }
}

describe('history handed back', () => {
  it('H2: is appended as it was, with its old hashes, where nothing was committed since', async () => {
    const { page, returned, ground } = await restore()
    expect(page.text).toBe('kept')
    expect(await page.handBack(returned)).toBeUndefined()
    expect(page.text).toBe('keptABC')
    expect(page.head).toEqual({ version: returned.head.version, hash: returned.head.hash })
    expect((await (await ground.restarted()).page()).text).toBe('keptABC')
    expect(page.committed[0]?.updates.map(({ update }) => update)).toEqual(returned.updates)
  })

  it('H2: makes its edits known, so that their authors do not double them', async () => {
    const { page, returned } = await restore()
    await page.handBack(returned)
    const last = returned.updates.at(-1)
    if (last === undefined) throw new Error('nothing was returned')
    const { clientId, author, after, seq, op } = last
    const resent = { clientId, author, after, seq, op, ...returned.after, isAllowed: true }
    expect(await page.outcomeOf(resent)).toEqual({ result: 'known', version: 4 })
    expect(page.text).toBe('keptABC')
  })

  it('H3: is transformed over what was committed since, each update once', async () => {
    const { page, returned, common } = await restore()
    await page.outcomeOf(new TestWriter('zoe').next(['new '], common))
    expect(await page.handBack(returned)).toBeUndefined()
    expect([page.text, page.head.version]).toEqual(['new keptABC', 5])
    expect(page.committed.at(-1)?.updates.map(({ update }) => [update.after, update.seq])).toEqual([
      [1, 2],
      [0, 3],
      [2, 3],
    ])
  })

  it('H4: twice is committed once', async () => {
    const { page, returned, common } = await restore()
    await page.outcomeOf(new TestWriter('zoe').next(['new '], common))
    await page.handBack(returned)
    expect(await page.handBack(returned)).toBeUndefined()
    expect([page.text, page.head.version]).toEqual(['new keptABC', 5])
  })

  it('H4: in part by one client and whole by another is committed once', async () => {
    const situation = await restore()
    const { page, returned, common } = situation
    const part = signedAgain(situation, returned.updates.slice(0, 1))
    expect(await page.handBack(part)).toBeUndefined()
    await page.outcomeOf(new TestWriter('zoe').next(['new '], common))
    expect(await page.handBack(returned)).toBeUndefined()
    expect([page.text, page.head.version]).toEqual(['new keptABC', 5])
  })

  it('H4: by two clients in one batch is committed once', async () => {
    const { page, returned } = await restore()
    const first = page.handBack(returned)
    expect(await page.handBack(returned)).toBeUndefined()
    expect(await first).toBeUndefined()
    expect([page.text, page.head.version]).toEqual(['keptABC', 4])
  })

  it.each<[string, (returned: ReturnedHistory, situation: Restored) => ReturnedHistory]>([
    ['has an op changed', (returned) => changed(returned, 0, { op: [4, 'X'] })],
    ['has an author changed', (returned) => changed(returned, 1, { author: 'a'.repeat(26) })],
    ['has a time changed', (returned) => changed(returned, 2, { time: 1 })],
    ['lacks an update', (returned) => ({ ...returned, updates: returned.updates.slice(1) })],
    ['lacks its last update', (returned) => ({ ...returned, updates: returned.updates.slice(0, -1) })],
    ['is signed by nobody', (returned) => withSignature(returned, 'A'.repeat(86))],
    [
      'is signed for another page',
      (returned, { ground }) =>
        withSignature(
          returned,
          ground.signed(returned.head, (head) => headText(ground.roomId, 'pages', head)).signature,
        ),
    ],
    [
      'is signed for another room',
      (returned, { ground, page }) =>
        withSignature(
          returned,
          ground.signed(returned.head, (head) => headText('a'.repeat(32), page.authority.pageId, head))
            .signature,
        ),
    ],
    [
      'follows an unknown head',
      (returned) => ({ ...returned, after: { ...returned.after, hash: 'f'.repeat(64) } }),
    ],
    ['follows a head to come', (returned) => ({ ...returned, after: { ...returned.after, version: 9 } })],
    ['is made up and signed by its maker', (returned) => forged(returned)],
  ])('H1: that %s is history-unproven', async (_name, change) => {
    const situation = await restore()
    expect(await situation.page.handBack(change(situation.returned, situation))).toBe('history-unproven')
    expect([situation.page.text, situation.page.head]).toEqual(['kept', situation.common])
  })

  it('H5: with edits that are known here inside other updates is history-unproven', async () => {
    const { page, returned, common } = await restore()
    // Ada's cache was restored as well: her edit 2 was sent again, joined with others, before anybody handed back.
    const again = new TestWriter('ada')
    again.next([], common)
    await page.outcomeOf(again.next([4, 'AD'], common, { seq: 5 }))
    expect(await page.handBack(returned)).toBe('history-unproven')
    expect(page.text).toBe('keptAD')
  })

  it('H6: that is refused half-way leaves nothing behind, and updates beside it are committed', async () => {
    const situation = await restore()
    const { page, returned, common } = situation
    const [first, second] = returned.updates
    if (first === undefined || second === undefined) throw new Error('too little was returned')
    // The room has signed nonsense: the first update fits, the second does not.
    const nonsense = signedAgain(situation, [first, { ...second, op: [99, 'x'] }])
    page.submit(new TestWriter('yan').next(['y'], common))
    const answer = page.handBack(nonsense)
    const after = page.submit(new TestWriter('zoe').next(['z'], common))
    expect(await answer).toBe('history-unproven')
    expect(after.outcome).toMatchObject({ result: 'committed', version: 3 })
    expect(page.text).toBe('zykept')
  })

  it('H6: over which the server meets an error of its own is refused alone', async () => {
    const situation = await restore()
    const { page, common, ground, returned } = situation
    const first = returned.updates[0]
    if (first === undefined) throw new Error('nothing was returned')
    let op: unknown = []
    for (let depth = 0; depth < 100_000; depth++) op = [op]
    const answer = page.handBack({ ...returned, updates: [{ ...first, op }] })
    const beside = page.submit(new TestWriter('zoe').next(['z'], common))
    expect(await answer).toBe('internal')
    expect(beside.outcome).toMatchObject({ result: 'committed' })
    expect([page.text, ground.errors.length]).toEqual(['zkept', 1])
  })

  it.each<[string, (first: Update) => Update[]]>([
    [
      'of many updates',
      (first) => Array.from({ length: 25_001 }, (_, i) => ({ ...first, after: i + 1, seq: i + 2 })),
    ],
    [
      'of a large update',
      (first) => [{ ...first, op: Array.from({ length: 80_000 }, (_, i) => (i % 2 === 0 ? 1 : 'a')) }],
    ],
  ])('H7: %s that would take too long to merge is history-unproven', async (_name, updatesOf) => {
    const situation = await restore()
    const { page, returned } = situation
    const zoe = new TestWriter('zoe')
    for (let i = 0; i < 60; i++) page.submit(zoe.next(['z'], page.head))
    await page.ground.step()
    const first = returned.updates[0]
    if (first === undefined) throw new Error('nothing was returned')
    expect(await page.handBack(signedAgain(situation, updatesOf(first)))).toBe('history-unproven')
    expect(page.text).toBe(`${'z'.repeat(60)}kept`)
  })

  it('S12: that cannot be stored is storage-failed, and can be returned again', async () => {
    const { page, returned, ground } = await restore()
    ground.failureOf = () => new Error('disk full')
    expect(await page.handBack(returned)).toBe('storage-failed')
    expect(page.text).toBe('kept')
    ground.failureOf = () => undefined
    expect(await page.handBack(returned)).toBeUndefined()
    expect(page.text).toBe('keptABC')
  })
})

function changed(returned: ReturnedHistory, index: number, change: Partial<Update>): ReturnedHistory {
  const updates = returned.updates.map((update, at) => (at === index ? { ...update, ...change } : update))
  return { ...returned, updates }
}

function withSignature(returned: ReturnedHistory, signature: string): ReturnedHistory {
  return { ...returned, head: { ...returned.head, signature } }
}

/** Right hashes over invented updates, with the signature of the true head. */
function forged(returned: ReturnedHistory): ReturnedHistory {
  const invented = changed(returned, 0, { op: [4, 'I never wrote this'] })
  let { version, hash } = invented.after
  for (const update of invented.updates) {
    version += 1
    hash = nextHash(hash, version, update)
  }
  return { ...invented, head: { version, hash, signature: returned.head.signature } }
}
