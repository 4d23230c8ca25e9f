import type { Clock } from '../../shared/clock'
import type { ServerMessage } from '../../shared/protocol/serverMessages'
import { transformPlace, type Place } from '../../shared/ot/places'
import type { PageAuthority } from '../authority/pageAuthority'
import type { ServerLimits } from './serverLimits'

/** Versions after which places that stand still are mapped as well: while the updates in between are in memory. */
const MAP_ALL_EVERY = 200
/** Sessions remembered whose place has gone: who was behind meanwhile must not go on showing them. */
const MAX_DEPARTED = 200

interface PlaceAt {
  /** Version the place is in. */
  version: number
  place: Place<unknown>
}

/**
 * Where people are in one page. Places come in at any recent version and go out, joined per tick, at the newest
 * one, so that a receiver only has to map them over its own unsent edits (docs/decisions/presence.md).
 */
export class PagePresence {
  readonly #places = new Map<string, PlaceAt>()
  readonly #changed = new Set<string>()
  readonly #gone = new Set<string>()
  /** Sessions without a place that had one, the latest last. */
  readonly #departed = new Set<string>()
  #mappedAll = 0
  #cancelTick: (() => void) | undefined

  constructor(
    readonly authority: PageAuthority,
    readonly clock: Clock,
    readonly receivers: () => number,
    readonly broadcast: (frame: string) => void,
    readonly limits: Pick<ServerLimits, 'presenceTickMs' | 'presenceTickPerReceiverMs'>,
  ) {}

  /** A session's place at a version; null takes it away. A version no longer in memory is left out. */
  set(sessionId: string, version: number, place: Place<unknown> | null): void {
    if (place === null) {
      if (!this.#places.delete(sessionId)) return
      this.#changed.delete(sessionId)
      this.#gone.add(sessionId)
      this.#depart(sessionId)
    } else {
      if (version > this.authority.state.head.version) return
      this.#places.set(sessionId, { version, place })
      this.#gone.delete(sessionId)
      this.#departed.delete(sessionId)
      this.#changed.add(sessionId)
    }
    this.#schedule()
  }

  /** Everybody's place, and who has none any more, for a receiver that has caught up; undefined where there is nobody. */
  everybody(): string | undefined {
    const people = [...this.#people([...this.#places.keys()]), ...nowhere(this.#departed)]
    return people.length === 0 ? undefined : this.#frame(people)
  }

  /** Ends the tick under way. */
  close(): void {
    this.#cancelTick?.()
  }

  #depart(sessionId: string): void {
    this.#departed.delete(sessionId)
    this.#departed.add(sessionId)
    const [oldest] = this.#departed
    if (this.#departed.size > MAX_DEPARTED && oldest !== undefined) this.#departed.delete(oldest)
  }

  #schedule(): void {
    if (this.#cancelTick !== undefined) return
    const { presenceTickMs, presenceTickPerReceiverMs } = this.limits
    this.#cancelTick = this.clock.after(presenceTickMs + presenceTickPerReceiverMs * this.receivers(), () => {
      this.#cancelTick = undefined
      const { version } = this.authority.state.head
      if (version - this.#mappedAll >= MAP_ALL_EVERY) {
        this.#mappedAll = version
        this.#people([...this.#places.keys()])
      }
      const people = [...this.#people([...this.#changed]), ...nowhere(this.#gone)]
      this.#changed.clear()
      this.#gone.clear()
      if (people.length > 0) this.broadcast(this.#frame(people))
    })
  }

  #people(sessionIds: readonly string[]): { sessionId: string; place: Place<unknown> | null }[] {
    return sessionIds.flatMap((sessionId) => {
      const at = this.#places.get(sessionId)
      if (at === undefined) return []
      const { recent, head } = this.authority.state
      const since = recent.after(at.version)
      if (since === undefined) {
        this.#places.delete(sessionId)
        return []
      }
      for (const { update } of since) at.place = transformPlace(this.authority.type, at.place, update.op)
      at.version = head.version
      return [{ sessionId, place: at.place }]
    })
  }

  #frame(people: { sessionId: string; place: Place<unknown> | null }[]): string {
    const message: ServerMessage = {
      type: 'presence',
      pageId: this.authority.pageId,
      version: this.authority.state.head.version,
      people,
    }
    return JSON.stringify(message)
  }
}

function nowhere(sessionIds: Iterable<string>): { sessionId: string; place: null }[] {
  return [...sessionIds].map((sessionId) => ({ sessionId, place: null }))
}
