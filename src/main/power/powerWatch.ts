/** What is needed of Electron's powerMonitor. */
export interface PowerMonitor {
  on(event: 'suspend' | 'resume' | 'shutdown', listener: () => void): unknown
}

/** What is needed of Electron's powerSaveBlocker. */
export interface PowerSaveBlocker {
  start(type: 'prevent-app-suspension'): number
  stop(id: number): boolean
}

export interface PowerWatchOptions {
  readonly monitor: PowerMonitor
  readonly blocker: PowerSaveBlocker
  /** The rooms others can be in. */
  readonly rooms: {
    sleep(): void
    wake(): void
  }
  /** The system shuts down: nothing may hold it up. */
  readonly onShutdown: () => void
}

/**
 * What hosting has to do with the machine's power. While somebody is connected, the machine does not fall asleep by
 * itself (the screen may). A sleep that the person wants comes too soon for a question, so guests are told of it.
 */
export class PowerWatch {
  #blocker: number | undefined

  constructor(private readonly options: PowerWatchOptions) {
    const { monitor, rooms, onShutdown } = options
    monitor.on('suspend', () => rooms.sleep())
    monitor.on('resume', () => rooms.wake())
    monitor.on('shutdown', onShutdown)
  }

  /** Says whether anybody is connected. */
  setGuests(areThere: boolean): void {
    const { blocker } = this.options
    if (areThere && this.#blocker === undefined) this.#blocker = blocker.start('prevent-app-suspension')
    else if (!areThere && this.#blocker !== undefined) {
      blocker.stop(this.#blocker)
      this.#blocker = undefined
    }
  }
}
