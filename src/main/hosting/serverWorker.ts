import { KNOCK } from '../../server/access/policies'
import { BundleError } from '../../server/bundle/bundleError'
import type { BundleJob } from '../../server/bundle/bundleJob'
import type { Host, HostOptions } from '../../server/host/startHost'
import type { Logger } from '../../server/logger'
import { StartError } from '../../server/startError'
import { StoreError } from '../../server/storage/roomStore'
import type { Clock } from '../../shared/clock'
import { errorText } from '../../shared/errorText'
import { InkroomError } from '../../shared/protocol/errors'
import { HostingError } from './hostingError'
import { LongCalls } from './longCalls'
import {
  failureCodeSchema,
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
/** How long a link counts that is copied without further questions, ms: a week, as the dialog suggests. */
const HANDED_OUT_MS = 7 * 24 * 3_600_000
/** How long nobody is let in where a sleep that was announced does not come, ms. */
const SLEEP_MS = 20_000

export interface ServerWorkerOptions {
  readonly startHost: (options: HostOptions) => Promise<Host>
  readonly reply: (message: FromServer) => void
  readonly exit: (code: number) => void
  readonly clock: Clock
  readonly logger: Logger
}

/**
 * The room server's process from the inside: carries out what main asks for, in the order it asks. What takes long begins
 * in that order, too, and goes on beside the rest.
 */
export class ServerWorker {
  readonly #longCalls: LongCalls
  #host: Host | undefined
  #work: Promise<void> = Promise.resolve()
  #cancelWatch: () => void = () => undefined
  /** JSON of the rooms main knows. */
  #told = '[]'

  constructor(private readonly options: ServerWorkerOptions) {
    this.#longCalls = new LongCalls(options)
  }

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
        case 'cancel':
          return this.#longCalls.cancel(data.callId)
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
    if (request.type !== 'export' && request.type !== 'import')
      return this.#answer(callId, request.type, () => this.#carryOut(request))
    this.#longCalls.run(callId, (job) =>
      this.#answer(callId, request.type, () => carryOutLong(this.#running(), request, job)),
    )
  }

  async #answer(
    callId: number,
    type: ServerRequest['type'],
    carryOut: () => Promise<ServerAnswer>,
  ): Promise<void> {
    try {
      this.options.reply({ type: 'done', callId, answer: await carryOut() })
    } catch (error) {
      this.options.logger.warn({ err: error, request: type }, 'cannot do what main asked for')
      this.options.reply({ type: 'refused', callId, failure: failureOf(error) })
    }
  }

  #running(): Host {
    if (this.#host === undefined) throw new HostingError('host-failed', 'the room server has not started')
    return this.#host
  }

  async #carryOut(request: Exclude<ServerRequest, LongRequest>): Promise<ServerAnswer> {
    const host = this.#running()
    const { roomServer } = host
    switch (request.type) {
      case 'create': {
        const { roomId, title } = await roomServer.createRoom(request.title, request.owner)
        return [{ roomId, title, open: true, guests: 0 }]
      }
      case 'list':
        return listRooms(host)
      case 'look':
        await this.#watch()
        return []
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
      case 'invite':
        return {
          token: await roomServer.inviteTo(request.roomId, {
            role: 'editor',
            maxUses: null,
            lifetimeMs: HANDED_OUT_MS,
          }),
        }
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
      await this.#longCalls.end()
      await host?.stop()
    } catch (error) {
      this.options.logger.error({ err: error }, 'the room server did not stop cleanly')
      exitCode = 1
    }
    this.options.exit(exitCode)
  }
}

type LongRequest = Extract<ServerRequest, { type: 'export' | 'import' }>

async function carryOutLong({ bundles }: Host, request: LongRequest, job: BundleJob): Promise<ServerAnswer> {
  if (request.type === 'export') {
    await bundles.export(request.roomId, request.file, job)
    return []
  }
  const { roomId, title } = await bundles.import(request.file, request.owner, job)
  return [{ roomId, title, open: false, guests: 0 }]
}

async function listRooms({ roomServer }: Host): Promise<ServerRoom[]> {
  const rooms = await roomServer.listRooms()
  return rooms.map(({ room: { roomId, title }, open, guests }) => ({ roomId, title, open, guests }))
}

function failureOf(error: unknown): { code: HostingError['code']; message: string } {
  const known = failureCodeSchema.safeParse(codeOf(error))
  return { code: known.success ? known.data : 'host-failed', message: errorText(error) }
}

function codeOf(error: unknown): string | undefined {
  // A full disk, above all.
  if (error instanceof StoreError && error.code === 'storage-failed') return 'data-unwritable'
  const kinds = [StartError, HostingError, BundleError, StoreError, InkroomError]
  return kinds.some((kind) => error instanceof kind) ? (error as { code: string }).code : undefined
}
