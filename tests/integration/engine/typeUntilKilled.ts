import { writeSync } from 'node:fs'
import { openReplicaDatabase } from '../../../src/main/cache/replicaDatabase'
import { edit, Participant } from '../../../tools/lib/client/participant'

/**
 * Run by clientKilled.test.ts as a process of its own: joins a room and, once it is offline, types word after word for
 * ever. It writes `online` to stdout, then each word's number when it is kept on this device.
 */
const [folder = '', link = '', url = '', pageId = ''] = process.argv.slice(2)
const replicas = openReplicaDatabase(folder, {
  report: (error) => {
    throw error
  },
})
const participant = new Participant(link, { name: 'Bob', cache: replicas.cacheFor('window'), url })
const page = await participant.openText(pageId)
await participant.until(() => page.content.length > 0, 'there is text')
writeSync(1, 'online\n')
await participant.until(() => participant.client.status.value.state !== 'connected', 'offline')
for (let word = 1; ; word += 1) {
  for (const key of `w${word} `) edit(page, page.content.length, page.content.length, key)
  await participant.client.written()
  writeSync(1, `${word}\n`)
}
