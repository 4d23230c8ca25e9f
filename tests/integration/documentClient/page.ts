/** Sections 7, 8, 9 and 13 of docs/PROTOCOL.md, written from it alone: nothing of the app is imported here. */
import { isSigned, newId, sha256, type Connection, type Message } from './connection'
import { apply, compose, mapPosition, transform, type Op } from './textOps'

interface Head {
  readonly version: number
  readonly hash: string
}

interface Update {
  readonly clientId: string
  readonly after: number
  readonly seq: number
  readonly author: string
  readonly time: number
  readonly op: Op
}

/** A run of edits: those after `after` up to `seq`. */
interface Run {
  readonly op: Op
  readonly seq: number
}

/** A text page, followed and edited. */
export class DocumentPage {
  readonly clientId = newId()
  /** What is shown: the confirmed content, what is in flight, what was never sent. */
  shown = ''
  /** The caret; others' carets by session. */
  caret = 0
  readonly carets = new Map<string, number>()
  /** Heads between messages, newest first. */
  readonly heads: Head[] = []
  /** Signatures of the room that were right. */
  signatures = 0
  /** Own updates that came back, by their version. */
  acknowledged = 0
  #confirmed = ''
  #inflight: (Run & { readonly after: number }) | undefined
  #pending: Run | undefined
  #seq = 0
  #committedSeq = 0
  #request = 0
  /** Undefined while nothing is followed; otherwise the version from which on edits may be sent. */
  #liveFrom: number | undefined
  #pieces: string[] | undefined
  #openedHead: Head | undefined

  constructor(
    readonly roomId: string,
    readonly pageId: string,
    readonly roomKey: string,
    private connection: Connection,
  ) {
    this.follow(connection)
  }

  get head(): Head {
    const [head] = this.heads
    if (head === undefined) throw new Error('the page has not been opened')
    return head
  }

  /** Nothing is unsent or in flight. */
  get isSaved(): boolean {
    return this.#liveFrom !== undefined && this.#inflight === undefined && this.#pending === undefined
  }

  /** Opens the page over a connection: the first one, or one after a loss. */
  follow(connection: Connection): void {
    this.connection = connection
    connection.onMessage = (message) => {
      if (message['pageId'] === this.pageId) this.#take(message)
    }
    this.#open(this.#inflight === undefined && this.#pending === undefined ? 'cheapest' : 'updates')
  }

  /** Changes what is shown, the caret with it, and sends when it is time to. */
  edit(op: Op): void {
    this.#seq += 1
    this.shown = apply(this.shown, op)
    this.caret = mapPosition(this.caret, op, true)
    this.#mapOthers(op)
    this.#pending = { seq: this.#seq, op: this.#pending === undefined ? op : compose(this.#pending.op, op) }
    this.#send()
  }

  #open(wants: 'updates' | 'snapshot' | 'cheapest'): void {
    this.#request += 1
    this.#liveFrom = undefined
    this.#pieces = undefined
    const { pageId } = this
    const known = this.heads
      .filter((_, index) => index === 0 || Number.isInteger(Math.log2(index)))
      .slice(0, 64)
    this.connection.send({
      type: 'open',
      request: this.#request,
      pageId,
      known,
      wants,
      clients: [this.clientId],
    })
  }

  #take(message: Message): void {
    if (message.type === 'opened') {
      if (message['request'] === this.#request) this.#opened(message)
    } else if (message.type === 'snapshot') this.#piece(message)
    else if (message.type === 'updates' && this.#liveFrom !== undefined) this.#updates(message)
    else if (message.type === 'presence' && message['version'] === this.heads[0]?.version)
      this.#presence(message)
    else if (message.type === 'outdated') this.#open('updates')
    else if (message.type === 'rejected' || message.type === 'error') throw new Error(JSON.stringify(message))
  }

  #opened(opened: Message): void {
    const head = opened['head'] as Head
    const [stand] = opened['clients'] as { seq: number; version: number }[]
    if (opened['kind'] !== 'text' || stand === undefined) throw new Error(`opened: ${JSON.stringify(opened)}`)
    if (opened['mode'] === 'snapshot') {
      // A client with unsent edits asks for updates, so there is nothing to put onto the content.
      if (this.#inflight !== undefined || this.#pending !== undefined) throw new Error('edits are unsent')
      this.#openedHead = head
      this.#pieces = []
      return
    }
    if (opened['mode'] !== 'updates') throw new Error('the server has lost its history')
    if (this.heads.length === 0) this.heads.push({ version: 0, hash: this.#firstHash() })
    const inflight = this.#inflight
    if (inflight !== undefined && stand.seq !== inflight.seq) {
      if (stand.seq !== inflight.after) throw new Error('the state is older than what was sent')
      // It was never got: its edits are unsent again, before those made later.
      const later = this.#pending
      this.#pending = later === undefined ? inflight : { seq: later.seq, op: compose(inflight.op, later.op) }
      this.#inflight = undefined
    }
    this.#liveFrom = head.version
    this.#send()
  }

  #piece(message: Message): void {
    if (this.#pieces === undefined || this.#openedHead === undefined) return
    if (message['index'] !== this.#pieces.push(String(message['text'])) - 1)
      throw new Error('a piece is missing')
    if (this.#pieces.length < Number(message['count'])) return
    this.#confirmed = this.#pieces.join('')
    this.shown = this.#confirmed
    this.heads.splice(0, this.heads.length, this.#openedHead)
    this.#liveFrom = this.#openedHead.version
    this.#pieces = undefined
    this.#send()
  }

  #updates(message: Message): void {
    const updates = message['updates'] as Update[]
    let { version, hash } = this.head
    if (message['from'] !== version)
      throw new Error(`at ${version}, updates after ${String(message['from'])} came`)
    for (const update of updates) {
      version += 1
      const { clientId, after, seq, author, time, op } = update
      hash = sha256(`${hash}\n${JSON.stringify([version, clientId, after, seq, author, time, op])}`).toString(
        'hex',
      )
      this.#commit(update)
    }
    if (hash !== message['hash']) throw new Error('the hashes are those of another history')
    this.heads.unshift({ version, hash })
    if (message['signature'] !== undefined) {
      const text = `inkroom-head-1\n${this.roomId}\n${this.pageId}\n${version}\n${hash}`
      if (!isSigned(text, String(message['signature']), this.roomKey))
        throw new Error('the room did not sign this')
      this.signatures += 1
    }
    this.#send()
  }

  #commit({ clientId, seq, op }: Update): void {
    this.#confirmed = apply(this.#confirmed, op)
    if (clientId === this.clientId && seq === this.#inflight?.seq) {
      if (JSON.stringify(op) !== JSON.stringify(this.#inflight.op))
        throw new Error('committed in another form')
      this.#inflight = undefined
      this.#committedSeq = seq
      this.acknowledged += 1
      return
    }
    let remote = op
    if (this.#inflight !== undefined) {
      const [theirs, mine] = transform(remote, this.#inflight.op)
      this.#inflight = { ...this.#inflight, op: mine }
      remote = theirs
    }
    if (this.#pending !== undefined) {
      const [theirs, mine] = transform(remote, this.#pending.op)
      this.#pending = { ...this.#pending, op: mine }
      remote = theirs
    }
    this.shown = apply(this.shown, remote)
    this.caret = mapPosition(this.caret, remote, false)
    this.#mapOthers(remote)
  }

  #presence(message: Message): void {
    for (const { sessionId, place } of message['people'] as { sessionId: string; place: number[] | null }[]) {
      const caret = place?.[1] ?? place?.[0]
      if (caret === undefined) this.carets.delete(sessionId)
      else {
        const unsent = [this.#inflight?.op ?? [], this.#pending?.op ?? []]
        this.carets.set(
          sessionId,
          unsent.reduce((at, op) => mapPosition(at, op, false), caret),
        )
      }
    }
  }

  #mapOthers(op: Op): void {
    for (const [sessionId, caret] of this.carets) this.carets.set(sessionId, mapPosition(caret, op, false))
  }

  /** One update in flight at a time, and none before everything up to `opened.head` is here. */
  #send(): void {
    const pending = this.#pending
    if (this.#liveFrom === undefined || this.head.version < this.#liveFrom) return
    if (this.#inflight !== undefined || pending === undefined) return
    this.#inflight = { ...pending, after: this.#committedSeq }
    this.#pending = undefined
    const { pageId, clientId, caret } = this
    const { version, hash } = this.head
    const { after, seq, op } = this.#inflight
    this.connection.send({
      type: 'submit',
      pageId,
      version,
      hash,
      clientId,
      after,
      seq,
      op,
      place: [caret, caret],
    })
  }

  #firstHash(): string {
    return sha256(`inkroom-page-1\n${this.roomId}\n${this.pageId}`).toString('hex')
  }
}
