import { watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Preferences } from '../app/preferences'

/** Speaks the chosen language, and tells the document which it is. */
export function useLocale(preferences: Preferences): void {
  const { locale } = useI18n()
  watchEffect(() => {
    const chosen = preferences.settings.value.locale
    locale.value = chosen
    document.documentElement.lang = chosen
  })
}
