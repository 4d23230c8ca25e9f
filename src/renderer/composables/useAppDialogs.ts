import { ref, type Ref } from 'vue'
import { useNavigation } from '../app/navigation'
import { useMenuCommands } from './useMenuCommands'
import { useShortcuts } from './useShortcuts'

/** Dialogs that every screen can open, by key and by menu. */
export function useAppDialogs(): { readonly settings: Ref<boolean>; readonly shortcuts: Ref<boolean> } {
  const { screen } = useNavigation()
  const settings = ref(false)
  const shortcuts = ref(false)

  function openSettings(): void {
    if (screen.value.name !== 'firstRun') settings.value = true
  }

  function openShortcuts(): void {
    shortcuts.value = true
  }

  useShortcuts({ settings: openSettings, help: openShortcuts })
  useMenuCommands(() => ({ settings: openSettings, shortcuts: openShortcuts }))
  return { settings, shortcuts }
}
