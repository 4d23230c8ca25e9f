import { OPEN_DOOR } from '../../src/server/access/policies'
import { startHost, type Host, type HostOptions } from '../../src/server/host/startHost'
import { silentLogger } from '../../src/server/logger'

/** A host for tests: on a free port of loopback, without encryption, open to everybody where `options` say nothing else. */
export function startPlainHost(dataFolder: string, options: Partial<HostOptions> = {}): Promise<Host> {
  return startHost({
    dataFolder,
    host: '127.0.0.1',
    port: 0,
    portSearch: 0,
    staticDir: undefined,
    publicOrigins: [],
    encryption: 'off',
    roomCreation: { mode: 'anyone' },
    defaultPolicy: OPEN_DOOR,
    logger: silentLogger,
    ...options,
  })
}
