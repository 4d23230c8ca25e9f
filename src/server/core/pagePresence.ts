import type { Clock } from '../../shared/clock'
import type { ServerMessage } from '../../shared/protocol/serverMessages'
import type { PageAuthority } from '../authority/pageAuthority'

/** Milliseconds of the presence tick: half a screen frame, and more with many receivers. */
const TICK_MS = 8
const TICK_PER_RECEIVER_MS = 0.1

interface Place {
  /** Version the position is in. */
  version: number
  position: unknown
}

/**
 * Where people are in one page. Positions come in at any recent version and go out, joined per tick, at the newest
 * one, so that a receiver only has to map them over its own unsent edits (docs/decisions/presence.md).
 */
export class PagePresence {
  readonly #places = new Map<string, Place>()
  readonly #changed = new Set<string>()
  readonly #gone = new Set<string>()
  #cancelTick: (() => void) | undefined

  constructor(
    readonly authority: PageAuthority,
    readonly clock: Clock,
    readonly receivers: () => number,
    readonly broadcast: (frame: string) => void,
  ) {}

  /** A session's place at a version; null takes it away. A version no longer in memory is left out. */
  set(sessionId: string, version: number, position: unknown): void {
    if (position === null) {
      if (!this.#places.delete(sessionId)) return
      this.#changed.delete(sessionId)
      this.#gone.add(sessionId)
    } else {
      if (version > this.authority.state.head.version) return
      this.#places.set(sessionId, { version, position })
      this.#gone.delete(sessionId)
      this.#changed.add(sessionId)
    }
    this.#schedule()
  }

  /** Everybody's place, as a frame for a newcomer; undefined where nobody is. */
  everybody(): string | undefined {
    const people = this.#people([...this.#places.keys()])
    return people.length === 0 ? undefined : this.#frame(people)
  }

  /** Ends the tick under way. */
  close(): void {
    this.#cancelTick?.()
  }

  #schedule(): void {
    if (this.#cancelTick !== undefined) return
    this.#cancelTick = this.clock.after(TICK_MS + TICK_PER_RECEIVER_MS * this.receivers(), () => {
      this.#cancelTick = undefined
      const people = [...this.#people([...this.#changed]), ...[...this.#gone].map((sessionId) => ({ sessionId, position: null }))]
      this.#changed.clear()
      this.#gone.clear()
      if (people.length > 0) this.broadcast(this.#frame(people))
    })
  }

  #people(sessionIds: readonly string[]): { sessionId: string; position: unknown }[] {
    return sessionIds.flatMap((sessionId) => {
      const place = this.#places.get(sessionId)
      if (place === undefined) return []
      const since = this.authority.state.recent.after(place.version)
      if (since === undefined) {
        this.#places.delete(sessionId)
        return []
      }
      for (const { update } of since) place.position = this.authority.type.transformPosition(place.position, update.op)
      place.version = this.authority.state.head.version
      return [{ sessionId, position: place.position }]
    })
  }

  #frame(people: { sessionId: string; position: unknown }[]): string {
    const message: ServerMessage = {
      type: 'presence',
      pageId: this.authority.pageId,
      version: this.authority.state.head.version,
      people,
    }
    return JSON.stringify(message)
  }
}
