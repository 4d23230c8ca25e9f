import type { RoomServer } from '../../../src/server/core/roomServer'
import { createId, createKeyPair } from '../../../src/shared/identity/keys'
import type { ClientMessage } from '../../../src/shared/protocol/clientMessages'
import { parseServerMessage } from '../../../src/shared/protocol/parse'
import type { ServerMessage } from '../../../src/shared/protocol/serverMessages'
import { TEST_ARRIVAL, TEST_AUDIENCE } from '../testAudience'
import type { SeededRandom } from './seededRandom'

/** One submission of a client that is not ours: what no app of ours sends. */
export interface Intrusion {
  readonly roomId: string
  readonly pageId: string
  readonly op: unknown
}

/**
 * Lets somebody into the room, over a connection that never fails, who submits an op and goes once that is decided.
 * `decided` is told whether it was committed.
 */
export function intrude(
  server: RoomServer,
  random: SeededRandom,
  intrusion: Intrusion,
  decided: (how: 'taken' | 'refused') => void,
): void {
  const newId = (): string => createId((length) => random.bytes(length))
  const [windowId, clientId] = [newId(), newId()]
  const { publicKey: deviceKey } = createKeyPair((length) => random.bytes(length))
  const { roomId, pageId, op } = intrusion
  const answer = (message: ServerMessage): ClientMessage | 'leave' | undefined => {
    switch (message.type) {
      case 'greeting': {
        const who = {
          windowId,
          audience: TEST_AUDIENCE,
          deviceKey,
          signature: 'A'.repeat(86),
          challenge: windowId,
        }
        return { type: 'login', protocol: 1, ...who, name: 'Intruder', colour: 0 }
      }
      case 'loggedIn':
        return { type: 'join', roomId }
      case 'joined':
        return { type: 'open', request: 1, pageId, known: [], wants: 'snapshot', clients: [clientId] }
      case 'opened':
        return { type: 'submit', pageId, ...message.head, clientId, after: 0, seq: 1, op }
      case 'updates':
        for (const update of message.updates) {
          if (update.clientId !== clientId) continue
          // Nothing is left of an op whose record is gone.
          if (Object.keys(update.op as object).length > 0) decided('taken')
          return 'leave'
        }
        return undefined
      case 'rejected':
        decided('refused')
        return 'leave'
      case 'error':
        return 'leave'
      default:
        return undefined
    }
  }
  const send = (frame: string): void => {
    const next = answer(parseServerMessage(frame))
    // What is sent is not to be answered in the middle of sending.
    if (next !== undefined)
      queueMicrotask(() => {
        if (next === 'leave') connection.closed(1000, '')
        else connection.received(JSON.stringify(next))
      })
  }
  const connection = server.accept({ send, close: () => undefined, bufferedAmount: 0 }, TEST_ARRIVAL)
}
