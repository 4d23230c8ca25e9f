import { describe, expect, it } from 'vitest'
import { edit, untilPage, type TextPage } from '../../../tools/lib/client/participant'
import { until } from '../../../tools/lib/client/until'
import { converged, Ground } from './ground'

const MEBIBYTE = 1024 * 1024
/** Milliseconds within which an edit is on the other screen while something large is under way. */
const NOTICED_MS = 1_000

/** Prose of a length in UTF-16 units: lines of words that are all different. */
function prose(length: number): string {
  const lines: string[] = []
  for (let size = 0, n = 0; size < length; n++) {
    const line = `line ${n} of something that somebody has copied elsewhere, ${(n * 7919) % 104_729}`
    lines.push(line)
    size += line.length + 1
  }
  return lines.join('\n').slice(0, length)
}

/** Types a key at the start and returns the milliseconds until another screen shows it. */
async function timeKey(from: TextPage, to: TextPage, key: string): Promise<number> {
  const start = performance.now()
  edit(from, 0, 0, key)
  await until(() => to.content.sliceString(0, key.length) === key, [to.saveState], {
    what: () => `${key} is shown`,
  })
  return performance.now() - start
}

describe('large content', { timeout: 120_000 }, () => {
  it('travels in pieces: while 5 MB are pasted, what others type is seen within a second', async () => {
    const ground = await Ground.start()
    const paster = await ground.guest({ name: 'Paster' })
    const typist = await ground.guest({ name: 'Typist' })
    const reader = await ground.guest({ name: 'Reader' })
    edit(paster.page, 0, 0, 'typed here\npasted here: \n')
    await converged([paster, typist, reader])

    edit(paster.page, paster.page.content.length - 1, paster.page.content.length - 1, prose(5 * MEBIBYTE))
    const times: number[] = []
    for (let key = 0; paster.page.saveState.value.unsent > 0; key++) {
      times.push(await timeKey(typist.page, reader.page, `${key},`))
    }
    const text = await converged([paster, typist, reader])
    expect(text).toContain(prose(5 * MEBIBYTE))
    // The paste took long enough to be typed beside, and nobody waited for it.
    expect(times.length).toBeGreaterThan(5)
    expect(Math.max(...times)).toBeLessThan(NOTICED_MS)
  })

  it('a document of 10 MB is opened by a newcomer, who writes in it at once', async () => {
    const ground = await Ground.start()
    const host = await ground.guest({ name: 'Host' })
    edit(host.page, 0, 0, prose(10 * MEBIBYTE))
    await untilPage(host.page, ({ synced }) => synced, 'the document is committed', 60_000)
    const start = performance.now()
    const newcomer = await ground.guest({ name: 'Newcomer' })
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(newcomer.page.content.length).toBe(10 * MEBIBYTE)
    expect(await timeKey(newcomer.page, host.page, 'hello ')).toBeLessThan(NOTICED_MS)
    await converged([host, newcomer])
  })
})
