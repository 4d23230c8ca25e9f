import type { Text } from '@codemirror/state'
import { WebSocket } from 'ws'
import type { PageClient, RoomClient } from '../../src/client/api'
import { MemoryReplicaCache } from '../../src/client/cache/memoryReplicaCache'
import { createRoomClient } from '../../src/client/createRoomClient'
import type { Observable } from '../../src/client/observable'
import { createNodeSigner, nodeRandomBytes, nodeSha256Hex } from '../../src/server/nodeCrypto'
import { systemClock } from '../../src/server/systemClock'
import { audienceOfAddress } from '../../src/shared/identity/audience'
import { createKeyPair } from '../../src/shared/identity/keys'
import { loginSigner } from '../../src/shared/identity/loginSigner'
import type { TextOp } from '../../src/shared/ot/text'
import type { Dial } from '../../src/shared/socket'

export type TextPage = PageClient<Text, TextOp, number>

/** Connects with the `ws` package. */
const dial: Dial = ({ urls: [url = ''] }, listener) => {
  const webSocket = new WebSocket(url)
  webSocket.on('open', () => listener.opened(audienceOfAddress(url)))
  webSocket.on('message', (data: Buffer) => listener.received(data.toString('utf8')))
  webSocket.on('error', () => undefined)
  webSocket.on('close', (code, reason) => listener.closed(code, reason.toString('utf8')))
  return {
    send: (frame) => {
      if (webSocket.readyState === WebSocket.OPEN) webSocket.send(frame)
    },
    close: (code, reason) => webSocket.close(code, reason),
    get bufferedAmount() {
      return webSocket.bufferedAmount
    },
  }
}

/** The app's sync engine in a room, without a window. Errors it reports are thrown. */
export function joinWithEngine(url: string, roomId: string, name: string): RoomClient {
  return createRoomClient({
    roomId,
    host: { urls: [url] },
    link: '',
    title: '',
    hosted: false,
    device: loginSigner(createKeyPair(nodeRandomBytes), createNodeSigner()),
    profile: { name, colour: 0 },
    dial,
    clock: systemClock,
    randomBytes: nodeRandomBytes,
    random: Math.random,
    cache: new MemoryReplicaCache(),
    hash: nodeSha256Hex,
    onError: (error) => {
      throw error
    },
  })
}

/** Waits until a condition holds, which is looked at again whenever `changing` changes. */
export function until(changing: Observable<unknown>, condition: () => boolean): Promise<void> {
  if (condition()) return Promise.resolve()
  return new Promise((resolve) => {
    const end = changing.subscribe(() => {
      if (!condition()) return
      end()
      resolve()
    })
  })
}

/** Opens a text page that is in the page list, and waits for its content. */
export async function openText(engine: RoomClient, pageId: string): Promise<TextPage> {
  await until(engine.pageList.saveState, () => engine.pageList.saveState.value.loaded)
  const page = engine.openPage(pageId, 'text') as unknown as TextPage
  await until(page.saveState, () => page.saveState.value.loaded)
  return page
}
