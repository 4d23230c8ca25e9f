import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from '../../src/shared/settings'
import { Participant } from '../e2e/lib/participant'
import { ProgramWithPages } from '../lib/programWithPages'
import { makeTemporaryFolder, removeFolder } from '../lib/temporaryFolder'

export const PROGRAM = '/usr/bin/inkroom'

/** The installed app as a desktop starts it: its program without any path, in a home folder of its own. */
export class InstalledApp {
  private constructor(
    readonly person: Participant,
    readonly home: string,
    private readonly running: ProgramWithPages,
  ) {}

  /** Starts it for somebody who has been asked for their name before. */
  static async start(home: string, args: readonly string[] = []): Promise<InstalledApp> {
    const running = await ProgramWithPages.start({
      program: PROGRAM,
      args: ['--host=127.0.0.1', ...args],
      env: environmentIn(home),
    })
    await running.page.locator('#app > *').first().waitFor()
    return new InstalledApp(new Participant(running.page), home, running)
  }

  /** Closes the last window, as a person would, and waits for the app to end. Its data stays. */
  quit(): Promise<number | null> {
    return this.running.quit()
  }

  /** Ends it, however it is doing. */
  kill(): Promise<void> {
    return this.running.kill()
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
