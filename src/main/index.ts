import { app } from 'electron'
import { createStderrLogger } from '../server/logger'
import { parseCommandLine } from './commandLine'
import { DeepLinks } from './deepLinks'
import { startApp } from './startApp'
import { registerAppScheme } from './windows/appProtocol'

/*
 * Entry of the desktop app. Here is what has to happen before Electron is ready; the rest is in startApp.ts.
 */
const log = createStderrLogger('info')
const commandLine = parseCommandLine(process.argv, process.cwd(), app.getAppPath())
if (commandLine.userData !== undefined) app.setPath('userData', commandLine.userData)
// Chromium's sandbox cannot run as root, which then asks for --no-sandbox; both together end the app.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerAppScheme()
// macOS hands over the link that starts the app before it is ready.
const deepLinks = new DeepLinks(app)

// The lock belongs to the user data folder: no two apps write the same one.
if (app.requestSingleInstanceLock()) {
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
  log.info({}, 'the app runs already; what it was asked for goes there')
  app.quit()
}
