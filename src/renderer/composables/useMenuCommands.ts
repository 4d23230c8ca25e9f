import { onScopeDispose } from 'vue'
import { useServices } from '../app/services'
import type { MenuActions } from '../platform/platform'

/** Carries out commands of the menu bar while the component lives; there are no others in the menu then. */
export function useMenuCommands(actions: MenuActions): void {
  onScopeDispose(useServices().platform.handleMenu(actions))
}
