/** Characters a block holds before it is cut in two. Finding a place costs about this plus the number of blocks. */
const BLOCK_SIZE = 512

interface Block {
  index: number
  /** Ids of the characters, in order. */
  ids: number[]
  /** Sum of the widths of those that are visible. */
  width: number
}

/** A gap between two characters: behind `after`, undefined at the start of the list. */
export type Gap = number | undefined

/**
 * An ordered list of characters, each with an id below a limit known from the start. Hidden characters keep their
 * place, so that what stood beside them can still be found. A place in the text is counted in widths of visible
 * characters.
 */
export class CharacterList {
  readonly #blocks: Block[] = [{ index: 0, ids: [], width: 0 }]
  readonly #blockOf: (Block | undefined)[] = []
  readonly #visible: Uint8Array
  readonly #widths: Uint8Array

  /** `widths` holds each character's width, by id. */
  constructor(widths: Uint8Array) {
    this.#widths = widths
    this.#visible = new Uint8Array(widths.length)
  }

  /** Width of the text. */
  get width(): number {
    return this.#blocks.reduce((sum, block) => sum + block.width, 0)
  }

  has(id: number): boolean {
    return this.#blockOf[id] !== undefined
  }

  isVisible(id: number): boolean {
    return this.#visible[id] === 1
  }

  show(id: number): void {
    this.#setVisible(id, 1)
  }

  hide(id: number): void {
    this.#setVisible(id, 0)
  }

  /** Adds visible characters, in order, into a gap. */
  insert(gap: Gap, ids: readonly number[]): void {
    let block = gap === undefined ? this.#first : this.#blockAt(gap)
    let offset = gap === undefined ? 0 : block.ids.indexOf(gap) + 1
    for (let start = 0; start < ids.length; start += BLOCK_SIZE) {
      const piece = ids.slice(start, start + BLOCK_SIZE)
      block.ids.splice(offset, 0, ...piece)
      for (const id of piece) {
        this.#blockOf[id] = block
        this.#visible[id] = 1
        block.width += this.#widths[id] ?? 0
      }
      offset += piece.length
      if (block.ids.length <= 2 * BLOCK_SIZE) continue
      this.#cut(block)
      const last = piece.at(-1) as number
      block = this.#blockAt(last)
      offset = block.ids.indexOf(last) + 1
    }
  }

  /** Width of what is visible before a character. */
  positionOf(id: number): number {
    const block = this.#blockAt(id)
    let position = 0
    for (let i = 0; i < block.index; i++) position += (this.#blocks[i] as Block).width
    for (const other of block.ids) {
      if (other === id) break
      if (this.#visible[other] === 1) position += this.#widths[other] ?? 0
    }
    return position
  }

  /** Width of what is visible before a gap. */
  positionOfGap(gap: Gap): number {
    if (gap === undefined) return 0
    return this.positionOf(gap) + (this.isVisible(gap) ? (this.#widths[gap] ?? 0) : 0)
  }

  /** The gap behind the visible character that ends at `position`. Undefined for the start of the text. */
  gapAt(position: number): Gap {
    if (position === 0) return undefined
    let left = position
    for (const block of this.#blocks) {
      if (block.width < left) {
        left -= block.width
        continue
      }
      for (const id of block.ids) {
        if (this.#visible[id] === 1) left -= this.#widths[id] ?? 0
        if (left === 0) return id
        if (left < 0) break
      }
    }
    throw new RangeError(`there is no place ${position} between two characters of the text`)
  }

  /** Visible characters behind a gap until their widths are `width`. */
  visibleAfter(gap: Gap, width: number): number[] {
    const found: number[] = []
    let left = width
    for (let id = this.next(gap); left > 0; id = this.next(id)) {
      if (id === undefined) throw new RangeError(`the text ends ${left} before what is to be deleted does`)
      if (this.#visible[id] !== 1) continue
      found.push(id)
      left -= this.#widths[id] ?? 0
    }
    if (left < 0) throw new RangeError('a deletion ends inside a character')
    return found
  }

  /** The character behind a gap, hidden ones included. */
  next(gap: Gap): number | undefined {
    if (gap === undefined) return this.#first.ids[0] ?? this.#blocks[1]?.ids[0]
    const block = this.#blockAt(gap)
    return block.ids[block.ids.indexOf(gap) + 1] ?? this.#blocks[block.index + 1]?.ids[0]
  }

  /** A number that is greater for characters further back. It changes when something is inserted. */
  rankOf(id: number): number {
    const block = this.#blockAt(id)
    return block.index * 4 * BLOCK_SIZE + block.ids.indexOf(id)
  }

  /** All characters in order, hidden ones included. */
  *[Symbol.iterator](): Generator<number> {
    for (const block of this.#blocks) yield* block.ids
  }

  get #first(): Block {
    return this.#blocks[0] as Block
  }

  #blockAt(id: number): Block {
    const block = this.#blockOf[id]
    if (block === undefined) throw new RangeError(`character ${id} is not in the list`)
    return block
  }

  #setVisible(id: number, visible: 0 | 1): void {
    const block = this.#blockAt(id)
    if (this.#visible[id] === visible) return
    this.#visible[id] = visible
    block.width += (visible === 1 ? 1 : -1) * (this.#widths[id] ?? 0)
  }

  #cut(block: Block): void {
    const { ids } = block
    const parts = Array.from({ length: Math.ceil(ids.length / BLOCK_SIZE) }, (_, index): Block => {
      const part = index === 0 ? block : { index: 0, ids: [], width: 0 }
      part.ids = ids.slice(index * BLOCK_SIZE, (index + 1) * BLOCK_SIZE)
      part.width = 0
      for (const id of part.ids) {
        this.#blockOf[id] = part
        if (this.#visible[id] === 1) part.width += this.#widths[id] ?? 0
      }
      return part
    })
    this.#blocks.splice(block.index, 1, ...parts)
    for (let i = block.index; i < this.#blocks.length; i++) (this.#blocks[i] as Block).index = i
  }
}
