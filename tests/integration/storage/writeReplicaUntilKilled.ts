import { writeSync } from 'node:fs'
import { openReplicaDatabase } from '../../../src/main/cache/replicaDatabase'
import { sampleCheckpoint, sampleEdit } from './replicaSamples'
import { idOf } from './samples'

/**
 * Run by replicaCrash.test.ts as a process of its own: appends edit after edit for ever, with a checkpoint that holds
 * the edits before it after each hundred, and writes the edit's number to stdout once its append has returned.
 */
const [userData = ''] = process.argv.slice(2)
const replicas = openReplicaDatabase(userData, {
  report: (error) => {
    throw error
  },
})
const store = await replicas.cacheFor('window').claim(idOf('room'), idOf('page'))
await store.checkpoint(sampleCheckpoint(), { keepUpdates: 0 })
const clientId = idOf('me')
for (let seq = 1; ; seq += 1) {
  await store.append([sampleEdit(seq)])
  writeSync(1, `${seq}\n`)
  if (seq % 100 === 0) {
    const pending = [{ clientId, first: 1, seq, op: [seq] }]
    await store.checkpoint({ ...sampleCheckpoint(0, 'x'.repeat(100_000)), pending }, { keepUpdates: 0 })
  }
}
