import { join } from 'node:path'
import type { Logger } from '../server/logger'
import { defaultSettings, storedSettingsSchema, type Settings } from '../shared/settings'
import { JsonFile } from './files/jsonFile'

/** The settings of this installation, kept in `settings.json` of the user data folder. */
export class SettingsFile {
  readonly #file: JsonFile<Partial<Settings>>
  readonly #listeners = new Set<(settings: Settings) => void>()
  #settings: Settings

  /** `systemLanguage` (BCP 47) is the language until one is chosen. */
  constructor(userData: string, systemLanguage: string, log: Logger) {
    this.#file = new JsonFile(join(userData, 'settings.json'), storedSettingsSchema, log)
    this.#settings = { ...defaultSettings(systemLanguage), ...this.#file.read() }
  }

  get value(): Settings {
    return this.#settings
  }

  /** Takes effect at once; the promise says when it is stored. */
  save(settings: Settings): Promise<void> {
    this.#settings = settings
    for (const listener of this.#listeners) listener(settings)
    return this.#file.write(settings)
  }

  onChange(listener: (settings: Settings) => void): void {
    this.#listeners.add(listener)
  }
}
