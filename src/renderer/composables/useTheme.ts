import { onScopeDispose, ref, watchEffect } from 'vue'
import type { Preferences } from '../app/preferences'

/** Puts the chosen theme on the document, following the system where that is the choice. */
export function useTheme(preferences: Preferences): void {
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const systemIsDark = ref(system.matches)
  const follow = (event: MediaQueryListEvent): void => {
    systemIsDark.value = event.matches
  }
  system.addEventListener('change', follow)
  onScopeDispose(() => system.removeEventListener('change', follow))
  watchEffect(() => {
    const { theme } = preferences.settings.value
    const isDark = theme === 'dark' || (theme === 'system' && systemIsDark.value)
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
  })
}
