import { app, BrowserWindow, ipcMain, Menu, nativeTheme, session, utilityProcess } from 'electron'
import { randomUUID } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import type { Logger } from '../server/logger'
import { systemClock } from '../server/systemClock'
import { SOCKET_EVENT_CHANNEL, type SocketEvent } from '../shared/ipc/sockets'
import type { Settings } from '../shared/settings'
import { openCaches, type Caches } from './caches'
import { parseCommandLine, type CommandLine } from './commandLine'
import { loadDevice, type Device } from './device/device'
import { systemProtection } from './device/keyProtection'
import { askAboutLockedKey } from './dialogs/lockedKey'
import { DIALOG_TEXTS } from './dialogs/texts'
import { TextFiles } from './files/textFiles'
import { HostedRooms } from './hosting/hostedRooms'
import { serveApp } from './ipc/app'
import { serveCache } from './ipc/cache'
import { serveFiles } from './ipc/files'
import { serveHosting } from './ipc/hosting'
import { Router } from './ipc/router'
import { serveSettings } from './ipc/settings'
import { serveSockets } from './ipc/sockets'
import { logFolderOf } from './logs/openLog'
import { menuTemplate } from './menu/menuTemplate'
import { ICON_FILE, PRELOAD_FILE, RENDERER_FOLDER, ROOM_SERVER_FILE } from './paths'
import { SettingsFile } from './settings'
import { serveAppScheme } from './windows/appProtocol'
import { AppWindows } from './windows/appWindows'
import { lockSession } from './windows/lockDown'
import { pageOriginOf } from './windows/pageOrigin'
import { WindowCache } from './windows/windowCache'
import { WindowSessions, type WindowSession } from './windows/windowSession'
import { WindowSockets } from './windows/windowSockets'

/** Where the room server listens unless `--host` says otherwise: others on the network shall reach it. */
const EVERY_ADDRESS = '0.0.0.0'

/** Puts the app together and opens its first window. Electron is ready. */
export async function startApp(commandLine: CommandLine, log: Logger): Promise<void> {
  const userData = app.getPath('userData')
  const settings = new SettingsFile(userData, app.getLocale(), log)
  const onLocked = () => askAboutLockedKey(settings.value.locale)
  const device = await loadDevice({ userData, protection: systemProtection, onLocked, log })
  if (device === undefined) return app.quit()
  const caches = openCaches(userData, log)
  const hosted = hostRooms(userData, commandLine.host ?? EVERY_ADDRESS, device, log)
  const windowSessions = new WindowSessions((window) => createSession(window, caches, log))

  const origin = pageOriginOf(app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'])
  lockSession(session.defaultSession, origin)
  serveAppScheme(session.defaultSession, RENDERER_FOLDER)
  const windows = new AppWindows({
    userData,
    session: session.defaultSession,
    page: origin.page,
    origin,
    preload: PRELOAD_FILE,
    icon: ICON_FILE,
    sessions: windowSessions,
    texts: () => DIALOG_TEXTS[settings.value.locale],
    log,
  })

  const router = new Router(ipcMain, windowSessions.callers(origin), log)
  serveApp(router, windowSessions, device, log)
  serveSettings(router, settings)
  serveFiles(router)
  serveCache(router)
  serveHosting(router, hosted)
  serveSockets(router)

  const applySettings = ({ theme, locale }: Settings): void => {
    nativeTheme.themeSource = theme
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate({
          locale,
          isMac: process.platform === 'darwin',
          isPackaged: app.isPackaged,
          onCommand: (command, windowId) => windows.command(command, windowId),
          onNewWindow: () => windows.open(),
        }),
      ),
    )
  }
  applySettings(settings.value)
  settings.onChange(applySettings)
  nativeTheme.on('updated', () => windows.repaint())

  app.on('second-instance', (_event, argv, workingFolder) => {
    const { start } = parseCommandLine(argv, workingFolder, app.getAppPath())
    if (start !== undefined || !windows.focus()) windows.open(start)
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) windows.open()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  quitAfter(log, async () => {
    await windowSessions.end()
    await windows.settled()
    await hosted.stop()
    await caches.close()
  })
  windows.open(commandLine.start)
}

function hostRooms(userData: string, host: string, device: Device, log: Logger): HostedRooms {
  return new HostedRooms({
    userData,
    clientFolder: RENDERER_FOLDER,
    host,
    owner: device.id,
    fork: () =>
      utilityProcess.fork(ROOM_SERVER_FILE, [logFolderOf(userData)], {
        serviceName: 'Inkroom room server',
        stdio: 'inherit',
      }),
    networkInterfaces,
    clock: systemClock,
    log,
  })
}

function createSession(window: BrowserWindow, caches: Caches, log: Logger): WindowSession {
  const { webContents } = window
  const emit = (event: SocketEvent): void => {
    if (!webContents.isDestroyed()) webContents.send(SOCKET_EVENT_CHANNEL, event)
  }
  const sockets = new WindowSockets(emit, log)
  let cache: WindowCache | undefined
  return {
    window,
    sockets,
    files: new TextFiles(),
    cache: () => (cache ??= new WindowCache(caches.cacheFor(randomUUID()))),
    end: async () => {
      sockets.end()
      await cache?.end()
    },
  }
}

/** Holds the end of the app until what is under way is stored. */
function quitAfter(log: Logger, finish: () => Promise<void>): void {
  let finished = false
  let finishing = false
  app.on('will-quit', (event) => {
    if (finished) return
    event.preventDefault()
    if (finishing) return
    finishing = true
    finish()
      .catch((error: unknown) => log.error({ err: error }, 'the app did not end cleanly'))
      .finally(() => {
        finished = true
        app.quit()
      })
      .catch((error: unknown) => log.error({ err: error }, 'the app cannot quit'))
  })
}
