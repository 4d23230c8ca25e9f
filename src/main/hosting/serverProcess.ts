import type { BundleJob } from '../../server/bundle/bundleJob'
import type { Logger } from '../../server/logger'
import type { Clock } from '../../shared/clock'
import { deferred } from './deferred'
import { HostingError } from './hostingError'
import {
  fromServerSchema,
  type FromServer,
  type ServerAnswer,
  type ServerRequest,
  type ServerRoom,
  type Started,
  type StartOptions,
  type ToServer,
} from './messages'

/** A process as this needs it; Electron's UtilityProcess is one. */
export interface ChildProcess {
  postMessage(message: ToServer): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  kill(): boolean
}

/** How long a stopping server may take to commit and say good-bye, milliseconds. */
export const STOP_TIMEOUT_MS = 5_000
/** Waits before a crashed server is started again, milliseconds: doubled each time, up to the longest. */
export const FIRST_RESTART_MS = 250
export const LONGEST_RESTART_MS = 30_000
/** A server that ran this long has recovered, milliseconds: the next crash counts as the first. */
const STABLE_AFTER_MS = 60_000

export interface ServerProcessOptions {
  readonly fork: () => ChildProcess
  /** Asked for at each start. */
  readonly startOptions: () => StartOptions
  /** Whether a crashed server has work to come back for. */
  readonly isWanted: () => boolean
  readonly onStarted: (started: Started) => void
  /** Told of all rooms whenever they have changed; of none when the server has ended. */
  readonly onRooms: (rooms: readonly ServerRoom[]) => void
  readonly clock: Clock
  readonly log: Logger
}

interface OpenCall {
  readonly resolve: (answer: ServerAnswer) => void
  readonly reject: (error: Error) => void
  readonly onProgress: BundleJob['onProgress']
}

interface Running {
  readonly child: ChildProcess
  readonly started: Promise<Started>
  readonly calls: Map<number, OpenCall>
  readonly exited: Promise<undefined>
}

/**
 * Owns the process of the room server: starts it when it is first needed, starts it again when it crashed, stops it
 * when the app quits.
 */
export class ServerProcess {
  #running: Running | undefined
  #cancelRestart: (() => void) | undefined
  #crashes = 0
  #lastCallId = 0
  #stopped = false

  constructor(private readonly options: ServerProcessOptions) {}

  /** False before the first start, after a crash, and after a start that failed. */
  get isRunning(): boolean {
    return this.#running !== undefined
  }

  /** Starts the server where it does not run. Throws {@link HostingError}. */
  start(): Promise<Started> {
    if (this.#stopped) return Promise.reject(new HostingError('host-failed', 'the app is quitting'))
    this.#cancelRestart?.()
    this.#cancelRestart = undefined
    this.#running ??= this.#spawn()
    return this.#running.started
  }

  /** Asks the server, starting it where need be. `job` is for what takes long. Throws {@link HostingError}. */
  async call(request: ServerRequest, { signal, onProgress }: BundleJob = {}): Promise<ServerAnswer> {
    await this.start()
    const running = this.#running
    if (running === undefined) throw new HostingError('host-failed', 'the room server has stopped')
    const callId = ++this.#lastCallId
    const cancel = (): void => running.child.postMessage({ type: 'cancel', callId })
    const answer = new Promise<ServerAnswer>((resolve, reject) => {
      running.calls.set(callId, { resolve, reject, onProgress })
      running.child.postMessage({ type: 'call', callId, request })
    })
    if (signal?.aborted === true) cancel()
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await answer
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  /** The machine goes to sleep, or is awake again. Does nothing where no server runs. */
  tell(what: 'sleep' | 'wake'): void {
    this.#running?.child.postMessage({ type: what })
  }

  /** Lets the server finish, and kills it where that takes too long. It does not start again. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancelRestart?.()
    const running = this.#running
    if (running === undefined) return
    running.child.postMessage({ type: 'stop' })
    const cancelKill = this.options.clock.after(STOP_TIMEOUT_MS, () => {
      this.options.log.warn({}, 'the room server does not stop and is killed')
      running.child.kill()
    })
    await running.exited
    cancelKill()
  }

  #spawn(): Running {
    const { fork, startOptions, onStarted, onRooms, clock, log } = this.options
    const child = fork()
    const calls: Running['calls'] = new Map()
    const started = deferred<Started>()
    const exited = deferred<undefined>()
    const running: Running = { child, started: started.promise, calls, exited: exited.promise }
    // Nobody may be waiting: a restart after a crash is nobody's call.
    started.promise.catch((error: unknown) => log.warn({ err: error }, 'the room server did not start'))

    const take = (message: FromServer): void => {
      switch (message.type) {
        case 'started':
          onStarted(message)
          return started.resolve(message)
        case 'rooms':
          return onRooms(message.rooms)
        case 'failed':
          started.reject(new HostingError(message.failure.code, message.failure.message))
          child.kill()
          return
        case 'progress':
          return calls.get(message.callId)?.onProgress?.(message.done)
        case 'done':
          calls.get(message.callId)?.resolve(message.answer)
          calls.delete(message.callId)
          return
        case 'refused':
          calls.get(message.callId)?.reject(new HostingError(message.failure.code, message.failure.message))
          calls.delete(message.callId)
      }
    }
    child.on('message', (message) => {
      const parsed = fromServerSchema.safeParse(message)
      if (parsed.success) take(parsed.data)
      else log.error({ err: parsed.error }, 'the room server sent a malformed message')
    })
    const startedAt = clock.now()
    child.on('exit', (code) => {
      if (this.#running === running) this.#running = undefined
      const error = new HostingError('host-failed', `the room server ended with exit code ${code}`)
      started.reject(error)
      for (const call of calls.values()) call.reject(error)
      calls.clear()
      exited.resolve(undefined)
      onRooms([])
      if (clock.now() - startedAt >= STABLE_AFTER_MS) this.#crashes = 0
      this.#restartLater(code)
    })
    child.postMessage({ type: 'start', options: startOptions() })
    return running
  }

  #restartLater(exitCode: number): void {
    if (this.#stopped || !this.options.isWanted()) return
    const wait = Math.min(FIRST_RESTART_MS * 2 ** this.#crashes, LONGEST_RESTART_MS)
    this.#crashes++
    this.options.log.warn({ exitCode, wait }, 'the room server ended; it is started again')
    this.#cancelRestart?.()
    this.#cancelRestart = this.options.clock.after(wait, () => {
      this.#cancelRestart = undefined
      this.#running ??= this.#spawn()
    })
  }
}
