import { z } from 'zod'
import { colourSchema, nameSchema } from './protocol/values'

/** What the person chose once. An empty name: not chosen yet. */
export const settingsSchema = z.object({
  name: z.union([z.literal(''), nameSchema]),
  /** Index into the participants' palette. */
  colour: colourSchema,
  locale: z.enum(['en', 'zh-CN']),
  theme: z.enum(['system', 'light', 'dark']),
})
export type Settings = z.infer<typeof settingsSchema>
export type Locale = Settings['locale']

/** Settings as they are stored: what an older version did not know is filled in from the defaults. */
export const storedSettingsSchema = settingsSchema.partial()

/** The first settings of an installation, in the language of the system (a BCP 47 tag). */
export function defaultSettings(systemLanguage: string): Settings {
  return { name: '', colour: 0, locale: /^zh\b/i.test(systemLanguage) ? 'zh-CN' : 'en', theme: 'system' }
}
