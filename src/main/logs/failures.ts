import { app, crashReporter } from 'electron'
import type { Logger } from '../../server/logger'

/**
 * Logs what nobody catches. A mistake in main ends the app after `lastWords`: what main holds is in files, and going on
 * in an unknown state could damage them. Crashes of any process leave a dump on this machine; nothing is sent anywhere.
 */
export function recordFailures(log: Logger, lastWords: () => void): void {
  crashReporter.start({ uploadToServer: false })
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'main met an error that nobody caught')
    lastWords()
    app.exit(1)
  })
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'a promise failed unnoticed'))
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    if (reason !== 'clean-exit') log.error({ reason, exitCode }, 'a page has crashed')
  })
  app.on('child-process-gone', (_event, { type, name, serviceName, reason, exitCode }) => {
    if (reason !== 'clean-exit') {
      log.error({ type, name: name ?? serviceName, reason, exitCode }, 'a process of the app has crashed')
    }
  })
}
