/// <reference lib="dom" />
import { openWebCache } from '../../../src/renderer/platform/web/cache/openWebCache'
import type { Checkpoint, JournalEntry } from '../../../src/shared/cache/replicaCache'
import { figure, timed, timedRuns, type Figure } from './timing'

/** Runs inside the browser; the result is fetched as `window.measure()`. */

let ids = 0
const newId = (): string => `${'a'.repeat(25)}${'abcdefghijklmnopqrstuvwxyz'.charAt((ids += 1) % 26)}`
const checkpointOf = (snapshot: string): Checkpoint => ({
  version: 0,
  hash: '0'.repeat(64),
  signedHead: undefined,
  snapshot,
  inflight: undefined,
  pending: [],
  acknowledged: [],
})
const editOf = (seq: number): JournalEntry => ({
  kind: 'edit',
  clientId: 'b'.repeat(26),
  seq,
  op: [seq, 'x'],
})

async function measure(): Promise<Figure[]> {
  const opened = await openWebCache({
    clock: {
      now: () => Date.now(),
      after: (ms, task) => {
        const timer = setTimeout(task, ms)
        return () => clearTimeout(timer)
      },
    },
    newId,
    page: window,
    report: (error) => reportError(error),
  })
  if (!opened.kept) throw opened.reason
  const store = await opened.cache.claim('a'.repeat(32), 'pages')
  await store.checkpoint(checkpointOf(''), { keepUpdates: 0 })
  const figures = [
    figure('append of one edit', await timedRuns(2000, (run) => store.append([editOf(run + 1)]))),
  ]
  const batch = (seq: number): JournalEntry[] =>
    Array.from({ length: 1000 }, (_, index) => editOf(seq + index))
  const batches = await timed(async () => {
    for (let seq = 2001; seq <= 50_000; seq += 1000) await store.append(batch(seq))
  })
  figures.push({ name: 'append of 1,000 edits', ms: batches / 48 })
  figures.push(figure('load of 50,000 edits', await timedRuns(5, () => store.load())))
  for (const [name, length] of [
    ['100 kB', 100_000],
    ['1 MB', 1_000_000],
    ['10 MB', 10_000_000],
  ] as const) {
    const state = checkpointOf('Grüße an alle. '.repeat(length / 15))
    figures.push(
      figure(`checkpoint of ${name}`, await timedRuns(5, () => store.checkpoint(state, { keepUpdates: 0 }))),
    )
    figures.push(figure(`load of ${name}`, await timedRuns(5, () => store.load())))
  }
  return figures
}

Object.assign(window, { measure })
