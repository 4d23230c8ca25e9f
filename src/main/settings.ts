import type { BrowserWindow } from 'electron'
import { join } from 'node:path'
import type { Logger } from '../server/logger'
import { defaultSettings, storedSettingsSchema, type Settings } from '../shared/settings'
import { JsonFile } from './files/jsonFile'

/** `by`: the window that changed them, if it was one. */
type SettingsListener = (settings: Settings, by: BrowserWindow | undefined) => void

/** The settings of this installation, kept in `settings.json` of the user data folder. */
export class SettingsFile {
  readonly #file: JsonFile<Partial<Settings>>
  readonly #listeners = new Set<SettingsListener>()
  #settings: Settings

  /** `systemLanguage` (BCP 47) is the language until one is chosen. */
  constructor(userData: string, systemLanguage: string, log: Logger) {
    this.#file = new JsonFile(join(userData, 'settings.json'), storedSettingsSchema, log)
    this.#settings = { ...defaultSettings(systemLanguage), ...this.#file.readIfPossible() }
  }

  get value(): Settings {
    return this.#settings
  }

  /** Takes effect at once; the promise says when it is stored. `by`: the window that changes them. */
  save(settings: Settings, by?: BrowserWindow): Promise<void> {
    this.#settings = settings
    for (const listener of this.#listeners) listener(settings, by)
    return this.#file.write(settings)
  }

  onChange(listener: SettingsListener): void {
    this.#listeners.add(listener)
  }
}
