import type { Logger } from '../../server/logger'
import type { Clock } from '../../shared/clock'
import type { UpdateState, UpdateStep, UpdateWay } from '../../shared/ipc/updates'

/** How long after its start the app looks for the first time, ms: starting comes first. */
export const FIRST_CHECK_MS = 30_000
/** How often it looks, ms: twice in a working day. */
export const CHECK_EVERY_MS = 6 * 60 * 60 * 1000

/** Where new versions come from. Every method may throw. */
export interface UpdateSource {
  /** The newer version that is meant for this installation; undefined: none. */
  check(): Promise<string | undefined>
  /** Downloads what {@link check} has found. */
  download(onProgress: (done: number) => void): Promise<void>
  /**
   * Puts the new version in the place of this one and starts it, or has that done once the app has ended. `onFailed` is
   * told where that fails later.
   */
  install(onFailed: (error: unknown) => void): void
}

export interface AppUpdatesOptions {
  readonly way: UpdateWay
  /** The version that runs. */
  readonly version: string
  /** Whether the app looks by itself, as the person chose last. */
  readonly automatic: boolean
  /** Loaded when it is first needed. */
  readonly openSource: () => Promise<UpdateSource>
  /** Whether to restart now; asked where it would cut people off. */
  readonly mayRestart: () => Promise<boolean>
  /** The restart that was agreed to does not happen: quitting asks again. */
  readonly restartFailed: () => void
  /** Whether installing begins while the app runs, which then quits by itself: on macOS. */
  readonly installsFirst: boolean
  /** Quits the app, which ends with {@link AppUpdates.installAtEnd}. */
  readonly quit: () => void
  readonly clock: Clock
  readonly log: Logger
}

/**
 * Looks for new versions and downloads them. One is installed only when the person restarts for it, never when the app
 * quits for another reason.
 */
export class AppUpdates {
  readonly #listeners = new Set<(state: UpdateState) => void>()
  #step: UpdateStep = { name: 'idle' }
  #automatic: boolean
  #source: Promise<UpdateSource> | undefined
  #checking: Promise<void> | undefined
  #cancelCheck: () => void = () => undefined
  #installs = false

  constructor(private readonly options: AppUpdatesOptions) {
    this.#automatic = options.automatic
  }

  get state(): UpdateState {
    const { way, version } = this.options
    return { way, version, automatic: this.#automatic, step: this.#step }
  }

  onChange(listener: (state: UpdateState) => void): void {
    this.#listeners.add(listener)
  }

  /** Looks now and then from now on, while the person wants that. */
  start(): void {
    this.#checkLater(FIRST_CHECK_MS)
  }

  stop(): void {
    this.#cancelCheck()
  }

  setAutomatic(on: boolean): void {
    this.#automatic = on
    this.#tell()
  }

  /**
   * Looks now, where the app installs its versions itself. Resolves when it is known whether there is a newer one, whose
   * download goes on. Whoever asks meanwhile waits for the same answer.
   */
  async check(): Promise<void> {
    const { name } = this.#step
    if (this.options.way !== 'self' || name === 'downloading' || name === 'ready') return
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined
    })
    return this.#checking
  }

  /** Restarts into the version that is ready, if there is one and nobody who is connected keeps the person from it. */
  async restart(): Promise<void> {
    if (this.#step.name !== 'ready' || this.#installs) return
    const { mayRestart, installsFirst, quit } = this.options
    if (!(await mayRestart())) return
    if (installsFirst) return this.#install()
    this.#installs = true
    quit()
  }

  /** The app has stored everything and is about to end: the new version is installed where the person restarted for it. */
  async installAtEnd(): Promise<void> {
    if (!this.#installs) return
    this.#installs = false
    await this.#install()
  }

  async #install(): Promise<void> {
    const onFailed = (error: unknown): void => {
      this.options.restartFailed()
      this.#fail(error)
    }
    try {
      const source = await this.#open()
      source.install(onFailed)
    } catch (error) {
      onFailed(error)
    }
  }

  async #check(): Promise<void> {
    try {
      this.#set({ name: 'checking' })
      const source = await this.#open()
      const version = await source.check()
      if (version === undefined) return this.#set({ name: 'current' })
      this.#set({ name: 'downloading', version, done: 0 })
      void this.#download(source, version)
    } catch (error) {
      this.#fail(error)
    }
  }

  async #download(source: UpdateSource, version: string): Promise<void> {
    try {
      await source.download((done) => this.#set({ name: 'downloading', version, done }))
      this.options.log.info({ version }, 'a new version is ready')
      this.#set({ name: 'ready', version })
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    this.options.log.warn({ err: error }, 'cannot update')
    this.#set({ name: 'failed' })
  }

  #open(): Promise<UpdateSource> {
    this.#source ??= this.options.openSource()
    return this.#source
  }

  #checkLater(wait: number): void {
    this.#cancelCheck = this.options.clock.after(wait, () => {
      if (this.#automatic) void this.check()
      this.#checkLater(CHECK_EVERY_MS)
    })
  }

  #set(step: UpdateStep): void {
    this.#step = step
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.state)
  }
}
