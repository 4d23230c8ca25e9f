/**
 * Ops on text.
 *
 *     op        = [ change, { keep, change } ] | [ keep, change, { keep, change } ] | []
 *     change    = insertion | deletion | insertion, deletion
 *     keep      = number > 0       retain so many units
 *     insertion = string           not empty, well-formed, without \r
 *     deletion  = number < 0       delete so many units
 *
 * Lengths are UTF-16 code units. What follows the last change is retained. On "Hello world", `[5, ",", 1, "W", -1]`
 * gives "Hello, World".
 *
 * This form is canonical: an op is determined by which units of the snapshot stay and what stands between them.
 * Everything here that makes ops makes this form, which is what makes composing associative in form.
 */
export type TextOp = readonly (number | string)[]

/** No op may reach further than this; longer strings cannot exist (V8 ends at 2^29, other engines at 2^30). */
export const MAX_REACH = 2 ** 30 - 1

/** Collects the parts of an op from left to right, in any order and cut into any pieces, into canonical form. */
export class TextOpBuilder {
  private readonly parts: (number | string)[] = []
  /** The part that is still growing: what is retained before the open change, then the change. */
  private kept = 0
  private inserted = ''
  private deleted = 0

  /** Retains `length` >= 0 units. */
  retain(length: number): void {
    if (length === 0) return
    if (this.deleted !== 0 || this.inserted !== '') this.close()
    this.kept += length
  }

  /** Inserts text, possibly empty. */
  insert(text: string): void {
    this.inserted += text
  }

  /** Deletes `length` >= 0 units. */
  delete(length: number): void {
    this.deleted += length
  }

  /** Adds what is left of `op` from part `index`, of which `offset` units have been dealt with already. */
  rest(op: TextOp, index: number, offset: number): void {
    for (let i = index, done = offset; i < op.length; i++, done = 0) {
      const part = op[i] as number | string
      if (typeof part === 'string') this.insert(done === 0 ? part : part.slice(done))
      else if (part > 0) this.retain(part - done)
      else this.delete(-part - done)
    }
  }

  /** The op. The builder must not be used any more. */
  build(): TextOp {
    if (this.parts.length === 0) return singleChange(this.kept, this.inserted, this.deleted)
    if (this.deleted !== 0 || this.inserted !== '') this.close()
    return this.parts
  }

  private close(): void {
    if (this.kept !== 0) this.parts.push(this.kept)
    if (this.inserted !== '') this.parts.push(this.inserted)
    if (this.deleted !== 0) this.parts.push(-this.deleted)
    this.kept = 0
    this.inserted = ''
    this.deleted = 0
  }
}

/** The op that puts `inserted` in place of the units from `from` to `to`. */
export function replacement(from: number, to: number, inserted: string): TextOp {
  return singleChange(from, inserted, to - from)
}

/** The op with one change, or none. Most ops are such; written as literals, their lists take no more room than needed. */
function singleChange(kept: number, inserted: string, deleted: number): TextOp {
  if (inserted === '') {
    if (deleted === 0) return []
    return kept === 0 ? [-deleted] : [kept, -deleted]
  }
  if (deleted === 0) return kept === 0 ? [inserted] : [kept, inserted]
  return kept === 0 ? [inserted, -deleted] : [kept, inserted, -deleted]
}
