import { MemoryReplicaCache } from '../../src/client/cache/memoryReplicaCache'
import type {
  ConnectionCheck,
  FileFormat,
  HostedRoom,
  HostingStatus,
  MenuActions,
  MenuCommand,
  NearbyRoom,
  OpenedFile,
  Platform,
  PlatformTask,
  Reachability,
  RoomFile,
  Settings,
  UpdateState,
} from '../../src/renderer/platform/platform'
import { PlatformError } from '../../src/renderer/platform/platformError'
import { FAKE_FINGERPRINT } from './access/fakeAccess'
import { MemoryPreviews } from './memoryPreviews'
import type { CachedRoom } from '../../src/client/cache/replicaCache'

export interface FakePlatformOptions {
  readonly kind?: Platform['kind']
  readonly settings?: Partial<Settings>
  readonly rooms?: readonly CachedRoom[]
  readonly hosted?: readonly HostedRoom[]
  readonly startLink?: string
  readonly startLinkNeedsConfirmation?: boolean
  readonly startFile?: OpenedFile
  readonly startRoom?: string
  readonly startRoomFile?: RoomFile
}

export interface SavedFile {
  readonly text: string
  readonly suggestedName: string
  readonly format: FileFormat
  readonly fileId: string | undefined
}

/** A platform in memory that remembers what it was asked to do. */
export class FakePlatform implements Platform {
  readonly kind: Platform['kind']
  readonly device = { publicKey: 'A'.repeat(43), signLogin: async () => 'A'.repeat(86) }
  readonly cache = new MemoryReplicaCache()
  readonly previews = new MemoryPreviews()
  readonly startLink: string | undefined
  readonly startLinkNeedsConfirmation: boolean
  readonly startFile: OpenedFile | undefined
  readonly startRoom: string | undefined
  readonly startRoomFile: RoomFile | undefined
  /** The room it was told is on the screen. */
  shownRoom: string | undefined
  /** Rooms opened in windows of their own. */
  readonly openedRooms: string[] = []
  readonly copied: string[] = []
  /** As the desktop has it; undefined as in a browser. */
  paste: (() => Promise<void>) | undefined
  readonly openedAddresses: string[] = []
  readonly saved: SavedFile[] = []
  readonly hostedRooms: HostedRoom[]
  /** Resolves when the rooms it was made with are in the cache. */
  readonly ready: Promise<unknown>
  unsent = 0
  storedSettings: Settings
  /** What the next open or save answers or fails with. */
  nextFile: OpenedFile | Error | undefined
  nextSave: { name: string; fileId: string | undefined } | Error | undefined = {
    name: 'notes.md',
    fileId: 'file-1',
  }
  hostingStatus: HostingStatus = {
    port: 4600,
    fingerprint: FAKE_FINGERPRINT,
    addresses: ['https://192.168.1.20:4600'],
    plainBrowsers: false,
    connections: 1,
    people: [],
    reachedFromOutside: false,
  }
  /** What hosting fails with, if it should. */
  hostingError: Error | undefined
  /** What a connection check finds. */
  connectionCheck: ConnectionCheck | Error = { addresses: [], problem: null }
  /** What hosting says of being reached. */
  reachability: Reachability = {
    port: 4600,
    addresses: [
      { origin: 'https://192.168.1.20:4600', interfaceName: 'wlan0', kind: 'local', answers: true },
    ],
    reachedFromOutside: false,
    firewall: { system: 'linux', tool: 'ufw', commands: ['sudo ufw allow 4600/tcp'] },
  }
  #nearby: readonly NearbyRoom[] = []
  readonly #nearbyListeners = new Set<(rooms: readonly NearbyRoom[]) => void>()
  readonly #menu = new Set<MenuActions>()
  readonly #settingsListeners = new Set<(settings: Settings) => void>()

  constructor(options: FakePlatformOptions = {}) {
    this.kind = options.kind ?? 'desktop'
    this.startLink = options.startLink
    this.startLinkNeedsConfirmation = options.startLinkNeedsConfirmation ?? false
    this.startFile = options.startFile
    this.startRoom = options.startRoom
    this.startRoomFile = options.startRoomFile
    this.hostedRooms = [...(options.hosted ?? [])]
    this.storedSettings = { name: 'Anna', colour: 7, locale: 'en', theme: 'light', ...options.settings }
    this.ready = Promise.all((options.rooms ?? []).map((room) => this.cache.putRoom(room)))
  }

  readonly dial: Platform['dial'] = () => {
    throw new Error('the fake platform has no network')
  }

  readonly settings: Platform['settings'] = {
    load: () => Promise.resolve(this.storedSettings),
    save: async (settings) => {
      // What goes to main is copied as messages are: a reactive proxy cannot be.
      this.storedSettings = structuredClone(settings)
    },
    onChange: (listener) => {
      this.#settingsListeners.add(listener)
      return () => this.#settingsListeners.delete(listener)
    },
  }

  readonly files: Platform['files'] = {
    open: () => settle(this.nextFile),
    readDropped: async (file) => ({
      name: file.name,
      text: await file.text(),
      format: { bom: false, lineBreak: '\n' },
      fileId: undefined,
    }),
    save: async (request) => {
      this.saved.push(request)
      return settle(this.nextSave)
    },
  }

  get hosting(): Platform['hosting'] {
    if (this.kind === 'web') return undefined
    return {
      create: (title) => this.#host({ roomId: 'a'.repeat(32), title }),
      list: () =>
        this.hostingError === undefined
          ? Promise.resolve(this.hostedRooms)
          : Promise.reject(this.hostingError),
      reopen: (roomId) =>
        this.#host({ roomId, title: this.hostedRooms.find((room) => room.roomId === roomId)?.title ?? '' }),
      close: (roomId) => {
        const index = this.hostedRooms.findIndex((room) => room.roomId === roomId)
        const room = this.hostedRooms[index]
        if (room !== undefined)
          this.hostedRooms[index] = { ...room, open: false, links: [], localLink: undefined }
        return Promise.resolve()
      },
      setListed: (roomId, listed) => {
        const index = this.hostedRooms.findIndex((room) => room.roomId === roomId)
        const room = this.hostedRooms[index]
        if (room !== undefined) this.hostedRooms[index] = { ...room, listed }
        return Promise.resolve()
      },
      reachability: () => settle(this.reachability),
      status: () => settle(this.hostingStatus),
      setPlainBrowsers: (plainBrowsers) => {
        this.hostingStatus = { ...this.hostingStatus, plainBrowsers }
        return Promise.resolve()
      },
    }
  }

  #host({ roomId, title }: { roomId: string; title: string }): Promise<HostedRoom> {
    if (this.hostingError !== undefined) return Promise.reject(this.hostingError)
    const links = [`http://192.168.1.20:4600/room/${roomId}`, `http://10.0.0.7:4600/room/${roomId}`]
    return Promise.resolve({
      roomId,
      title,
      open: true,
      links,
      localLink: `http://127.0.0.1:4600/room/${roomId}`,
      listed: true,
    })
  }

  /** The room's file that is chosen next; undefined: none. */
  nextRoomFile: RoomFile | undefined
  /** What is done with a room's file, and how that ends. */
  roomFileWork: (task: PlatformTask) => Promise<void> = () => Promise.resolve()
  /** Rooms saved to files, and files opened as rooms: with whether they are listed. */
  readonly savedRooms: string[] = []
  readonly openedRoomFiles: { name: string; listed: boolean }[] = []

  get roomFiles(): Platform['roomFiles'] {
    if (this.kind === 'web') return undefined
    return {
      choose: () => Promise.resolve(this.nextRoomFile),
      takeDropped: ({ name }) =>
        name.endsWith('.inkroom')
          ? Promise.resolve({ fileId: name, name })
          : Promise.reject(new PlatformError('bundle-foreign', name)),
      save: async (roomId, task) => {
        await this.roomFileWork(task)
        this.savedRooms.push(roomId)
        return { name: 'Room.inkroom' }
      },
      open: async ({ name }, listed, task) => {
        await this.roomFileWork(task)
        this.openedRoomFiles.push({ name, listed })
        return this.#host({ roomId: 'f'.repeat(32), title: name })
      },
    }
  }

  #updateState: UpdateState = { way: 'self', version: '0.1.0', automatic: true, step: { name: 'idle' } }
  readonly #updateListeners = new Set<(state: UpdateState) => void>()
  /** What was asked about new versions. */
  readonly updateCalls: string[] = []

  /** Main finds something out about new versions. */
  setUpdates(changes: Partial<UpdateState>): void {
    this.#updateState = { ...this.#updateState, ...changes }
    for (const listener of this.#updateListeners) listener(this.#updateState)
  }

  get updates(): Platform['updates'] {
    if (this.kind === 'web') return undefined
    const note = async (what: string): Promise<void> => void this.updateCalls.push(what)
    return {
      watch: (listener) => {
        this.#updateListeners.add(listener)
        listener(this.#updateState)
        return () => this.#updateListeners.delete(listener)
      },
      check: () => note('check'),
      restart: () => note('restart'),
      setAutomatic: async (automatic) => {
        await note(automatic ? 'on' : 'off')
        this.setUpdates({ automatic })
      },
    }
  }

  /** Whether rooms nearby are looked for. */
  looksNearby = true

  get discovery(): Platform['discovery'] {
    if (this.kind === 'web') return undefined
    return {
      isOn: this.looksNearby,
      watch: (listener) => {
        this.#nearbyListeners.add(listener)
        listener(this.#nearby)
        return () => this.#nearbyListeners.delete(listener)
      },
    }
  }

  /** Rooms come and go in the network. */
  setNearby(rooms: readonly NearbyRoom[]): void {
    this.#nearby = rooms
    for (const listener of [...this.#nearbyListeners]) listener(rooms)
  }

  get checkConnection(): Platform['checkConnection'] {
    return this.kind === 'web' ? undefined : () => settle(this.connectionCheck)
  }

  copyText(text: string): Promise<void> {
    this.copied.push(text)
    return Promise.resolve()
  }

  openExternal(url: string): Promise<void> {
    this.openedAddresses.push(url)
    return Promise.resolve()
  }

  handleMenu(actions: MenuActions): () => void {
    this.#menu.add(actions)
    return () => this.#menu.delete(actions)
  }

  /** Commands of the menu bar that mean something now. */
  get menuCommands(): string[] {
    return [...this.#menu].flatMap((actions) => Object.keys(actions))
  }

  choose(command: MenuCommand): void {
    for (const actions of [...this.#menu]) actions[command]?.()
  }

  /** Another window changes the settings. */
  changeSettings(settings: Settings): void {
    for (const listener of this.#settingsListeners) listener(settings)
  }

  setShownRoom(roomId: string | undefined): void {
    this.shownRoom = roomId
  }

  openRoomWindow(roomId: string): Promise<void> {
    this.openedRooms.push(roomId)
    return Promise.resolve()
  }

  setUnsent(count: number): void {
    this.unsent = count
  }
}

function settle<T>(answer: T | Error): Promise<T> {
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
}
