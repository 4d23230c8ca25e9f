import { MemoryReplicaCache } from '../../../src/client/cache/memoryReplicaCache'
import { DEFAULT_REPLICA_LIMITS } from '../../../src/client/replica/replicaOptions'
import type { TextOp } from '../../../src/shared/ot/text/textOp'
import type { Participant, ParticipantOptions, TextPage } from '../client/participant'
import type { RecordedEdit, RecordedHistory } from '../recording/recordedHistory'
import type { CharacterText, MadeEdit } from './characterText'
import { Gate, type SubmitMessage, type UpdatesMessage } from './gate'
import type { ReplayServer } from './replayServer'
import type { SharedLog } from './sharedLog'

/** Committed updates kept for a server that might lose them. None does here. */
const KEEP_UPDATES = 10

/** What a writer has while it is in the room. */
interface Seat {
  readonly participant: Participant
  readonly page: TextPage
  readonly gate: Gate
  /** The page's text as characters of the recording. */
  readonly text: CharacterText
}

/** One agent of a recording: a client whose network is held back so that it sees no more than the agent saw. */
export class Writer {
  /** Seq of its newest edit, and of the newest that it has sent. */
  seq = 0
  sent = 0
  readonly #server: ReplayServer
  readonly #index: number
  readonly #history: RecordedHistory
  readonly #log: SharedLog
  readonly #changed: () => void
  readonly #cache = new MemoryReplicaCache()
  /** What each of its edits inserted and deleted, by seq; nothing at 0. */
  readonly #edits: Omit<MadeEdit, 'op'>[] = [{ inserted: [], deleted: [] }]
  /** Seq after each of its transactions. */
  readonly #seqAfter: number[] = []
  /** Seq up to which the edits of each other writer are in its replica. */
  #received: readonly number[] = []
  #seat: Seat | undefined
  #remote: TextOp[] = []

  /** `changed` is called when something has arrived for it or was sent by it. */
  constructor(
    server: ReplayServer,
    index: number,
    history: RecordedHistory,
    log: SharedLog,
    changed: () => void,
  ) {
    this.#server = server
    this.#index = index
    this.#history = history
    this.#log = log
    this.#changed = changed
  }

  get name(): string {
    return `Writer ${this.#index}`
  }

  /** How many transactions it has made. */
  get made(): number {
    return this.#seqAfter.length
  }

  /** Its client, while it is in the room. */
  get seat(): Pick<Seat, 'participant' | 'page'> | undefined {
    return this.#seat
  }

  /** The oldest updates that wait for it. */
  get waiting(): UpdatesMessage | undefined {
    return this.#seat?.gate.first
  }

  /** Joins the room and opens the page. `logReaches` waits until the log is known up to a version. */
  async join(pageId: string, logReaches: (version: number) => Promise<void>): Promise<void> {
    const gate = new Gate({
      arrived: (message) => {
        this.#log.learn(message)
        this.#changed()
      },
      submitted: (message) => {
        this.#submitted(message)
        this.#changed()
      },
    })
    const participant = this.participant({ dial: gate.dial })
    gate.hold(pageId)
    const page = await participant.openText(pageId)
    page.onRemote((op) => this.#remote.push(op))
    const { version } = page.saveState.value
    await logReaches(version)
    this.#received = this.#log.committedAt(version)
    this.#seat = { participant, page, gate, text: this.#log.textAt(version) }
  }

  /** A client of this writer, with what its earlier ones have kept. */
  participant(options: ParticipantOptions = {}): Participant {
    const limits = { sendIntervalMs: 0, keepUpdates: KEEP_UPDATES }
    return this.#server.join({ name: this.name, cache: this.#cache, limits, ...options })
  }

  /** Leaves the room, with everything received and sent. */
  async leave(): Promise<void> {
    const seat = this.#seat
    if (seat === undefined) return
    this.#seat = undefined
    seat.gate.open()
    await this.#server.leave(seat.participant)
  }

  /** Makes a transaction, as seen in its own text. */
  make(edits: readonly RecordedEdit[]): void {
    const { page, text } = this.#seated()
    for (const edit of edits) {
      for (const piece of splitEdit(page, text.make(edit), this.#history.widths)) {
        this.seq += 1
        this.#edits.push(piece)
        page.edit(piece.op)
      }
    }
    this.#seqAfter.push(this.seq)
  }

  /** Seq after its first `count` transactions, Infinity where it has not made them yet. */
  seqAfter(count: number): number {
    return count === 0 ? 0 : (this.#seqAfter[count - 1] ?? Infinity)
  }

  /** Seq up to which the edits of another are in its replica. */
  received(writer: number): number {
    return this.#received[writer] ?? 0
  }

  /** Lets what its client has sent get to the server. */
  send(): void {
    this.#seat?.gate.send()
  }

  /** Takes in the oldest updates that wait for it. */
  release(): void {
    const { gate, text } = this.#seated()
    const message = gate.first
    if (message === undefined) return
    const inserted = this.#log.insertedFor(this.#index, message)
    gate.release()
    const [op, ...more] = this.#remote.splice(0)
    if (more.length > 0) throw new Error('one message changed the text twice')
    text.apply(op ?? [], inserted)
    const received = [...this.#received]
    for (const { writer, seq } of this.#log.authorsOf(message)) received[writer] = seq
    this.#received = received
  }

  /** Whether its text and what is known of each character in it are the same. */
  isInStep(): boolean {
    return this.#seat === undefined || this.#seat.text.toString() === this.#seat.page.content.toString()
  }

  #seated(): Seat {
    if (this.#seat === undefined) throw new Error(`${this.name} is not in the room`)
    return this.#seat
  }

  #submitted(message: SubmitMessage): void {
    const edits = this.#edits.slice(message.after + 1, message.seq + 1)
    const deleted = new Set(edits.flatMap((edit) => edit.deleted))
    const inserted = edits.flatMap((edit) => edit.inserted.filter((id) => !deleted.has(id)))
    this.#log.submitted(this.#index, message, this.#seated().text.inOrder(inserted))
    this.sent = message.seq
  }
}

/** An edit as the pieces the engine makes of it: each has a seq of its own. */
function splitEdit({ type }: TextPage, { op, inserted, deleted }: MadeEdit, widths: Uint8Array): MadeEdit[] {
  if (type.isEmpty(op)) return []
  const insert = takeByWidth(inserted, widths)
  const remove = takeByWidth(deleted, widths)
  return type.split(op, DEFAULT_REPLICA_LIMITS.maxOpLength).map((piece) => ({
    op: piece,
    inserted: piece.flatMap((part) => (typeof part === 'string' ? insert(part.length) : [])),
    deleted: piece.flatMap((part) => (typeof part === 'number' && part < 0 ? remove(-part) : [])),
  }))
}

/** Takes characters off a list, in order, each time up to a sum of widths. */
function takeByWidth(ids: readonly number[], widths: Uint8Array): (width: number) => readonly number[] {
  let next = 0
  return (width) => {
    const start = next
    for (let left = width; left > 0; next++) left -= widths[ids[next] ?? 0] ?? 0
    return ids.slice(start, next)
  }
}
