import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { edit } from '../../../tools/lib/client/participant'
import { converged, Ground, type Guest } from './ground'
import { lineOf, typeWords, wordsOf, wordsTyped } from './typing'

/** Two people with a line each. `secondUrl`: where the second one connects. */
async function twoWriters(ground: Ground, secondUrl?: string): Promise<[Guest, Guest]> {
  const ada = await ground.guest({ name: 'Ada' })
  edit(ada.page, 0, 0, lineOf('ab'))
  const bob = await ground.guest({ name: 'Bob', ...(secondUrl !== undefined && { url: secondUrl }) })
  await converged([ada, bob])
  return [ada, bob]
}

function expectWords(text: string, count: number): void {
  for (const initial of 'ab') expect(wordsOf(text, initial)).toEqual(wordsTyped(initial, count))
}

describe('two people at once, over real sockets and SQLite', () => {
  it('C11: both type, and end with the same text and every word', async () => {
    const ground = await Ground.start()
    const [ada, bob] = await twoWriters(ground)
    await Promise.all([typeWords(ada, 'a', 200), typeWords(bob, 'b', 200)])
    expectWords(await converged([ada, bob]), 200)
  })

  it('T2: both type at one spot, and their letters do not interleave', async () => {
    const ground = await Ground.start()
    const guests = [await ground.guest({ name: 'Ada' }), await ground.guest({ name: 'Bob' })] as const
    const typeAtStart = async ({ page }: Guest, key: string): Promise<void> => {
      let caret = 0
      page.onRemote((op) => {
        caret = page.type.transformPosition(caret, op)
      })
      for (let i = 0; i < 300; i++) {
        edit(page, caret, caret, key)
        caret += 1
        await setImmediate()
      }
    }
    await Promise.all([typeAtStart(guests[0], 'a'), typeAtStart(guests[1], 'b')])
    expect(await converged(guests)).toMatch(/^(a{300}b{300}|b{300}a{300})$/)
  })

  it('C11: the server is killed in the middle of typing and started again: no word is lost or doubled', async () => {
    const ground = await Ground.start()
    const [ada, bob] = await twoWriters(ground)
    const typeBoth = (from: number, to: number): Promise<unknown> =>
      Promise.all([typeWords(ada, 'a', to, from), typeWords(bob, 'b', to, from)])
    for (let round = 0; round < 2; round++) {
      await typeBoth(round * 60, round * 60 + 20)
      expect(ada.page.saveState.value.unsent + bob.page.saveState.value.unsent).toBeGreaterThan(0)
      const restarted = ground.killServer()
      await typeBoth(round * 60 + 20, round * 60 + 40)
      await restarted
      await typeBoth(round * 60 + 40, round * 60 + 60)
      expectWords(await converged([ada, bob]), (round + 1) * 60)
    }
  })

  it('C11: the connection is cut in the middle of typing, also inside a message: no word is lost or doubled', async () => {
    const ground = await Ground.start()
    const { proxy, url } = await ground.proxy()
    const [ada, bob] = await twoWriters(ground, url)
    const cuts = [
      () => proxy.cut(),
      () => proxy.cutAfter('up', 100),
      () => proxy.cutAfter('down', 150),
      () => proxy.cutAfter('up', 500),
      () => proxy.cutAfter('down', 1),
    ]
    let words = 0
    for (const cut of cuts) {
      const more = words + 40
      const typing = Promise.all([typeWords(ada, 'a', more, words), typeWords(bob, 'b', more, words)])
      await setImmediate()
      cut()
      await typing
      words = more
      bob.participant.client.connectNow()
      expectWords(await converged([ada, bob]), words)
    }
    expect(proxy.accepted).toBeGreaterThan(cuts.length)
  })
})
