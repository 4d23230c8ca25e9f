import { z } from 'zod'
import { settingsSchema } from '../settings'
import { call } from './contract'

export const settingsCalls = {
  save: call(settingsSchema, z.undefined()),
}
