import { BrowserWindow, nativeTheme, screen, type Session } from 'electron'
import type { Logger } from '../../server/logger'
import { systemClock } from '../../server/systemClock'
import type { MenuCommand } from '../../shared/ipc/app'
import { MENU_CHANNEL, SETTINGS_CHANNEL } from '../../shared/ipc/channels'
import { parseRoomLink } from '../../shared/roomLink'
import type { Settings } from '../../shared/settings'
import type { StartArgument } from '../commandLine'
import type { DialogTexts } from '../dialogs/texts'
import { reviveCrashedPage } from './crashedPage'
import { askAboutHungPage } from './hungPage'
import { lockContents, type PageOrigin } from './lockDown'
import { offerTextMenu } from './textMenu'
import { MIN_SIZE, placeFor, type WindowPlace } from './windowPlace'
import type { WindowPlaces } from './windowPlaces'
import type { WindowSessions, WindowStart } from './windowSession'

/** The desk colour of the two themes (tokens.css): what a window shows before its page has painted. */
const BACKGROUND = { light: '#f4f2ed', dark: '#161512' }

/** How long a window has to stay where it is before its place is stored, milliseconds. */
const RESTING_MS = 500

export interface AppWindowsOptions {
  readonly session: Session
  /** Address of the page. */
  readonly page: string
  readonly origin: PageOrigin
  readonly preload: string
  readonly icon: string
  readonly sessions: WindowSessions
  readonly places: WindowPlaces
  /** In the person's language. */
  readonly texts: () => DialogTexts
  readonly log: Logger
}

/** A window is about to close, which can be called off. `isLast`: no other is open. */
export type BeforeClose = (event: Electron.Event, window: BrowserWindow, isLast: boolean) => void

/** Opens the app's windows. */
export class AppWindows {
  /** Asked of each window. Until it is set nobody can be in rooms of this device. */
  beforeClose: BeforeClose = () => undefined

  constructor(private readonly options: AppWindowsOptions) {}

  /**
   * Opens a window, shown once it has something to show. A room that a window shows already is brought to the front
   * instead, unless it is met by an invite, which the person decides about.
   */
  open(start?: WindowStart): BrowserWindow {
    const shown = start === undefined ? undefined : this.#windowFor(start)
    if (shown === undefined) return this.#create(start)
    bringToFront(shown)
    return shown
  }

  /** Brings the window used last to the front. False where there is none. */
  focus(): boolean {
    const window = this.front
    if (window === undefined) return false
    bringToFront(window)
    return true
  }

  /** The window the person works with, or did last. */
  get front(): BrowserWindow | undefined {
    return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  }

  /** Sends a menu command to a window, by default the one in front. */
  command(command: MenuCommand, windowId: number | undefined): void {
    const window = windowId === undefined ? BrowserWindow.getFocusedWindow() : BrowserWindow.fromId(windowId)
    window?.webContents.send(MENU_CHANNEL, command)
  }

  /** Sends a message to every window. */
  tell(channel: string, message: unknown): void {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channel, message)
  }

  /** Tells windows of settings that were changed elsewhere than in `changedIn`. */
  tellSettings(settings: Settings, changedIn: BrowserWindow | undefined): void {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window !== changedIn) window.webContents.send(SETTINGS_CHANNEL, settings)
    }
  }

  /** Colours windows for a theme that was just chosen. */
  repaint(): void {
    const colour = nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light
    for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(colour)
  }

  #windowFor(start: WindowStart): BrowserWindow | undefined {
    const roomId = roomOf(start)
    return roomId === undefined ? undefined : this.options.sessions.windowShowing(roomId)
  }

  #create(start: WindowStart | undefined): BrowserWindow {
    const { session, page, origin, preload, icon, sessions, places, log } = this.options
    const roomId = start === undefined ? undefined : roomOf(start)
    const ofRoom = roomId === undefined ? undefined : places.ofRoom(roomId)
    const place = ofRoom ?? places.last
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea)
    const others = ofRoom === undefined ? BrowserWindow.getAllWindows().length : 0
    const window = new BrowserWindow({
      ...placeFor(place, screens, others),
      minWidth: MIN_SIZE.width,
      minHeight: MIN_SIZE.height,
      show: false,
      title: 'Inkroom',
      icon,
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        session,
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        // Dictionaries would be downloaded.
        spellcheck: false,
        // A hidden window goes on sending and receiving; its timers must not slow down.
        backgroundThrottling: false,
      },
    })
    lockContents(window.webContents, origin, log)
    sessions.add(window, start)
    reviveCrashedPage(window, this.options.texts)
    askAboutHungPage(window, this.options.texts)
    offerTextMenu(window, this.options.texts)
    window.once('ready-to-show', () => (place?.maximized === true ? window.maximize() : window.show()))
    window.on('close', (event) => {
      const isLast = BrowserWindow.getAllWindows().length === 1
      this.beforeClose(event, window, isLast)
    })
    this.#followPlace(window)
    window.loadURL(page).catch((error: unknown) => log.error({ err: error }, 'cannot load the page'))
    return window
  }

  /** Stores where a window is when it has come to rest, and when it closes: also a crash keeps its place. */
  #followPlace(window: BrowserWindow): void {
    const { places, sessions } = this.options
    const remember = (): void => places.remember(placeOf(window), sessions.roomShownBy(window))
    let cancel: () => void = () => undefined
    const moved = (): void => {
      cancel()
      cancel = systemClock.after(RESTING_MS, remember)
    }
    for (const event of ['move', 'resize', 'maximize', 'unmaximize'] as const) {
      // One overload each, all of this form.
      window.on(event as 'move', moved)
    }
    window.on('close', () => {
      cancel()
      remember()
    })
  }
}

function placeOf(window: BrowserWindow): WindowPlace {
  return { ...window.getNormalBounds(), maximized: window.isMaximized() }
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** The room a start leads to by itself, without an invite. */
function roomOf(start: WindowStart): string | undefined {
  if ('roomId' in start) return start.roomId
  return 'link' in start ? roomOfLink(start) : undefined
}

function roomOfLink({ link }: Extract<StartArgument, { link: string }>): string | undefined {
  const parsed = parseRoomLink(link)
  return parsed?.invite === undefined ? parsed?.roomId : undefined
}
