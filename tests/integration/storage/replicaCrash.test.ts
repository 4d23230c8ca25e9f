import { describe, expect, it } from 'vitest'
import { openReplicaDatabase } from '../../../src/main/cache/replicaDatabase'
import { killAfterLines } from './killedProcess'
import { idOf } from './samples'
import { tempFolder } from './tempFolder'

describe('SqliteReplicaCache and kill -9', () => {
  it.each([1, 99, 250])(
    'J5: keeps every edit whose append returned, in order, after %i edits',
    async (lines) => {
      const { folder, remove } = tempFolder()
      const last = Number(await killAfterLines('writeReplicaUntilKilled.ts', folder, lines))
      const replicas = openReplicaDatabase(folder, {
        report: (error) => {
          throw error
        },
      })
      const [orphan] = await replicas.cacheFor('next').claimOrphans(idOf('room'))
      const stored = await orphan?.store.load()
      const inCheckpoint = stored?.checkpoint.pending.at(-1)?.seq ?? 0
      const seqs = (stored?.journal ?? []).map((entry) => (entry.kind === 'edit' ? entry.seq : undefined))
      expect(seqs).toEqual(seqs.map((_, index) => inCheckpoint + index + 1))
      expect(seqs.at(-1) ?? inCheckpoint).toBeGreaterThanOrEqual(last)
      await replicas.close()
      remove()
    },
  )
})
