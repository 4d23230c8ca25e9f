import { describe, expect, it } from 'vitest'
import { edit } from '../../../tools/lib/client/participant'
import { converged, Ground, type Guest } from './ground'

const EDITS = 50_000
/** Length of the document when they part, UTF-16 units. */
const LENGTH = 100_000

/** Types one letter at a time, a word here and a word there, always in front of the same marks: none is deleted. */
function scatter({ page }: Guest, key: string): void {
  let at = 0
  for (let i = 0; i < EDITS; i++) {
    if (i % 5 === 0) at = (i * 7_919) % page.content.length
    edit(page, at, at, key)
    at += 1
  }
}

const countOf = (text: string, key: string): number => text.split(key).length - 1

describe('a long time offline', { timeout: 120_000 }, () => {
  it(`C11: ${EDITS} edits made offline and as many made meanwhile by others are all there afterwards`, async () => {
    const ground = await Ground.start()
    const { proxy, url } = await ground.proxy()
    const here = await ground.guest({ name: 'Here' })
    const away = await ground.guest({ name: 'Away', url })
    edit(here.page, 0, 0, `${'.'.repeat(79)}\n`.repeat(LENGTH / 80))
    await converged([here, away])

    proxy.refuse()
    await away.participant.until(() => away.participant.client.status.value.state !== 'connected', 'offline')
    scatter(away, 'x')
    scatter(here, 'y')
    expect(away.page.saveState.value.unsent).toBe(EDITS)
    await away.participant.client.written()

    proxy.heal()
    const start = performance.now()
    away.participant.client.connectNow()
    const text = await converged([here, away], 60_000)
    expect(performance.now() - start).toBeLessThan(20_000)
    expect([countOf(text, 'x'), countOf(text, 'y'), text.length]).toEqual([EDITS, EDITS, LENGTH + 2 * EDITS])
  })
})
