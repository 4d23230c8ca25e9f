import type { Text } from '@codemirror/state'
import type { PageClient, RoomClient } from '../../../src/client/api'
import { MemoryReplicaCache } from '../../../src/client/cache/memoryReplicaCache'
import type { ReplicaCache } from '../../../src/client/cache/replicaCache'
import { createRoomClient, type RoomClientOptions } from '../../../src/client/createRoomClient'
import type { Observable } from '../../../src/client/observable'
import { createNodeSigner, nodeRandomBytes, nodeSha256Hex } from '../../../src/server/nodeCrypto'
import { systemClock } from '../../../src/server/systemClock'
import { createId, createKeyPair, type KeyPair } from '../../../src/shared/identity/keys'
import { loginSigner } from '../../../src/shared/identity/loginSigner'
import type { RecordsOp, RecordsPosition, RecordsSnapshot } from '../../../src/shared/ot/records'
import { replacement, type TextOp } from '../../../src/shared/ot/text/textOp'
import { createPage, type ListedKind } from '../../../src/shared/pages'
import { parseRoomLink, socketUrls } from '../../../src/shared/roomLink'
import type { Dial } from '../../../src/shared/socket'
import { until, type WaitOptions } from './until'
import { webSocketDial } from './webSocketDial'

/** A text page as a participant has it open. */
export type TextPage = PageClient<Text, TextOp, number>

/** A whiteboard as a participant has it open. */
export type BoardPage = PageClient<RecordsSnapshot, RecordsOp, RecordsPosition>

export interface ParticipantOptions {
  readonly name?: string
  /** Where replicas are kept: in memory by default. */
  readonly cache?: ReplicaCache
  /** The device's key pair: a new one by default. */
  readonly device?: KeyPair
  readonly dial?: Dial
  /** Address of the socket where it is not the link's: a proxy. */
  readonly url?: string
  /** Fingerprint of the host's certificate where it is not the link's: an attacker's. */
  readonly fingerprint?: string
  readonly limits?: RoomClientOptions['limits']
}

/** Somebody in a room: the app's sync engine in Node, without a window. */
export class Participant {
  readonly client: RoomClient
  /** What the engine has reported. Nothing is expected. */
  readonly errors: unknown[] = []
  readonly name: string

  /** Joins the room of a link. */
  constructor(link: string, options: ParticipantOptions = {}) {
    const room = parseRoomLink(link)
    if (room === undefined) throw new Error(`not a room link: ${link}`)
    this.name = options.name ?? 'Ada'
    this.client = createRoomClient({
      roomId: room.roomId,
      host: {
        urls: options.url === undefined ? socketUrls(room.origins) : [options.url],
        fingerprint: options.fingerprint ?? room.fingerprint,
      },
      invite: room.invite?.token,
      link,
      title: 'Room',
      hosted: false,
      device: loginSigner(options.device ?? createKeyPair(nodeRandomBytes), createNodeSigner()),
      profile: { name: this.name, colour: 0 },
      dial: options.dial ?? webSocketDial,
      clock: systemClock,
      randomBytes: nodeRandomBytes,
      random: Math.random,
      cache: options.cache ?? new MemoryReplicaCache(),
      hash: nodeSha256Hex,
      ...(options.limits && { limits: options.limits }),
      onError: (error) => this.errors.push(error),
    })
  }

  /** Waits until a condition on the room or its pages holds. */
  async until(condition: () => boolean, what: string, limitMs?: number): Promise<void> {
    const options: WaitOptions = {
      what: () => `${this.name}: ${what} (${this.client.status.value.state})`,
      ...(limitMs !== undefined && { limitMs }),
    }
    const { status, people, unsent, pageList } = this.client
    await until(condition, [status, people, unsent, pageList.saveState], options)
  }

  /** Adds a page to the list and returns its id, once the server has it. */
  async createPage(title: string, kind: ListedKind = 'text'): Promise<string> {
    const { pageList } = this.client
    await this.until(() => pageList.saveState.value.loaded, 'the page list is loaded')
    const id = createId(nodeRandomBytes)
    pageList.edit(createPage(pageList.content, { id, kind, title }))
    await this.until(() => pageList.saveState.value.unsent === 0, 'the new page is committed')
    return id
  }

  /** Opens a text page and waits for its content. */
  async openText(pageId: string, limitMs?: number): Promise<TextPage> {
    const page = this.client.openPage(pageId, 'text') as unknown as TextPage
    await untilPage(page, ({ loaded }) => loaded, 'the page is loaded', limitMs)
    return page
  }

  /** Opens a whiteboard and waits for its content. */
  async openBoard(pageId: string, limitMs?: number): Promise<BoardPage> {
    const page = this.client.openPage(pageId, 'board') as unknown as BoardPage
    await untilPage(page, ({ loaded }) => loaded, 'the board is loaded', limitMs)
    return page
  }

  leave(): Promise<void> {
    return this.client.leave()
  }
}

type SaveState = TextPage['saveState'] extends Observable<infer State> ? State : never

/** Waits until the save state of a page fulfils a condition. */
export async function untilPage(
  page: Pick<TextPage, 'saveState'>,
  condition: (state: SaveState) => boolean,
  what: string,
  limitMs?: number,
): Promise<void> {
  await until(() => condition(page.saveState.value), [page.saveState], {
    what: () => `${what} (${JSON.stringify(page.saveState.value)})`,
    ...(limitMs !== undefined && { limitMs }),
  })
}

/** Puts `inserted` in place of the units from `from` to `to`. */
export function edit(page: TextPage, from: number, to: number, inserted: string): void {
  page.edit(replacement(from, to, inserted))
}
