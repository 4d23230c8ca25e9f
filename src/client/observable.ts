/** A value and news of its changes. The renderer turns it into a Vue ref; the engine knows no framework. */
export interface Observable<T> {
  readonly value: T
  /** Calls `listener` after every change until the returned function is called. */
  subscribe(listener: (value: T) => void): () => void
}

/** An {@link Observable} that its owner sets. */
export class Variable<T> implements Observable<T> {
  readonly #listeners = new Set<(value: T) => void>()
  #value: T

  constructor(initial: T) {
    this.#value = initial
  }

  get value(): T {
    return this.#value
  }

  /** Sets the value and tells listeners, unless it is the same one. */
  set(value: T): void {
    if (Object.is(value, this.#value)) return
    this.#value = value
    for (const listener of [...this.#listeners]) listener(value)
  }

  subscribe(listener: (value: T) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
