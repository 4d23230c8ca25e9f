import { expect } from 'vitest'
import type { ClientMessageOf } from '../../../../src/shared/protocol/clientMessages'
import type { ServerMessageOf } from '../../../../src/shared/protocol/serverMessages'
import { idOf } from '../../../lib/idOf'
import { deviceOf, openMessage, RoomGround, type GroundOptions, type Peer } from '../core/roomGround'

/** A room that ada owns and is in, on a server of which a test sets the policy. */
export class AccessGround extends RoomGround {
  ada!: Peer
  roomId = ''
  #requests = 0

  static async start(options: GroundOptions = {}): Promise<AccessGround> {
    const ground = new AccessGround(options)
    ground.ada = await ground.enter('ada')
    ground.roomId = await ground.createRoom(ground.ada)
    await ground.ada.join(ground.roomId)
    return ground
  }

  /** The token of an invite that ada, or another member, makes. */
  async invite(
    wish: Partial<ClientMessageOf<'createInvite'>> = {},
    maker = this.ada,
  ): Promise<ServerMessageOf<'invite'>> {
    this.#requests += 1
    const defaults = { role: 'editor', expiresAt: null, maxUses: null } as const
    return maker.ask({ type: 'createInvite', request: this.#requests, ...defaults, ...wish }, 'invite')
  }

  /** A person at the door: what they send, and what comes back. */
  async knock(name: string, token?: string, window = 'window'): Promise<Peer> {
    const peer = await this.enter(name, deviceOf(name), idOf(`${window} of ${name}`))
    peer.say({ type: 'join', roomId: this.roomId, ...(token !== undefined && { invite: token }) })
    await this.settle()
    return peer
  }

  /** What ada was told last of who may enter. */
  async access(): Promise<ServerMessageOf<'access'>> {
    await this.pass(100)
    const access = this.ada.got('access').at(-1)
    if (access === undefined) throw new Error('ada was told nothing')
    return access
  }

  /** Opens the page list for a client of its own and tries to change it. */
  async write(peer: Peer, name: string): Promise<string> {
    const clientId = idOf(name)
    const opened = await peer.ask(openMessage('pages', { clients: [clientId] }), 'opened')
    const [updates, rejected] = [peer.got('updates').length, peer.got('rejected').length]
    const op = { [idOf(`page of ${name}`)]: { put: { kind: 'page', props: { kind: 'text' } } } }
    peer.say({ type: 'submit', pageId: 'pages', ...opened.head, clientId, after: 0, seq: 1, op })
    await this.settle()
    if (peer.got('updates').length > updates) return 'committed'
    return peer.got('rejected')[rejected]?.code ?? 'nothing'
  }
}

/** What a peer was told on its way in, in short: `joined as editor`, `waiting`, or the code of an error. */
export function told(peer: Peer): string[] {
  return peer.messages.flatMap((message) => {
    if (message.type === 'joined') return [`joined as ${message.role}`]
    if (message.type === 'error') return [message.code]
    return message.type === 'waiting' ? ['waiting'] : []
  })
}

/** Expects that a connection is still open and that the server met no error. */
export function expectCalm(ground: RoomGround, ...peers: Peer[]): void {
  expect([peers.map(({ end }) => end), ground.errors]).toEqual([peers.map(() => undefined), []])
}
