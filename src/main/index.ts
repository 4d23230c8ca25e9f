import { app } from 'electron'
import { createStderrLogger } from '../server/logger'
import { commandArguments, parseCommandLine } from './commandLine'
import { registerAppScheme } from './windows/appProtocol'

/*
 * Entry of the desktop app. Here is what has to happen before Electron is ready; the rest is in startApp.ts, and in
 * runHeadless.ts for `inkroom serve`. Only the one that is needed is loaded.
 */
const log = createStderrLogger('info')
const place = [process.cwd(), app.getAppPath()] as const
const command = commandArguments(process.argv, ...place)

function fail(error: unknown): void {
  log.error({ err: error }, 'the app cannot start')
  app.exit(1)
}

function openApp(): void {
  const commandLine = parseCommandLine(process.argv, ...place)
  if (commandLine.userData !== undefined) app.setPath('userData', commandLine.userData)
  // Chromium's sandbox cannot run as root, which then asks for --no-sandbox; both together end the app.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  registerAppScheme()

  // The lock belongs to the user data folder: no two apps write the same one.
  if (!app.requestSingleInstanceLock()) {
    log.info({}, 'the app runs already; what it was asked for goes there')
    app.quit()
    return
  }
  Promise.all([import('./startApp'), app.whenReady()])
    .then(([{ startApp }]) => startApp(commandLine, log))
    .catch(fail)
}

if (command === undefined) openApp()
else {
  // Awaited here, Electron is not ready before it is loaded.
  const { runHeadless } = await import('./runHeadless')
  runHeadless(command).catch(fail)
}
