import { InkroomError } from '../../shared/protocol/errors'
import type { ClientMessageOf } from '../../shared/protocol/clientMessages'
import type { ServerMessage } from '../../shared/protocol/serverMessages'
import { parsePlace } from '../../shared/ot/places'
import type { Socket } from '../../shared/socket'
import { firstHash, type Head } from '../../shared/update'
import type { Committed, PageAuthority } from '../authority/pageAuthority'
import type { StoredSnapshot, StoredUpdate } from '../storage/roomStore'
import type { Environment } from './environment'
import { encodeSnapshot, PageFeed } from './pageFeed'
import { PagePresence } from './pagePresence'
import { encodeUpdates } from './updateFrames'
import { PageUpkeep } from './upkeep/pageUpkeep'

/** Updates read from the store at a time for a client that catches up. */
const READ_COUNT = 500
/** A client without unsent edits that is at most this many updates behind gets updates, not a snapshot. */
const CHEAP_UPDATES = 500

/** Milliseconds for which an encoded snapshot is kept for the next who ask: a room that comes back together. */
const KEEP_ENCODED_MS = 5_000

/** One loaded page of a room: its authority, who receives it, and where people are in it. */
export class HostedPage {
  /** Sessions that have the page open; one that is told `foreign` has no feed yet. */
  readonly #sessions = new Set<string>()
  readonly #feeds = new Map<string, PageFeed>()
  /** Which session submits for a client of a device: the one of that device that opened the page for it last. */
  readonly #writers = new Map<string, string>()
  readonly #presence: PagePresence
  readonly upkeep: PageUpkeep
  #encoded: { readonly version: number; readonly pieces: readonly string[] } | undefined

  constructor(
    readonly roomId: string,
    readonly authority: PageAuthority,
    readonly environment: Environment,
    snapshot: StoredSnapshot | undefined,
  ) {
    this.upkeep = new PageUpkeep(roomId, authority, environment, snapshot, () =>
      [...this.#feeds.values()].reduce((oldest, { sent }) => Math.min(oldest, sent), Infinity),
    )
    this.#presence = new PagePresence(
      authority,
      environment.clock,
      () => this.#feeds.size,
      (frame) => this.#broadcast(frame),
      environment.limits,
    )
    authority.onCommitted((committed) => this.#sendCommitted(committed))
  }

  get receivers(): number {
    return this.#feeds.size
  }

  /** True while somebody has the page open or something is being committed. */
  get inUse(): boolean {
    return this.#sessions.size > 0 || this.authority.busy
  }

  /**
   * Answers an `open` and starts the feed. Waits for what is queued first: an edit that an older connection of the
   * same client has left here is then either in the answer or will never be committed.
   */
  open(sessionId: string, deviceId: string, socket: Socket, message: ClientMessageOf<'open'>): Promise<void> {
    this.#endFeed(sessionId)
    this.#sessions.add(sessionId)
    for (const clientId of message.clients) this.#writers.set(writerKey(deviceId, clientId), sessionId)
    return new Promise((resolve, reject) => {
      this.authority.afterQueued(() => {
        this.#answerOpen(sessionId, socket, message).then(resolve, reject)
      })
    })
  }

  /** The session has closed the page, or is gone. */
  closeFor(sessionId: string): void {
    this.#sessions.delete(sessionId)
    this.#endFeed(sessionId)
    this.#presence.set(sessionId, 0, null)
  }

  /** False where the session has not opened the page for this client, or another of the same device has since. */
  mayWrite(sessionId: string, deviceId: string, clientId: string): boolean {
    return this.#writers.get(writerKey(deviceId, clientId)) === sessionId
  }

  isOpenFor(sessionId: string): boolean {
    return this.#sessions.has(sessionId)
  }

  /** Sets where a session is, null for nowhere. Throws OtError for a place that is none. */
  setPlace(sessionId: string, version: number, place: unknown): void {
    this.#presence.set(sessionId, version, place === null ? null : parsePlace(this.authority.type, place))
  }

  close(): void {
    this.upkeep.end()
    this.#presence.close()
    for (const feed of this.#feeds.values()) feed.close()
  }

  #endFeed(sessionId: string): void {
    for (const [key, writer] of this.#writers) if (writer === sessionId) this.#writers.delete(key)
    this.#feeds.get(sessionId)?.close()
    this.#feeds.delete(sessionId)
  }

  async #answerOpen(sessionId: string, socket: Socket, message: ClientMessageOf<'open'>): Promise<void> {
    const { request, known, wants, clients } = message
    const stand = known[0]
    const newest = stand === undefined ? undefined : await this.#newestKnown(known)
    const logStart = stand === undefined ? 0 : await this.#logStart()
    // From here on nothing waits: what is answered is what the feed goes on from.
    const { state, pageId, kind, type } = this.authority
    const opened = { type: 'opened', request, pageId, kind, head: state.head } as const
    const stands = clients.map((clientId) => {
      const known = state.clients.get(clientId)
      return { clientId, seq: known?.seq ?? 0, version: known?.version ?? 0 }
    })
    const isKnown = stand !== undefined && newest?.version === stand.version
    if (stand !== undefined && wants !== 'snapshot' && !isKnown) {
      // History that begins before the log cannot be merged: there is no use in having it handed back.
      const common = newest !== undefined && newest.version >= logStart ? newest : undefined
      send(socket, { ...opened, mode: 'foreign', common, clients: stands })
      return
    }
    const start = stand ?? (state.head.version === 0 ? state.head : undefined)
    const behind = start === undefined ? Infinity : state.head.version - start.version
    const reachable = start !== undefined && (isKnown || stand === undefined) && start.version >= logStart
    const cheap = behind <= CHEAP_UPDATES || behind * 100 < type.snapshotLength(state.snapshot)
    const byUpdates = reachable && (wants === 'updates' || (wants === 'cheapest' && cheap) || behind === 0)
    send(socket, { ...opened, mode: byUpdates ? 'updates' : 'snapshot', clients: stands })
    const { pieceLength } = this.environment.limits
    const pieces = byUpdates ? [] : this.#snapshotPieces(pieceLength)
    this.#startFeed(sessionId, socket, byUpdates ? start.version : state.head.version, pieces)
  }

  /** The newest content, encoded once for all who ask for it in a short time: it may be 10 MB. */
  #snapshotPieces(pieceLength: number): readonly string[] {
    const { type, pageId, state } = this.authority
    if (this.#encoded?.version !== state.head.version) {
      const pieces = encodeSnapshot(pageId, type.serialise(state.snapshot), pieceLength)
      const encoded = { version: state.head.version, pieces }
      this.#encoded = encoded
      this.environment.clock.after(KEEP_ENCODED_MS, () => {
        if (this.#encoded === encoded) this.#encoded = undefined
      })
    }
    return this.#encoded?.pieces ?? []
  }

  #startFeed(sessionId: string, socket: Socket, from: number, pieces: readonly string[]): void {
    const { clock, limits, logger } = this.environment
    this.#feeds.get(sessionId)?.close()
    const feed: PageFeed = new PageFeed(
      {
        pageId: this.authority.pageId,
        sessionId,
        socket,
        clock,
        maxBufferedBytes: limits.maxBufferedBytes,
        pieceLength: limits.pieceLength,
        head: () => ({
          version: this.authority.state.head.version,
          signature: this.authority.state.signedHead?.signature,
        }),
        readAfter: (version) => this.#readAfter(version),
        onLive: () => {
          const frame = this.#presence.everybody()
          if (frame !== undefined) feed.sendIfLive(frame)
        },
        onGap: () => {
          logger.warn({ pageId: this.authority.pageId }, 'the log does not reach back to a receiver')
          this.#endFeed(sessionId)
          send(socket, { type: 'outdated', pageId: this.authority.pageId, detail: 'the log starts later' })
        },
        onError: (error) =>
          logger.error({ err: error, pageId: this.authority.pageId }, 'sending a page failed'),
      },
      from,
      pieces,
    )
    this.#feeds.set(sessionId, feed)
    feed.start()
  }

  #readAfter(version: number): readonly StoredUpdate[] | Promise<readonly StoredUpdate[]> {
    const recent = this.authority.state.recent.after(version)
    if (recent !== undefined) return recent.slice(0, READ_COUNT)
    return this.environment.store.readUpdates(
      this.roomId,
      this.authority.pageId,
      version,
      this.authority.state.head.version,
      READ_COUNT,
    )
  }

  async #newestKnown(known: readonly Head[]): Promise<Head | undefined> {
    for (const head of known) {
      if (await this.#isHead(head)) return head
    }
    return undefined
  }

  #isHead(head: Head): boolean | Promise<boolean> {
    const { roomId, environment, authority } = this
    const { version, hash } = head
    const { state, pageId } = authority
    if (version > state.head.version) return false
    if (version === 0) return hash === firstHash(roomId, pageId, environment.hash)
    const recent = state.recent.hashAt(version)
    return recent === undefined ? environment.store.isHead(roomId, pageId, head) : recent === hash
  }

  #logStart(): Promise<number> {
    return this.environment.store.logStart(this.roomId, this.authority.pageId)
  }

  #sendCommitted({ from, updates, head }: Committed): void {
    this.upkeep.note(updates)
    const frames = encodeUpdates(
      this.authority.pageId,
      updates,
      head.signature,
      this.environment.limits.pieceLength,
    )
    for (const feed of this.#feeds.values()) feed.push(frames, from, head.version)
  }

  #broadcast(frame: string): void {
    for (const feed of this.#feeds.values()) feed.sendIfLive(frame)
  }
}

/** Client ids are seen by everybody: another device must not be able to claim one. */
function writerKey(deviceId: string, clientId: string): string {
  return `${deviceId} ${clientId}`
}

/** Queues a message to a socket. */
export function send(socket: Socket, message: ServerMessage): void {
  socket.send(JSON.stringify(message))
}

/** What is thrown where a page is asked for that the room's page list does not have. */
export function unknownPage(pageId: string): InkroomError {
  return new InkroomError('page-unknown', `the room has no page ${pageId}`)
}
