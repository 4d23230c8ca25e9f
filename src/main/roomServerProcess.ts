import { startHost } from '../server/host/startHost'
import { createStderrLogger } from '../server/logger'
import { ServerWorker } from './hosting/serverWorker'

/**
 * Entry of the utility process with the room server. What it does for all rooms, waiting for the disk included,
 * never holds up a window. It ends with the main process, which owns the other end of its port.
 */
const { parentPort } = process
const worker = new ServerWorker({
  startHost,
  reply: (message) => parentPort.postMessage(message),
  exit: (code) => process.exit(code),
  logger: createStderrLogger('info'),
})
parentPort.on('message', ({ data }) => worker.received(data))
