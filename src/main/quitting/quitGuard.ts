import type { Guests } from './guests'

/** What a person wants who closes the last window while others are in a room. */
export type LastWindowAnswer = 'keep-hosting' | 'quit' | 'cancel'

export interface QuitGuardOptions {
  /** Who would be cut off, as last heard; undefined: nobody. */
  readonly guests: () => Guests | undefined
  /** Asks the room server who would be cut off now: those last heard of may have left a moment ago. */
  readonly lookAgain: () => Promise<Guests | undefined>
  /** Whether to quit all the same. */
  readonly askToQuit: (guests: Guests) => Promise<boolean>
  readonly askAtLastWindow: (guests: Guests) => Promise<LastWindowAnswer>
  /** Whether the app goes on without a window by itself, as on macOS. */
  readonly outlivesWindows: boolean
  /** Starts quitting, which asks {@link QuitGuard.beforeQuit} first. */
  readonly quit: () => void
}

/** An event of Electron that can be called off. */
interface Preventable {
  preventDefault(): void
}

/**
 * Asks before people are cut off from a room of this device: when the app quits, and when its last window is closed.
 * Nobody is asked when the system shuts down, and nobody twice.
 */
export class QuitGuard {
  #allowed = false
  #asking = false
  #keepsHosting = false

  constructor(private readonly options: QuitGuardOptions) {}

  /** Quits without asking: the system shuts down, or an update is about to be installed that the person agreed to. */
  allow(): void {
    this.#allowed = true
  }

  /** Asks again: what was to end the app has failed. */
  forbid(): void {
    this.#allowed = false
  }

  /** Whether the app is to go on although its last window is closed. */
  get goesOnWithoutWindow(): boolean {
    return this.options.outlivesWindows || this.#keepsHosting
  }

  /** True while the app has no window and goes on only because it hosts. */
  get isWithoutWindow(): boolean {
    return this.#keepsHosting && !this.options.outlivesWindows
  }

  /** There is a window again: closing it asks again. */
  windowOpened(): void {
    this.#keepsHosting = false
  }

  /** The app is about to close its windows and quit. */
  beforeQuit(event: Preventable): void {
    if (this.#allowed || this.options.guests() === undefined) return
    event.preventDefault()
    void this.#askOnce(async () => {
      const guests = await this.options.lookAgain()
      if (guests !== undefined && !(await this.options.askToQuit(guests))) return
      this.#allowed = true
      this.options.quit()
    })
  }

  /** A window is about to close; `close` closes it later. `isLast`: no other is open. */
  beforeClose(event: Preventable, isLast: boolean, close: () => void): void {
    if (!isLast || this.goesOnWithoutWindow || this.#allowed || this.options.guests() === undefined) return
    event.preventDefault()
    void this.#askOnce(async () => {
      const guests = await this.options.lookAgain()
      const answer = guests === undefined ? 'quit' : await this.options.askAtLastWindow(guests)
      if (answer === 'cancel') return
      if (answer === 'keep-hosting') this.#keepsHosting = true
      else this.#allowed = true
      close()
    })
  }

  /** One question at a time: whoever presses the key again sees the one that is there. */
  async #askOnce(ask: () => Promise<void>): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    try {
      await ask()
    } finally {
      this.#asking = false
    }
  }
}
