import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { ThemeName } from '../../board/draw/colours'

/** The theme that is on the document now. */
export function boardTheme(): ThemeName {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light'
}

/** The theme that is on the document now; a canvas has to be told of its change. */
export function useBoardTheme(): Readonly<ShallowRef<ThemeName>> {
  const theme = shallowRef(boardTheme())
  const observer = new MutationObserver(() => {
    theme.value = boardTheme()
  })
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  onScopeDispose(() => observer.disconnect())
  return theme
}
