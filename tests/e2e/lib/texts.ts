import { createTexts, type Locale } from '../../../src/renderer/i18n'
import type { MessageKey } from '../../../src/renderer/i18n/messages'

/** What the app says in one language, as a person reads it. */
export interface Texts {
  readonly locale: Locale
  t(key: MessageKey, values?: Readonly<Record<string, string | number>>): string
  /** The text for a count. */
  count(key: MessageKey, n: number): string
  /** The text for several, however many they are. */
  several(key: MessageKey): RegExp
  /** A text with one value, whatever that is. */
  withAny(key: MessageKey, name: string): RegExp
  /** The sentence for an error code. */
  error(code: string): string
}

/** Stands for a value in a text that becomes a pattern. */
const ANYTHING = '\0'

export function textsOf(locale: Locale): Texts {
  const { t } = createTexts(locale).global
  return {
    locale,
    t: (key, values = {}) => t(key, values),
    count: (key, n) => t(key, { n: n.toLocaleString(locale) }, { plural: n }),
    withAny: (key, name) => patternOf(t(key, { [name]: ANYTHING })),
    several: (key) => patternOf(t(key, { n: ANYTHING }, { plural: 2 })),
    error: (code) => t(`errors.${code}`),
  }
}

/** A text in which each {@link ANYTHING} may be anything. */
function patternOf(text: string): RegExp {
  const parts = text.split(ANYTHING).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(parts.join('.+'))
}
