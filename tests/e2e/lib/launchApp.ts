import { _electron, errors, type ElectronApplication, type Page } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { portOfLane } from '../../../scripts/testing/endToEnd.mjs'
import { isRoot } from '../../../scripts/runtime.mjs'
import type { Bridge } from '../../../src/shared/ipc/bridge'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'

declare global {
  interface Window {
    /** Pages of the app have it. */
    readonly inkroom: Bridge
  }
}

export interface LaunchOptions {
  /** User data of an earlier launch; a new folder by default. */
  readonly userData?: string
  /** Arguments of the app itself: a room link or a file. */
  readonly args?: readonly string[]
  /**
   * `lab`: the app runs in a network of its own (tests/network) and uses it as it would any. Else it listens on loopback
   * only, and nothing is multicast, or with `loopback` there alone.
   */
  readonly network?: 'lab' | 'loopback'
  readonly env?: Readonly<Record<string, string>>
  /** An installed app in place of the built one in the checkout. */
  readonly program?: string
}

/** The built app, running with user data of its own. Its room server listens on loopback only. */
export class TestApp {
  private constructor(
    readonly electron: ElectronApplication,
    /** The first window's page. */
    readonly page: Page,
    readonly userData: string,
    /** The main process. */
    readonly program: ChildProcess,
    private readonly options: LaunchOptions,
    private readonly lines: string[],
    /** Settles when the program and the helpers it has started have ended: all of them hold its stderr. */
    private readonly closed: Promise<unknown>,
  ) {}

  static async launch(options: LaunchOptions = {}): Promise<TestApp> {
    const userData = options.userData ?? (await makeTemporaryFolder())
    if (options.network !== 'lab') await hostFrom(portOfLane(), userData)
    const electron = await attach(userData, options)
    const lines: string[] = []
    const program = electron.process()
    const closed = once(program, 'close')
    program.stderr?.on('data', (chunk: Buffer) => lines.push(chunk.toString()))
    const page = await electron.firstWindow()
    // Before there is a window, main may still be loading, and what is asked of it then gets lost.
    await answerDialogs(electron)
    return new TestApp(electron, page, userData, program, options, lines, closed)
  }

  /** What the app has logged. */
  get log(): string {
    return this.lines.join('')
  }

  /** Waits until the page has started its session with main and shows something. */
  async isUsable(): Promise<void> {
    await this.page.locator('#app > *').first().waitFor()
  }

  /** The message boxes that main has shown. */
  dialogs(): Promise<ShownDialog[]> {
    return this.electron.evaluate(() => Reflect.get(globalThis, 'shownDialogs') as ShownDialog[])
  }

  /** The button that is pressed in message boxes from now on. */
  async answer(button: string): Promise<void> {
    await this.electron.evaluate((_electron, chosen) => {
      Reflect.set(globalThis, 'nextDialogAnswer', chosen)
    }, button)
  }

  /** Gives the first window's page a size in pixels. */
  async resize(size: { readonly width: number; readonly height: number }): Promise<void> {
    await this.electron.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
    }, size)
  }

  /** Kills the process of the room server. */
  async killRoomServer(): Promise<void> {
    const pid = await this.electron.evaluate(
      ({ app }) =>
        app.getAppMetrics().find(({ name, serviceName }) => (name ?? serviceName) === 'Inkroom room server')
          ?.pid,
    )
    if (pid === undefined) throw new Error('no room server runs')
    process.kill(pid, 'SIGKILL')
  }

  /** Starts the program once more with the same user data; returns its exit code. */
  async startSecond(args: readonly string[]): Promise<number | null> {
    const program = await this.electron.evaluate(() => process.execPath)
    const second = spawn(program, argumentsFor(this.userData, { ...this.options, args }), {
      env: environment(),
      stdio: 'ignore',
    })
    await once(second, 'exit')
    return second.exitCode
  }

  /** Kills the app without any warning, as a power cut would. Its user data stays. */
  async kill(): Promise<void> {
    const { program } = this
    if (program.exitCode !== null || program.signalCode !== null) return
    const exited = once(program, 'exit')
    program.kill('SIGKILL')
    await exited
  }

  /** Quits the app as its person would. Its user data stays. */
  async quit(): Promise<void> {
    await this.electron.close()
  }

  /** Starts the app again with the same user data. It has to have ended. */
  relaunch(args: readonly string[] = []): Promise<TestApp> {
    return TestApp.launch({ ...this.options, userData: this.userData, args })
  }

  /** Ends the app, however it is doing, and removes its user data. */
  async dispose(): Promise<void> {
    await this.kill()
    // Its helpers write until they notice.
    await this.closed
    await removeFolder(this.userData)
  }
}

/** How long an app may take until Playwright has it, ms. It takes 3 s, and several times that beside others. */
const ATTACH_MS = 30_000
const ATTEMPTS = 3

/**
 * Starts the app under Playwright, which holds the built one back until it is attached. An installed one begins by itself,
 * and what a debugger asks while main is still loading gets lost, about once in some hundred starts: then the app is up and
 * Playwright waits for good. That one is ended and started again.
 */
async function attach(userData: string, options: LaunchOptions): Promise<ElectronApplication> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await _electron.launch({
        // Tests run in the root of the checkout, which is the app's folder.
        cwd: process.cwd(),
        args: argumentsFor(userData, options),
        ...(options.program !== undefined && { executablePath: options.program }),
        env: { ...environment(), ...options.env },
        // Playwright would switch the sandbox off.
        chromiumSandbox: !isRoot(),
        // The theme is the app's to choose.
        colorScheme: null,
        timeout: ATTACH_MS,
      })
    } catch (error) {
      const isLost = options.program !== undefined && error instanceof errors.TimeoutError
      if (!isLost || attempt === ATTEMPTS) throw error
    }
  }
}

/** Lets an app that has hosted nothing yet begin to look for a free port at this one. */
async function hostFrom(port: number, userData: string): Promise<void> {
  const memory = JSON.stringify({ port, rooms: [] })
  // An app that is started again has its port already.
  await writeFile(join(userData, 'hosting.json'), memory, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  })
}

/** A message box that main has shown. */
export interface ShownDialog {
  readonly message: string
  readonly detail: string
  readonly buttons: readonly string[]
}

/** Answers message boxes of main, which no test could press, with the button before the last one: Quit, Open, Load again. */
function answerDialogs(electron: ElectronApplication): Promise<void> {
  return electron.evaluate(({ dialog }) => {
    const shown: object[] = []
    Reflect.set(globalThis, 'shownDialogs', shown)
    dialog.showMessageBox = (...given: unknown[]) => {
      const { message, detail, buttons = [] } = given.at(-1) as Partial<ShownDialog>
      shown.push({ message, detail, buttons })
      const chosen = Reflect.get(globalThis, 'nextDialogAnswer') as string | undefined
      const response = chosen === undefined ? buttons.length - 2 : buttons.indexOf(chosen)
      return Promise.resolve({ response, checkboxChecked: false })
    }
  })
}

function argumentsFor(userData: string, { args = [], network, program }: LaunchOptions): string[] {
  const sandbox = isRoot() ? ['--no-sandbox'] : []
  const discovery = network === 'loopback' ? '--discovery-interface=127.0.0.1' : '--no-discovery'
  const quiet = network === 'lab' ? [] : ['--host=127.0.0.1', discovery]
  const app = program === undefined ? ['.'] : []
  // Without a GPU, Chromium would try two processes for it in vain at each start.
  return [...sandbox, '--disable-gpu', ...app, `--user-data-dir=${userData}`, ...quiet, ...args]
}

function environment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return Object.fromEntries(entries)
}
