import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { ThemeName } from '../../board/draw/colours'

/** The theme that is on the document now; a canvas has to be told of its change. */
export function useBoardTheme(): Readonly<ShallowRef<ThemeName>> {
  const root = document.documentElement
  const read = (): ThemeName => (root.dataset['theme'] === 'dark' ? 'dark' : 'light')
  const theme = shallowRef(read())
  const observer = new MutationObserver(() => {
    theme.value = read()
  })
  observer.observe(root, { attributes: true, attributeFilter: ['data-theme'] })
  onScopeDispose(() => observer.disconnect())
  return theme
}
