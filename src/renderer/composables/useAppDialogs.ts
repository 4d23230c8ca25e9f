import { onScopeDispose, ref, type Ref } from 'vue'
import { useNavigation } from '../app/navigation'
import { useServices } from '../app/services'
import { useShortcuts } from './useShortcuts'

/** Dialogs that every screen can open, by key and by menu. */
export function useAppDialogs(): { readonly settings: Ref<boolean>; readonly shortcuts: Ref<boolean> } {
  const { platform } = useServices()
  const { screen } = useNavigation()
  const settings = ref(false)
  const shortcuts = ref(false)

  function openSettings(): void {
    if (screen.value.name !== 'firstRun') settings.value = true
  }

  useShortcuts({
    settings: openSettings,
    help: () => {
      shortcuts.value = true
    },
  })
  onScopeDispose(
    platform.onMenuCommand((command) => {
      if (command === 'settings') openSettings()
    }),
  )
  return { settings, shortcuts }
}
