import type { ClientMessageOf } from '../../../../src/shared/protocol/clientMessages'
import type { ServerMessageOf } from '../../../../src/shared/protocol/serverMessages'
import type { Head } from '../../../../src/shared/update'
import { idOf } from '../../../lib/idOf'
import { openMessage, RoomGround, type GroundOptions, type Peer } from './roomGround'

/** A session that uses one page, as a client would. */
export class PageGuest {
  readonly clientId: string
  #seq = 0
  #request = 0

  constructor(
    readonly ground: RoomGround,
    readonly peer: Peer,
    readonly pageId: string,
    name: string,
  ) {
    this.clientId = idOf(`client of ${name}`)
  }

  /** Asks for the page; by default from nothing. */
  async open(options: Partial<ClientMessageOf<'open'>> = {}): Promise<ServerMessageOf<'opened'>> {
    this.#request += 1
    const { pageId, clientId } = this
    const message = openMessage(pageId, { request: this.#request, clients: [clientId], ...options })
    return this.peer.ask(message, 'opened')
  }

  /** The next submission, made at `base`. */
  next(op: unknown, base: Head, extra: Partial<ClientMessageOf<'submit'>> = {}): ClientMessageOf<'submit'> {
    const after = this.#seq
    this.#seq = extra.seq ?? after + 1
    const { pageId, clientId } = this
    const { version, hash } = base
    return { type: 'submit', pageId, version, hash, clientId, after, seq: this.#seq, op, ...extra }
  }

  /** Submits and lets it be committed or refused. */
  async submit(op: unknown, base: Head, extra: Partial<ClientMessageOf<'submit'>> = {}): Promise<void> {
    this.peer.say(this.next(op, base, extra))
    await this.ground.settle()
  }

  /** The head after everything received, of a feed that began at `start`. */
  headAfter(start: Head): Head {
    const last = this.peer.got('updates').at(-1)
    return last === undefined ? start : { version: last.from + last.updates.length, hash: last.hash }
  }

  /** The ops received, in order of their versions. */
  get ops(): unknown[] {
    return this.peer.got('updates').flatMap(({ updates }) => updates.map(({ op }) => op))
  }
}

/** A page in a room, with two guests who have it open at version 0. */
export async function openPage(
  options: GroundOptions = {},
  kind: 'text' | 'board' = 'text',
): Promise<{
  ground: RoomGround
  ada: PageGuest
  bob: PageGuest
  roomId: string
  pageId: string
  start: Head
}> {
  const ground = new RoomGround(options)
  const { ada, bob, roomId } = await ground.room()
  const pageId = await makePage(ground, ada, 'page', kind)
  const guests = [
    new PageGuest(ground, ada, pageId, 'ada'),
    new PageGuest(ground, bob, pageId, 'bob'),
  ] as const
  const { head } = await guests[0].open()
  await guests[1].open()
  for (const { peer } of guests) peer.messages.length = 0
  return { ground, ada: guests[0], bob: guests[1], roomId, pageId, start: head }
}

/** Puts a page into the page list. */
export async function makePage(ground: RoomGround, peer: Peer, name: string, kind = 'text'): Promise<string> {
  const list = new PageGuest(ground, peer, 'pages', `list of ${name}`)
  const { head } = await list.open()
  const id = idOf(name)
  await list.submit({ [id]: { put: { kind: 'page', props: { kind } } } }, head)
  peer.say({ type: 'closePage', pageId: 'pages' })
  await ground.settle()
  return id
}
