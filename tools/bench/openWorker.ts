/** Opens the page in a device's cache once: `openWorker.ts FOLDER`. Prints one JSON line. */
import process from 'node:process'
import { openReplicaDatabase } from '../../src/main/cache/replicaDatabase'
import { formatRoomLink } from '../../src/shared/roomLink'
import { Participant } from '../lib/client/participant'
import { idOf } from './storage/samples'

export interface Opened {
  /** Until the database is open. */
  readonly databaseMs: number
  /** From there until the page is loaded. */
  readonly pageMs: number
}

const [folder = ''] = process.argv.slice(2)
const start = performance.now()
const replicas = openReplicaDatabase(folder, {
  report: (error) => {
    throw error
  },
})
const opened = performance.now()
const link = formatRoomLink({ roomId: idOf('room'), origins: ['http://127.0.0.1:9'] })
// Nobody is there to be connected to.
const dial = () => ({ send: () => undefined, close: () => undefined, bufferedAmount: 0 })
const participant = new Participant(link, { cache: replicas.cacheFor('window'), dial })
const page = await participant.openText(idOf('page'))
const loaded = performance.now()
if (page.content.length < 1024 * 1024) throw new Error('the page is not as it was stored')
const result: Opened = { databaseMs: opened - start, pageMs: loaded - opened }
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0))
