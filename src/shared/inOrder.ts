/** Carries out asynchronous tasks one after another, in the order they were handed in. */
export class InOrder {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task)
    // The next task waits for this one's end, good or bad; the error itself goes to this one's caller.
    this.#last = result.then(
      () => undefined,
      () => undefined,
    )
    return result
  }
}
