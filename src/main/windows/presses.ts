import type { WebContents } from 'electron'
import type { Clock } from '../../shared/clock'

/** A press starts something within this time, in ms: slow machines take a while from a menu's click to its command. */
const FRESH_MS = 1000

/** What Electron calls the ends of presses. Scripts of a page cannot make these. */
const PRESSES: ReadonlySet<string> = new Set(['mouseUp', 'rawKeyDown', 'keyDown', 'touchEnd', 'pointerUp'])

/** Knows whether the person has just pressed a key or a button in a window: what no script may start by itself. */
export class Presses {
  #last = -Infinity
  readonly #listener = (_event: unknown, { type }: { readonly type: string }): void => {
    if (PRESSES.has(type)) this.#last = this.clock.now()
  }

  constructor(
    private readonly contents: Pick<WebContents, 'on' | 'off'>,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    contents.on('input-event', this.#listener)
  }

  /** True once for each press, while it is fresh. */
  take(): boolean {
    const isFresh = this.clock.now() - this.#last <= FRESH_MS
    this.#last = -Infinity
    return isFresh
  }

  end(): void {
    this.contents.off('input-event', this.#listener)
  }
}
