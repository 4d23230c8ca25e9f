import { TextOpBuilder, type TextOp } from '../../../src/shared/ot/text/textOp'
import { CharacterList } from '../recording/characterList'
import type { RecordedEdit, RecordedHistory } from '../recording/recordedHistory'

/** An edit as it was made in a text. */
export interface MadeEdit {
  readonly op: TextOp
  /** Characters it inserts and deletes, each in the order of the op. */
  readonly inserted: readonly number[]
  readonly deleted: readonly number[]
}

/** A text of ours in which each character is known by its id in a recording. */
export class CharacterText {
  readonly list: CharacterList
  readonly #history: RecordedHistory

  constructor(history: RecordedHistory) {
    this.#history = history
    this.list = new CharacterList(history.widths)
  }

  /**
   * Makes a recorded edit here. Where the text holds more than the one it was recorded in, what it deletes and what it
   * inserts beside are still the same characters.
   */
  make({ deleted, gap, first, count }: RecordedEdit): MadeEdit {
    const ids = Array.from({ length: count }, (_, index) => first + index)
    const visible = deleted
      .filter((id) => this.list.isVisible(id))
      .map((id) => ({ id, at: this.list.positionOf(id), width: this.#history.widths[id] ?? 0 }))
      .sort((a, b) => a.at - b.at)
    const place = count === 0 ? gap : this.#placeBehind(gap, first)
    const insertAt = count === 0 ? -1 : this.list.positionOfGap(place)
    const inserted = ids.map((id) => this.#history.characters[id]).join('')

    const op = new TextOpBuilder()
    let at = 0
    let open = count > 0
    const insertUpTo = (position: number): void => {
      if (!open || insertAt > position) return
      op.retain(insertAt - at)
      op.insert(inserted)
      at = insertAt
      open = false
    }
    for (const each of visible) {
      insertUpTo(each.at)
      op.retain(each.at - at)
      op.delete(each.width)
      at = each.at + each.width
    }
    insertUpTo(Infinity)

    if (count > 0) this.list.insert(place, ids)
    for (const { id } of visible) this.list.hide(id)
    return { op: op.build(), inserted: ids, deleted: visible.map(({ id }) => id) }
  }

  /** Applies an op of which is known which characters it inserts, in order. Returns those it deletes. */
  apply(op: TextOp, inserted: readonly number[]): number[] {
    const deleted: number[] = []
    let at = 0
    let next = 0
    for (const part of op) {
      if (typeof part === 'string') {
        const ids: number[] = []
        for (let width = 0; width < part.length;) {
          const id = inserted[next++]
          if (id === undefined) throw new Error('an op inserts more characters than its author typed')
          ids.push(id)
          width += this.#history.widths[id] ?? 0
        }
        this.list.insert(this.list.gapAt(at), ids)
        at += part.length
      } else if (part > 0) at += part
      else {
        const ids = this.list.visibleAfter(this.list.gapAt(at), -part)
        for (const id of ids) this.list.hide(id)
        deleted.push(...ids)
      }
    }
    if (next !== inserted.length) throw new Error('an op inserts fewer characters than its author typed')
    return deleted
  }

  /** Characters in the order they have here. */
  inOrder(ids: readonly number[]): number[] {
    return ids
      .map((id) => [this.list.rankOf(id), id] as const)
      .sort(([a], [b]) => a - b)
      .map(([, id]) => id)
  }

  toString(): string {
    let text = ''
    for (const id of this.list) if (this.list.isVisible(id)) text += this.#history.characters[id]
    return text
  }

  /** The gap behind `gap` and behind what stands there by right: characters the recording has before `id`. */
  #placeBehind(gap: number | undefined, id: number): number | undefined {
    const { ranks } = this.#history
    const rank = ranks[id] ?? 0
    let place = gap
    for (let next = this.list.next(place); next !== undefined; next = this.list.next(place)) {
      if ((ranks[next] ?? 0) > rank) break
      place = next
    }
    return place
  }
}
