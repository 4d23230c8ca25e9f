import { chromium, type Browser, type Page } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { isRoot } from '../../scripts/runtime.mjs'

/** What an app is started with. */
export interface ProgramStart {
  readonly program: string
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/**
 * An Electron app started as a desktop starts it. Playwright cannot launch one whose fuses forbid the inspector; it talks
 * to the pages alone.
 */
export class ProgramWithPages {
  private constructor(
    /** The first window's. */
    readonly page: Page,
    readonly main: ChildProcess,
    /** When the process was asked for, in milliseconds since 1970. */
    readonly startedAt: number,
    private readonly browser: Browser,
  ) {}

  static async start({ program, args = [], env = process.env }: ProgramStart): Promise<ProgramWithPages> {
    const startedAt = performance.timeOrigin + performance.now()
    const main = spawn(
      program,
      [...(isRoot() ? ['--no-sandbox'] : []), '--remote-debugging-port=0', ...args],
      { env, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const browser = await chromium.connectOverCDP(await devToolsAddress(main))
    return new ProgramWithPages(await firstPage(browser), main, startedAt, browser)
  }

  /** Closes the last window, as a person would, and waits for the app to end. */
  async quit(): Promise<number | null> {
    const ended = once(this.main, 'exit')
    await this.page.evaluate(() => window.close())
    await ended
    await this.browser.close()
    return this.main.exitCode
  }

  /** Ends it, however it is doing. */
  async kill(): Promise<void> {
    if (this.main.exitCode !== null || this.main.signalCode !== null) return
    const ended = once(this.main, 'exit')
    this.main.kill('SIGKILL')
    await ended
  }
}

function devToolsAddress(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = ''
    program.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text
      const address = /DevTools listening on (ws:\S+)/.exec(log)?.[1]
      if (address !== undefined) resolve(address)
    })
    program.once('exit', (code) => reject(new Error(`the app ended with ${code}:\n${log}`)))
    program.once('error', reject)
  })
}

async function firstPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('the app has no browser context')
  return context.pages()[0] ?? context.waitForEvent('page')
}
