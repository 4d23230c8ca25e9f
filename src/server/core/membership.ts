import { mayWrite, mayWriteAnywhere, roleOnPage } from '../../shared/access/roles'
import type { ClientMessage, ClientMessageOf } from '../../shared/protocol/clientMessages'
import { InkroomError } from '../../shared/protocol/errors'
import { PAGE_LIST_ID } from '../../shared/protocol/values'
import type { ServerMessage } from '../../shared/protocol/serverMessages'
import type { Socket } from '../../shared/socket'
import type { AccessSession } from '../access/accessMessages'
import { AssetDesk } from '../assets/assetDesk'
import type { Outcome } from '../authority/ladder'
import type { Environment } from './environment'
import { HandBackCollector } from './handBackCollector'
import type { HostedPage } from './hostedPage'
import type { Room } from './room'

/** What a session says to the room that it is in. */
export type RoomMessage = Exclude<
  ClientMessage,
  { type: 'login' | 'createRoom' | 'join' | 'knock' | 'leave' | 'closeRoom' | 'profile' }
>

/** What a membership needs of the session it belongs to. */
export interface MembershipSession {
  readonly sessionId: string
  readonly socket: Socket
  readonly environment: Environment
  send(message: ServerMessage): void
  /** Tells the client an error; one with a close code ends the connection. */
  fail(error: InkroomError, pageId?: string): void
}

/** A session's part in one room, from join to leave: the pages it has open and what it does in them. */
export class Membership {
  readonly #session: MembershipSession
  readonly #author: string
  readonly #pages = new Map<string, HostedPage>()
  readonly #handBacks: HandBackCollector
  readonly assets: AssetDesk
  #ended = false

  /** `author`: device of the session. */
  constructor(
    session: MembershipSession,
    readonly room: Room,
    author: string,
  ) {
    this.#session = session
    this.#author = author
    const { handBackBudget: budget, clock, limits } = session.environment
    this.#handBacks = new HandBackCollector({ budget, clock, limits })
    this.assets = new AssetDesk(session, author, room.assets, () =>
      mayWriteAnywhere(room.sessions.rolesOf(session.sessionId)),
    )
  }

  /** The session has been told that it has joined: it is told what else it has to know. */
  welcome(): void {
    this.room.access.welcome(this.#asAccessSession)
    this.assets.welcome()
  }

  /** Does what the session asks for. Throws InkroomError and OtError where that cannot be. */
  handle(message: RoomMessage): Promise<void> | undefined {
    switch (message.type) {
      case 'open':
        return this.#open(message)
      case 'closePage':
        this.#close(message.pageId)
        return undefined
      case 'submit':
        this.#submit(message)
        return undefined
      case 'presence':
        this.#setPlace(message)
        return undefined
      case 'handBack':
        this.#handBack(message)
        return undefined
      case 'assetOffer':
        this.assets.offer(message)
        return undefined
      case 'assetPiece':
        this.assets.piece(message)
        return undefined
      case 'assetGet':
        this.assets.get(message)
        return undefined
      default:
        return this.room.access.handle(this.#asAccessSession, message)
    }
  }

  /** The session has left the room, or was left by it: nothing that is still under way is answered. */
  end(): void {
    this.#ended = true
    this.#handBacks.end()
    this.assets.end()
  }

  async #open(message: ClientMessageOf<'open'>): Promise<void> {
    const { sessionId, socket, environment } = this.#session
    const { maxOpenPages } = environment.limits
    if (!this.#pages.has(message.pageId) && this.#pages.size >= maxOpenPages) {
      throw new InkroomError('out-of-turn', `a session has at most ${maxOpenPages} pages open`)
    }
    await this.room.openPage(message.pageId, async (page) => {
      if (this.#ended) return
      this.#pages.set(message.pageId, page)
      await page.open(sessionId, this.#author, socket, message)
      if (this.#ended) page.closeFor(sessionId)
    })
  }

  #close(pageId: string): void {
    this.#pages.get(pageId)?.closeFor(this.#session.sessionId)
    this.#pages.delete(pageId)
    this.#handBacks.drop(pageId)
    this.#session.send({ type: 'closedPage', pageId })
  }

  #submit(message: ClientMessageOf<'submit'>): void {
    const page = this.#openPage(message.pageId)
    const { clientId, after, seq, version, hash, op } = message
    const place = message.place === undefined ? undefined : this.#checkedPlace(message.place)
    if (!page.mayWrite(this.#session.sessionId, this.#author, clientId)) {
      const detail = 'open the page for this client first'
      return this.#session.send({ type: 'outdated', pageId: message.pageId, detail })
    }
    const isAllowed = this.#mayWrite(message.pageId)
    const submission = { clientId, after, seq, version, hash, op, place, author: this.#author, isAllowed }
    page.authority.submit(submission, (outcome) => {
      if (!this.#ended) this.#tellOutcome(page, message, outcome)
    })
  }

  #setPlace({ pageId, version, place }: ClientMessageOf<'presence'>): void {
    this.#openPage(pageId).setPlace(this.#session.sessionId, version, this.#checkedPlace(place ?? null))
  }

  #handBack(message: ClientMessageOf<'handBack'>): void {
    const { pageId } = message
    const { authority } = this.#openPage(pageId)
    const returned = this.#handBacks.add(message, this.#mayWrite(pageId))
    if (returned === undefined) return
    authority.handBack(returned, (error) => {
      if (this.#ended) return
      if (error === undefined) this.#session.send({ type: 'handedBack', pageId })
      else this.#session.fail(error, pageId)
    })
  }

  get #asAccessSession(): AccessSession {
    return { deviceId: this.#author, send: (message) => this.#session.send(message) }
  }

  /** The page list belongs to the room as a whole. */
  #mayWrite(pageId: string): boolean {
    const roles = this.room.sessions.rolesOf(this.#session.sessionId)
    return mayWrite(pageId === PAGE_LIST_ID ? roles.role : roleOnPage(roles, pageId))
  }

  #tellOutcome(page: HostedPage, message: ClientMessageOf<'submit'>, outcome: Outcome): void {
    const { pageId, clientId, seq } = message
    const session = this.#session
    switch (outcome.result) {
      case 'committed':
        // The broadcast of the update is its acknowledgement.
        if (outcome.place !== null && page.isOpenFor(session.sessionId)) {
          page.setPlace(session.sessionId, outcome.version, outcome.place)
        }
        return
      case 'known':
        return session.send({ type: 'ack', pageId, clientId, seq, version: outcome.version })
      case 'outdated':
        return session.send({ type: 'outdated', pageId, detail: outcome.detail })
      case 'rejected': {
        const { code, detail } = outcome
        return session.send({ type: 'rejected', pageId, clientId, seq, code, detail })
      }
      case 'notStored':
        return session.fail(
          new InkroomError('storage-failed', 'the change was not committed; it may be sent again'),
          pageId,
        )
    }
  }

  #checkedPlace(place: unknown): unknown {
    const { maxPlaceLength } = this.#session.environment.limits
    if (JSON.stringify(place).length > maxPlaceLength) {
      throw new InkroomError('message-malformed', `a place has at most ${maxPlaceLength} characters`)
    }
    return place
  }

  /** Throws InkroomError `out-of-turn` unless this session has opened the page. */
  #openPage(pageId: string): HostedPage {
    const page = this.#pages.get(pageId)
    if (page === undefined) throw new InkroomError('out-of-turn', 'open the page before using it')
    return page
  }
}
