import RBush from 'rbush'
import type { Box } from './shape'

interface Entry {
  readonly id: string
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

/** Finds what lies in a part of the board: an R-tree of boxes by id. */
export class ShapeIndex {
  readonly #tree = new RBush<Entry>()
  readonly #entries = new Map<string, Entry>()

  /** Puts many boxes in at once, several times as fast as one by one. None of the ids may be there. */
  load(boxes: Iterable<readonly [id: string, box: Box]>): void {
    const entries = Array.from(boxes, ([id, box]) => entryOf(id, box))
    for (const entry of entries) this.#entries.set(entry.id, entry)
    this.#tree.load(entries)
  }

  /** Puts a box in, in place of the one that `id` had. */
  set(id: string, box: Box): void {
    const known = this.#entries.get(id)
    const entry = entryOf(id, box)
    if (known !== undefined) {
      if (isSame(known, entry)) return
      this.#tree.remove(known)
    }
    this.#entries.set(id, entry)
    this.#tree.insert(entry)
  }

  delete(id: string): void {
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
