import type { Host } from '../host/startHost'
import type { Logger } from '../logger'

/** How long a server may take to stop, milliseconds. Committing takes well under a second; then clients say goodbye. */
const STOP_TIMEOUT_MS = 10_000

/**
 * Ends the process when it is asked to: the first SIGTERM or SIGINT lets the server finish (exit code 0), a second one
 * or ten seconds of waiting end it at once (exit code 1). What was acknowledged is safe either way.
 */
export function stopOnSignal(host: Host, logger: Logger): void {
  let asked = false
  const onSignal = (signal: NodeJS.Signals): void => {
    if (asked) {
      logger.warn({ signal }, 'The server is stopped at once.')
      process.exit(1)
    }
    asked = true
    logger.info({ signal, connections: host.connections }, 'The server stops.')
    const overdue = setTimeout(() => {
      logger.error({}, 'The server did not stop in time.')
      process.exit(1)
    }, STOP_TIMEOUT_MS)
    host.stop().then(
      () => {
        clearTimeout(overdue)
        logger.info({}, 'The server has stopped.')
        process.exit(0)
      },
      (error: unknown) => {
        logger.error({ err: error }, 'The server failed while it stopped.')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}
