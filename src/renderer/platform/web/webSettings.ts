import { defaultSettings, storedSettingsSchema } from '../../../shared/settings'
import type { SettingsStore } from '../platform'
import { PlatformError } from '../platformError'
import { readStored, type KeyValueStore } from './storedJson'

const KEY = 'inkroom.settings'

/** Settings in the browser's storage for this origin. `language` is the browser's (BCP 47). */
export function createWebSettings(store: KeyValueStore, language: string): SettingsStore {
  return {
    load: () =>
      Promise.resolve({ ...defaultSettings(language), ...readStored(store, KEY, storedSettingsSchema) }),
    save: async (settings) => {
      try {
        store.setItem(KEY, JSON.stringify(settings))
      } catch (error) {
        throw new PlatformError('storage-failed', 'the browser does not store the settings', { cause: error })
      }
    },
    onChange: (listener) => {
      // Sent to the other tabs of this origin.
      const changed = ({ key }: StorageEvent): void => {
        if (key !== KEY) return
        const stored = readStored(store, KEY, storedSettingsSchema)
        if (stored !== undefined) listener({ ...defaultSettings(language), ...stored })
      }
      window.addEventListener('storage', changed)
      return () => window.removeEventListener('storage', changed)
    },
  }
}
