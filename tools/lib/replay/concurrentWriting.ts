import { setImmediate } from 'node:timers/promises'
import { WaitError } from '../client/until'
import type { RecordedHistory } from '../recording/recordedHistory'
import type { ReplayServer } from './replayServer'
import type { Progress } from './report'
import { SharedLog } from './sharedLog'
import { Writer } from './writer'

/** Milliseconds that the server may take for one thing. */
const STEP_LIMIT_MS = 60_000
/** Milliseconds that writers type at a time; between two times sockets are served. */
const SLICE_MS = 10
/** Writers up to which all are in the room from beginning to end. More come for their first transaction and leave after the last. */
const MAX_STAYING = 24

/**
 * Several clients write at once what a recording's agents did. A transaction is made when its client has what its
 * agent had seen, and not before; its network is held back so that it has, where that can be, nothing more. What is
 * typed reaches the server only when somebody else is to see it: until then its author works offline.
 *
 * A client is sometimes ahead of its agent. It has one update under way at a time and learns everything in the
 * server's order, so what it needs brings with it what others committed before. Its edits still delete the recorded
 * characters and insert beside the recorded ones: see CharacterText.
 */
export class ConcurrentWriting {
  readonly writers: readonly Writer[]
  readonly log: SharedLog
  /** Transactions that were made on more than their agent had seen. */
  ahead = 0
  readonly #history: RecordedHistory
  readonly #pageId: string
  /** Counts of each writer's transactions that others had seen: an update has to end there. */
  readonly #cuts: readonly Set<number>[]
  /** Each writer's transactions, as indexes. */
  readonly #queues: readonly number[][]
  #wake: () => void = () => undefined

  constructor(history: RecordedHistory, server: ReplayServer, pageId: string) {
    const { writers, standings } = history.causality
    this.#history = history
    this.#pageId = pageId
    this.log = new SharedLog(history)
    this.writers = Array.from(
      { length: writers },
      (_, index) => new Writer(server, index, history, this.log, () => this.#wake()),
    )
    this.#queues = this.writers.map(() => [])
    this.#cuts = this.writers.map(() => new Set())
    standings.forEach(({ writer, follows }, index) => {
      this.#queues[writer]?.push(index)
      follows.forEach((count, other) => this.#cuts[other]?.add(count))
    })
  }

  /** Those in the room now. */
  get seats(): NonNullable<Writer['seat']>[] {
    return this.writers.flatMap(({ seat }) => (seat === undefined ? [] : [seat]))
  }

  /** Makes all transactions and waits until everybody in the room has everything. */
  async run(progress: Progress): Promise<void> {
    const { standings } = this.#history.causality
    if (this.writers.length <= MAX_STAYING)
      await Promise.all(this.writers.map((writer) => this.#join(writer)))
    let sliceEnd = performance.now() + SLICE_MS
    for (const [index, { writer, follows }] of standings.entries()) {
      await this.#prepare(writer, follows)
      this.#writer(writer).make(this.#history.edits[index] ?? [])
      this.#releaseSeen(writer)
      await this.#leaveIfDone(writer)
      progress(index, standings.length, 'transactions made')
      if (performance.now() < sliceEnd) continue
      await setImmediate()
      sliceEnd = performance.now() + SLICE_MS
    }
    await this.#settle()
  }

  /** What is otherwise than it must be, whatever the order in which the server took things. */
  findProblems(): string[] {
    const outOfStep = this.writers.filter((writer) => !writer.isInStep()).length
    const { missing, surplus } = this.log.compare()
    return [
      ...(outOfStep > 0 ? [`${outOfStep} clients have another text than their edits make`] : []),
      ...(missing > 0 ? [`${missing} characters are missing that the recording left`] : []),
      ...(surplus > 0 ? [`${surplus} characters are there that the recording deleted`] : []),
    ]
  }

  /** Waits until a writer is in the room and has what it follows, and sees to it that an update can end here. */
  async #prepare(index: number, follows: readonly number[]): Promise<void> {
    const writer = this.#writer(index)
    if (writer.seat === undefined) await this.#join(writer)
    for (const [other, count] of follows.entries()) {
      if (other !== index && count > 0) await this.#bring(writer, other, count)
    }
    if (this.#cuts[index]?.has(writer.made)) await this.#send(index)
    const isAhead = this.writers.some(
      (other, i) => i !== index && writer.received(i) > other.seqAfter(follows[i] ?? 0),
    )
    if (isAhead) this.ahead += 1
  }

  #join(writer: Writer): Promise<void> {
    return writer.join(this.#pageId, async (version) => {
      while (this.log.version < version) await this.#change('the log is known')
    })
  }

  /** Waits until a writer has the first `count` transactions of another. */
  async #bring(writer: Writer, other: number, count: number): Promise<void> {
    const author = this.#writer(other)
    const seq = author.seqAfter(count)
    if (writer.received(other) >= seq) return
    while (this.log.committed(other) < seq) {
      author.send()
      if (this.#waitsForItself(other) && author.waiting !== undefined) author.release()
      else await this.#change('an edit is committed')
    }
    while (writer.received(other) < seq) {
      if (writer.waiting === undefined) await this.#change('an edit arrives')
      else writer.release()
    }
    await this.#leaveIfDone(other)
  }

  /** Waits until all that a writer has made is handed over, unless that would bring it more than it may see. */
  async #send(index: number): Promise<void> {
    const writer = this.#writer(index)
    while (writer.sent < writer.seq) {
      writer.send()
      this.#releaseSeen(index)
      if (this.#waitsForItself(index) && writer.waiting !== undefined) return
      await this.#change('an edit is handed over')
    }
  }

  /** True where all that a writer has sent is committed, and it can send more when it has heard of that. */
  #waitsForItself(index: number): boolean {
    return this.log.committed(index) >= this.#writer(index).sent
  }

  /** Lets through what the agent of a writer's next transaction has seen. */
  #releaseSeen(index: number): void {
    const writer = this.#writer(index)
    const next = this.#queues[index]?.[writer.made]
    const follows = next === undefined ? undefined : this.#history.causality.standings[next]?.follows
    const isSeen = (author: { writer: number; seq: number }): boolean =>
      author.writer === index ||
      follows === undefined ||
      author.seq <= this.#writer(author.writer).seqAfter(follows[author.writer] ?? 0)
    for (let message = writer.waiting; message !== undefined; message = writer.waiting) {
      if (!this.log.authorsOf(message).every(isSeen)) return
      writer.release()
    }
  }

  /** Where writers are many, one that has written its last and had it committed leaves. */
  async #leaveIfDone(index: number): Promise<void> {
    const writer = this.#writer(index)
    if (this.writers.length <= MAX_STAYING || writer.seat === undefined) return
    const hasMore = writer.made < (this.#queues[index]?.length ?? 0)
    if (hasMore || this.log.committed(index) < writer.seq) return
    while (writer.waiting !== undefined) writer.release()
    await writer.leave()
  }

  /** Lets everything through until everybody has everything. */
  async #settle(): Promise<void> {
    for (;;) {
      for (const writer of this.writers) {
        writer.send()
        while (writer.waiting !== undefined) writer.release()
      }
      const isSettled = this.writers.every(
        ({ seq, seat }, index) =>
          this.log.committed(index) === seq &&
          (seat === undefined || seat.page.saveState.value.version === this.log.version),
      )
      if (isSettled) return
      await this.#change('everybody has everything')
    }
  }

  /** Waits until something has arrived or been handed over, anywhere. */
  async #change(what: string): Promise<void> {
    const lost = this.seats.find(({ participant }) => participant.client.status.value.state !== 'connected')
    if (lost !== undefined) throw new Error(`${lost.participant.name} has lost its connection`)
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new WaitError(`not within ${STEP_LIMIT_MS} ms: ${what}`)),
        STEP_LIMIT_MS,
      )
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #writer(index: number): Writer {
    const writer = this.writers[index]
    if (writer === undefined) throw new RangeError(`there is no writer ${index}`)
    return writer
  }
}
