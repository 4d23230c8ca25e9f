import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from '../../../src/shared/settings'
import { makeTemporaryFolder } from '../../lib/temporaryFolder'
import { TestApp, type LaunchOptions } from './launchApp'
import { Participant } from './participant'
import { textsOf } from './texts'

/** The desktop app with somebody in front of its first window. */
export interface AppUser {
  readonly app: TestApp
  readonly person: Participant
}

interface AppUserOptions extends Pick<LaunchOptions, 'args' | 'env' | 'network' | 'program'> {
  /** Puts something into the user data before the app starts. */
  readonly prepare?: (userData: string) => Promise<void>
}

/** Starts the app for somebody who has been asked for their name before, so that it opens on the home screen. */
export async function startAppFor(
  name: string,
  choices: Partial<Omit<Settings, 'name'>> = {},
  { prepare, ...options }: AppUserOptions = {},
): Promise<AppUser> {
  const userData = await makeTemporaryFolder()
  await prepare?.(userData)
  const settings: Settings = { name, colour: 0, locale: 'en', theme: 'light', ...choices }
  await writeFile(join(userData, 'settings.json'), JSON.stringify(settings))
  return inFrontOf(await TestApp.launch({ ...options, userData }), settings.locale)
}

/** Starts an app again that has ended, with the same user data. */
export async function restart({ app, person }: AppUser): Promise<AppUser> {
  return inFrontOf(await app.relaunch(), person.texts.locale)
}

async function inFrontOf(app: TestApp, locale: Settings['locale']): Promise<AppUser> {
  await app.isUsable()
  return { app, person: new Participant(app.page, textsOf(locale)) }
}
