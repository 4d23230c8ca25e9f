/** How long after its last change a shape still counts as being moved, in ms. */
const IN_HAND_MS = 400

/** Which shapes others have changed a moment ago: those that they have selected are in their hands. */
export class InHand {
  readonly #touched = new Map<string, number>()

  constructor(private readonly now: () => number) {}

  touch(ids: Iterable<string>): void {
    for (const id of ids) this.#touched.set(id, this.now())
  }

  /** Those of `ids` that are being changed. */
  of(ids: readonly string[]): ReadonlySet<string> {
    const oldest = this.now() - IN_HAND_MS
    return new Set(ids.filter((id) => (this.#touched.get(id) ?? -Infinity) > oldest))
  }

  /** Forgets what rests; true where there was anything in hand. */
  letGo(): boolean {
    const oldest = this.now() - IN_HAND_MS
    const had = this.#touched.size > 0
    for (const [id, time] of this.#touched) if (time <= oldest) this.#touched.delete(id)
    return had
  }
}
