import { execFileSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { NearbyRooms } from '../../../src/main/discovery/nearbyRooms'
import { checkConnection } from '../../../src/main/network/connectionCheck'
import { createLogger, stderrSink } from '../../../src/server/logger'
import { nodeRandomBytes } from '../../../src/server/nodeCrypto'
import { systemClock } from '../../../src/server/systemClock'
import { createKeyPair } from '../../../src/shared/identity/keys'
import { loginSigner } from '../../../src/shared/identity/loginSigner'
import { readPages } from '../../../src/shared/pages'
import { parseRoomLink } from '../../../src/shared/roomLink'
import { edit, Participant, untilPage, type TextPage } from '../../../tools/lib/client/participant'
import { orderSchema, type Order } from './orders'

/*
 * Somebody at a machine of a lab: what the app's main process does to find rooms and to check connections, and the sync
 * engine that a window has. Orders come as lines on stdin, answers go as lines to stdout.
 */
const [namespace = ''] = process.argv.slice(2)
// Started by hand on a real machine it would speak to a real network.
if (namespace === '' || execFileSync('ip', ['netns', 'identify'], { encoding: 'utf8' }).trim() !== namespace)
  throw new Error('this program runs on a machine of a lab only')

const logger = createLogger('warn', [stderrSink()])
const keys = createKeyPair(nodeRandomBytes)
const nearby = new NearbyRooms({ card: undefined, clock: systemClock, logger }, () => undefined)
nearby.start()
let participant: Participant | undefined
let page: TextPage | undefined

async function carryOut(order: Order): Promise<unknown> {
  switch (order.type) {
    case 'nearby':
      return nearby.rooms
    case 'check': {
      const link = parseRoomLink(order.link)
      return link === undefined ? null : checkConnection(link, loginSigner(keys))
    }
    case 'join': {
      participant = new Participant(order.link, { name: order.name, device: keys })
      await participant.until(() => participant?.client.status.value.state === 'connected', 'connected')
      const pageId = await firstPage(participant)
      page = await participant.openText(pageId)
      return null
    }
    case 'write': {
      const { length } = opened().content
      edit(opened(), length, length, order.text)
      return null
    }
    case 'saved':
      await untilPage(opened(), ({ unsent }) => unsent === 0, 'everything is saved')
      return null
    case 'text':
      return opened().content.toString()
    case 'state':
      return participant?.client.status.value.state ?? null
  }
}

/** The room's first page, which whoever comes first makes. */
async function firstPage(somebody: Participant): Promise<string> {
  const { pageList } = somebody.client
  await somebody.until(() => pageList.saveState.value.loaded, 'the page list is loaded')
  return readPages(pageList.content)[0]?.id ?? somebody.createPage('Notes')
}

function opened(): TextPage {
  if (page === undefined) throw new Error('nobody has joined a room here')
  return page
}

const input = createInterface({ input: process.stdin })
input.on('line', (line) => {
  const { id, ...order } = orderSchema.parse(JSON.parse(line))
  carryOut(order as Order).then(
    (value) => process.stdout.write(`${JSON.stringify({ id, value })}\n`),
    (error: unknown) => process.stdout.write(`${JSON.stringify({ id, error: String(error) })}\n`),
  )
})
input.on('close', () => process.exit(0))
process.stdout.write(`${JSON.stringify({ id: 0, value: null })}\n`)
