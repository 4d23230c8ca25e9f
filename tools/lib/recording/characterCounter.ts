import type { Unit } from './recordedHistory'

/** UTF-16 units a piece holds before it is cut in two. */
const PIECE_SIZE = 1024

interface Piece {
  text: string
  /** Characters in `text`, in the unit counted. */
  count: number
}

/** A text whose positions are counted in code points or in UTF-16 units, and translated into the latter. */
export class CharacterCounter {
  readonly #unit: Unit
  #pieces: Piece[]

  constructor(text: string, unit: Unit) {
    this.#unit = unit
    this.#pieces = this.#cut(text)
  }

  /** Characters in the text. */
  get length(): number {
    return this.#pieces.reduce((sum, { count }) => sum + count, 0)
  }

  /**
   * Puts `inserted` in place of `deleted` characters and returns the range replaced, in UTF-16 units. Undefined where
   * the text is too short; then it stays as it is.
   */
  replace(position: number, deleted: number, inserted: string): { from: number; to: number } | undefined {
    const start = this.#find(position)
    const end = deleted === 0 ? start : this.#find(position + deleted)
    if (start === undefined || end === undefined) return undefined
    const head = this.#pieces[start.piece]?.text.slice(0, start.offset) ?? ''
    const tail = this.#pieces[end.piece]?.text.slice(end.offset) ?? ''
    this.#pieces.splice(start.piece, end.piece - start.piece + 1, ...this.#cut(head + inserted + tail))
    return { from: start.units, to: end.units }
  }

  toString(): string {
    return this.#pieces.map(({ text }) => text).join('')
  }

  /** The piece in which a position is, the offset in it and the UTF-16 units before it in the whole text. */
  #find(position: number): { piece: number; offset: number; units: number } | undefined {
    let left = position
    let units = 0
    for (const [index, { text, count }] of this.#pieces.entries()) {
      if (left <= count) {
        const offset = this.#unitsOf(text, left)
        return { piece: index, offset, units: units + offset }
      }
      left -= count
      units += text.length
    }
    return undefined
  }

  #unitsOf(text: string, characters: number): number {
    if (this.#unit === 'utf16') return characters
    let offset = 0
    for (let i = 0; i < characters; i++) offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
    return offset
  }

  #count(text: string): number {
    if (this.#unit === 'utf16') return text.length
    let count = 0
    for (const _ of text) count += 1
    return count
  }

  /** Pieces of a text, none inside a surrogate pair; at least one, so that a position is always in one. */
  #cut(text: string): Piece[] {
    if (text.length <= 2 * PIECE_SIZE) return [{ text, count: this.#count(text) }]
    const pieces: Piece[] = []
    for (let start = 0; start < text.length;) {
      const end = start + PIECE_SIZE
      const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1))
      const piece = text.slice(start, splitsPair ? end + 1 : end)
      pieces.push({ text: piece, count: this.#count(piece) })
      start += piece.length
    }
    return pieces
  }
}
