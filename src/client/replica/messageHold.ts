/**
 * Holds messages back while an input method composes: a remote edit in the line would break the composition. Order
 * is kept; beyond `maxHeld` they are let through, since memory has an end and compositions should have one too.
 */
export class MessageHold<Message> {
  readonly #maxHeld: number
  readonly #take: (message: Message) => void
  #holds = 0
  #held: Message[] = []

  constructor(maxHeld: number, take: (message: Message) => void) {
    this.#maxHeld = maxHeld
    this.#take = take
  }

  /** Holds until the returned function is called. */
  hold(): () => void {
    this.#holds += 1
    let released = false
    return () => {
      if (released) return
      released = true
      this.#holds -= 1
      if (this.#holds === 0) this.#release()
    }
  }

  /** Takes a message now or when nothing holds any more. */
  pass(message: Message): void {
    if (this.#holds > 0 && this.#held.length < this.#maxHeld) {
      this.#held.push(message)
      return
    }
    this.#release()
    this.#take(message)
  }

  /** Drops what is held: the connection it came from is gone. */
  clear(): void {
    this.#held = []
  }

  #release(): void {
    const held = this.#held
    this.#held = []
    for (const message of held) this.#take(message)
  }
}
