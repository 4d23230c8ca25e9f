import type { PageClient, Profile, RoomClient, ServerLimits } from '../../src/client/api'
import type { Draft } from '../../src/client/cache/replicaCache'
import { Variable } from '../../src/client/observable'
import type { ConnectionStatus } from '../../src/client/status'
import {
  recordsType,
  type RecordsOp,
  type RecordsPosition,
  type RecordsSnapshot,
} from '../../src/shared/ot/records'
import { textType } from '../../src/shared/ot/text'
import { PAGE_LIST_ID, type PageKind, type Person } from '../../src/shared/protocol/values'
import { FakeAccess } from './access/fakeAccess'
import { FakeAssets } from './fakeAssets'
import { FakeHub, FakePage } from './fakePage'

/** A hub of any document type: its content is only handed through. */
type AnyHub = FakeHub<unknown, unknown, unknown>

/** A room in memory, which any number of {@link FakeRoomClient}s share. */
export class FakeRoom {
  readonly pageList = new FakeHub<RecordsSnapshot, RecordsOp, RecordsPosition>(
    PAGE_LIST_ID,
    'records',
    recordsType,
  )
  readonly people = new Variable<readonly Person[]>([])
  readonly #pages = new Map<string, AnyHub>()

  constructor(readonly title: string) {}

  /** The page's content; made empty on first use. */
  page(pageId: string, text?: string, kind: PageKind = 'text'): AnyHub {
    const known = this.#pages.get(pageId)
    if (known !== undefined) return known
    const hub = kind === 'board' ? this.#board(pageId) : this.#text(pageId, text)
    this.#pages.set(pageId, hub)
    return hub
  }

  #board(pageId: string): AnyHub {
    return new FakeHub(pageId, 'board', recordsType) as unknown as AnyHub
  }

  #text(pageId: string, text: string | undefined): AnyHub {
    const content = text === undefined ? textType.create() : textType.parseSnapshot(text)
    return new FakeHub(pageId, 'text', textType, content) as unknown as AnyHub
  }
}

export interface FakeClientOptions {
  readonly sessionId: string
  readonly profile: Profile
  readonly role?: Person['role']
  /** The device that came first, of several that are one person. */
  readonly personId?: string
  readonly auto?: boolean
  readonly now?: () => number
  /** Pages answer `loaded: false` until `finishLoading`. */
  readonly loadsSlowly?: boolean
}

/** A room client without a network: tests set its status and go offline with {@link setOnline}. */
export class FakeRoomClient implements RoomClient {
  readonly roomId = 'a'.repeat(32)
  readonly status = new Variable<ConnectionStatus>({ state: 'connecting' })
  readonly title: Variable<string>
  readonly people = new Variable<readonly Person[]>([])
  readonly sessionId = new Variable<string | undefined>(undefined)
  readonly unsent = new Variable(0)
  readonly drafts = new Variable<readonly Draft[]>([])
  readonly assets = new FakeAssets()
  readonly access: FakeAccess
  readonly limits = new Variable<ServerLimits | undefined>({ maxPageLength: 1_000_000 })
  readonly pageList: FakePage<RecordsSnapshot, RecordsOp, RecordsPosition>
  readonly pages = new Map<string, FakePage<unknown, unknown, unknown>>()
  connectAttempts = 0
  #person: Person

  constructor(
    readonly room: FakeRoom,
    private readonly options: FakeClientOptions,
  ) {
    this.title = new Variable(room.title)
    const { sessionId, profile, role = 'owner', personId = sessionId, now = () => 0 } = options
    this.#person = { sessionId, deviceId: sessionId, personId, ...profile, role }
    this.access = new FakeAccess({ role, now, title: room.title, by: profile.name })
    this.access.role.subscribe((next) => {
      if (next === undefined) return
      this.#person = { ...this.#person, role: next }
      if (this.status.value.state === 'connected') this.setOnline(true)
    })
    this.pageList = new FakePage(room.pageList, this.#person, options.auto, options.loadsSlowly !== true)
    this.pageList.saveState.subscribe(() => this.#countUnsent())
    room.people.subscribe((people) => {
      if (this.status.value.state === 'connected') this.people.set(people)
    })
  }

  /** Connects, or cuts the connection. */
  setOnline(isOnline: boolean, retryAt = 0): void {
    for (const page of [this.pageList, ...this.pages.values()]) page.isOnline = isOnline
    if (isOnline) {
      this.status.set({ state: 'connected', role: this.#person.role })
      this.sessionId.set(this.#person.sessionId)
      this.#enter(this.#person)
      for (const page of [this.pageList, ...this.pages.values()]) page.sync()
    } else {
      this.status.set({ state: 'reconnecting', retryAt, attempt: 1, reason: undefined })
      this.sessionId.set(undefined)
      this.people.set([])
    }
  }

  openPage(pageId: string, kind: PageKind): PageClient<unknown, unknown, unknown> {
    const known = this.pages.get(pageId)
    if (known !== undefined) return known
    const page = new FakePage(
      this.room.page(pageId, undefined, kind),
      this.#person,
      this.options.auto,
      this.options.loadsSlowly !== true,
    )
    page.isOnline = this.status.value.state === 'connected'
    page.saveState.subscribe(() => this.#countUnsent())
    this.pages.set(pageId, page)
    return page
  }

  async closePage(_pageId: string): Promise<void> {
    await Promise.resolve()
  }

  setProfile(profile: Profile): void {
    this.#person = { ...this.#person, ...profile }
    if (this.status.value.state === 'connected') this.#enter(this.#person)
  }

  connectNow(): void {
    this.connectAttempts++
  }

  async deleteDraft(draftId: string): Promise<void> {
    this.drafts.set(this.drafts.value.filter((draft) => draft.draftId !== draftId))
    await Promise.resolve()
  }

  async written(): Promise<void> {
    await Promise.resolve()
  }

  async leave(): Promise<void> {
    this.status.set({ state: 'left' })
    await Promise.resolve()
  }

  async closeRoom(): Promise<void> {
    this.status.set({ state: 'roomClosed' })
    await Promise.resolve()
  }

  #enter(person: Person): void {
    const others = this.room.people.value.filter(({ sessionId }) => sessionId !== person.sessionId)
    this.room.people.set([...others, person])
    this.people.set(this.room.people.value)
  }

  #countUnsent(): void {
    let unsent = this.pageList.saveState.value.unsent
    for (const page of this.pages.values()) unsent += page.saveState.value.unsent
    this.unsent.set(unsent)
  }
}
