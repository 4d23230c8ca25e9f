import { setTimeout } from 'node:timers/promises'
import { startServe } from '../../../tests/lib/serveProcess'
import { edit, Participant, type TextPage } from '../../lib/client/participant'
import { until } from '../../lib/client/until'
import type { Typing } from '../latency'
import { summarise, type Latencies } from './latencies'

/** Keys before those that count: code gets compiled, connections warm. */
const WARM_UP_KEYS = 30

/** From `edit` in one engine to the other's content changed, through a server process: without windows and screens. */
export async function measureEngine(typing: Typing): Promise<Record<string, Latencies>> {
  const server = await startServe({ room: 'Latency', args: ['--log-level', 'warn'] })
  const link = server.line.room?.link ?? ''
  const [ada, bob] = [new Participant(link, { name: 'Ada' }), new Participant(link, { name: 'Bob' })]
  try {
    const pageId = await ada.createPage('Latency')
    const pages = [await ada.openText(pageId), await bob.openText(pageId)] as const
    return {
      'one types': summarise(await type(pages[0], pages[1], typing)),
      'the other types': summarise(await type(pages[1], pages[0], typing)),
    }
  } finally {
    await Promise.all([ada.leave(), bob.leave()])
    await server.kill()
  }
}

async function type(from: TextPage, to: TextPage, { keys, intervalMs }: Typing): Promise<number[]> {
  const start = to.content.length
  const typedAt: number[] = []
  const latencies: number[] = []
  const stop = to.onRemote((_, content) => {
    const now = performance.now()
    while (latencies.length < content.length - start) latencies.push(now - (typedAt[latencies.length] ?? now))
  })
  for (let key = 0; key < WARM_UP_KEYS + keys; key++) {
    typedAt.push(performance.now())
    edit(from, from.content.length, from.content.length, 'x')
    await setTimeout(intervalMs)
  }
  await until(() => latencies.length === typedAt.length, [to.saveState], { what: () => 'all keys arrive' })
  stop()
  return latencies.slice(WARM_UP_KEYS)
}
