import type { ReplicaCache } from '../../client/cache/replicaCache'
import type { LoginSigner } from '../../shared/identity/loginSigner'
import type { MenuCommand } from '../../shared/ipc/app'
import type { NearbyRoom } from '../../shared/ipc/discovery'
import type { HostingStatus } from '../../shared/ipc/hosting'
import type { ConnectionCheck, Reachability } from '../../shared/ipc/network'
import type { UpdateState } from '../../shared/ipc/updates'
import type { Dial } from '../../shared/socket'
import type { Previews } from './previews/previews'

/** What the app needs of what it runs in. Two implementations: the desktop bridge and the browser. */
export interface Platform {
  readonly kind: 'desktop' | 'web'
  /** This installation's (or browser profile's) identity. */
  readonly device: LoginSigner
  readonly dial: Dial
  readonly cache: ReplicaCache
  /** Pictures of boards to look at until the boards are there. */
  readonly previews: Previews
  readonly settings: SettingsStore
  readonly files: Files
  /** Hosting on this machine; undefined in a browser. */
  readonly hosting: Hosting | undefined
  /** Rooms of this device as files; undefined in a browser. */
  readonly roomFiles?: RoomFiles | undefined
  /** Rooms nearby; undefined in a browser. */
  readonly discovery?: Discovery | undefined
  /** New versions of the app; undefined in a browser, which gets them with the page. */
  readonly updates?: Updates | undefined
  /** Finds out why the room of a link cannot be joined; undefined in a browser. */
  readonly checkConnection?: ((link: string) => Promise<ConnectionCheck>) | undefined
  /** The room link this page was opened with: a browser guest's address, or a link handed to the app. */
  readonly startLink: string | undefined
  /** Another program asked for `startLink`, such as a web page: it is not joined before the person agrees. */
  readonly startLinkNeedsConfirmation?: boolean | undefined
  /** The file the desktop app was started with. */
  readonly startFile?: OpenedFile | undefined
  /** The same where it holds a room. */
  readonly startRoomFile?: RoomFile | undefined
  copyText(text: string): Promise<void>
  /** Pastes into what has the focus, as the key does, at a person's press; undefined where only the key can. */
  readonly paste?: (() => Promise<void>) | undefined
  /** Opens a web or mail address outside the app. Other schemes are refused. */
  openExternal(url: string): Promise<void>
  /** Carries out commands of the menu bar (desktop) until the returned function is called. */
  handleMenu(actions: MenuActions): () => void
  /** The room this device knows that the window was opened for (desktop). */
  readonly startRoom?: string | undefined
  /** Says which room the window shows, if any. */
  setShownRoom(roomId: string | undefined): void
  /** Opens a room this device knows in a window of its own; undefined in a browser. */
  readonly openRoomWindow?: ((roomId: string) => Promise<void>) | undefined
  /** Warns before the window closes with unsent edits (a browser tab; the desktop keeps them in its cache). */
  setUnsent(count: number): void
}

export type { MenuCommand }
/** What commands of the menu bar do. One that is not there is greyed out in the menu. */
export type MenuActions = Partial<Readonly<Record<MenuCommand, () => void>>>

/** What the person chose once. */
export interface Settings {
  /** Empty until chosen. */
  readonly name: string
  /** Index into the participants' palette. */
  readonly colour: number
  readonly locale: 'en' | 'zh-CN'
  readonly theme: 'system' | 'light' | 'dark'
}

export interface SettingsStore {
  load(): Promise<Settings>
  save(settings: Settings): Promise<void>
  /** Told of settings that were changed elsewhere: in another window or tab, or by the menu. */
  onChange(listener: (settings: Settings) => void): () => void
}

/** A text file as the editor takes it: line breaks are \n, what it had is remembered for the way out. */
export interface OpenedFile {
  readonly name: string
  readonly text: string
  readonly format: FileFormat
  /** Stands for the path (desktop) or nothing (browser): the renderer never handles paths. */
  readonly fileId: string | undefined
}

export interface FileFormat {
  readonly bom: boolean
  readonly lineBreak: '\n' | '\r\n'
}

export interface Files {
  /** Asks for a file and reads it. Undefined when cancelled. Throws FileError. */
  open(): Promise<OpenedFile | undefined>
  /** Reads a file dropped onto the window. Throws FileError. */
  readDropped(file: File): Promise<OpenedFile>
  /** Writes text to `fileId`, or asks for a place. Undefined when cancelled. */
  save(request: {
    text: string
    suggestedName: string
    format: FileFormat
    fileId: string | undefined
  }): Promise<{ name: string; fileId: string | undefined } | undefined>
}

export type FileErrorCode =
  | 'file-is-room'
  | 'file-not-text'
  | 'file-too-large'
  | 'file-unreadable'
  | 'file-unwritable'

/** Hosting rooms on this machine. Throws HostingError. */
export interface Hosting {
  /** Creates a room, starting the server if need be. */
  create(title: string): Promise<HostedRoom>
  /** Rooms this installation hosts, open or not. */
  list(): Promise<HostedRoom[]>
  /** Opens a hosted room again after a restart of the app or a close. */
  reopen(roomId: string): Promise<HostedRoom>
  /** Closes a room for everybody; it can be opened again. */
  close(roomId: string): Promise<void>
  /** Lets others in the network find the room by themselves while it is open, or not. */
  setListed(roomId: string, listed: boolean): Promise<void>
  /** Whether others can come in, and what to do about it. */
  reachability(): Promise<Reachability>
  /** How hosting is going: where others reach it, who is there. */
  status(): Promise<HostingStatus>
  /** Lets browsers in without encryption, or not any more. */
  setPlainBrowsers(on: boolean): Promise<void>
}

/** A room's file that the person pointed to. */
export interface RoomFile {
  /** Stands for the path, which the renderer never handles. */
  readonly fileId: string
  readonly name: string
}

/** What the platform does while the app waits. */
export interface PlatformTask {
  /** Aborted where the person does not want it any more: it then fails with `bundle-cancelled`. */
  readonly signal: AbortSignal
  /** Told how much is done, of 1. */
  onProgress(done: number): void
}

/** Rooms of this device as `.inkroom` files. Throws PlatformError with a {@link BundleErrorCode} or a code of hosting. */
export interface RoomFiles {
  /** Asks for a file. Undefined when cancelled. */
  choose(): Promise<RoomFile | undefined>
  takeDropped(file: File): Promise<RoomFile>
  /** Asks for a place and writes a room there. Undefined where the person chose none. */
  save(roomId: string, task: PlatformTask): Promise<{ name: string } | undefined>
  /** Makes a room of a file and opens it, listed for others nearby or not. */
  open(file: RoomFile, listed: boolean, task: PlatformTask): Promise<HostedRoom>
}

/** New versions of the app. Throws PlatformError. */
export interface Updates {
  /** Calls `listener` with how things stand, now and whenever that changes, until the returned function is called. */
  watch(listener: (state: UpdateState) => void): () => void
  /** Looks for a new version now, and downloads it where there is one. */
  check(): Promise<void>
  /** Whether the app looks by itself. */
  setAutomatic(on: boolean): Promise<void>
  /** Restarts into the version that is ready. */
  restart(): Promise<void>
}

/** Rooms that others host in the same network. */
export interface Discovery {
  /** False where the app was started without: it then neither looks nor lets its own rooms be found. */
  readonly isOn: boolean
  /**
   * Calls `listener` with all rooms that are nearby, at first with those known already, then whenever they change,
   * until the returned function is called. Rooms of this installation are not among them.
   */
  watch(listener: (rooms: readonly NearbyRoom[]) => void): () => void
}

export interface HostedRoom {
  readonly roomId: string
  readonly title: string
  readonly open: boolean
  /** Links to join by, the best for others first; the app itself uses `localLink`. Empty while not open. */
  readonly links: readonly string[]
  readonly localLink: string | undefined
  /** Whether others in the network find it by themselves while it is open. */
  readonly listed: boolean
}

export type { BundleErrorCode } from '../../shared/roomFile'
export type { NearbyRoom } from '../../shared/ipc/discovery'
export type { HostingErrorCode, HostingStatus } from '../../shared/ipc/hosting'
export type { ConnectionCheck, Reachability } from '../../shared/ipc/network'
export type { UpdateState } from '../../shared/ipc/updates'
