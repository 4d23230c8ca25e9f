import type { PageClient, Participant } from '../../src/client/api'
import { Variable } from '../../src/client/observable'
import type { SaveState } from '../../src/client/status'
import type { OtType } from '../../src/shared/ot/otType'
import { transformPlace, type Place } from '../../src/shared/ot/places'
import type { PageKind, Person } from '../../src/shared/protocol/values'

interface Entry<Op> {
  readonly by: FakePage<unknown, Op, unknown>
  readonly op: Op
}

/** The authority of one page, in memory: a log that its {@link FakePage}s read and append to. */
export class FakeHub<Snapshot, Op, Position> {
  readonly log: Entry<Op>[] = []
  readonly pages = new Set<FakePage<Snapshot, Op, Position>>()
  content: Snapshot

  constructor(
    readonly pageId: string,
    readonly kind: PageKind,
    readonly type: OtType<Snapshot, Op, Position>,
    content: Snapshot = type.create(),
  ) {
    this.content = content
  }
}

/**
 * One participant's view of a page. With `auto` edits reach everybody at once; without it, `sync` exchanges
 * what has piled up, so that tests can make edits concurrent.
 */
export class FakePage<Snapshot, Op, Position> implements PageClient<Snapshot, Op, Position> {
  readonly pageId: string
  readonly kind: PageKind
  readonly type: OtType<Snapshot, Op, Position>
  content: Snapshot
  readonly saveState: Variable<SaveState>
  readonly others = new Variable<readonly Participant<Position>[]>([])
  isOnline = true
  place: Place<Position> | null = null
  /** How often somebody held remote updates back. */
  holds = 0
  readonly #listeners = new Set<(op: Op, content: Snapshot) => void>()
  #version: number
  #pending: Op[] = []

  constructor(
    readonly hub: FakeHub<Snapshot, Op, Position>,
    readonly person: Person,
    readonly auto = true,
    isLoaded = true,
  ) {
    this.pageId = hub.pageId
    this.kind = hub.kind
    this.type = hub.type
    this.content = hub.content
    this.#version = hub.log.length
    this.saveState = new Variable<SaveState>({
      version: this.#version,
      unsent: 0,
      loaded: isLoaded,
      synced: isLoaded,
      problem: undefined,
    })
    hub.pages.add(this)
  }

  edit(op: Op): void {
    this.type.check(this.content, op)
    this.#apply(op)
    this.#pending.push(op)
    this.#tellState()
    if (this.auto) this.sync()
  }

  onRemote(listener: (op: Op, content: Snapshot) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  setPlace(place: Place<Position> | null): void {
    this.place = place
    for (const page of this.hub.pages) if (page !== this) page.#meet(this)
  }

  hold(): () => void {
    this.holds++
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.holds--
      if (this.auto) this.sync()
    }
  }

  /** Marks the first content as arrived. */
  finishLoading(): void {
    this.saveState.set({ ...this.saveState.value, loaded: true })
  }

  /** Receives what others committed, then commits what is pending here and lets the others know. */
  sync(): void {
    if (!this.isOnline || this.holds > 0) return
    this.#pull()
    for (const op of this.#pending) {
      this.hub.log.push({ by: this as FakePage<unknown, Op, unknown>, op })
      this.hub.content = this.type.apply(this.hub.content, op)
    }
    this.#pull()
    for (const page of this.hub.pages) if (page !== this && page.auto) page.#receive()
  }

  leave(): void {
    this.hub.pages.delete(this)
    for (const page of this.hub.pages) page.#forget(this)
  }

  #receive(): void {
    if (this.isOnline && this.holds === 0) this.#pull()
  }

  #pull(): void {
    for (; this.#version < this.hub.log.length; this.#version++) {
      const entry = this.hub.log[this.#version] as Entry<Op>
      if (entry.by === (this as FakePage<unknown, Op, unknown>)) this.#pending.shift()
      else {
        let op = entry.op
        this.#pending = this.#pending.map((own) => {
          const [remote, moved] = this.type.transformBoth(op, own)
          op = remote
          return moved
        })
        this.#apply(op)
        for (const listener of [...this.#listeners]) listener(op, this.content)
      }
    }
    this.#tellState()
  }

  #apply(op: Op): void {
    this.content = this.type.apply(this.content, op)
    if (this.others.value.length === 0) return
    this.others.set(
      this.others.value.map(({ person, place }) => ({ person, place: transformPlace(this.type, place, op) })),
    )
  }

  #meet(other: FakePage<Snapshot, Op, Position>): void {
    const rest = this.others.value.filter(({ person }) => person.sessionId !== other.person.sessionId)
    this.others.set(other.place === null ? rest : [...rest, { person: other.person, place: other.place }])
  }

  #forget(other: FakePage<Snapshot, Op, Position>): void {
    this.others.set(this.others.value.filter(({ person }) => person.sessionId !== other.person.sessionId))
  }

  #tellState(): void {
    this.saveState.set({
      version: this.#version,
      unsent: this.#pending.length,
      loaded: this.saveState.value.loaded,
      synced: this.isOnline && this.#pending.length === 0,
      problem: this.saveState.value.problem,
    })
  }
}
