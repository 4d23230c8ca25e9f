import { app, ipcMain, nativeTheme, session } from 'electron'
import process from 'node:process'
import type { Logger } from '../server/logger'
import type { Settings } from '../shared/settings'
import { parseCommandLine, type CommandLine } from './commandLine'
import { DIALOG_TEXTS, type DialogTexts } from './dialogs/texts'
import { Router } from './ipc/router'
import { serveStart, type StartServices } from './ipc/start'
import { ICON_FILE, PRELOAD_FILE, RENDERER_FOLDER } from './paths'
import { SettingsFile } from './settings'
import { serveAppScheme } from './windows/appProtocol'
import { AppWindows } from './windows/appWindows'
import { lockSession } from './windows/lockDown'
import { pageOriginOf } from './windows/pageOrigin'
import { WindowPlaces } from './windows/windowPlaces'
import { WindowSessions } from './windows/windowSession'

/** Where Chromium keeps what it keeps of our pages, compiled code above all. */
const PAGES_PARTITION = 'persist:pages'

/** What windows need from the first moment. */
export interface AppShell {
  readonly settings: SettingsFile
  readonly places: WindowPlaces
  readonly sessions: WindowSessions
  readonly windows: AppWindows
  readonly router: Router
  /** In the person's language. */
  readonly texts: () => DialogTexts
  /** Lets pages start: everything they may ask is served. */
  serve(services: StartServices): void
}

/**
 * Opens the first window. Electron is ready. The rest of main is loaded meanwhile, while another process brings up the page:
 * pages that start earlier wait for {@link AppShell.serve}.
 */
export function openShell(commandLine: CommandLine, log: Logger): AppShell {
  const userData = app.getPath('userData')
  const settings = new SettingsFile(userData, app.getLocale(), log)
  const texts = (): DialogTexts => DIALOG_TEXTS[settings.value.locale]
  const origin = pageOriginOf(app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'])
  const pages = session.fromPartition(PAGES_PARTITION)
  lockSession(pages, origin)
  serveAppScheme(pages, RENDERER_FOLDER)

  const sessions = new WindowSessions()
  const places = new WindowPlaces(userData, log)
  const windows = new AppWindows({
    session: pages,
    page: origin.page,
    origin,
    preload: PRELOAD_FILE,
    icon: ICON_FILE,
    sessions,
    places,
    texts,
    log,
  })
  const router = new Router(ipcMain, sessions.callers(origin), log)
  const serve = serveStart(router, sessions, settings, log)

  const applyTheme = ({ theme }: Settings): void => {
    nativeTheme.themeSource = theme
  }
  applyTheme(settings.value)
  settings.onChange((changed, by) => {
    applyTheme(changed)
    windows.tellSettings(changed, by)
  })
  nativeTheme.on('updated', () => windows.repaint())
  app.on('second-instance', (_event, argv, workingFolder) => {
    const { start } = parseCommandLine(argv, workingFolder, app.getAppPath())
    if (start !== undefined || !windows.focus()) windows.open(start)
  })
  windows.open(commandLine.start)
  // Nothing of ours is in it: what gets into it by mistake gets nowhere.
  lockSession(session.defaultSession, { owns: () => false })
  return { settings, places, sessions, windows, router, texts, serve }
}
