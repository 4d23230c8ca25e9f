import { app, BrowserWindow, utilityProcess } from 'electron'
import { randomUUID } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import { EVERY_ADDRESS } from '../server/addresses'
import type { Logger } from '../server/logger'
import { systemClock } from '../server/systemClock'
import { NEARBY_CHANNEL, SOCKET_EVENT_CHANNEL, UPDATE_CHANNEL } from '../shared/ipc/channels'
import type { SocketEvent } from '../shared/ipc/sockets'
import type { AppShell } from './appShell'
import { openCaches, type Caches } from './caches'
import type { CommandLine } from './commandLine'
import type { OpenRequests } from './openRequests'
import { loadDevice, type Device } from './device/device'
import { systemProtection } from './device/keyProtection'
import { askAboutLockedKey } from './dialogs/lockedKey'
import { showUpdateAnswer } from './dialogs/showUpdateAnswer'
import { NearbyRooms } from './discovery/nearbyRooms'
import { NearbyWatchers } from './discovery/nearbyWatchers'
import { RoomFiles } from './files/roomFiles'
import { TextFiles } from './files/textFiles'
import { HostedRooms } from './hosting/hostedRooms'
import { liveWithGuests } from './hostingLife'
import { serveApp } from './ipc/app'
import { serveCache } from './ipc/cache'
import { serveDiscovery } from './ipc/discovery'
import { serveFiles } from './ipc/files'
import { serveHosting } from './ipc/hosting'
import { serveNetwork } from './ipc/network'
import { serveRoomFiles } from './ipc/roomFiles'
import { serveSettings } from './ipc/settings'
import { serveSockets } from './ipc/sockets'
import { serveUpdates } from './ipc/updates'
import { logFolderOf } from './logs/openLog'
import { showLogs } from './logs/showLogs'
import { AppMenu } from './menu/appMenu'
import { reachabilityOf } from './network/reachability'
import { RENDERER_FOLDER, ROOM_SERVER_FILE } from './paths'
import { openUpdates } from './updates/openUpdates'
import { Presses } from './windows/presses'
import { WindowCache } from './windows/windowCache'
import type { WindowSession } from './windows/windowSession'
import { WindowSockets } from './windows/windowSockets'

/** Puts the rest of the app together, and lets its pages start. */
export async function startApp(
  shell: AppShell,
  commandLine: CommandLine,
  openRequests: OpenRequests,
  log: Logger,
): Promise<void> {
  const userData = app.getPath('userData')
  const { settings, places, sessions, windows, router, texts } = shell
  const onLocked = (unreadable?: string) => askAboutLockedKey(settings.value.locale, unreadable)
  const device = await loadDevice({ userData, protection: systemProtection, onLocked, log })
  if (device === undefined) return app.quit()
  const caches = openCaches(userData, log)
  const hosted = hostRooms(userData, commandLine, device, log)
  const nearby = commandLine.discovery ? findNearby(commandLine, hosted, log) : undefined
  const { guard, mayRestart, restartFailed, endTray } = liveWithGuests({ hosted, settings, windows, log })
  windows.beforeClose = (event, window, isLast) => guard.beforeClose(event, isLast, () => window.close())
  const { updates, setAutomatic } = openUpdates(userData, { mayRestart, restartFailed }, log)

  const menu = new AppMenu({
    isMac: process.platform === 'darwin',
    isPackaged: app.isPackaged,
    onCommand: (command, windowId) => windows.command(command, windowId),
    onNewWindow: () => windows.open(),
    onTheme: (theme) => {
      settings
        .save({ ...settings.value, theme })
        .catch((error: unknown) => log.error({ err: error }, 'cannot store the theme'))
    },
    onCheckForUpdates: () => {
      updates
        .check()
        .then(() => showUpdateAnswer(updates.state, texts().updates, windows.front))
        .then((restarts) => (restarts ? updates.restart() : undefined))
        .catch((error: unknown) => log.error({ err: error }, 'cannot say what came of looking for updates'))
    },
    onShowLogs: () => void showLogs(logFolderOf(userData), log),
  })
  const onCommands = (): void => menu.setCommands(sessions.commandsOf(windows.front))
  serveApp(router, { windows, device, texts, onCommands })
  serveSettings(router, settings)
  serveFiles(router)
  serveCache(router)
  serveHosting(router, hosted)
  serveRoomFiles(router, hosted, () => texts().roomFile)
  serveSockets(router)
  serveUpdates(router, updates, setAutomatic)
  updates.onChange((state) => windows.tell(UPDATE_CHANNEL, state))
  serveDiscovery(router)
  serveNetwork(router, device, async () =>
    reachabilityOf(await hosted.status(), { host: commandLine.host ?? EVERY_ADDRESS, networkInterfaces }),
  )

  menu.build(settings.value)
  settings.onChange((changed) => menu.build(changed))
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) windows.open()
  })
  app.on('browser-window-focus', onCommands)
  app.on('browser-window-blur', onCommands)
  app.on('window-all-closed', () => {
    onCommands()
    if (!guard.goesOnWithoutWindow) app.quit()
  })
  quitAfter(log, async () => {
    endTray()
    updates.stop()
    await sessions.end()
    await places.settled()
    await nearby?.stop()
    await hosted.stop()
    await caches.close()
    // The new version starts at once and finds everything free.
    app.releaseSingleInstanceLock()
    await updates.installAtEnd()
  })
  shell.serve({ device, createSession: (window) => createSession(window, caches, nearby, log) })
  updates.start()
  openRequests.start((start) => windows.open(start))
}

function hostRooms(
  userData: string,
  { host = EVERY_ADDRESS, discovery, discoveryInterface }: CommandLine,
  device: Device,
  log: Logger,
): HostedRooms {
  return new HostedRooms({
    userData,
    clientFolder: RENDERER_FOLDER,
    host,
    owner: device.id,
    discovery: discovery ? { card: discoveryInterface } : undefined,
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

function findNearby({ discoveryInterface }: CommandLine, hosted: HostedRooms, log: Logger): NearbyWatchers {
  return new NearbyWatchers(
    (onChange) => new NearbyRooms({ card: discoveryInterface, clock: systemClock, logger: log }, onChange),
    (roomId) => hosted.hosts(roomId),
  )
}

function createSession(
  window: BrowserWindow,
  caches: Caches,
  nearby: NearbyWatchers | undefined,
  log: Logger,
): WindowSession {
  const { webContents } = window
  const emit = (event: SocketEvent): void => {
    if (!webContents.isDestroyed()) webContents.send(SOCKET_EVENT_CHANNEL, event)
  }
  const sockets = new WindowSockets(emit, log)
  const nearbyWatch = nearby?.watchFor((rooms) => {
    if (!webContents.isDestroyed()) webContents.send(NEARBY_CHANNEL, rooms)
  })
  const presses = new Presses(webContents, systemClock)
  const roomFiles = new RoomFiles()
  let cache: WindowCache | undefined
  return {
    window,
    shownRoom: undefined,
    commands: new Set(),
    sockets,
    presses,
    files: new TextFiles(),
    roomFiles,
    nearby: nearbyWatch,
    cache: () => (cache ??= new WindowCache(caches.cacheFor(randomUUID()))),
    end: async () => {
      sockets.end()
      roomFiles.end()
      nearbyWatch?.stop()
      presses.end()
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
