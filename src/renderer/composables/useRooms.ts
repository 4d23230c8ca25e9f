import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { formatRoomLink, parseRoomLink, type RoomLink } from '../../shared/roomLink'
import { codeOf } from '../app/codeOf'
import { useNavigation } from '../app/navigation'
import { useNotices } from '../app/notices'
import { usePreferences } from '../app/preferences'
import { useServices } from '../app/services'
import { useSay } from '../i18n'
import type { HostedRoom, NearbyRoom } from '../platform/platform'

/** A room on the home screen. */
export interface RoomEntry {
  readonly roomId: string
  readonly title: string
  /** Where it was last met; undefined for a hosted room that is closed and was forgotten. */
  readonly link: RoomLink | undefined
  readonly hosted: boolean
  /** For a hosted room: whether others can join it now. */
  readonly open: boolean
  /** Milliseconds since 1970; 0 for one that was forgotten. */
  readonly lastUsed: number
}

export interface Rooms {
  /** Newest first. */
  readonly entries: Readonly<Ref<readonly RoomEntry[]>>
  readonly isLoaded: Readonly<Ref<boolean>>
  readonly canHost: boolean
  /** What is being waited for, by its button. */
  readonly busy: Readonly<Ref<'host' | 'create' | string | undefined>>
  /** The last failure as an error code, with the part of the screen it belongs to. */
  readonly problem: Readonly<Ref<{ place: 'host' | 'create' | 'list'; code: string } | undefined>>
  readonly defaultTitle: ComputedRef<string>
  load(): Promise<void>
  host(): Promise<void>
  /** Goes to a room of this device that is open. */
  enterHosted(room: HostedRoom): void
  /** Goes to the room of a link; false where the text is none. */
  join(text: string): boolean
  /** What a link's room is called before its server was asked. */
  titleOf(link: RoomLink): string
  /** Goes to a room that was found in the network. */
  enterNearby(room: NearbyRoom): void
  createOn(origin: string, title: string, token: string): Promise<void>
  open(entry: RoomEntry): Promise<void>
  /** Whether a room can have a window of its own. */
  readonly hasWindows: boolean
  openWindow(entry: RoomEntry): Promise<void>
  close(entry: RoomEntry): Promise<void>
  forget(entry: RoomEntry): Promise<void>
}

/** The rooms this device knows, and the ways into them. */
export function useRooms(): Rooms {
  const { platform, openRoom, createRoom } = useServices()
  const navigation = useNavigation()
  const notices = useNotices()
  const preferences = usePreferences()
  const say = useSay()
  const { cache, previews, hosting } = platform

  const entries = shallowRef<readonly RoomEntry[]>([])
  const isLoaded = ref(false)
  const busy = ref<string>()
  const problem = shallowRef<{ place: 'host' | 'create' | 'list'; code: string }>()

  const defaultTitle = computed(() => say.t('home.defaultTitle', { name: preferences.settings.value.name }))

  /** What could be read of a list; the failure is shown beside it. */
  async function readList<T>(list: Promise<T[]> | undefined): Promise<T[]> {
    try {
      return (await list) ?? []
    } catch (error) {
      problem.value = { place: 'list', code: codeOf(error) }
      return []
    }
  }

  async function load(): Promise<void> {
    const [known, hosted] = await Promise.all([readList(cache.listRooms()), readList(hosting?.list())])
    const hostedById = new Map(hosted.map((room) => [room.roomId, room]))
    const fromCache = known.map((room): RoomEntry => {
      const own = hostedById.get(room.roomId)
      hostedById.delete(room.roomId)
      return {
        roomId: room.roomId,
        title: own?.title ?? room.title,
        link: parseRoomLink(own?.localLink ?? room.link),
        hosted: own !== undefined,
        open: own?.open ?? false,
        lastUsed: room.lastUsed,
      }
    })
    const forgotten = [...hostedById.values()].map((room): RoomEntry => ({
      roomId: room.roomId,
      title: room.title,
      link: room.localLink === undefined ? undefined : parseRoomLink(room.localLink),
      hosted: true,
      open: room.open,
      lastUsed: 0,
    }))
    entries.value = [...fromCache, ...forgotten].sort((a, b) => b.lastUsed - a.lastUsed)
    isLoaded.value = true
  }

  function enter(link: RoomLink, title: string, hosted: HostedRoom | undefined): void {
    const client = openRoom({
      link,
      title,
      hosted: hosted !== undefined,
      profile: preferences.profile.value,
      onError: (error) => notices.show(say.error(codeOf(error)), { tone: 'error' }),
    })
    navigation.go({ name: 'room', room: { client, link, hosted } })
  }

  function titleOf(link: RoomLink): string {
    const known = entries.value.find((entry) => entry.roomId === link.roomId)
    const unknown = say.t('home.unknownTitle', { host: new URL(link.origins[0]).hostname })
    return known?.title ?? link.invite?.claims.title ?? unknown
  }

  function enterHosted(room: HostedRoom): void {
    const link = room.localLink === undefined ? undefined : parseRoomLink(room.localLink)
    if (link === undefined) throw new Error(`the hosted room ${room.roomId} is open but has no link`)
    enter(link, room.title, room)
  }

  /** Runs one thing at a time, with its failure shown at `place`. */
  async function attempt(
    place: 'host' | 'create' | 'list',
    what: string,
    task: () => Promise<void>,
  ): Promise<void> {
    if (busy.value !== undefined) return
    busy.value = what
    problem.value = undefined
    try {
      await task()
    } catch (error) {
      problem.value = { place, code: codeOf(error) }
      notices.announce(say.error(codeOf(error)))
    } finally {
      busy.value = undefined
    }
  }

  return {
    entries,
    isLoaded,
    canHost: hosting !== undefined,
    busy,
    problem,
    defaultTitle,
    load,

    host: () =>
      attempt('host', 'host', async () => {
        if (hosting !== undefined) enterHosted(await hosting.create(defaultTitle.value))
      }),

    enterHosted,

    join(text) {
      const link = parseRoomLink(text)
      if (link === undefined) return false
      // A page served by one host may not talk to another: that one serves the app itself.
      if (platform.kind === 'web' && !leadsHere(link, text)) {
        window.location.assign(formatRoomLink(link))
        return true
      }
      enter(link, titleOf(link), undefined)
      return true
    },

    titleOf,

    enterNearby({ link: text, title }) {
      const link = parseRoomLink(text)
      if (link === undefined) notices.show(say.error('invite-invalid'), { tone: 'error' })
      else enter(link, title, undefined)
    },

    createOn: (origin, title, token) =>
      attempt('create', 'create', async () => {
        const profile = preferences.profile.value
        const link = await createRoom({ origin, title, token: token === '' ? undefined : token, profile })
        enter(link, title, undefined)
      }),

    open: (entry) =>
      attempt('list', entry.roomId, async () => {
        if (entry.hosted && hosting !== undefined) enterHosted(await hosting.reopen(entry.roomId))
        else if (entry.link !== undefined) enter(entry.link, entry.title, undefined)
      }),

    hasWindows: platform.openRoomWindow !== undefined,
    openWindow: (entry) => attempt('list', entry.roomId, async () => platform.openRoomWindow?.(entry.roomId)),

    close: (entry) =>
      attempt('list', entry.roomId, async () => {
        await hosting?.close(entry.roomId)
        await load()
      }),

    forget: (entry) =>
      attempt('list', entry.roomId, async () => {
        await Promise.all([cache.forgetRoom(entry.roomId), previews.forgetRoom(entry.roomId)])
        await load()
      }),
  }
}

/** `http://HOST:PORT` of a server's address; undefined where the text is none. */
export function parseServerAddress(text: string): string | undefined {
  const trimmed = text.trim()
  if (!URL.canParse(trimmed)) return undefined
  const url = new URL(trimmed)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.origin : undefined
}

/** Whether a link is one of the server that this page came from, by an address of its invite or by its own. */
function leadsHere(link: RoomLink, text: string): boolean {
  const { origin } = window.location
  return link.origins.includes(origin) || new URL(text.trim()).origin === origin
}
