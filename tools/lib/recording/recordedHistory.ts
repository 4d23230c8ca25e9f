/**
 * What a concurrent recording says, freed of positions: which characters each patch deletes and beside which one it
 * inserts.
 *
 * A position counts in the text as its agent saw it, so the text has to be had at any mixture of branches. All
 * characters ever inserted stand in one list, and moving from one version to another hides and shows them. This is
 * the idea of Eg-walker (Gentle and Kleppmann, "Collaborative Text Editing with Eg-walker: Better, Faster, Smaller",
 * 2025), without its run-length encoding.
 */
import { countBefore, orderTransactions, readingOrder, type Causality } from './causality'
import { CharacterList, type Gap } from './characterList'
import { RecordingError, type ConcurrentRecording, type Patch, type Transaction } from './recording'

/** What positions and lengths of a recording count. */
export type Unit = 'codePoints' | 'utf16'

/** A patch without positions. */
export interface RecordedEdit {
  readonly deleted: readonly number[]
  /** Behind which character the inserted ones stand. */
  readonly gap: Gap
  /** Id of the first inserted character; those after it are consecutive. */
  readonly first: number
  readonly count: number
}

export interface RecordedHistory {
  readonly causality: Causality
  /** Edits of each transaction. */
  readonly edits: readonly (readonly RecordedEdit[])[]
  /** Each character, by id. */
  readonly characters: readonly string[]
  /** Width of each character in UTF-16 units, by id. */
  readonly widths: Uint8Array
  /** Place of each character in the order of all there ever were, by id. */
  readonly ranks: Int32Array
  /** 1 for each character that is there when everything is merged, by id. */
  readonly remaining: Uint8Array
  /** Insertions at a place where somebody else inserted at once: their order is up to who merges. */
  readonly contested: number
  /** The text when everything is merged. */
  readonly text: string
}

/** Reads a recording in a unit. Throws {@link RecordingError} where its positions do not fit. */
export function readHistory(recording: ConcurrentRecording, unit: Unit): RecordedHistory {
  return new HistoryReader(recording, unit).read()
}

/** States of a character in the version looked at: not there, there, and deleted (by one, by two, ...). */
const ABSENT = 0
const PRESENT = 1

class HistoryReader {
  readonly #transactions: readonly Transaction[]
  readonly #causality: Causality
  readonly #characters: string[] = []
  /** Id of the first character that each patch inserts, and how many it does, by transaction. */
  readonly #inserted: { readonly first: number; readonly count: number }[][]
  readonly #list: CharacterList
  readonly #states: Uint16Array
  readonly #writerOf: Int32Array
  /** Neighbours that a character had when it was inserted; -1: none. */
  readonly #left: Int32Array
  readonly #right: Int32Array
  readonly #edits: RecordedEdit[][] = []
  #contested = 0
  /** Transactions of each writer. */
  readonly #byWriter: number[][]
  /** How many transactions of each writer are in the version looked at. */
  readonly #seen: number[]

  constructor(recording: ConcurrentRecording, unit: Unit) {
    const split = unit === 'codePoints' ? (text: string) => [...text] : (text: string) => text.split('')
    this.#transactions = recording.transactions
    this.#causality = orderTransactions(recording)
    this.#inserted = recording.transactions.map(({ patches }) =>
      patches.map(([, , text]) => {
        const first = this.#characters.length
        for (const character of split(text)) this.#characters.push(character)
        return { first, count: this.#characters.length - first }
      }),
    )
    const count = this.#characters.length
    this.#list = new CharacterList(new Uint8Array(count).fill(1))
    this.#states = new Uint16Array(count)
    this.#writerOf = new Int32Array(count)
    this.#left = new Int32Array(count)
    this.#right = new Int32Array(count)
    this.#byWriter = Array.from({ length: this.#causality.writers }, () => [])
    this.#seen = this.#byWriter.map(() => 0)
  }

  read(): RecordedHistory {
    for (const index of readingOrder(this.#causality)) this.#readTransaction(index)
    this.#moveTo((writer) => this.#byWriter[writer]?.length ?? 0)
    const order = [...this.#list]
    const ranks = new Int32Array(order.length)
    order.forEach((id, rank) => {
      ranks[id] = rank
    })
    return {
      causality: this.#causality,
      edits: this.#edits,
      characters: this.#characters,
      widths: Uint8Array.from(this.#characters, (character) => character.length),
      ranks,
      remaining: Uint8Array.from(this.#characters, (_, id) => (this.#list.isVisible(id) ? 1 : 0)),
      contested: this.#contested,
      text: order.flatMap((id) => (this.#list.isVisible(id) ? [this.#characters[id]] : [])).join(''),
    }
  }

  #readTransaction(index: number): void {
    const standing = this.#causality.standings[index]
    const transaction = this.#transactions[index]
    if (standing === undefined || transaction === undefined) return
    this.#moveTo((writer) => countBefore(standing, writer))
    try {
      this.#edits[index] = transaction.patches.map((patch, i) => {
        const { first, count } = this.#inserted[index]?.[i] ?? { first: 0, count: 0 }
        return this.#make(patch, first, count, standing.writer)
      })
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw new RecordingError(`txns[${index}] does not fit the text it was made in: ${error.message}`)
    }
    this.#byWriter[standing.writer]?.push(index)
    this.#seen[standing.writer] = standing.ordinal + 1
  }

  #make([position, deleted]: Patch, first: number, count: number, writer: number): RecordedEdit {
    const gap = this.#list.gapAt(position)
    const removed = this.#list.visibleAfter(gap, deleted)
    for (const id of removed) this.#delete(id)
    this.#insert(gap, first, count, writer)
    return { deleted: removed, gap, first, count }
  }

  #insert(gap: Gap, first: number, count: number, writer: number): void {
    if (count === 0) return
    const ids = Array.from({ length: count }, (_, index) => first + index)
    let right = this.#list.next(gap)
    while (right !== undefined && this.#states[right] === ABSENT) right = this.#list.next(right)
    if (this.#list.next(gap) !== right) this.#contested += 1
    this.#list.insert(this.#placeAmong(gap, right, writer), ids)
    let left = gap ?? -1
    for (const id of ids) {
      this.#states[id] = PRESENT
      this.#writerOf[id] = writer
      this.#left[id] = left
      this.#right[id] = right ?? -1
      left = id
    }
  }

  /**
   * Where in the gap a new character goes among those that others inserted there meanwhile. The recordings of the
   * public collection hold no such case; the rule is YjsMod's, with the lower writer on the left.
   */
  #placeAmong(gap: Gap, right: number | undefined, writer: number): Gap {
    const rank = (id: number, ifNone: number): number => (id < 0 ? ifNone : this.#list.rankOf(id))
    const leftRank = rank(gap ?? -1, -1)
    const rightRank = rank(right ?? -1, Infinity)
    let place = gap
    let scanning = false
    for (
      let other = this.#list.next(gap);
      other !== right && other !== undefined;
      other = this.#list.next(other)
    ) {
      const otherLeft = rank(this.#left[other] ?? -1, -1)
      if (otherLeft < leftRank) break
      if (otherLeft === leftRank) {
        const otherRight = rank(this.#right[other] ?? -1, Infinity)
        if (otherRight === rightRank && writer < (this.#writerOf[other] ?? 0)) break
        scanning = otherRight < rightRank
      }
      if (!scanning) place = other
    }
    return place
  }

  #delete(id: number): void {
    this.#list.hide(id)
    this.#states[id] = (this.#states[id] ?? PRESENT) + 1
  }

  /** Looks at another version: of each writer, so many transactions. */
  #moveTo(wanted: (writer: number) => number): void {
    const leave: number[] = []
    const enter: number[] = []
    this.#seen.forEach((seen, writer) => {
      const count = wanted(writer)
      const all = this.#byWriter[writer] ?? []
      if (count === seen) return
      for (let i = count; i < seen; i++) leave.push(all[i] ?? 0)
      for (let i = seen; i < count; i++) enter.push(all[i] ?? 0)
      this.#seen[writer] = count
    })
    for (const index of leave.sort((a, b) => b - a)) this.#retreat(this.#edits[index] ?? [])
    for (const index of enter.sort((a, b) => a - b)) this.#advance(this.#edits[index] ?? [])
  }

  #retreat(edits: readonly RecordedEdit[]): void {
    for (const { deleted, first, count } of edits.toReversed()) {
      for (let id = first; id < first + count; id++) {
        this.#states[id] = ABSENT
        this.#list.hide(id)
      }
      for (const id of deleted) {
        const state = (this.#states[id] ?? PRESENT) - 1
        this.#states[id] = state
        if (state === PRESENT) this.#list.show(id)
      }
    }
  }

  #advance(edits: readonly RecordedEdit[]): void {
    for (const { deleted, first, count } of edits) {
      for (const id of deleted) this.#delete(id)
      for (let id = first; id < first + count; id++) {
        this.#states[id] = PRESENT
        this.#list.show(id)
      }
    }
  }
}
