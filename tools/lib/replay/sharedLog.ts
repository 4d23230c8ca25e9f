import { textType } from '../../../src/shared/ot/text'
import type { RecordedHistory } from '../recording/recordedHistory'
import { CharacterText } from './characterText'
import type { SubmitMessage, UpdatesMessage } from './gate'

/** An update, on its way or committed. */
interface Submission {
  readonly writer: number
  /** Version it starts at. */
  readonly version: number
  /** Edits of the writer up to here are in it or in updates before it. */
  readonly seq: number
  /** Characters it inserts, in their order. */
  readonly inserted: readonly number[]
}

/** The server's log as it becomes known, whoever hears of it first. */
export class SharedLog {
  readonly #history: RecordedHistory
  readonly #text: CharacterText
  readonly #submissions = new Map<string, Submission>()
  readonly #entries: Submission[] = []
  readonly #committed: number[] = []
  /** Versions that inserted and deleted each character; 0: none. */
  readonly #insertedAt: Int32Array
  readonly #deletedAt: Int32Array
  /** Updates that were committed over others their author had not seen. */
  transformed = 0

  constructor(history: RecordedHistory) {
    this.#history = history
    this.#text = new CharacterText(history)
    this.#insertedAt = new Int32Array(history.characters.length)
    this.#deletedAt = new Int32Array(history.characters.length)
  }

  get version(): number {
    return this.#entries.length
  }

  /** Seq up to which the edits of a writer are committed. */
  committed(writer: number): number {
    return this.#committed[writer] ?? 0
  }

  /** Seqs up to which the edits of each writer were committed at a version. */
  committedAt(version: number): number[] {
    const committed: number[] = []
    for (const { writer, seq } of this.#entries.slice(0, version)) committed[writer] = seq
    return committed
  }

  /** The text at a version. */
  textAt(version: number): CharacterText {
    const text = new CharacterText(this.#history)
    const has = (since: Int32Array, id: number): boolean => {
      const at = since[id] ?? 0
      return at > 0 && at <= version
    }
    const ids = [...this.#text.list].filter((id) => has(this.#insertedAt, id))
    text.list.insert(undefined, ids)
    for (const id of ids) if (has(this.#deletedAt, id)) text.list.hide(id)
    return text
  }

  /** An update is on its way. */
  submitted(writer: number, { clientId, seq, version }: SubmitMessage, inserted: readonly number[]): void {
    this.#submissions.set(`${clientId} ${seq}`, { writer, seq, version, inserted })
  }

  /** Takes in what somebody has been sent. */
  learn({ from, updates }: UpdatesMessage): void {
    for (const update of updates.slice(Math.max(0, this.version - from))) {
      const key = `${update.clientId} ${update.seq}`
      const submission = this.#submissions.get(key)
      if (submission === undefined) throw new Error('an update is committed that nobody has sent')
      this.#submissions.delete(key)
      const missed = this.#entries.slice(submission.version)
      if (missed.some(({ writer }) => writer !== submission.writer)) this.transformed += 1
      this.#entries.push(submission)
      this.#committed[submission.writer] = submission.seq
      for (const id of submission.inserted) this.#insertedAt[id] = this.version
      const deleted = this.#text.apply(textType.parseOp(update.op), submission.inserted)
      for (const id of deleted) this.#deletedAt[id] = this.version
    }
  }

  /** Writer and seq of the updates of a message. */
  authorsOf({ from, updates }: UpdatesMessage): readonly Pick<Submission, 'writer' | 'seq'>[] {
    return this.#entries.slice(from, from + updates.length)
  }

  /** Characters that a message inserts into the text of `reader`, in their order. */
  insertedFor(reader: number, { from, updates }: UpdatesMessage): readonly number[] {
    const to = from + updates.length
    const foreign = this.#entries.slice(from, to).filter(({ writer }) => writer !== reader)
    const [only] = foreign
    if (foreign.length === 1 && only !== undefined) return only.inserted
    // What one update inserted and a later one of the same message deleted does not come.
    const left = foreign
      .flatMap(({ inserted }) => inserted)
      .filter((id) => {
        const deletedAt = this.#deletedAt[id] ?? 0
        return deletedAt === 0 || deletedAt > to
      })
    return this.#text.inOrder(left)
  }

  /** How many characters are not there that the recording left, and the other way round. */
  compare(): { missing: number; surplus: number } {
    let missing = 0
    let surplus = 0
    this.#history.remaining.forEach((remains, id) => {
      const isThere = this.#text.list.has(id) && this.#text.list.isVisible(id)
      if (remains === 1 && !isThere) missing += 1
      if (remains === 0 && isThere) surplus += 1
    })
    return { missing, surplus }
  }

  toString(): string {
    return this.#text.toString()
  }
}
