import { app } from 'electron'
import { createStderrLogger } from '../server/logger'
import { parseCommandLine } from './commandLine'
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

// The lock belongs to the user data folder: no two apps write the same one.
if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(() => startApp(commandLine, log))
    .catch((error: unknown) => {
      log.error({ err: error }, 'the app cannot start')
      app.exit(1)
    })
} else {
  log.info({}, 'the app runs already; what it was asked for goes there')
  app.quit()
}
