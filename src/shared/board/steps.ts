/**
 * Work that takes long, in steps: between two of them the caller may do something else, show how far it is, or stop.
 * What is yielded is the part that is done, 0 to 1.
 */
export type Steps<T> = Generator<number, T, undefined>

/** Does all the steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const next = steps.next()
    if (next.done === true) return next.value
  }
}

/** Steps that are a part of other work: what they yield is between `from` and `to`. */
export function* partOf<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  for (;;) {
    const next = steps.next()
    if (next.done === true) return next.value
    yield from + (to - from) * next.value
  }
}
