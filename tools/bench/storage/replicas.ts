import { openReplicaDatabase } from '../../../src/main/cache/replicaDatabase'
import type { ReplicaCache } from '../../../src/shared/cache/replicaCache'
import { idOf, sampleCheckpoint, sampleEdit, sampleText } from './samples'
import { figure, timedRuns, type Figure } from './timing'

/** What the desktop's cache costs: replicas.sqlite in `folder`. */
export async function measureReplicas(folder: string): Promise<Figure[]> {
  const replicas = openReplicaDatabase(folder, {
    report: (error) => {
      throw error
    },
  })
  const figures = await measureCache(replicas.cacheFor('window'))
  await replicas.close()
  return figures
}

/** The same for any cache. */
async function measureCache(cache: ReplicaCache): Promise<Figure[]> {
  const store = await cache.claim(idOf('room'), idOf('page'))
  await store.checkpoint(sampleCheckpoint(''), { keepUpdates: 0 })
  const figures = [
    figure('append of one edit', await timedRuns(2000, (run) => store.append([sampleEdit(run + 1)]))),
  ]
  for (let seq = 2001; seq <= 50_000; seq += 1000) {
    await store.append(Array.from({ length: 1000 }, (_, index) => sampleEdit(seq + index)))
  }
  figures.push(figure('load of 50,000 edits', await timedRuns(5, () => store.load())))
  for (const [name, length] of [
    ['100 kB', 100_000],
    ['1 MB', 1_000_000],
    ['10 MB', 10_000_000],
  ] as const) {
    const state = sampleCheckpoint(sampleText(length))
    figures.push(
      figure(`checkpoint of ${name}`, await timedRuns(5, () => store.checkpoint(state, { keepUpdates: 0 }))),
    )
    figures.push(figure(`load of ${name}`, await timedRuns(5, () => store.load())))
  }
  await store.discard()
  return figures
}
