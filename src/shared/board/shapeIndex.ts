import RBush from 'rbush'
import type { Box } from './shape'

interface Entry {
  readonly id: string
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

/** Above this part of all boxes the tree is built anew. */
const MANY_CHANGES = 0.2

/** Finds what lies in a part of the board: an R-tree of boxes by id. */
export class ShapeIndex {
  readonly #tree = new RBush<Entry>()
  readonly #entries = new Map<string, Entry>()

  /** Puts boxes in for ids that have none, or in place of theirs; `undefined` takes one out. */
  change(boxes: readonly (readonly [id: string, box: Box | undefined])[]): void {
    if (boxes.length > this.#entries.size * MANY_CHANGES) return this.#build(boxes)
    for (const [id, box] of boxes) {
      if (box === undefined) this.#delete(id)
      else this.#set(id, box)
    }
  }

  /** The tree is built anew, which is several times as fast as one by one where most of it changes. */
  #build(boxes: readonly (readonly [id: string, box: Box | undefined])[]): void {
    for (const [id, box] of boxes) {
      if (box === undefined) this.#entries.delete(id)
      else this.#entries.set(id, entryOf(id, box))
    }
    this.#tree.clear()
    this.#tree.load([...this.#entries.values()])
  }

  #set(id: string, box: Box): void {
    const known = this.#entries.get(id)
    const entry = entryOf(id, box)
    if (known !== undefined) {
      if (isSame(known, entry)) return
      this.#tree.remove(known)
    }
    this.#entries.set(id, entry)
    this.#tree.insert(entry)
  }

  #delete(id: string): void {
    const known = this.#entries.get(id)
    if (known === undefined) return
    this.#entries.delete(id)
    this.#tree.remove(known)
  }

  /** Ids of the boxes that share a point with `box`, in no order. */
  search(box: Box): string[] {
    return this.#tree.search(entryOf('', box)).map((entry) => entry.id)
  }

  /** The box around everything; undefined where there is nothing. */
  get bounds(): Box | undefined {
    if (this.#entries.size === 0) return undefined
    const { minX, minY, maxX, maxY }: Omit<Entry, 'id'> = this.#tree.toJSON()
    return { x: minX, y: minY, width: maxX - minX, height: maxY - minY }
  }
}

function entryOf(id: string, { x, y, width, height }: Box): Entry {
  return { id, minX: x, minY: y, maxX: x + width, maxY: y + height }
}

function isSame(a: Entry, b: Entry): boolean {
  return a.minX === b.minX && a.minY === b.minY && a.maxX === b.maxX && a.maxY === b.maxY
}
