import { describe, expect, it } from 'vitest'
import { recordsType, type RecordsSnapshot } from '../../../../src/shared/ot/records'
import { PageGround, TestWriter, type TestPage } from './pageGround'

const NOTE = { put: { kind: 'note' } }
const words = (text: string): unknown => ({ texts: { label: [text] } })

/**
 * A board that lost `lost` to a restored backup, on which then `since` was done, and to which a client hands back what
 * was lost. Before the backup, `a` and `b` were made and `a` deleted.
 */
async function handedBack(
  lost: readonly unknown[],
  since: readonly unknown[],
): Promise<{ code: string | undefined; page: TestPage; content: Record<string, unknown> }> {
  const ground = await PageGround.create({ kind: 'board' })
  const before = await ground.page()
  const [ada, room] = [new TestWriter('ada'), new TestWriter('room')]
  for (const op of [{ a: NOTE, b: NOTE }, { a: { deleted: true } }])
    await before.outcomeOf(ada.next(op, before.head))
  const [backup, after] = [ground.disk.image, before.head]
  for (const op of lost) await before.outcomeOf(room.next(op, before.head))
  const head = before.authority.state.signedHead
  const updates = before.authority.state.recent.after(after.version)?.map(({ update }) => update)
  if (head === undefined || updates?.length !== lost.length) throw new Error('nothing was lost')
  ground.disk.image = backup
  const page = await (await ground.restarted()).page()
  const bob = new TestWriter('bob')
  for (const op of since)
    expect(await page.outcomeOf(bob.next(op, page.head))).toMatchObject({ result: 'committed' })
  const code = await page.handBack({ after, updates, head })
  const snapshot = page.authority.state.snapshot as RecordsSnapshot
  return { code, page, content: JSON.parse(recordsType.serialise(snapshot)) as Record<string, unknown> }
}

describe('purges in history handed back', () => {
  it('H10: leave alone what has changed since', async () => {
    const { code, content } = await handedBack(
      [{ a: { purge: true }, b: { set: { x: 1 } } }],
      [{ a: { deleted: false } }, { a: words('new words') }],
    )
    expect([code, content]).toEqual([
      undefined,
      { a: { kind: 'note', texts: { label: 'new words' } }, b: { kind: 'note', props: { x: 1 } } },
    ])
  })

  it('H10: leave it as the rest of that history left it', async () => {
    const { content } = await handedBack(
      [{ b: words('old') }, { b: { deleted: true } }, { b: { purge: true } }],
      [{ b: words('new ') }],
    )
    expect(content['b']).toEqual({ deleted: true, kind: 'note', texts: { label: 'oldnew ' } })
  })

  it('H10: so do those after which another record was put in that place', async () => {
    const { code, content } = await handedBack(
      [{ a: { purge: true } }, { a: { put: { kind: 'frame' } } }, { a: { set: { x: 5 } } }],
      [{ a: words('new words') }],
    )
    expect([code, content['a']]).toEqual([
      undefined,
      { deleted: true, kind: 'note', texts: { label: 'new words' } },
    ])
  })

  it('X16: purge what nobody has changed since, also where the server has purged it again', async () => {
    const { code, content } = await handedBack([{ a: { purge: true } }], [{ b: words('b') }])
    expect([code, Object.keys(content)]).toEqual([undefined, ['b']])
    const again = await handedBack([{ a: { purge: true } }], [{ a: { purge: true } }])
    expect([again.code, Object.keys(again.content)]).toEqual([undefined, ['b']])
  })

  it('H11: what was put into something that was purged since makes the return unproven, so that it becomes a draft', async () => {
    const { code, page, content } = await handedBack([{ a: words('lost') }], [{ a: { purge: true } }])
    expect([code, Object.keys(content), page.head.version]).toEqual(['history-unproven', ['b'], 3])
  })
})
