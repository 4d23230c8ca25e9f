import { z } from 'zod'
import { settingsSchema } from '../settings'
import { call } from './contract'

/** Channel on which main sends settings that another window, or the menu, has changed. */
export const SETTINGS_CHANNEL = 'settings.changed'

export const settingsCalls = {
  load: call(z.undefined(), settingsSchema),
  save: call(settingsSchema, z.undefined()),
}
