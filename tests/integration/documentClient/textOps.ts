/** Section 10 of docs/PROTOCOL.md, written from it alone. */
export type Op = (number | string)[]

/** Rule 10.2: joins neighbours, puts insertions before deletions, drops a retain at the end. */
function canonical(parts: Op): Op {
  const op: Op = []
  let [keep, text, gone] = [0, '', 0]
  const close = (): void => {
    if (text === '' && gone === 0) return
    if (keep > 0) op.push(keep)
    if (text !== '') op.push(text)
    if (gone > 0) op.push(-gone)
    keep = gone = 0
    text = ''
  }
  for (const part of parts) {
    if (typeof part === 'string') text += part
    else if (part < 0) gone -= part
    else if (part > 0) {
      close()
      keep += part
    }
  }
  close()
  return op
}

/** What is left of an op. One that has ended retains for ever. */
class Rest {
  readonly #parts: Op
  constructor(op: Op) {
    this.#parts = [...op]
  }
  get ended(): boolean {
    return this.#parts.length === 0
  }
  get part(): number | string {
    return this.#parts[0] ?? Infinity
  }
  next(): void {
    this.#parts.shift()
  }
  /** Goes on by `n` units of the current part. */
  take(n: number): void {
    const part = this.#parts[0]
    if (part === undefined) return
    const left = typeof part === 'string' ? part.slice(n) : part > 0 ? part - n : part + n
    if (left === '' || left === 0) this.#parts.shift()
    else this.#parts[0] = left
  }
}

/** Rule 10.4: [E', L']. */
export function transform(earlier: Op, later: Op): [Op, Op] {
  const [e, l] = [new Rest(earlier), new Rest(later)]
  const [earlierAfter, laterAfter]: [Op, Op] = [[], []]
  while (!e.ended || !l.ended) {
    if (typeof l.part === 'string') {
      laterAfter.push(l.part)
      earlierAfter.push(l.part.length)
      l.next()
    } else if (typeof e.part === 'string') {
      earlierAfter.push(e.part)
      laterAfter.push(e.part.length)
      e.next()
    } else {
      const [a, b] = [e.part, l.part]
      const n = Math.min(Math.abs(a), Math.abs(b))
      if (a > 0 && b > 0) {
        earlierAfter.push(n)
        laterAfter.push(n)
      } else if (a < 0 && b > 0) earlierAfter.push(-n)
      else if (a > 0) laterAfter.push(-n)
      e.take(n)
      l.take(n)
    }
  }
  return [canonical(earlierAfter), canonical(laterAfter)]
}

/** Rule 10.5. */
export function compose(first: Op, second: Op): Op {
  const [a, b] = [new Rest(first), new Rest(second)]
  const op: Op = []
  while (!a.ended || !b.ended) {
    if (typeof b.part === 'string') {
      op.push(b.part)
      b.next()
    } else if (typeof a.part === 'number' && a.part < 0) {
      op.push(a.part)
      a.next()
    } else {
      const length = typeof a.part === 'string' ? a.part.length : a.part
      const n = Math.min(length, Math.abs(b.part))
      const stays = b.part > 0
      if (typeof a.part === 'number') op.push(stays ? n : -n)
      else if (stays) op.push(a.part.slice(0, n))
      a.take(n)
      b.take(n)
    }
  }
  return canonical(op)
}

/** Rule 10.1. */
export function apply(text: string, op: Op): string {
  let [result, at] = ['', 0]
  for (const part of op) {
    if (typeof part === 'string') result += part
    else {
      if (part > 0) result += text.slice(at, at + part)
      at += Math.abs(part)
    }
  }
  return result + text.slice(at)
}

/** Rule 13.5. */
export function mapPosition(position: number, op: Op, own: boolean): number {
  let [before, after] = [0, 0]
  for (const part of op) {
    if (typeof part === 'string') {
      if (before === position && !own) break
      after += part.length
    } else if (part > 0) {
      if (before + part > position) break
      before += part
      after += part
    } else {
      if (before - part >= position) return after
      before -= part
    }
  }
  return after + position - before
}
