const NONE: ReadonlySet<string> = new Set<string>()

/** Several ids under each id. */
export class MultiMap {
  readonly #sets = new Map<string, Set<string>>()

  get(key: string): ReadonlySet<string> {
    return this.#sets.get(key) ?? NONE
  }

  add(key: string, id: string): void {
    const set = this.#sets.get(key)
    if (set === undefined) this.#sets.set(key, new Set([id]))
    else set.add(id)
  }

  delete(key: string, id: string): void {
    const set = this.#sets.get(key)
    if (set === undefined) return
    set.delete(id)
    if (set.size === 0) this.#sets.delete(key)
  }
}
