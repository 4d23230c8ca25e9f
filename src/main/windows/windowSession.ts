import type { BrowserWindow, WebContents } from 'electron'
import type { MenuCommand } from '../../shared/ipc/app'
import type { StartArgument } from '../commandLine'
import type { RoomFiles } from '../files/roomFiles'
import type { TextFiles } from '../files/textFiles'
import type { CallerSource } from '../ipc/router'
import type { NearbyWatch } from '../discovery/nearbyWatchers'
import type { PageOrigin } from './lockDown'
import type { Presses } from './presses'
import type { WindowCache } from './windowCache'
import type { WindowSockets } from './windowSockets'

/** What main holds for one page load of one window. A reload ends it and starts another. */
export interface WindowSession {
  readonly window: BrowserWindow
  /** The room the page shows, if any. */
  shownRoom: string | undefined
  /** Menu commands that mean something on the page now. */
  commands: ReadonlySet<MenuCommand>
  readonly sockets: WindowSockets
  readonly presses: Presses
  readonly files: TextFiles
  readonly roomFiles: RoomFiles
  /** Undefined where this app does not look for rooms nearby. */
  readonly nearby: NearbyWatch | undefined
  /** Throws CacheError where the cache could not be opened. */
  readonly cache: () => WindowCache
  end(): Promise<void>
}

/** What a window opens with: what the app was started with, or a room this device knows. */
export type WindowStart = StartArgument | { readonly roomId: string }

/** Makes the parts of a session. */
export type SessionFactory = (window: BrowserWindow) => WindowSession

interface OpenWindow {
  readonly window: BrowserWindow
  /** Handed to the window's first page load only: a reload must not open the file again. */
  start: WindowStart | undefined
  session: WindowSession | undefined
}

/** The app's windows and what belongs to each. */
export class WindowSessions {
  readonly #windows = new Map<WebContents, OpenWindow>()
  /** Sessions on their way out. */
  readonly #ending = new Set<Promise<void>>()

  /** Makes a window known; everything of it ends with its page or process. */
  add(window: BrowserWindow, start: WindowStart | undefined): void {
    const { webContents } = window
    const entry: OpenWindow = { window, start, session: undefined }
    this.#windows.set(webContents, entry)
    webContents.on('render-process-gone', () => this.#endSession(entry))
    webContents.once('destroyed', () => {
      this.#windows.delete(webContents)
      this.#endSession(entry)
    })
  }

  /** What the router asks, for pages of an origin: only the main frame of a window of ours may call. */
  callers(origin: PageOrigin): CallerSource {
    return {
      isOwnPage: ({ sender, senderFrame }) =>
        this.#windows.has(sender) &&
        senderFrame !== null &&
        senderFrame.parent === null &&
        origin.owns(senderFrame.url),
      sessionOf: (sender) => this.sessionOf(sender),
    }
  }

  sessionOf(webContents: WebContents): WindowSession | undefined {
    return this.#windows.get(webContents)?.session
  }

  /** The window whose page shows a room. */
  windowShowing(roomId: string): BrowserWindow | undefined {
    return [...this.#windows.values()].find(({ session }) => session?.shownRoom === roomId)?.window
  }

  roomShownBy(window: BrowserWindow): string | undefined {
    return this.sessionOf(window.webContents)?.shownRoom
  }

  /** Menu commands that mean something in a window now: none before its page has started. */
  commandsOf(window: BrowserWindow | undefined): ReadonlySet<MenuCommand> {
    if (window === undefined || window.isDestroyed()) return new Set()
    return this.sessionOf(window.webContents)?.commands ?? new Set()
  }

  /** Starts the session of a page load, ending the one before. Undefined for a window that is gone. */
  async start(
    webContents: WebContents,
    createSession: SessionFactory,
  ): Promise<{ session: WindowSession; start: WindowStart | undefined } | undefined> {
    const entry = this.#windows.get(webContents)
    if (entry === undefined) return undefined
    this.#endSession(entry)
    // The page's own replicas are free again before it asks for them.
    await Promise.all(this.#ending)
    if (!this.#windows.has(webContents)) return undefined
    const { start } = entry
    entry.start = undefined
    entry.session = createSession(entry.window)
    return { session: entry.session, start }
  }

  /** Ends all sessions. */
  async end(): Promise<void> {
    for (const entry of this.#windows.values()) this.#endSession(entry)
    await Promise.all(this.#ending)
  }

  #endSession(entry: OpenWindow): void {
    const { session } = entry
    if (session === undefined) return
    entry.session = undefined
    const ending = session.end().finally(() => this.#ending.delete(ending))
    this.#ending.add(ending)
  }
}
