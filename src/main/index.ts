import { app, dialog, Menu } from 'electron'
import { createLogger, stderrSink, type Logger } from '../server/logger'
import { defaultSettings } from '../shared/settings'
import { commandArguments, parseCommandLine } from './commandLine'
import { openShell } from './appShell'
import { OpenRequests } from './openRequests'
import { DIALOG_TEXTS } from './dialogs/texts'
import { recordFailures } from './logs/failures'
import { logFolderOf, openLog } from './logs/openLog'
import { registerAppScheme } from './windows/appProtocol'

/*
 * Entry of the desktop app. Here is what has to happen before Electron is ready; the rest is in startApp.ts, and in
 * runHeadless.ts for `inkroom serve`. Only the one that is needed is loaded.
 */
const place = [process.cwd(), app.getAppPath()] as const
const command = commandArguments(process.argv, ...place)

const failWith =
  (log: Logger) =>
  (error: unknown): void => {
    log.error({ err: error }, 'the app cannot start')
    app.exit(1)
  }

function openApp(): void {
  const commandLine = parseCommandLine(process.argv, ...place)
  if (commandLine.userData !== undefined) app.setPath('userData', commandLine.userData)
  // Chromium's sandbox cannot run as root, which then asks for --no-sandbox; both together end the app.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // Pages reach no network. A process for it would take a tenth of the start and 25 MB.
  app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2')
  // Windows shows notices only of apps that it knows from the start menu, by the id that the installer gives there.
  if (process.platform === 'win32') app.setAppUserModelId('org.inkroom.Inkroom')
  registerAppScheme()
  // Electron would make one of its own until ours is there.
  Menu.setApplicationMenu(null)
  // macOS hands over the link or file that starts the app before it is ready.
  const openRequests = new OpenRequests(app)

  // The lock belongs to the user data folder: no two apps write the same one.
  if (!app.requestSingleInstanceLock()) {
    createLogger('info', [stderrSink()]).info({}, 'the app runs already; what it was asked for goes there')
    app.quit()
    return
  }
  const logFolder = logFolderOf(app.getPath('userData'))
  const log = openLog(logFolder, 'main')
  recordFailures(log, () => {
    const { title, text } = DIALOG_TEXTS[defaultSettings(app.getLocale()).locale].crashedApp
    dialog.showErrorBox(title, text(logFolder))
  })
  log.info({ version: app.getVersion(), electron: process.versions.electron }, 'the app starts')
  // On Linux the desktop entry of the package does it, and asking takes Electron most of a second.
  if (process.platform !== 'linux') {
    if (app.isPackaged) openRequests.register(process.execPath, [])
    else if (process.env['ELECTRON_RENDERER_URL'] !== undefined)
      openRequests.register(process.execPath, [app.getAppPath()])
  }
  app
    .whenReady()
    .then(async () => {
      const shell = openShell(commandLine, log)
      const { startApp } = await import('./startApp')
      await startApp(shell, commandLine, openRequests, log)
    })
    .catch(failWith(log))
}

if (command === undefined) openApp()
else {
  // Awaited here, Electron is not ready before it is loaded.
  const { runHeadless } = await import('./runHeadless')
  runHeadless(command).catch(failWith(createLogger('info', [stderrSink()])))
}
