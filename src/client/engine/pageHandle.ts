import type { OtType } from '../../shared/ot/otType'
import type { Place } from '../../shared/ot/places'
import type { PageKind, Person } from '../../shared/protocol/values'
import type { PageClient, Participant } from '../api'
import { Variable, type Observable } from '../observable'
import type { Replica } from '../replica/replica'
import type { SaveState } from '../status'

/** An open page as the renderer sees it: there at once, filled when its replica has been loaded from the cache. */
export class PageHandle<Snapshot, Op, Position> implements PageClient<Snapshot, Op, Position> {
  readonly saveState = new Variable<SaveState>({
    version: 0,
    unsent: 0,
    loaded: false,
    synced: false,
    problem: undefined,
  })
  readonly others = new Variable<readonly Participant<Position>[]>([])
  readonly #listeners = new Set<(op: Op, content: Snapshot) => void>()
  readonly #people: Observable<readonly Person[]>
  readonly #ownSession: Observable<string | undefined>
  #replica: Replica | undefined
  #detach: (() => void)[] = []

  constructor(
    readonly pageId: string,
    readonly kind: PageKind,
    readonly type: OtType<Snapshot, Op, Position>,
    people: Observable<readonly Person[]>,
    ownSession: Observable<string | undefined>,
  ) {
    this.#people = people
    this.#ownSession = ownSession
  }

  get content(): Snapshot {
    return this.#replica === undefined ? this.type.create() : (this.#replica.content as Snapshot)
  }

  /** Connects the handle to its loaded replica. */
  attach(replica: Replica): void {
    this.#replica = replica
    this.#detach = [
      replica.onRemote((op, content) => {
        for (const listener of [...this.#listeners]) listener(op as Op, content as Snapshot)
      }),
      replica.saveState.subscribe((state) => this.saveState.set(state)),
      replica.others.subscribe(() => this.#showOthers()),
      this.#people.subscribe(() => this.#showOthers()),
    ]
    this.#showAll()
    this.saveState.set(replica.saveState.value)
  }

  /** Tells who has listened since before the page was loaded what there is now. */
  #showAll(): void {
    if (this.#listeners.size === 0) return
    const shown = this.type.diff(this.type.create(), this.content)
    if (!this.type.isEmpty(shown)) for (const listener of [...this.#listeners]) listener(shown, this.content)
  }

  /** The cached copy cannot be used: says so. */
  fail(problem: string): void {
    this.saveState.set({ ...this.saveState.value, problem })
  }

  detach(): void {
    for (const end of this.#detach) end()
    this.#detach = []
  }

  edit(op: Op): void {
    if (this.#replica === undefined) throw new Error(`page ${this.pageId} is edited before it is loaded`)
    this.#replica.edit(op)
  }

  onRemote(listener: (op: Op, content: Snapshot) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  setPlace(place: Place<Position> | null): void {
    this.#replica?.setPlace(place)
  }

  hold(): () => void {
    return this.#replica?.hold() ?? (() => undefined)
  }

  #showOthers(): void {
    const places = this.#replica?.others.value ?? new Map<string, Place<unknown>>()
    const own = this.#ownSession.value
    this.others.set(
      this.#people.value.flatMap((person) => {
        const place = person.sessionId === own ? undefined : places.get(person.sessionId)
        return place === undefined ? [] : [{ person, place: place as Place<Position> }]
      }),
    )
  }
}
