import type { Server } from 'node:net'
import { EVERY_ADDRESS } from '../addresses'
import { StartError, systemCodeOf } from '../startError'

const LAST_PORT = 65_535

/**
 * Makes a server listen on a port, or on the next free one of `tries` ports further up. Port 0 lets the system choose.
 * Returns the port. On `::` it takes IPv4 as well, and on a machine without IPv6 that alone. Throws {@link StartError}.
 */
export async function listen(server: Server, host: string, port: number, tries: number): Promise<number> {
  try {
    return await listenOnFree(server, host, port, tries)
  } catch (error) {
    if (host === EVERY_ADDRESS && error instanceof StartError && error.code === 'address-unavailable')
      return listenOnFree(server, '0.0.0.0', port, tries)
    throw error
  }
}

async function listenOnFree(server: Server, host: string, port: number, tries: number): Promise<number> {
  const last = port === 0 ? 0 : Math.min(port + tries, LAST_PORT)
  for (let candidate = port; ; candidate += 1) {
    try {
      await listenOn(server, host, candidate)
      return portOf(server)
    } catch (error) {
      if (systemCodeOf(error) === 'EADDRINUSE' && candidate < last) continue
      throw explained(error, host, port, last)
    }
  }
}

function listenOn(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const onListening = (): void => {
      server.off('error', onError)
      resolve()
    }
    const onError = (error: Error): void => {
      server.off('listening', onListening)
      reject(error)
    }
    server.once('listening', onListening)
    server.once('error', onError)
    server.listen(port, host)
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return address.port
}

function explained(error: unknown, host: string, port: number, last: number): StartError {
  const options = { cause: error }
  switch (systemCodeOf(error)) {
    case 'EADDRINUSE': {
      const ports = port === last ? `Port ${port}` : `Every port from ${port} to ${last}`
      return new StartError(
        'port-in-use',
        `${ports} on ${host} is in use by another program. Choose another port.`,
        options,
      )
    }
    case 'EACCES':
    case 'EPERM':
      return new StartError(
        'port-refused',
        `The system does not allow listening on port ${port} of ${host}. Choose a port above 1023.`,
        options,
      )
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(
        'address-unavailable',
        `This machine has no address ${host} to listen on. Choose one of its own addresses, or ${EVERY_ADDRESS} for all.`,
        options,
      )
    default:
      return new StartError('start-failed', `The server cannot listen on port ${port} of ${host}.`, options)
  }
}
