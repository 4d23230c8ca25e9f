import type { App } from 'electron'
import { startOfDeepLink, type StartArgument } from './commandLine'

/** Scheme of the links that open the app. */
const SCHEME = 'inkroom'

/** What waits for the app to be ready. 10: nobody clicks more while a window opens. */
const MAX_WAITING = 10

/** What is needed of Electron's app. */
type RequestSource = Pick<App, 'isDefaultProtocolClient' | 'setAsDefaultProtocolClient'> & {
  on(
    event: 'open-url' | 'open-file',
    listener: (event: { preventDefault(): void }, what: string) => void,
  ): unknown
}

/**
 * Links of other programs, and files that the person opens in the system's own windows. On Windows and Linux they are
 * arguments of the app or of its second start; macOS sends them, the first one before the app is ready.
 */
export class OpenRequests {
  #waiting: StartArgument[] = []
  #open: ((start: StartArgument) => void) | undefined

  constructor(private readonly app: RequestSource) {
    app.on('open-url', (event, url) => {
      event.preventDefault()
      const start = startOfDeepLink(url)
      if (start !== undefined) this.#take(start)
    })
    app.on('open-file', (event, file) => {
      event.preventDefault()
      this.#take({ file })
    })
  }

  /** Hands over each from now on, those that have come already first. */
  start(open: (start: StartArgument) => void): void {
    this.#open = open
    for (const start of this.#waiting.splice(0)) open(start)
  }

  #take(start: StartArgument): void {
    if (this.#open !== undefined) this.#open(start)
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push(start)
  }

  /**
   * Tells the system that this app opens `inkroom:` links, where it does not know yet. `args` come before the link: the app's
   * folder where it is not packaged. Behind `--` nothing a web page made up passes for a switch.
   */
  register(program: string, args: readonly string[]): void {
    const before = [...args, '--']
    if (!this.app.isDefaultProtocolClient(SCHEME, program, before))
      this.app.setAsDefaultProtocolClient(SCHEME, program, before)
  }
}
