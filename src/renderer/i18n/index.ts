import { createI18n, useI18n } from 'vue-i18n'
import type { Settings } from '../platform/platform'
import { en } from './locales/en'
import { enErrors } from './locales/enErrors'
import { zhCn } from './locales/zhCn'
import { isShownError } from './errorTexts'
import type { MessageKey, Messages } from './messages'

export type Locale = Settings['locale']

/** Languages to choose from, each by its own name. */
export const LOCALES: readonly { readonly locale: Locale; readonly name: string }[] = [
  { locale: 'en', name: 'English' },
  { locale: 'zh-CN', name: '简体中文' },
]

/** The translations for one app. */
export function createTexts(locale: Locale) {
  return createI18n({
    legacy: false,
    locale: locale as string,
    fallbackLocale: 'en',
    messages: { en, 'zh-CN': zhCn } as Record<string, Messages>,
  })
}

export type Texts = ReturnType<typeof createTexts>

/** What components use to say something. */
export interface Say {
  /** The text at a key, with `{names}` filled in. */
  t(key: MessageKey, values?: Readonly<Record<string, string | number>>): string
  /** The text for a count, available in it as `{n}`. */
  count(key: MessageKey, n: number): string
  /** What a person reads for an error code of the server, the platform or the cache. */
  error(code: string): string
  readonly locale: { readonly value: string }
}

/** The texts in the app's language; reactive to its change. Call in `setup`. */
export function useSay(): Say {
  const { t, locale } = useI18n()
  return {
    t: (key, values) => (values === undefined ? t(key) : t(key, values)),
    count: (key, n) => t(key, { n: n.toLocaleString(locale.value) }, { plural: n }),
    error: (code) => t(`errors.${isShownError(code, enErrors) ? code : 'unknown'}` satisfies MessageKey),
    locale,
  }
}
