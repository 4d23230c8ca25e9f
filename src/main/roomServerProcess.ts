import { startHost } from '../server/host/startHost'
import { systemClock } from '../server/systemClock'
import { ServerWorker } from './hosting/serverWorker'
import { openLog } from './logs/openLog'

/**
 * Entry of the utility process with the room server. What it does for all rooms, waiting for the disk included,
 * never holds up a window. It ends with the main process, which owns the other end of its port. Its one argument is the
 * folder of the logs.
 */
const { parentPort } = process
const log = openLog(process.argv[2] ?? '.', 'room-server')
log.info({ pid: process.pid }, 'the room server starts')
const worker = new ServerWorker({
  startHost,
  reply: (message) => parentPort.postMessage(message),
  exit: (code) => process.exit(code),
  clock: systemClock,
  logger: log,
})
parentPort.on('message', ({ data }) => worker.received(data))
