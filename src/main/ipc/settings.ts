import { settingsCalls } from '../../shared/ipc/settings'
import type { SettingsFile } from '../settings'
import type { Router } from './router'

export function serveSettings(router: Router, settings: SettingsFile): void {
  router.serve('settings', settingsCalls, {
    save: async (value, { window }) => {
      await settings.save(value, window)
      return undefined
    },
  })
}
