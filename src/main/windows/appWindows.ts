import { BrowserWindow, nativeTheme, screen, type Session } from 'electron'
import { join } from 'node:path'
import type { Logger } from '../../server/logger'
import { MENU_CHANNEL, type MenuCommand } from '../../shared/ipc/app'
import type { StartArgument } from '../commandLine'
import { JsonFile } from '../files/jsonFile'
import type { DialogTexts } from '../dialogs/texts'
import { reviveCrashedPage } from './crashedPage'
import { lockContents, type PageOrigin } from './lockDown'
import { MIN_SIZE, placeFor, windowPlaceSchema, type WindowPlace } from './windowPlace'
import type { WindowSessions } from './windowSession'

/** The desk colour of the two themes (tokens.css): what a window shows before its page has painted. */
const BACKGROUND = { light: '#f4f2ed', dark: '#161512' }

export interface AppWindowsOptions {
  readonly userData: string
  readonly session: Session
  /** Address of the page. */
  readonly page: string
  readonly origin: PageOrigin
  readonly preload: string
  readonly icon: string
  readonly sessions: WindowSessions
  /** In the person's language. */
  readonly texts: () => DialogTexts
  readonly log: Logger
}

/** Opens the app's windows. */
export class AppWindows {
  readonly #placeFile: JsonFile<WindowPlace>
  #place: WindowPlace | undefined
  #remembering: Promise<void> = Promise.resolve()

  constructor(private readonly options: AppWindowsOptions) {
    this.#placeFile = new JsonFile(join(options.userData, 'window.json'), windowPlaceSchema, options.log)
    this.#place = this.#placeFile.read()
  }

  /** Opens a window, shown once it has something to show. */
  open(start?: StartArgument): BrowserWindow {
    const { session, page, origin, preload, icon, sessions, log } = this.options
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea)
    const window = new BrowserWindow({
      ...placeFor(this.#place, screens, BrowserWindow.getAllWindows().length),
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
    const maximized = this.#place?.maximized === true
    lockContents(window.webContents, origin, log)
    sessions.add(window, start)
    reviveCrashedPage(window, this.options.texts)
    window.once('ready-to-show', () => (maximized ? window.maximize() : window.show()))
    window.on('close', () => this.#rememberPlace(window))
    window.loadURL(page).catch((error: unknown) => log.error({ err: error }, 'cannot load the page'))
    return window
  }

  /** Brings the window used last to the front. False where there is none. */
  focus(): boolean {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
    if (window === undefined) return false
    if (window.isMinimized()) window.restore()
    window.focus()
    return true
  }

  /** Sends a menu command to a window, by default the one in front. */
  command(command: MenuCommand, windowId: number | undefined): void {
    const window = windowId === undefined ? BrowserWindow.getFocusedWindow() : BrowserWindow.fromId(windowId)
    window?.webContents.send(MENU_CHANNEL, command)
  }

  /** Colours windows for a theme that was just chosen. */
  repaint(): void {
    const colour = nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light
    for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(colour)
  }

  /** Resolves when the place of the last window is stored. */
  settled(): Promise<void> {
    return this.#remembering
  }

  #rememberPlace(window: BrowserWindow): void {
    this.#place = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    this.#remembering = this.#placeFile.write(this.#place).catch((error: unknown) => {
      this.options.log.warn({ err: error }, 'cannot remember where the window was')
    })
  }
}
