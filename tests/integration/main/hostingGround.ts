import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { HostedRooms } from '../../../src/main/hosting/hostedRooms'
import type { FromServer } from '../../../src/main/hosting/messages'
import type { ChildProcess } from '../../../src/main/hosting/serverProcess'
import { ServerWorker } from '../../../src/main/hosting/serverWorker'
import { startHost } from '../../../src/server/host/startHost'
import { silentLogger } from '../../../src/server/logger'
import { systemClock } from '../../../src/server/systemClock'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'

/** The room server's process, inside this one: messages are cloned as between processes. */
export class InnerProcess implements ChildProcess {
  readonly #worker: ServerWorker
  #onMessage: (message: unknown) => void = () => undefined
  #onExit: (code: number) => void = () => undefined

  constructor() {
    this.#worker = new ServerWorker({
      startHost,
      reply: (message: FromServer) => this.#onMessage(structuredClone(message)),
      exit: (code) => this.#onExit(code),
      clock: systemClock,
      logger: silentLogger,
    })
  }

  postMessage(message: unknown): void {
    this.#worker.received(structuredClone(message))
  }

  on(event: 'message' | 'exit', listener: (value: never) => void): unknown {
    if (event === 'message') this.#onMessage = listener as (message: unknown) => void
    else this.#onExit = listener as (code: number) => void
    return this
  }

  kill(): boolean {
    this.#onExit(143)
    return true
  }
}

/** A server on a free port of loopback, which keeps that port from others. */
export async function occupyPort(): Promise<{ server: Server; port: number }> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { server, port: address.port }
}

/** The user data of an app that hosts; gone with its servers when the test ends. */
export class HostingGround {
  readonly #opened: HostedRooms[] = []

  private constructor(readonly userData: string) {}

  static async make(): Promise<HostingGround> {
    const ground = new HostingGround(await makeTemporaryFolder())
    onTestFinished(async () => {
      await Promise.all(ground.#opened.map((rooms) => rooms.stop()))
      await removeFolder(ground.userData)
    })
    return ground
  }

  /** The same with a free port to host at. */
  static async withPort(): Promise<HostingGround> {
    const ground = await HostingGround.make()
    await ground.rememberPort(await freePort())
    return ground
  }

  /** The hosting of an app with this user data. */
  open(startedProcesses: InnerProcess[] = []): HostedRooms {
    const { userData } = this
    const rooms = new HostedRooms({
      userData,
      clientFolder: join(userData, 'client'),
      host: '127.0.0.1',
      owner: 'd'.repeat(32),
      discovery: undefined,
      fork: () => {
        const child = new InnerProcess()
        startedProcesses.push(child)
        return child
      },
      networkInterfaces: () => ({}),
      clock: systemClock,
      log: silentLogger,
    })
    this.#opened.push(rooms)
    return rooms
  }

  async rememberPort(port: number): Promise<void> {
    await writeFile(join(this.userData, 'hosting.json'), JSON.stringify({ port, rooms: [] }))
  }
}

export async function freePort(): Promise<number> {
  const { server, port } = await occupyPort()
  server.close()
  await once(server, 'close')
  return port
}
