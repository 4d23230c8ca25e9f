import { onTestFinished } from 'vitest'
import { silentLogger } from '../../../src/server/logger'
import { systemClock } from '../../../src/server/systemClock'
import {
  startHttpServer,
  type HttpServer,
  type HttpServerOptions,
} from '../../../src/server/transport/httpServer'
import { FakeRoomServer } from './fakeRoomServer'

export interface TestServer {
  readonly http: HttpServer
  readonly rooms: FakeRoomServer
  readonly origin: string
  readonly socketUrl: string
}

/** A transport on a free port of 127.0.0.1 over a fake room server, closed when the test ends. */
export async function startTestServer(options: Partial<HttpServerOptions> = {}): Promise<TestServer> {
  const rooms = new FakeRoomServer()
  const http = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    portSearch: 0,
    staticDir: undefined,
    encryption: 'off',
    roomServer: rooms,
    clock: systemClock,
    logger: silentLogger,
    ...options,
    limits: { closeTimeoutMs: 200, ...options.limits },
  })
  onTestFinished(() => http.close())
  return {
    http,
    rooms,
    origin: `http://127.0.0.1:${http.port}`,
    socketUrl: `ws://127.0.0.1:${http.port}/socket`,
  }
}
