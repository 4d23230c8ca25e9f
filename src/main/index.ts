import { app, dialog } from 'electron'
import { createLogger, stderrSink } from '../server/logger'
import { defaultSettings } from '../shared/settings'
import { parseCommandLine } from './commandLine'
import { DeepLinks } from './deepLinks'
import { DIALOG_TEXTS } from './dialogs/texts'
import { recordFailures } from './logs/failures'
import { logFolderOf, openLog } from './logs/openLog'
import { startApp } from './startApp'
import { registerAppScheme } from './windows/appProtocol'

/*
 * Entry of the desktop app. Here is what has to happen before Electron is ready; the rest is in startApp.ts.
 */
const commandLine = parseCommandLine(process.argv, process.cwd(), app.getAppPath())
if (commandLine.userData !== undefined) app.setPath('userData', commandLine.userData)
// Chromium's sandbox cannot run as root, which then asks for --no-sandbox; both together end the app.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerAppScheme()
// macOS hands over the link that starts the app before it is ready.
const deepLinks = new DeepLinks(app)

// The lock belongs to the user data folder: no two apps write the same one.
if (app.requestSingleInstanceLock()) {
  const logFolder = logFolderOf(app.getPath('userData'))
  const log = openLog(logFolder, 'main')
  recordFailures(log, () => {
    const { title, text } = DIALOG_TEXTS[defaultSettings(app.getLocale()).locale].crashedApp
    dialog.showErrorBox(title, text(logFolder))
  })
  log.info({ version: app.getVersion(), electron: process.versions.electron }, 'the app starts')
  if (app.isPackaged) deepLinks.register(process.execPath, [])
  else if (process.env['ELECTRON_RENDERER_URL'] !== undefined)
    deepLinks.register(process.execPath, [app.getAppPath()])
  app
    .whenReady()
    .then(() => startApp(commandLine, deepLinks, log))
    .catch((error: unknown) => {
      log.error({ err: error }, 'the app cannot start')
      app.exit(1)
    })
} else {
  createLogger('info', [stderrSink()]).info({}, 'the app runs already; what it was asked for goes there')
  app.quit()
}
