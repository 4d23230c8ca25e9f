import type { Guests } from '../quitting/guests'

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
  /** Tells the person that others are cut off, without holding the machine up. */
  readonly warnOfSleep: (guests: Guests) => void
  /** The system shuts down: nothing may hold it up. */
  readonly onShutdown: () => void
}

/**
 * What hosting has to do with the machine's power. While somebody is connected, the machine does not fall asleep by
 * itself (the screen may). A sleep that the person wants comes too soon for a question: guests are told of it, and the
 * person by a notice of the system, which is there before the screen is dark or when it is lit again.
 */
export class PowerWatch {
  #blocker: number | undefined
  #guests: Guests | undefined

  constructor(private readonly options: PowerWatchOptions) {
    const { monitor, rooms, warnOfSleep, onShutdown } = options
    monitor.on('suspend', () => {
      const guests = this.#guests
      rooms.sleep()
      if (guests !== undefined) warnOfSleep(guests)
    })
    monitor.on('resume', () => rooms.wake())
    monitor.on('shutdown', onShutdown)
  }

  /** Says who is connected; undefined: nobody. */
  setGuests(guests: Guests | undefined): void {
    const { blocker } = this.options
    const areThere = guests !== undefined
    this.#guests = guests
    if (areThere && this.#blocker === undefined) this.#blocker = blocker.start('prevent-app-suspension')
    else if (!areThere && this.#blocker !== undefined) {
      blocker.stop(this.#blocker)
      this.#blocker = undefined
    }
  }
}
