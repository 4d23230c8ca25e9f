import { KNOCK } from '../../server/access/policies'
import type { Host, HostOptions } from '../../server/host/startHost'
import type { Logger } from '../../server/logger'
import { StartError } from '../../server/startError'
import type { Clock } from '../../shared/clock'
import { errorText } from '../../shared/errorText'
import { hostingErrorCodeSchema } from '../../shared/ipc/hosting'
import { HostingError } from './hostingError'
import {
  toServerSchema,
  type FromServer,
  type ServerAnswer,
  type ServerRequest,
  type ServerRoom,
  type StartOptions,
} from './messages'

/** How many ports after the wanted one are tried. */
const PORT_SEARCH = 100
/**
 * How often rooms and people in them are looked at, ms. One look is one query; being told instead would take a hook at
 * each of the many ways in and out of a room.
 */
const WATCH_MS = 1_000
/** How long nobody is let in where a sleep that was announced does not come, ms. */
const SLEEP_MS = 20_000

export interface ServerWorkerOptions {
  readonly startHost: (options: HostOptions) => Promise<Host>
  readonly reply: (message: FromServer) => void
  readonly exit: (code: number) => void
  readonly clock: Clock
  readonly logger: Logger
}

/** The room server's process from the inside: carries out what main asks for, in the order it asks. */
export class ServerWorker {
  #host: Host | undefined
  #work: Promise<void> = Promise.resolve()
  #cancelWatch: () => void = () => undefined
  /** JSON of the rooms main knows. */
  #told = '[]'

  constructor(private readonly options: ServerWorkerOptions) {}

  /** Takes a message of main. */
  received(message: unknown): void {
    const parsed = toServerSchema.safeParse(message)
    if (!parsed.success) {
      this.options.logger.error({ err: parsed.error }, 'main sent a malformed message')
      return
    }
    const { data } = parsed
    // These do not wait for what is under way: the machine does not either.
    if (data.type === 'sleep') return this.#host?.roomServer.sleep(SLEEP_MS)
    if (data.type === 'wake') return this.#host?.roomServer.wake()
    this.#work = this.#work.then(() => {
      switch (data.type) {
        case 'start':
          return this.#start(data.options)
        case 'call':
          return this.#call(data.callId, data.request)
        case 'stop':
          return this.#stop()
      }
    })
  }

  async #start(options: StartOptions): Promise<void> {
    const { dataFolder, clientFolder, host, port, plainBrowsers, discovery } = options
    try {
      this.#host = await this.options.startHost({
        dataFolder,
        host,
        port,
        portSearch: PORT_SEARCH,
        staticDir: clientFolder,
        publicOrigins: [],
        encryption: { certificate: 'own', plainBrowsers },
        // Rooms on a person's own machine are made by that person, in the app.
        roomCreation: { mode: 'nobody' },
        defaultPolicy: KNOCK,
        discovery: discovery && { card: discovery.card, unlisted: discovery.unlisted },
        logger: this.options.logger,
      })
    } catch (error) {
      this.options.logger.error({ err: error }, 'cannot host')
      // Main ends this process: an exit of its own could overtake the message.
      this.options.reply({ type: 'failed', failure: failureOf(error) })
      return
    }
    const { port: taken, fingerprint } = this.#host
    if (fingerprint === undefined) throw new Error('a host that encrypts has a certificate')
    this.options.reply({ type: 'started', port: taken, fingerprint })
    this.#watchLater()
  }

  #watchLater(): void {
    this.#cancelWatch = this.options.clock.after(WATCH_MS, () => {
      this.#watch()
        .catch((error: unknown) => this.options.logger.warn({ err: error }, 'cannot look at the rooms'))
        .finally(() => {
          if (this.#host !== undefined) this.#watchLater()
        })
    })
  }

  /** Tells main of the rooms where they, or who is in them, have changed. */
  async #watch(): Promise<void> {
    if (this.#host === undefined) return
    const rooms = await listRooms(this.#host)
    const text = JSON.stringify(rooms)
    if (text === this.#told) return
    this.#told = text
    this.options.reply({ type: 'rooms', rooms })
  }

  async #call(callId: number, request: ServerRequest): Promise<void> {
    try {
      this.options.reply({ type: 'done', callId, answer: await this.#carryOut(request) })
    } catch (error) {
      this.options.logger.warn({ err: error, request: request.type }, 'cannot do what main asked for')
      this.options.reply({ type: 'refused', callId, failure: failureOf(error) })
    }
  }

  async #carryOut(request: ServerRequest): Promise<ServerAnswer> {
    if (this.#host === undefined) throw new HostingError('host-failed', 'the room server has not started')
    const host = this.#host
    const { roomServer } = host
    switch (request.type) {
      case 'create': {
        const { roomId, title } = await roomServer.createRoom(request.title, request.owner)
        return [{ roomId, title, open: true, guests: 0 }]
      }
      case 'list':
        return listRooms(host)
      case 'reopen':
        await roomServer.reopenRoom(request.roomId)
        return (await listRooms(host)).filter(({ roomId }) => roomId === request.roomId)
      case 'close':
        await roomServer.closeRoom(request.roomId)
        return []
      case 'setListed':
        host.setListed(request.roomId, request.listed)
        return []
      case 'setPlainBrowsers':
        host.setPlainBrowsers(request.on)
        return []
      case 'status': {
        const { connections, reachedFromOutside } = host
        return { connections, reachedFromOutside }
      }
    }
  }

  async #stop(): Promise<void> {
    let exitCode = 0
    const host = this.#host
    this.#host = undefined
    this.#cancelWatch()
    try {
      await host?.stop()
    } catch (error) {
      this.options.logger.error({ err: error }, 'the room server did not stop cleanly')
      exitCode = 1
    }
    this.options.exit(exitCode)
  }
}

async function listRooms({ roomServer }: Host): Promise<ServerRoom[]> {
  const rooms = await roomServer.listRooms()
  return rooms.map(({ room: { roomId, title }, open, guests }) => ({ roomId, title, open, guests }))
}

function failureOf(error: unknown): { code: HostingError['code']; message: string } {
  const code = error instanceof StartError || error instanceof HostingError ? error.code : undefined
  const known = hostingErrorCodeSchema.safeParse(code)
  return { code: known.success ? known.data : 'host-failed', message: errorText(error) }
}
