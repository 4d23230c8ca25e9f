/**
 * Ops on a list of numbers, such as the coordinates of a stroke.
 *
 *     op        = [ change, { keep, change } ] | [ keep, change, { keep, change } ] | []
 *     change    = insertion | deletion | insertion, deletion
 *     keep      = number > 0       retain so many numbers
 *     insertion = [numbers]        not empty, finite
 *     deletion  = number < 0       delete so many numbers
 *
 * The grammar and the tie rule are those of text ops. Tools only append (`[length, [x, y]]`); deletions come from
 * undoing that, insertions in the middle from two people appending to one list. What follows the last change is
 * retained.
 */
import { OtError, type Side } from '../otType'
import type { JsonReader } from './json'

export type PointsOp = readonly PointsPart[]
type PointsPart = number | readonly number[]

/** No op may reach further than this. */
const MAX_REACH = 2 ** 30 - 1

/** Collects parts from left to right into canonical form. */
class Builder {
  private readonly parts: PointsPart[] = []
  private kept = 0
  private inserted: number[] = []
  private deleted = 0

  retain(count: number): void {
    if (count === 0) return
    this.close()
    this.kept += count
  }

  insert(numbers: readonly number[]): void {
    // Not push(...numbers): a long list would overflow the stack.
    for (const number of numbers) this.inserted.push(number)
  }

  delete(count: number): void {
    this.deleted += count
  }

  build(): PointsOp {
    this.close()
    return this.parts
  }

  private close(): void {
    if (this.inserted.length === 0 && this.deleted === 0) return
    if (this.kept > 0) this.parts.push(this.kept)
    if (this.inserted.length > 0) this.parts.push(this.inserted)
    if (this.deleted > 0) this.parts.push(-this.deleted)
    this.kept = 0
    this.inserted = []
    this.deleted = 0
  }
}

/** Reads an op in steps of any length. After its end it retains for ever. */
class Steps {
  private index = 0
  /** How much of the current part has been taken. */
  private taken = 0

  constructor(private readonly op: PointsOp) {}

  get atEnd(): boolean {
    return this.index === this.op.length
  }

  get kind(): 'insert' | 'retain' | 'delete' {
    const part = this.op[this.index] ?? 1
    if (typeof part !== 'number') return 'insert'
    return part > 0 ? 'retain' : 'delete'
  }

  /** Numbers left in the current part. */
  get left(): number {
    const part = this.op[this.index]
    if (part === undefined) return Infinity
    return (typeof part === 'number' ? Math.abs(part) : part.length) - this.taken
  }

  /** Goes on by `count` numbers of the current part; gives them if it is an insertion. */
  take(count: number): readonly number[] {
    const part = this.op[this.index]
    if (part === undefined) return []
    const numbers = typeof part === 'number' ? [] : part.slice(this.taken, this.taken + count)
    if (count === this.left) {
      this.index++
      this.taken = 0
    } else this.taken += count
    return numbers
  }
}

/** Parses an op from outside; undefined if it has no effect. */
export function parsePointsOp(value: unknown, where: string, reader: JsonReader): PointsOp | undefined {
  if (!Array.isArray(value)) return reader.fail(where, 'has to be an array of numbers and arrays of numbers')
  const builder = new Builder()
  let reach = 0
  for (const part of value as unknown[]) {
    if (Array.isArray(part)) {
      builder.insert(part.map((number: unknown) => reader.finite(number, where)))
      continue
    }
    if (!Number.isInteger(part)) reader.fail(where, 'retains and deletions have to be whole numbers')
    const count = part as number
    reach += Math.abs(count)
    if (reach > MAX_REACH) reader.fail(where, `may not reach beyond ${MAX_REACH}`)
    if (count > 0) builder.retain(count)
    else builder.delete(-count)
  }
  const op = builder.build()
  return op.length === 0 ? undefined : op
}

/** Throws `op-unfit` if `op` reaches beyond `length` numbers. */
export function checkPoints(length: number, op: PointsOp): void {
  let reach = 0
  for (const part of op) if (typeof part === 'number') reach += Math.abs(part)
  if (reach > length)
    throw new OtError('op-unfit', `a points op reaches ${reach} numbers where there are ${length}`)
}

/** What `op` appends to a list of `length` numbers, if that is all it does. */
export function appendedBy(op: PointsOp, length: number): readonly number[] | undefined {
  const [keep, added] = op
  return keep === length && typeof added === 'object' && op.length === 2 ? added : undefined
}

/** The numbers after `op`. Throws `op-unfit`. */
export function applyPoints(numbers: readonly number[], op: PointsOp): readonly number[] {
  checkPoints(numbers.length, op)
  const appended = appendedBy(op, numbers.length)
  if (appended !== undefined) return numbers.concat(appended)
  const out: number[] = []
  const push = (list: readonly number[], from: number, to: number): void => {
    for (let i = from; i < to; i++) out.push(list[i] as number)
  }
  let at = 0
  for (const part of op) {
    if (typeof part !== 'number') push(part, 0, part.length)
    else {
      if (part > 0) push(numbers, at, at + part)
      at += Math.abs(part)
    }
  }
  push(numbers, at, numbers.length)
  return out
}

/** One op with the effect of `first`, then `second`. */
export function composePoints(first: PointsOp, second: PointsOp): PointsOp {
  const out = new Builder()
  const a = new Steps(first)
  const b = new Steps(second)
  while (!a.atEnd || !b.atEnd) {
    if (b.kind === 'insert') {
      out.insert(b.take(b.left))
    } else if (a.kind === 'delete') {
      out.delete(a.left)
      a.take(a.left)
    } else {
      const count = Math.min(a.left, b.left)
      const isNew = a.kind === 'insert'
      const stays = b.kind === 'retain'
      const numbers = a.take(count)
      b.take(count)
      if (isNew && stays) out.insert(numbers)
      else if (stays) out.retain(count)
      else if (!isNew) out.delete(count)
    }
  }
  return out.build()
}

/** `op` as it has to be applied after `other`. Of two insertions at one place the later goes left. */
export function transformPoints(op: PointsOp, other: PointsOp, side: Side): PointsOp {
  const out = new Builder()
  const a = new Steps(op)
  const b = new Steps(other)
  while (!a.atEnd) {
    if (a.kind === 'insert' && (side === 'later' || b.kind !== 'insert')) {
      out.insert(a.take(a.left))
    } else if (b.kind === 'insert') {
      out.retain(b.left)
      b.take(b.left)
    } else {
      const count = Math.min(a.left, b.left)
      if (b.kind === 'retain') {
        if (a.kind === 'retain') out.retain(count)
        else out.delete(count)
      }
      a.take(count)
      b.take(count)
    }
  }
  return out.build()
}

/** The op that takes `op` back. `before` is what it was applied to. */
export function invertPoints(op: PointsOp, before: readonly number[]): PointsOp {
  const out = new Builder()
  let at = 0
  for (const part of op) {
    if (typeof part !== 'number') out.delete(part.length)
    else {
      if (part > 0) out.retain(part)
      else out.insert(before.slice(at, at - part))
      at += Math.abs(part)
    }
  }
  return out.build()
}

/** An op from `before` to `after`: what is between their common ends is replaced. */
export function diffPoints(before: readonly number[], after: readonly number[]): PointsOp {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  const out = new Builder()
  out.retain(start)
  out.insert(after.slice(start, after.length - end))
  out.delete(before.length - end - start)
  return out.build()
}

/** Ops to apply one after another in place of `op`, none longer than `maxLength` where that can be done. */
export function splitPoints(op: PointsOp, maxLength: number): PointsOp[] {
  const pieces: PointsOp[] = []
  /** Where in the list, changed so far, the next change is. */
  let at = 0
  const push = (change: PointsPart): void => {
    pieces.push(at > 0 ? [at, change] : [change])
  }
  for (const part of op) {
    if (typeof part === 'number') {
      if (part > 0) at += part
      else push(part)
      continue
    }
    for (let from = 0; from < part.length;) {
      const room = maxLength - 5 - String(at).length
      let to = from + 1
      let used = numberLength(part[from] as number)
      while (to < part.length) {
        used += 1 + numberLength(part[to] as number)
        if (used > room) break
        to++
      }
      push(part.slice(from, to))
      at += to - from
      from = to
    }
  }
  return pieces
}

/** Length of a number's JSON text. */
export function numberLength(number: number): number {
  return String(number).length
}
