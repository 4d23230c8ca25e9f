import { chromium, type Browser, type Page } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRoot } from '../../scripts/runtime.mjs'
import type { Settings } from '../../src/shared/settings'
import { makeTemporaryFolder, removeFolder } from '../lib/temporaryFolder'
import { Participant } from '../e2e/lib/participant'

export const PROGRAM = '/usr/bin/inkroom'

/**
 * The installed app as a desktop starts it: its program without any path, in a home folder of its own. Playwright cannot
 * launch it, since its fuses forbid the inspector; it talks to the pages alone.
 */
export class InstalledApp {
  private constructor(
    readonly person: Participant,
    readonly home: string,
    private readonly browser: Browser,
    private readonly program: ChildProcess,
  ) {}

  /** Starts it for somebody who has been asked for their name before. */
  static async start(home: string, args: readonly string[] = []): Promise<InstalledApp> {
    const program = spawn(
      PROGRAM,
      [...(isRoot() ? ['--no-sandbox'] : []), '--remote-debugging-port=0', '--host=127.0.0.1', ...args],
      { env: environmentIn(home), stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const browser = await chromium.connectOverCDP(await devToolsAddress(program))
    const app = new InstalledApp(new Participant(await firstPage(browser)), home, browser, program)
    await app.person.page.locator('#app > *').first().waitFor()
    return app
  }

  /** Closes the last window, as a person would, and waits for the app to end. Its data stays. */
  async quit(): Promise<number | null> {
    const ended = once(this.program, 'exit')
    await this.person.page.evaluate(() => window.close())
    await ended
    await this.browser.close()
    return this.program.exitCode
  }

  /** Ends it, however it is doing. */
  async kill(): Promise<void> {
    if (this.program.exitCode !== null || this.program.signalCode !== null) return
    const ended = once(this.program, 'exit')
    this.program.kill('SIGKILL')
    await ended
  }
}

/** A home folder of somebody who has chosen a name in the app. */
export async function makeHome(name: string): Promise<string> {
  const home = await makeTemporaryFolder()
  const settings: Settings = { name, colour: 0, locale: 'en', theme: 'light' }
  await mkdir(userDataIn(home), { recursive: true })
  await writeFile(join(userDataIn(home), 'settings.json'), JSON.stringify(settings))
  return home
}

export const removeHome = removeFolder

/** Where the installed app keeps its data. */
export function userDataIn(home: string): string {
  return join(home, '.config', 'Inkroom')
}

/** This process's environment, but for where personal files are. */
export function environmentIn(home: string): NodeJS.ProcessEnv {
  const elsewhere = { XDG_CONFIG_HOME: undefined, XDG_DATA_HOME: undefined, XDG_CACHE_HOME: undefined }
  return { ...process.env, ...elsewhere, HOME: home }
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
