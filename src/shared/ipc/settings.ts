import { z } from 'zod'
import { settingsSchema } from '../settings'
import { call } from './contract'

export const settingsCalls = {
  load: call(z.undefined(), settingsSchema),
  save: call(settingsSchema, z.undefined()),
}
