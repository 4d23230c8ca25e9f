import { onScopeDispose, watch } from 'vue'
import { useServices } from '../app/services'
import type { MenuActions } from '../platform/platform'

/**
 * Carries out commands of the menu bar while the component lives; there are no others in the menu then. `actions`: those
 * that mean something now, read again whenever what they depend on changes.
 */
export function useMenuCommands(actions: () => MenuActions): void {
  const { platform } = useServices()
  let stop: (() => void) | undefined
  watch(
    actions,
    (next) => {
      stop?.()
      stop = platform.handleMenu(next)
    },
    { immediate: true },
  )
  onScopeDispose(() => stop?.())
}
